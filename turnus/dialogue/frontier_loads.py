"""What whoever carries most carries, as goals of a front: weekends and long shifts over the whole rota.

The posts do not decide them. A limit on them is one more rule for every line, so that the bounds hold it
like any other rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from turnus.case import Case
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.goals import kind_of_shift, load
from turnus.problem import Problem, Rota
from turnus.rules import Rule
from turnus.rules.agreed.shift_count import ShiftCount
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.texts import N_, _

WEEKENDS, LONG_SHIFTS = "most_weekends", "most_long_shifts"


@dataclass(frozen=True, slots=True)
class LoadGoal:
    """A goal about whoever carries most: fewer is better. `rule` is the id of the rule that limits it."""

    title: str  # English msgid
    unit: str
    rule: str


LOADS: dict[str, LoadGoal] = {
    WEEKENDS: LoadGoal(N_("Weekends of whoever has most"), "weekends", WeekendFrequency.id),
    LONG_SHIFTS: LoadGoal(N_("Long shifts of whoever has most"), "long shifts", ShiftCount.id),
}


def most_there_can_be(goal: str, problem: Problem) -> int:
    """Return how much anybody can carry at all."""
    if goal == WEEKENDS:
        return problem.weeks
    long = [problem.shifts[action - 1].days for action in _long_shifts(problem)]
    return len(frozenset().union(*long))


def _long_shifts(problem: Problem) -> list[int]:
    return [action for action in range(1, problem.actions) if kind_of_shift(problem, action) == "long"]


def refuse_what_is_not_there(goal: str, problem: Problem) -> None:
    """Refuse a goal about shifts that the unit has not got."""
    if goal == LONG_SHIFTS and not _long_shifts(problem):
        expected = _("expected a unit with shifts that have the tag long")
        hint = _("Pull the lever long-weekend-shifts first, or ask for other goals.")
        raise InputError([Finding(("--goals",), expected, _("found none"), hint)])


def limited(variant: Variant, limits: Mapping[str, float]) -> Variant:
    """Return the scenario with limits on what anybody carries, each as one more hard rule."""
    case = variant.case
    if case is None:
        return variant
    binding = {
        goal: int(most) for goal, most in limits.items() if most < most_there_can_be(goal, case.problem)
    }
    if not binding:
        return variant
    rules = tuple(_limit(goal, most, case.problem) for goal, most in binding.items())
    digest = hashlib.sha256(repr((case.sha256, sorted(binding.items()))).encode()).hexdigest()
    return replace(variant, case=replace(case, rules=(*case.rules, *rules), sha256=digest))


def _limit(goal: str, most: int, problem: Problem) -> Rule:
    weeks = problem.weeks
    if goal == WEEKENDS:
        values = {"worked": most, "of": weeks, "volunteers_worked": most, "volunteers_of": weeks}
        return WeekendFrequency.model_validate(values)
    codes = tuple(problem.codes[action] for action in _long_shifts(problem))
    return ShiftCount.model_validate({"of": codes, "most": most, "weeks": weeks})


def carried(goal: str, problem: Problem, rota: Rota) -> float:
    """Return what whoever carries most carries in a rota."""
    loads = [load(problem, rota, post) for post in range(len(rota.posts))]
    most = (one.weekends_worked if goal == WEEKENDS else one.long_shifts_worked for one in loads)
    return float(max(most, default=0))


def counted_exactly(case: Case) -> bool:
    """Whether the limits count the rota alone: days known before a plan would count with it."""
    return case.problem.cyclic or not any(post.history for post in case.problem.classes)
