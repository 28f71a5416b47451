"""The part of the file format that the rules own: JSON Schema of `rules.set`.

Its texts are English, as the keys are that they explain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from turnus.clock import show_duration
from turnus.rules.base import Rule
from turnus.rules.profiles import PROFILES
from turnus.rules.registry import RULES
from turnus.scenario.models import Rules

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
            "description": _described(rule),
            "anyOf": [setting, {"type": "array", "minItems": 1, "items": setting}],
        }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _setting(rule: type[Rule]) -> dict[str, Any]:
    full = rule.model_json_schema(by_alias=True)["properties"]
    properties = {
        shown: {"description": Rule.model_fields[name].description, **_without_default(full[shown])}
        if shown in GENERAL
        else _without_default(full[shown])
        for shown, name in parameters(rule).items()
    }
    if not rule.always:
        properties["enabled"] = {"type": "boolean", "description": "false leaves the rule out."}
    return {"type": "object", "title": rule.title, "additionalProperties": False, "properties": properties}


def _described(rule: type[Rule]) -> str:
    """Return what an editor says of a rule: sentence, source, and what holds when a file is silent."""
    doubt = "" if rule.source.verified else " (not verified)"
    return f"{rule.sentence} Source: {rule.source.reference}{doubt}. {_default(rule)}"


def _default(rule: type[Rule]) -> str:
    """Return the values that the usual profile has of a rule."""
    if rule.always:
        return "It always holds."
    profile = PROFILES[Rules.model_fields["profile"].default]
    values = {key: value for key, value in profile.values_of(rule).items() if key != "enabled"}
    held = rule.model_validate(values)
    strength = f"{held.strength}, weight {held.weight}" if held.counts_as_health else held.strength
    off = "" if profile.holds(rule) else "off until the file sets it, then "
    return f"Default with {profile.id}: {off}{', '.join((strength, *_values(held)))}."


def _values(rule: Rule) -> Iterator[str]:
    """Yield a rule's own values as a file writes them, without those that are left out."""
    for shown, name in parameters(type(rule)).items():
        value = getattr(rule, name)
        if shown in GENERAL or value in (None, (), ""):
            continue
        if name.endswith("_minutes"):
            value = show_duration(value)
        elif isinstance(value, bool):
            value = str(value).lower()
        elif isinstance(value, tuple):
            value = f"[{', '.join(map(str, value))}]"
        yield f"{shown} {value}"


def _without_default(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out defaults: the value that holds comes from the profile, not from the rule."""
    return {key: value for key, value in schema.items() if key not in ("default", "title")}
