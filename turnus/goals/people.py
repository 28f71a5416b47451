"""What a rota means for people: wishes not met, days that change, how evenly nights and evenings fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnus.clock import WEEK_DAYS
from turnus.problem import FULL_TIME, PostClass, Problem, Rota

SHARED_TAGS = ("night", "evening")


def unmet_wishes(problem: Problem, rota: Rota) -> int:
    """Return the summed strength (1 weak, 2 medium, 3 strong, for each day) of the wishes not met."""
    return sum(
        wish.strength
        for post, line in zip(rota.posts, rota.lines, strict=True)
        for wish in problem.classes[post.class_index].wishes
        if int(line[wish.day]) not in wish.actions
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes different for one post: days with another shift, and weekends worked instead of free.

    `weekends` counts the weeks whose weekend is worked in one of the two rotas and free in the other.
    """

    post: int
    days: int
    weekends: int


def changed(problem: Problem, rota: Rota) -> list[Changed]:
    """Return what changes for each post whose present rota is known; a day off is a shift of its own."""
    found = []
    for index, (post, line) in enumerate(zip(rota.posts, rota.lines, strict=True)):
        before = problem.classes[post.class_index].present_rota
        if not before:
            continue
        now = [int(action) for action in line]
        weekends = _weekends(problem, before) ^ _weekends(problem, now)
        days = sum(one != other for one, other in zip(before, now, strict=True))
        found.append(Changed(index, days, len(weekends)))
    return found


def changed_days(problem: Problem, rota: Rota) -> int:
    """Return on how many days somebody works another shift than in the rota they have now."""
    return sum(one.days for one in changed(problem, rota))


def _weekends(problem: Problem, line: Sequence[int]) -> set[int]:
    """Return the weeks in which a line works at the weekend."""
    return {
        day // WEEK_DAYS
        for day, action in enumerate(line)
        if (day % WEEK_DAYS, action) in problem.weekend_cells
    }


def fairness(problem: Problem, rota: Rota) -> float:
    r"""Return how unevenly nights and evenings fall, in minutes scaled to a full post.

    :math:`\sum_{t \in \{night, evening\}} (\max_p m_{tp} - \min_p m_{tp})` with :math:`m_{tp}` the counted
    minutes of post p in shifts tagged t over its size, among the posts that may work such a shift.
    """
    return sum(_spread(problem, rota, problem.tagged(tag)) for tag in SHARED_TAGS)


def _spread(problem: Problem, rota: Rota, actions: frozenset[int]) -> float:
    weights = np.array([m if a in actions else 0 for a, m in enumerate(problem.minutes)])
    loads = [
        float(weights[line].sum()) * FULL_TIME / post.size
        for post, line in zip(rota.posts, rota.lines, strict=True)
        if may_work_any(problem, problem.classes[post.class_index], actions)
    ]
    return max(loads) - min(loads) if loads else 0.0


def may_work_any(problem: Problem, post: PostClass, actions: frozenset[int]) -> bool:
    """Whether posts of a class may work one of these shifts on at least one day they are there."""
    return any(
        post.competence in (shift := problem.shifts[action - 1]).competences
        and (post.long_shifts or not shift.volunteers_only)
        and any((day, action) not in post.bans for day in shift.days - post.leave)
        for action in sorted(actions)
    )
