"""The rules of a unit in words: values, sources, agreements, and where a rota breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from turnus.clock import show_duration
from turnus.problem import Problem, Rota
from turnus.result.outcome import Outcome
from turnus.rules.base import Rule
from turnus.scenario import Scenario
from turnus.texts import _, date, ngettext

_COMMON_FIELDS = frozenset({"strength", "weight", "agreement", "people", "except_for", "enabled"})


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with its values; `breaches` counts how often the rota breaks it, None without a rota."""

    id: str
    title: str
    sentence: str
    values: str
    source: str
    hard: bool
    people: str
    agreement: str
    breaches: int | None


@dataclass(frozen=True, slots=True)
class PolishLine:
    """How often a soft rule was broken before and after the polish."""

    title: str
    before: int
    after: int
    unit: str


def rule_lines(problem: Problem, rules: Sequence[Rule], rota: Rota | None) -> list[RuleLine]:
    """Return every rule, hard ones first, with how often a rota breaks it."""
    ordered = sorted(rules, key=lambda rule: (not rule.hard, rule.id))
    return [_rule_line(rule, None if rota is None else _count(rule, problem, rota)) for rule in ordered]


def _count(rule: Rule, problem: Problem, rota: Rota) -> int:
    return sum(1 for _breach in rule.violations(problem, rota))


def _rule_line(rule: Rule, breaches: int | None) -> RuleLine:
    source = _(rule.source.reference)
    return RuleLine(
        id=rule.id,
        title=_(rule.title),
        sentence=_(rule.sentence),
        values=_values_text(rule),
        source=source if rule.source.verified else f"{source} ({_('not verified')})",
        hard=rule.hard,
        people=_people_text(rule),
        agreement=rule.agreement or "",
        breaches=breaches,
    )


def _values_text(rule: Rule) -> str:
    """Return the rule's own values as the scenario file writes them: `rest: 9 h, straddle: true`."""
    shown = [
        f"{field.alias or name}: {_value_text(name, getattr(rule, name))}"
        for name, field in type(rule).model_fields.items()
        if name not in _COMMON_FIELDS and getattr(rule, name) not in (None, ())
    ]
    return ", ".join(shown)


def _value_text(name: str, value: Any) -> str:
    if name.endswith("_minutes") and isinstance(value, int):
        return show_duration(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return " + ".join(_value_text("", item) for item in value)
    return str(value)


def _people_text(rule: Rule) -> str:
    who = _("everybody") if rule.people is None else ", ".join(rule.people)
    if not rule.except_for:
        return who
    return _("{who} except {others}").format(who=who, others=", ".join(rule.except_for))


def titles(rules: Sequence[Rule]) -> dict[str, str]:
    """Return each rule's title by its id."""
    return {rule.id: _(rule.title) for rule in rules}


def polish_lines(outcome: Outcome, rules: Sequence[Rule]) -> list[PolishLine]:
    """Return what the polish did, rule by rule."""
    names = titles(rules)
    return [
        PolishLine(names.get(step.rule, _(step.rule)), step.before, step.after, _(step.unit))
        for step in outcome.polish
    ]


def agreement_lines(scenario: Scenario, rules: Sequence[Rule]) -> list[str]:
    """Return the agreements that rules rest on, with their parties, level, end and the rules."""
    return [
        _("{id}: {parties} ({level}), valid until {until}; used by: {rules}").format(
            id=agreement.id,
            parties=agreement.parties,
            level=level_word(agreement.level),
            until=date(agreement.valid_until) if agreement.valid_until else _("further notice"),
            rules=", ".join(used) or _("no rule"),
        )
        for agreement in scenario.agreements
        for used in [[_(rule.title) for rule in rules if rule.agreement == agreement.id]]
    ]


def level_word(level: str) -> str:
    """Return the level of an agreement in words."""
    words = {
        "individual": _("individual"),
        "local": _("local"),
        "central": _("central"),
        "labour_inspection": _("Labour Inspection Authority"),
    }
    return words[level]


def breaches_word(count: int) -> str:
    """Return `3 breaches`."""
    return ngettext("{n} breach", "{n} breaches", count).format(n=count)
