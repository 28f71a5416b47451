"""turnus: how many full-time posts a care unit can have, proven, with the rota that shows it.

The public names stand in `__all__`; each is loaded when it is first asked for, so that a small command does
not load the solvers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from turnus.case import Case, case_of, scenario_schema
    from turnus.dialogue.compare import Comparison
    from turnus.dialogue.compare_document import GivenResult, compare_results, comparison_document
    from turnus.dialogue.compare_page import comparison_html
    from turnus.errors import Finding, ImpossibleError, InputError, InternalError, TurnusError
    from turnus.formats.rota_check import CheckedRota, check_rota, check_rota_alone
    from turnus.jobs import JOB_KINDS, Job, JobKind, JobOptions
    from turnus.result import result_schema
    from turnus.result.check_document import check_schema
    from turnus.rules.catalogue import catalogue, rule_named
    from turnus.scenario import STARTERS, Loaded, read_scenario, scenario_of, starter
    from turnus.scenario.discreet import discreet
    from turnus.scenario.names import alike, comments_in, exchanging, pseudonymised, renamed, reworded
    from turnus.texts import LANGUAGES, known_language, language, using_language
    from turnus.texts import _ as translated

__all__ = [
    "JOB_KINDS",
    "LANGUAGES",
    "STARTERS",
    "Case",
    "CheckedRota",
    "Comparison",
    "Finding",
    "GivenResult",
    "ImpossibleError",
    "InputError",
    "InternalError",
    "Job",
    "JobKind",
    "JobOptions",
    "Loaded",
    "TurnusError",
    "__version__",
    "alike",
    "case_of",
    "catalogue",
    "check_rota",
    "check_rota_alone",
    "check_schema",
    "comments_in",
    "compare_results",
    "comparison_document",
    "comparison_html",
    "discreet",
    "exchanging",
    "known_language",
    "language",
    "pseudonymised",
    "read_scenario",
    "renamed",
    "result_schema",
    "reworded",
    "rule_named",
    "scenario_of",
    "scenario_schema",
    "starter",
    "translated",
    "using_language",
]

__version__ = "0.1.0"

#: Which public names live in which module.
_HOMES = {
    "turnus.case": ("Case", "case_of", "scenario_schema"),
    "turnus.dialogue.compare": ("Comparison",),
    "turnus.dialogue.compare_document": ("GivenResult", "compare_results", "comparison_document"),
    "turnus.dialogue.compare_page": ("comparison_html",),
    "turnus.errors": ("Finding", "ImpossibleError", "InputError", "InternalError", "TurnusError"),
    "turnus.formats.rota_check": ("CheckedRota", "check_rota", "check_rota_alone"),
    "turnus.jobs": ("JOB_KINDS", "Job", "JobKind", "JobOptions"),
    "turnus.result": ("result_schema",),
    "turnus.result.check_document": ("check_schema",),
    "turnus.rules.catalogue": ("catalogue", "rule_named"),
    "turnus.scenario": ("STARTERS", "Loaded", "read_scenario", "scenario_of", "starter"),
    "turnus.scenario.discreet": ("discreet",),
    "turnus.scenario.names": (
        "alike",
        "comments_in",
        "exchanging",
        "pseudonymised",
        "renamed",
        "reworded",
    ),
    "turnus.texts": ("LANGUAGES", "known_language", "language", "using_language"),
}


def __getattr__(name: str) -> Any:
    """Return a public name from where it lives."""
    if name == "translated":
        return import_module("turnus.texts")._
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'turnus' has no attribute {name!r}")
