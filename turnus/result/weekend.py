r"""Weekend arithmetic: what weekends alone say about heads, mean size and full-time posts.

Weekends decide how many people a unit needs, its budget how large their posts can be:
:math:`H = P \cdot f` heads for P people on a weekend day and every f-th weekend, mean size :math:`B / H`,
and with smallest size s at most :math:`(B - sH)/(1 - s)` full-time posts. It is no proof (it looks at
nothing but weekends) and stands beside the proven bound because people can check it in their head.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from turnus.case.weekends import people_on_day
from turnus.clock import WEEK_DAYS
from turnus.problem import FULL_TIME, PostClass, Problem
from turnus.rules.base import Rule
from turnus.rules.kinds import WeekEvents


@dataclass(frozen=True, slots=True)
class WeekendArithmetic:
    """The arithmetic of one unit. Sizes are percent; `full_time_bound` is not yet rounded down.

    A post works at most `worked` of `of_weekends` weekends; `smallest_size_percent` is None without
    open posts. Everything holds for full cover of the demand.
    """

    people_per_day: float
    worked: int
    of_weekends: int
    heads: int
    budget_fte: float
    mean_size_percent: float
    smallest_size_percent: float | None
    full_time_bound: float

    @property
    def full_time_posts(self) -> int:
        """Return the bound as whole posts."""
        return math.floor(self.full_time_bound + 1e-9)


@dataclass(frozen=True, slots=True)
class WeekendLimit:
    """How often a class of posts may work a weekend: `worked` of any `of_weekends` in a row."""

    worked: int
    of_weekends: int

    def most(self, problem: Problem) -> int:
        """Return the most weekends a post can work within the horizon."""
        if problem.cyclic:
            return problem.weeks * self.worked // self.of_weekends
        whole, rest = divmod(problem.weeks, self.of_weekends)
        return whole * self.worked + min(rest, self.worked)


def weekend_arithmetic(problem: Problem, rules: Sequence[Rule]) -> WeekendArithmetic | None:
    """Return the weekend arithmetic; None when nobody is needed at weekends or nobody may work them."""
    needed = sum(people_on_weekend(problem, week) for week in range(problem.weeks))
    frequency = {post.id: weekend_limit(problem, rules, post) for post in problem.classes}
    most = {name: limit.most(problem) for name, limit in frequency.items()}
    if not needed or not any(most.values()):
        return None
    named = [post for post in problem.classes if post.named]
    offered = [post for post in problem.classes if not post.named]
    shown = max(offered or named, key=lambda post: most[post.id])
    missing = needed - sum(most[post.id] for post in named)
    added = math.ceil(max(0, missing) / most[shown.id]) if offered and most[shown.id] else 0
    heads = len(named) + added
    budget = problem.budget.total
    return WeekendArithmetic(
        people_per_day=needed / problem.weeks,
        worked=frequency[shown.id].worked,
        of_weekends=frequency[shown.id].of_weekends,
        heads=heads,
        budget_fte=budget / FULL_TIME,
        mean_size_percent=100 * budget / FULL_TIME / heads,
        smallest_size_percent=100 * problem.smallest_size / FULL_TIME if offered else None,
        full_time_bound=_full_time_bound(problem, named, added if offered else None),
    )


def people_on_weekend(problem: Problem, week: int) -> int:
    """Return how many people a weekend takes at least: on its busiest day, with the longest shifts."""
    days = [week * WEEK_DAYS + weekday for weekday in problem.weekend_days]
    return max((people_on_day(problem, day) for day in days), default=0)


def weekend_limit(problem: Problem, rules: Sequence[Rule], post: PostClass) -> WeekendLimit:
    """Return how often a class of posts may work a weekend, by the strictest hard rule about weekends."""
    if _exempt(problem, post):
        return WeekendLimit(0, 1)
    strictest = WeekendLimit(1, 1)
    for rule in rules:
        if not (rule.hard and rule.applies_to(post)):
            continue
        for kind in rule.lower(problem, post):
            if isinstance(kind, WeekEvents) and kind.cells >= problem.weekend_cells:
                found = WeekendLimit(kind.most, kind.of_weeks)
                strictest = min(strictest, found, key=lambda limit: limit.worked / limit.of_weekends)
    return strictest


def _exempt(problem: Problem, post: PostClass) -> bool:
    weekend = [
        (day, action)
        for day in range(problem.days)
        for weekday, action in problem.weekend_cells
        if day % WEEK_DAYS == weekday and day not in post.leave
    ]
    return all(cell in post.bans for cell in weekend)


def _full_time_bound(problem: Problem, named: list[PostClass], added: int | None) -> float:
    """Return how many posts the budget lets be full-time when every head keeps its smallest size.

    Named people first give way from their smallest possible size, `added` open posts from the smallest
    size; what is then left of the budget buys new full posts (None: there are no open posts).
    """
    smallest = problem.smallest_size
    left = float(problem.budget.total - sum(min(post.sizes) for post in named) - smallest * (added or 0))
    steps = sorted(FULL_TIME - min(post.sizes) for post in named if FULL_TIME in post.sizes)
    steps += [FULL_TIME - smallest] * (added or 0)
    posts = 0.0
    for step in sorted(steps):
        if step > max(left, 0.0):
            return posts + (max(left, 0.0) / step if added else 0.0)
        posts, left = posts + 1, left - step
    return posts + left / FULL_TIME if added is not None and left > 0 else posts
