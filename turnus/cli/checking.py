"""`turnus check`: any rota against the rules of a scenario, without solving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.cli.exits import DONE, HARD_BREACHES, put

if TYPE_CHECKING:
    from turnus.audit import Audit
    from turnus.case import Case
    from turnus.problem import Rota

CHECK_SCHEMA = "turnus-check/1"


def check_rota(path: Path, rota_path: Path, overrides: Sequence[str], *, as_json: bool) -> int:
    """Audit a rota, show what was found and return 4 when a hard rule is broken."""
    from turnus.audit import audit
    from turnus.case import load_case
    from turnus.formats import read_rota, to_json

    case = load_case(path, overrides)
    rota = read_rota(rota_path, case.problem)
    found = audit(case.problem, case.rules, rota)
    if as_json:
        put(to_json(check_document(case, rota, rota_path, found)))
    else:
        from turnus.cli.summary import show_check

        show_check(case, rota, found)
    return HARD_BREACHES if found.hard else DONE


def check_document(case: Case, rota: Rota, rota_path: Path, found: Audit) -> dict[str, Any]:
    """Return the check as data, with the parts of `result.json` that a rota alone can fill."""
    from turnus.goals import UNITS, coverage, goal_values, heltid
    from turnus.result.document import audit_part, coverage_part, posts_part

    problem = case.problem
    values = goal_values(problem, case.rules, rota)
    return {
        "schema": CHECK_SCHEMA,
        "lawful": not found.hard,
        "audit": audit_part(problem, found),
        "goals": [{"id": goal, "value": values[goal], "unit": UNITS[goal]} for goal in problem.goals],
        "heltid": asdict(heltid(problem, rota.posts, rota)),
        "coverage": coverage_part(problem, coverage(problem, rota)),
        "posts": posts_part(problem, rota),
        "rota": str(rota_path),
        "scenario": {"name": case.scenario.name, "sha256": case.sha256},
    }
