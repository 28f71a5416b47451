"""Rules as a file sets them, and one meaningful step from each value: what levers about rules share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from turnus.clock import show_duration
from turnus.dialogue.lever import Data
from turnus.dialogue.variant import Variant
from turnus.rules import PROFILES, Level, Limit, Rule
from turnus.rules.catalogue import own_parameters

_STEP_MINUTES = 60


class RuleStep(NamedTuple):
    """A rule's parameter with another value, as a file writes it."""

    rule: str
    parameter: str
    value: str | int | bool


def setting(data: Data, rule: str) -> Data:
    """Return a rule's values in the file, made room for where it has none."""
    rules = data.setdefault("rules", {})
    values: Data = rules.setdefault("set", {}).setdefault(rule, {})
    return values


def set_values(data: Data, rule: str, values: Data, people: tuple[str, ...] | None = None) -> None:
    """Give a rule values in the file: for everybody, or for some people beside what holds for the others."""
    general = setting(data, rule)
    if people is None:
        general.update(values)
        return
    own = {**general, **values, "for": list(people)}
    data["rules"]["set"][rule] = [*([general] if general else []), own]


def of_everybody(variant: Variant, rule: str) -> bool:
    """Whether the file has one setting of a rule, or none, and not a list for different people."""
    found = variant.loaded.scenario.rules.set.get(rule, {})
    return isinstance(found, dict) and "for" not in found


def rules_in_force(variant: Variant) -> list[Rule]:
    """Return the rules of the unit that say something there."""
    case = variant.case
    return [] if case is None else [rule for rule in case.rules if not rule.idle(case.problem)]


def rule_steps(variant: Variant) -> Iterator[RuleStep]:
    """Yield each value of each hard rule one step up and one step down.

    Where the law or an agreement draws a line, the next line is the step: from 9 h daily rest to 8 h and to
    11 h. Elsewhere it is an hour, or one of what is counted. Rules with a lever of their own have no steps.
    """
    from turnus.dialogue.lever_registry import LEVERS

    own = {rule for lever in LEVERS.values() for rule in lever.rules}
    for rule in rules_in_force(variant):
        if not rule.hard or rule.always or rule.id in own or not of_everybody(variant, rule.id):
            continue
        if rule.lowering in ("audit_only", "structure"):
            continue
        for shown, name in own_parameters(type(rule)).items():
            yield from _steps_of(rule, shown, name)


def _steps_of(rule: Rule, shown: str, name: str) -> Iterator[RuleStep]:
    value = getattr(rule, name)
    if isinstance(value, bool):
        yield RuleStep(rule.id, shown, not value)
        return
    if not isinstance(value, int):
        return
    lines = _lines(rule, shown)
    step = _STEP_MINUTES if name.endswith("_minutes") else 1
    below = max((line for line in lines if line < value), default=value - step)
    above = min((line for line in lines if line > value), default=value + step)
    for other in (below, above):
        if _fits(rule, name, other):
            yield RuleStep(rule.id, shown, show_duration(other) if name.endswith("_minutes") else other)


def _lines(rule: Rule, shown: str) -> set[int]:
    """Return where the law, agreements and profiles draw a line for a parameter."""
    limits: list[Limit] = [limit for limit in rule.limits if limit.parameter == shown]
    if not limits:
        return set()
    reached = {limit.reach(level) for limit in limits for level in Level}
    used = {PROFILES[one].own_value(limit, type(rule)) for limit in limits for one in PROFILES}
    return {value for value in reached | used if value is not None}


def _fits(rule: Rule, name: str, value: Any) -> bool:
    """Whether a value is one that the rule takes."""
    try:
        type(rule).model_validate({**rule.model_dump(), name: value})
    except ValidationError:
        return False
    return bool(value >= 0)
