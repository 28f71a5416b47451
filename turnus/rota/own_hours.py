"""Hours that a line decides by itself, as arrays and compiled: the converted posts of a search.

The line program knows such a post's hours from the shortest week to the longest. What they are is known when
the line is: so a line is looked for within the hours that the one before it had, and once more within its own
where these turn out to be others. A line goes in only if its hours lie no further outside than those of the
line it replaces, and a rota whose lines all have their hours is worth more than any cover.

Everything is in whole parts of a minute.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from numba import njit

from turnus.lines.model import LineModel
from turnus.lines.program import IntArray, LineArray
from turnus.problem import FULL_TIME, Post, Problem
from turnus.problem.conversion import TWELFTHS, UNCONVERTED

#: Whether a post's hours are converted; what a (day, action) is credited and an action's minutes; the least
#: and the most hours of each post as (full, shortest, longest); parts of a unit of the hours axis.
OwnHours = tuple[npt.NDArray[np.bool_], IntArray, IntArray, IntArray, IntArray, int]

PARTS = TWELFTHS * FULL_TIME * 7  # of a minute: every size, with leave in whole days, comes out whole
TRIES = 4  # lines looked for until one has its hours
OUTSIDE = 1_000.0  # what an hour outside weighs, against the dearest person missing


def own_hours(problem: Problem, model: LineModel, posts: Sequence[Post]) -> OwnHours:
    """Return what a search has to know of the converted posts among some."""
    owners = [problem.classes[post.class_index] for post in posts]
    converted = np.array([owner.converted for owner in owners])
    least, most = np.zeros((len(posts), 3), np.int64), np.zeros((len(posts), 3), np.int64)
    credits = np.zeros((problem.days, problem.actions), np.int64)
    if converted.any():
        credits[:] = PARTS // TWELFTHS * np.array(problem.credits, np.int64)
    for index, (owner, post) in enumerate(zip(owners, posts, strict=True)):
        weeks = owner.weeks(post.size, problem.days)
        hours = np.array([int(PARTS * week * weeks) for week in (UNCONVERTED, *owner.full_weeks)])
        least[index] = hours - PARTS * owner.under_minutes
        most[index] = hours + PARTS * owner.over_minutes
    minutes = PARTS * np.array(problem.minutes, np.int64)
    return converted, credits, minutes, least, most, PARTS * model.unit_minutes


@njit(cache=True, nogil=True)
def _shortened(limit: IntArray, credit: int) -> int:
    shortened: int = min(limit[2], max(limit[1], limit[0] - credit))
    return shortened


@njit(cache=True, nogil=True)
def _credit(line: LineArray, credits: IntArray) -> int:
    total = 0
    for day in range(len(line)):
        total += credits[day, line[day]]
    return total


@njit(cache=True, nogil=True)
def units_of_line(post: int, line: LineArray, lo: int, hi: int, hours: OwnHours) -> tuple[int, int]:
    """Return the units of [lo, hi] that a line leaves its post, least and most; all unless converted."""
    converted, credits, _minutes, least, most, unit = hours
    if not converted[post]:
        return lo, hi
    credit = _credit(line, credits)
    first = -(-_shortened(least[post], credit) // unit)
    last = _shortened(most[post], credit) // unit
    return max(lo, first), min(hi, last)


@njit(cache=True, nogil=True)
def hours_outside(post: int, line: LineArray, hours: OwnHours) -> float:
    """Return how many hours a line lies outside what it leaves its post; 0 unless that is converted."""
    converted, credits, minutes, least, most, _unit = hours
    if not converted[post]:
        return 0.0
    worked = 0
    for day in range(len(line)):
        worked += minutes[line[day]]
    credit = _credit(line, credits)
    short, long = _shortened(least[post], credit) - worked, worked - _shortened(most[post], credit)
    return max(short, long, 0) / (PARTS * 60.0)
