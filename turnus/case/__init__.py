"""A scenario made ready: read, indexed, with its rules, and with what arithmetic alone can say about it."""

from turnus.case.load import Case, case_of, load_case
from turnus.case.precheck import Precheck, precheck
from turnus.case.schema import scenario_schema, scenario_schema_text, write_scenario_schema
from turnus.case.tasks import PlacedTask, Stretch, TaskDay

__all__ = [
    "Case",
    "PlacedTask",
    "Precheck",
    "Stretch",
    "TaskDay",
    "case_of",
    "load_case",
    "precheck",
    "scenario_schema",
    "scenario_schema_text",
    "write_scenario_schema",
]
