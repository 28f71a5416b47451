"""The scenario file as people write it: models, reading with places, overrides and starters."""

from turnus.scenario.loader import (
    Loaded,
    content_sha256,
    load_scenario,
    overridden,
    read_scenario,
    scenario_of,
)
from turnus.scenario.models import Scenario
from turnus.scenario.starters import STARTERS, starter

__all__ = [
    "STARTERS",
    "Loaded",
    "Scenario",
    "content_sha256",
    "load_scenario",
    "overridden",
    "read_scenario",
    "scenario_of",
    "starter",
]
