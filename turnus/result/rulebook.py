"""The rules of a unit in words: values, sources, agreements, and where a rota breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from turnus.clock import show_duration
from turnus.problem import Problem, Rota
from turnus.result.outcome import Outcome
from turnus.rules.agreements import Reliance, level_word, level_words, reliances, resting_on, sentences
from turnus.rules.base import Rule
from turnus.scenario import Scenario
from turnus.scenario.models import Agreement
from turnus.texts import _, date, hours_and_minutes, ngettext

_COMMON_FIELDS = frozenset({"strength", "weight", "agreement", "people", "except_for", "enabled"})


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with its values; `breaches` counts how often the rota breaks it, None without a rota.

    `rests_on` says which agreement the values take: the one that is listed, or what is missing; with
    `draft`, the values were let through without it.
    """

    id: str
    title: str
    sentence: str
    values: str
    source: str
    hard: bool
    people: str
    agreement: str
    rests_on: str
    draft: bool
    breaches: int | None


@dataclass(frozen=True, slots=True)
class PolishLine:
    """How often a soft rule was broken before and after the polish."""

    title: str
    before: int
    after: int
    unit: str


def rule_lines(
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota | None,
    unnamed: Sequence[Reliance] = (),
    drafts: Sequence[Reliance] = (),
) -> list[RuleLine]:
    """Return every rule, hard ones first, with what it rests on and how often a rota breaks it."""
    ordered = sorted(rules, key=lambda rule: (not rule.hard, rule.id))
    return [
        _rule_line(
            rule, None if rota is None else _count(rule, problem, rota), of(rule, unnamed), of(rule, drafts)
        )
        for rule in ordered
    ]


def of(rule: Rule, found: Sequence[Reliance]) -> list[Reliance]:
    """Return what is about one rule with its values."""
    return [one for one in found if one.held is not None and (one.rule.id, one.held) == (rule.id, rule)]


def _count(rule: Rule, problem: Problem, rota: Rota) -> int:
    return sum(1 for _breach in rule.violations(problem, rota))


def _rule_line(
    rule: Rule, breaches: int | None, unnamed: Sequence[Reliance], drafts: Sequence[Reliance]
) -> RuleLine:
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
        rests_on=_rests_on(rule, (*unnamed, *drafts)),
        draft=bool(drafts),
        breaches=breaches,
    )


def _rests_on(rule: Rule, missing: Sequence[Reliance]) -> str:
    """Return which agreement a rule's values take, named or not, and what is disputed about its level."""
    named = [rule.agreement] if rule.agreement else []
    unnamed = [_("not named: {level}").format(level=level_words(one.levels)) for one in missing]
    notes = [_(need.note) for _limit, need in reliances(rule, ()) if need.note]
    return " – ".join(filter(None, ["; ".join(dict.fromkeys((*named, *unnamed))), *dict.fromkeys(notes)]))


def draft_title() -> str:
    """Return the words that mark everything made from a draft."""
    return _("DRAFT – takes an agreement")


def draft_lines(drafts: Sequence[Reliance]) -> list[str]:
    """Return every value that was let through without its agreement."""
    return sentences(drafts)


def _values_text(rule: Rule) -> str:
    """Return the rule's own values as the scenario file writes them: `rest: 9 h, straddle: true`."""
    shown = [
        f"{field.alias or name}: {_value_text(name, getattr(rule, name))}"
        for name, field in type(rule).model_fields.items()
        if name not in _COMMON_FIELDS and getattr(rule, name) not in (None, ())
    ]
    return ", ".join(shown)


def values_in_words(rule: Rule) -> list[str]:
    """Return the rule's own values as people say them: `Least time between two shifts: 9 h`.

    A choice between words of the file is left out where it is the usual one.
    """
    return [
        f"{_(field.description or name).partition(';')[0].rstrip('.')}: {_value_in_words(name, value)}"
        for name, field in type(rule).model_fields.items()
        if name not in _COMMON_FIELDS
        and (value := getattr(rule, name)) not in (None, ())
        and not (isinstance(value, str) and value in (field.default, ""))
    ]


def _value_in_words(name: str, value: Any) -> str:
    if name.endswith("_minutes") and isinstance(value, int):
        return hours_and_minutes(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _value_text(name, value)


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


def agreement_lines(scenario: Scenario, problem: Problem, rules: Sequence[Rule]) -> list[str]:
    """Return the agreements that rules rest on, with their parties, level, end and the rules."""
    resting = [(_(rule.title), resting_on(scenario.agreements, problem, rule)) for rule in rules]
    return [
        _("{id}: {parties} ({level}), valid until {until}; used by: {rules}").format(
            id=agreement.id,
            parties=_parties(agreement),
            level=level_word(agreement.level),
            until=date(agreement.valid_until) if agreement.valid_until else _("further notice"),
            rules=", ".join(used) or _("no rule"),
        )
        for agreement in scenario.agreements
        for used in [list(dict.fromkeys(title for title, ids in resting if agreement.id in ids))]
    ]


def _parties(agreement: Agreement) -> str:
    """Return who has signed, and whom it is for where that is not everybody."""
    if agreement.people is None:
        return agreement.parties
    return _("{parties}, for {people}").format(parties=agreement.parties, people=", ".join(agreement.people))


def breaches_word(count: int) -> str:
    """Return `3 breaches`."""
    return ngettext("{n} breach", "{n} breaches", count).format(n=count)
