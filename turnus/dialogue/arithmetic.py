r"""The weekend arithmetic step by step, beside the solver's bound and the rota found.

With :math:`P_w` people needed on the busiest day of weekend w, and a post of class c able to work
:math:`m_c` weekends, :math:`\sum_c n_c m_c \ge \sum_w P_w` gives the heads. The budget then lets posts grow
from their smallest size, the cheapest steps first, and that gives the full-time posts.

It looks at weekends, budget and smallest size alone and leaves every other rule out, so that no rota that
covers the demand has more full-time posts or fewer heads. Where some demand stays uncovered, it says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from turnus.case import Case
from turnus.dialogue.arithmetic_steps import Step, arithmetic_steps
from turnus.goals import UNITS
from turnus.problem import Problem
from turnus.result import GoalValue, weekend_arithmetic
from turnus.result.weekend import people_on_weekend
from turnus.result.words import amount_or_unknown, goal_title
from turnus.texts import _

SCHEMA = "turnus-arithmetic/1"
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Beside:
    """Arithmetic, solver's bound and rota found for one goal; `consistent` is None where they do not compare.

    `reason` says why not, or which number is out of order. `direction` is `max` where the arithmetic is a
    ceiling and `min` where it is a floor.
    """

    goal: str
    direction: Literal["max", "min"]
    arithmetic: int
    bound: float | None
    found: float | None
    consistent: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The steps, and what they give; without steps `reason` says why the formula does not apply."""

    steps: tuple[Step, ...]
    full_time_posts: int | None
    heads: int | None
    beside: tuple[Beside, ...]
    reason: str = ""


def arithmetic(case: Case, goals: Sequence[GoalValue] = ()) -> Arithmetic:
    """Return the weekend arithmetic of a case, beside the values and bounds of a solve if there are any."""
    problem, rules = case.problem, case.rules
    found = weekend_arithmetic(problem, rules)
    if found is None:
        return Arithmetic((), None, None, (), _why_none(problem))
    steps = arithmetic_steps(problem, rules, found)
    return Arithmetic(
        steps, found.full_time_posts, found.heads, beside(found.full_time_posts, found.heads, goals)
    )


def _why_none(problem: Problem) -> str:
    if not problem.weekend_days:
        return _("The weekend holds no whole day, so there is no weekend day to count people on.")
    if not any(people_on_weekend(problem, week) for week in range(problem.weeks)):
        return _("Nobody is needed at weekends, so weekends limit nothing.")
    return _("Nobody may work at weekends, so nobody can be there; the arithmetic has nothing to divide by.")


def beside(full_time_posts: int, heads: int, goals: Sequence[GoalValue]) -> tuple[Beside, ...]:
    """Return arithmetic, bound and found for the two goals that the arithmetic speaks of."""
    order = [goal.id for goal in goals]
    by_id = {goal.id: goal for goal in goals}
    numbers = []
    for name, direction, value in (
        ("full_time_posts", "max", full_time_posts),
        ("fewest_heads", "min", heads),
    ):
        goal = by_id.get(name)
        if goal is None:
            reason = _("no result to compare with") if not goals else _("this result has no such goal")
            numbers.append(Beside(name, direction, value, None, None, None, reason))  # type: ignore[arg-type]
            continue
        reason = _why_not_comparable(order, by_id, name)
        consistent = None if reason else _in_order(direction, value, goal)
        if consistent is False:
            reason = _("the three numbers are not in order: one of them is wrong, please report it")
        numbers.append(
            Beside(name, direction, value, goal.bound, goal.value, consistent, reason)  # type: ignore[arg-type]
        )
    return tuple(numbers)


def _why_not_comparable(order: Sequence[str], goals: dict[str, GoalValue], name: str) -> str:
    """Return why a solve's numbers do not compare with arithmetic that takes all demand as covered."""
    uncovered = goals.get("uncovered")
    if uncovered is None or order.index("uncovered") > order.index(name):
        return _("the arithmetic takes all demand as covered, which is not the first goal here")
    least = uncovered.bound if uncovered.value is None else uncovered.value
    if least is None:
        return _("it is not known whether all demand can be covered")
    if least > 0:
        return _("some demand is uncovered, and the arithmetic takes all of it as covered")
    if goals[name].bound is None and goals[name].value is None:
        return _("the solve found neither a bound nor a rota")
    return ""


def _in_order(direction: str, arithmetic_value: int, goal: GoalValue) -> bool:
    """Whether arithmetic, bound and found stand in order, each at least as good as the next."""
    known = [float(arithmetic_value), *(value for value in (goal.bound, goal.value) if value is not None)]
    sign = 1 if direction == "max" else -1
    return all(sign * (one - other) >= -_SLACK for one, other in pairwise(known))


@dataclass(frozen=True, slots=True)
class BesideLine:
    """The three numbers of one goal in words."""

    title: str
    arithmetic: str
    bound: str
    found: str
    verdict: str
    consistent: bool | None


def beside_lines(found: Arithmetic) -> list[BesideLine]:
    """Return the three numbers of each goal in words, with what they say about each other."""
    return [
        BesideLine(
            goal_title(one.goal),
            (_("at most {n}") if one.direction == "max" else _("at least {n}")).format(n=one.arithmetic),
            amount_or_unknown(one.bound, UNITS[one.goal]),
            amount_or_unknown(one.found, UNITS[one.goal]),
            f"✓ {_('they agree')}" if one.consistent else one.reason,
            one.consistent,
        )
        for one in found.beside
    ]


def arithmetic_document(case: Case, found: Arithmetic) -> dict[str, Any]:
    """Return the arithmetic as data; unknown is None, sizes are percent."""
    return {
        "schema": SCHEMA,
        "scenario": {"name": case.scenario.name, "sha256": case.sha256},
        "applies": bool(found.steps),
        "reason": found.reason or None,
        "steps": [asdict(step) | {"value": round(step.value, 6)} for step in found.steps],
        "full_time_posts": found.full_time_posts,
        "heads": found.heads,
        "beside": [asdict(one) | {"reason": one.reason or None} for one in found.beside],
    }
