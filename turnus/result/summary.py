"""The one sentence of a result, with its conditions, and the sentence about weekends."""

from __future__ import annotations

from collections.abc import Sequence

from turnus.goals import DIRECTION, Condition
from turnus.problem import FULL_TIME, Problem
from turnus.result.outcome import GoalValue, Outcome
from turnus.result.weekend import WeekendArithmetic, weekend_arithmetic
from turnus.result.words import condition_phrase, noun_phrase
from turnus.rules.base import Rule
from turnus.texts import _, hours, ngettext, number, percent, up_to

HELTID_GOALS = (
    "full_time_posts",
    "full_time_share",
    "mean_size",
    "fewest_part_time",
    "largest_smallest_size",
    "fewest_heads",
)


def summary_sentence(problem: Problem, rules: Sequence[Rule], outcome: Outcome) -> str:
    """Return what was found, under which conditions, and whether it is proven, in the language in use."""
    if outcome.status == "infeasible":
        first = outcome.reasons[0].sentence().rstrip(".") if outcome.reasons else _("no reason was found")
        return _("Proven: no rota can keep these rules ({reason}).").format(reason=first)
    if outcome.rota is None:
        return _("No rota was found in the time given. Nothing is proven: one may still exist.")
    parts = [_main_part(problem, outcome), _weekend_part(problem, rules, outcome), _uncovered_part(outcome)]
    return "; ".join(part for part in parts if part) + "."


def lead_goal(outcome: Outcome) -> GoalValue | None:
    """Return the heltid goal that stands first in the scenario's order; None when it names none."""
    return next((goal for goal in outcome.goals if goal.id in HELTID_GOALS), None)


def conditions(problem: Problem, asked: Sequence[Condition] = ()) -> str:
    """Return what a bound is conditional on: demand, budget, smallest size, rules, and what was asked for."""
    given = _given(problem)
    told = ", ".join(condition_phrase(one.goal, one.bound, one.value) for one in asked)
    return _("{conditions}, with {asked}").format(conditions=given, asked=told) if asked else given


def _given(problem: Problem) -> str:
    fte = number(problem.budget.total / FULL_TIME, 1)
    if any(not post.named for post in problem.classes):
        size = percent(100 * problem.smallest_size / FULL_TIME, 2)
        return _("this demand, {fte} FTE, smallest size {size} and these rules").format(fte=fte, size=size)
    return _("this demand, {fte} FTE and these rules").format(fte=fte)


def weekend_sentence(arithmetic: WeekendArithmetic) -> str:
    """Return the weekend arithmetic as people would do it on paper."""
    return ngettext(
        "{people} people on a weekend day, each working {worked} of {of} weekends: {heads} heads; "
        "{fte} FTE over {heads} heads: mean size {mean}; at most {bound} full-time post.",
        "{people} people on a weekend day, each working {worked} of {of} weekends: {heads} heads; "
        "{fte} FTE over {heads} heads: mean size {mean}; at most {bound} full-time posts.",
        arithmetic.full_time_posts,
    ).format(
        people=up_to(arithmetic.people_per_day, 1),
        worked=arithmetic.worked,
        of=arithmetic.of_weekends,
        heads=arithmetic.heads,
        fte=number(arithmetic.budget_fte, 1),
        mean=percent(arithmetic.mean_size_percent),
        bound=arithmetic.full_time_posts,
    )


def _main_part(problem: Problem, outcome: Outcome) -> str:
    goal = lead_goal(outcome)
    given = conditions(problem, outcome.conditions)
    if goal is None or goal.value is None:
        return _("A rota was found with {conditions}").format(conditions=given)
    found = noun_phrase(goal, goal.value)
    if goal.bound is None:
        return _("Found {found} with {conditions}; whether more is possible is not proven").format(
            found=found, conditions=given
        )
    text = (
        _("At most {bound} with {conditions}") if _upwards(goal) else _("At least {bound} with {conditions}")
    )
    bound = text.format(bound=noun_phrase(goal, goal.bound), conditions=given)
    return _("{bound}; found {found} ({proven})").format(bound=bound, found=found, proven=_standing(goal))


def _standing(goal: GoalValue) -> str:
    if goal.proven:
        return _("proven")
    if goal.value == goal.bound:
        return _("equal, but a goal before it is not proven")
    return _("not proven best")


def _upwards(goal: GoalValue) -> bool:
    return DIRECTION[goal.id] == "max"


def _weekend_part(problem: Problem, rules: Sequence[Rule], outcome: Outcome) -> str:
    arithmetic = weekend_arithmetic(problem, rules)
    goal = lead_goal(outcome)
    if arithmetic is None or goal is None or goal.id != "full_time_posts" or goal.bound is None:
        return ""
    # Only where posts may still be shaped, and the budget alone would allow more full-time posts.
    shapeable = any(not post.named for post in problem.classes)
    affordable = problem.budget.total // FULL_TIME
    weekends = shapeable and arithmetic.full_time_posts == goal.bound and affordable > goal.bound
    return _("weekends bind") if weekends else ""


def _uncovered_part(outcome: Outcome) -> str:
    goal = next((goal for goal in outcome.goals if goal.id == "uncovered"), None)
    if goal is None or not goal.value:
        return ""
    text = _("{hours} of demand is uncovered").format(hours=hours(goal.value))
    if goal.bound:
        text += ", " + _("at least {hours} cannot be covered").format(hours=hours(goal.bound))
    return text
