"""What a rule's value rests on – the law, or an agreement – and what to do about its breaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turnus.problem import Problem, Rota
from turnus.rules import Breach, Level, Limit, Rule
from turnus.rules.agreements import cited, covering, level_word, reliances, uncovered
from turnus.rules.registry import group_of
from turnus.rules.schema import parameters
from turnus.scenario import Scenario
from turnus.scenario.models import Agreement
from turnus.texts import _, date, hours_and_minutes

#: Units of breaches whose amount lies between the rule's value and the one that the rota has.
_FROM_THE_VALUE = ("minutes short", "minutes too many", "minutes too long")


@dataclass(frozen=True, slots=True)
class Basis:
    """Which agreement a value takes, and which of the named ones it can rest on.

    `levels` are those whose agreement may set the value, lowest first; empty when nobody's may. `named` are
    agreements that fit, are together for everybody whom the value is for, and hold as long as the plan;
    `expired` are those that end before. `law` is what the law itself asks for, and `lawful` the rule with
    that value. `beyond` is where a rota that keeps the value goes beyond the law, None where there is no such
    rota; `lapsed` are those of them that lie after the end of the agreements.
    """

    parameter: str
    value: str
    reference: str
    verified: bool
    levels: tuple[Level, ...]
    named: tuple[Agreement, ...]
    expired: tuple[Agreement, ...]
    note: str
    law: str = ""
    lawful: Rule | None = None
    beyond: tuple[Breach, ...] | None = None
    lapsed: tuple[Breach, ...] = ()

    @property
    def kept_by_law(self) -> bool:
        """Whether the rota keeps what the law itself asks for, so that it needs no agreement."""
        return self.beyond == ()

    def sentence(self) -> str:
        """Return the basis in words."""
        reference = cited(self.reference, verified=self.verified)
        if not self.levels:
            return _("{value} is beyond what any agreement may set ({reference})").format(
                value=self.value, reference=reference
            )
        needs = _("{value} takes an agreement: {level} ({reference})").format(
            value=self.value, level=level_word(self.levels[0]), reference=reference
        )
        told = f"{needs}; {self._found()}"
        return f"{told} – {self.note.rstrip('.')}" if self.note else told

    def _found(self) -> str:
        """Return which agreements were found for it."""
        if self.named:
            return _("named: {agreements}").format(agreements=_names(self.named))
        if self.expired:
            return _("expired: {agreements}").format(agreements=_names(self.expired))
        return _("none is named – ask to see it")


def _names(agreements: Sequence[Agreement]) -> str:
    return ", ".join(
        _("{id} (until {date})").format(id=one.id, date=date(one.valid_until)) if one.valid_until else one.id
        for one in agreements
    )


def bases(scenario: Scenario, problem: Problem, rule: Rule, kept_by: Rota | None = None) -> list[Basis]:
    """Return the basis of every value of a rule that the law alone does not allow.

    With a rota that keeps the rule, each says whether the rota needs an agreement at all.
    """
    found = []
    for limit, need in reliances(rule, ()):
        fitting = [one for one in scenario.agreements if one.level in need.levels]
        if rule.agreement not in (None, *(one.id for one in fitting)):
            fitting = []
        fitting.sort(key=lambda one: one.id != rule.agreement)
        posts = [post for post in problem.classes if rule.applies_to(post)]
        lasting = covering((one for one in fitting if _lasts(one, problem)), posts)
        expired = tuple(one for one in fitting if not _lasts(one, problem))
        lawful = rule.model_copy(update={parameters(type(rule))[limit.parameter]: limit.law})
        beyond = None if kept_by is None else tuple(lawful.violations(problem, kept_by))
        found.append(
            Basis(
                limit.parameter,
                _worded(rule, limit, getattr(rule, parameters(type(rule))[limit.parameter])),
                need.reference,
                need.verified,
                need.levels,
                () if uncovered(lasting, posts) else lasting,
                expired,
                _(need.note) if need.note else "",
                _worded(rule, limit, limit.law),
                lawful,
                beyond,
                tuple(_lapsed(problem, kept_by, beyond or (), expired, lasting)) if kept_by else (),
            )
        )
    return found


def _lapsed(
    problem: Problem,
    rota: Rota,
    beyond: Sequence[Breach],
    expired: Sequence[Agreement],
    lasting: Sequence[Agreement],
) -> Iterator[Breach]:
    """Yield what lies after the end of every agreement that is for the post, where some have ended."""
    for breach in beyond if expired else ():
        posts = [] if breach.post is None else [problem.classes[rota.posts[breach.post].class_index]]
        if posts and not uncovered(lasting, posts):
            continue
        ends = [one.valid_until for one in covering(expired, posts) if one.valid_until is not None]
        day = None if problem.start is None or breach.day is None else _date(problem.start, breach.day)
        if day is None or all(day > end for end in ends):
            yield breach


def _date(start: dt.date, day: int) -> dt.date:
    return start + dt.timedelta(days=day)


def _lasts(agreement: Agreement, problem: Problem) -> bool:
    """Whether an agreement holds as long as the plan; a base rota has no dates to judge by."""
    if agreement.valid_until is None or problem.start is None:
        return True
    return agreement.valid_until >= _date(problem.start, problem.days - 1)


def _worded(rule: Rule, limit: Limit, value: int) -> str:
    in_minutes = parameters(type(rule))[limit.parameter].endswith("_minutes")
    return hours_and_minutes(value) if in_minutes else str(value)


def advice(rule: Rule, breaches: Sequence[Breach]) -> str:
    """Return what the reader can do about a rule's breaches."""
    group = group_of(type(rule))
    if not rule.hard and group == "agreed":
        return _("Agreed practice, not law: take it up when the rota is discussed.")
    if not rule.hard:
        return _("A soft rule: take it up when the rota is discussed.")
    if group == "structure":
        return _("Correct the rota, or what the file says about the post.")
    worst = max(breaches, key=lambda breach: breach.amount)
    limit = _limit_of(rule, worst) if rule.measured else None
    if limit is not None:
        return _about_limit(rule, limit, worst)
    if group == "law":
        return _("Change the rota; the paragraph says when anything else may be agreed.")
    return _("Change the rota, or ask the parties for another value in writing.")


def _limit_of(rule: Rule, breach: Breach) -> Limit | None:
    """Return the limit that a breach is measured from; None where it cannot be told."""
    if breach.unit not in _FROM_THE_VALUE:
        return None
    limits = [limit for limit in rule.limits if breach.parameter in ("", limit.parameter)]
    in_minutes = [one for one in limits if parameters(type(rule))[one.parameter].endswith("_minutes")]
    return in_minutes[0] if len(limits) == len(in_minutes) == 1 else None


def _about_limit(rule: Rule, limit: Limit, worst: Breach) -> str:
    """Return how far the rota goes at worst, and whose agreement could allow that."""
    name = parameters(type(rule))[limit.parameter]
    reached = max(0, getattr(rule, name) + (-worst.amount if limit.bound == "least" else worst.amount))
    if not reached:  # shifts that touch or overlap: nobody allows that
        return _("Change the rota; the paragraph says when anything else may be agreed.")
    shown = _worded(rule, limit, reached)
    asked = reliances(rule.model_copy(update={name: reached}), ())
    need = next((need for one, need in asked if one.parameter == limit.parameter), None)
    if need is None:
        return _(
            "Change the rota, or this unit's own value: the law allows the worst of them, {value}."
        ).format(value=shown)
    if not need.levels:
        return _(
            "Change the rota: no agreement may go as far as the worst of them, {value} ({reference})."
        ).format(value=shown, reference=need.paragraph)
    return _(
        "Change the rota; the worst of them, {value}, would take an agreement: {level} ({reference})."
    ).format(value=shown, level=level_word(need.levels[0]), reference=need.paragraph)
