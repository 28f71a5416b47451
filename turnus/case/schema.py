"""JSON Schema 2020-12 of the scenario file, the rules' own parameters included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from turnus.rules import PROFILES, rule_schema
from turnus.scenario import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, for editors and for other programs."""
    schema = _closed(Scenario.model_json_schema(by_alias=True, mode="validation"))
    rules = schema["$defs"]["Rules"]["properties"]
    rules["set"] = {**rule_schema(), "description": "This unit's own values, rule by rule.", "default": {}}
    rules["profile"]["enum"] = sorted(PROFILES)
    return {"$schema": DIALECT, **schema, "title": "turnus scenario, version 1"}


def _closed(schema: Any) -> Any:
    """Refuse the keys that match no pattern, which pydantic does but leaves out of the schema."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    return {"additionalProperties": False, **closed} if "patternProperties" in closed else closed


def scenario_schema_text() -> str:
    """Return the schema as indented JSON, the form that is kept in the repository."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_scenario_schema(path: Path) -> None:
    """Write the schema to a file."""
    path.write_text(scenario_schema_text(), encoding="utf-8")
