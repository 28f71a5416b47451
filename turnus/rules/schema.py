"""The part of the file format that the rules own: JSON Schema of `rules.set`."""

from __future__ import annotations

from typing import Any

from turnus.rules.base import Rule
from turnus.rules.registry import RULES

#: What every rule takes, beside its own parameters, unless it always holds.
GENERAL = ("strength", "weight", "agreement", "for", "except")


def parameters(rule: type[Rule]) -> dict[str, str]:
    """Return the name of the field for each parameter that a file may set, `enabled` left out."""
    fields = {field.alias or name: name for name, field in rule.model_fields.items()}
    if rule.always:
        return {shown: name for shown, name in fields.items() if shown not in GENERAL or shown == "agreement"}
    return fields


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of `rules.set`: for each rule one setting, or a list for different people."""
    properties = {}
    for rule in RULES:
        setting = _setting(rule)
        properties[rule.id] = {
            "description": rule.sentence,
            "anyOf": [setting, {"type": "array", "minItems": 1, "items": setting}],
        }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _setting(rule: type[Rule]) -> dict[str, Any]:
    full = rule.model_json_schema(by_alias=True)["properties"]
    properties = {shown: _without_default(full[shown]) for shown in parameters(rule)}
    if not rule.always:
        properties["enabled"] = {"type": "boolean", "description": "false leaves the rule out."}
    return {"type": "object", "title": rule.title, "additionalProperties": False, "properties": properties}


def _without_default(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out defaults: the value that holds comes from the profile, not from the rule."""
    return {key: value for key, value in schema.items() if key not in ("default", "title")}
