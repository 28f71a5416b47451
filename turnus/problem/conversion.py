r"""Converted hours (tredelt): how much shorter Sundays and nights make the week of a full position.

From the 37.5 hours of day work each hour in the zone of Sundays and red days (AML § 10-10) takes ten minutes,
for it counts as 1 h 10 min, and each hour at night from 21:00 to 06:00 (§ 10-11) takes fifteen; the week is
never longer than 35.5 hours and never shorter than 33.6:

.. math:: \min(35.5,\ \max(33.6,\ 37.5 - \tfrac16 h_\text{Sunday} - \tfrac14 h_\text{night}))

with the weekly hours of a full position (HTA ch. 1 § 4.2.4; read in secondary sources). An hour has one
compensation only: that night goes before Sunday where both apply is an assumption, not verified.

Everything is in whole numbers: a *credit* is in twelfths of a minute, two for each minute of Sunday work and
three for each at night. All minutes of a shift belong to the day it starts on, as its hours do. What counts
is active work by the clock, from start to end: a file says how long an unpaid break is and not when, so that
its minutes are credited like those around it. Passive duty and standby at home are not credited.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from turnus.clock import DAY_MINUTES, parse_duration
from turnus.problem.red_days import red_days_of

if TYPE_CHECKING:
    from turnus.problem.model import Problem, Shift
    from turnus.scenario.models import Hours

CONVERTED = "converted"  # what `full_week` says then

#: Minutes a week of a full position: before conversion, and the longest and the shortest after it.
UNCONVERTED, LONGEST, SHORTEST = 37 * 60 + 30, 35 * 60 + 30, 33 * 60 + 36
#: A minute of work in twelfths, and what a minute on a Sunday or at night is credited.
TWELFTHS, SUNDAY_CREDIT, NIGHT_CREDIT = 12, 2, 3
NIGHT_BEGINS, NIGHT_ENDS = 21 * 60, 6 * 60 + DAY_MINUTES
_LONGEST_SHIFT_DAYS = 3

Span = tuple[int, int]  # begin and end in minutes after the midnight of the day a shift belongs to


def longest_week(hours: Hours) -> int:
    """Return the minutes a week of a full position; the longest that they can be where they are converted."""
    return LONGEST if hours.full_week == CONVERTED else parse_duration(hours.full_week)


def credits_of(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Return for each day and action what its work takes off the hours of a converted post, in twelfths."""
    known: dict[tuple[Span, ...], tuple[int, ...]] = {}
    rows = []
    for day in range(problem.days):
        zone = _zone_around(problem, day)
        if zone not in known:
            known[zone] = (0, *(_credit(shift, zone) for shift in problem.shifts))
        rows.append(known[zone])
    return tuple(rows)


def _zone_around(problem: Problem, day: int) -> tuple[Span, ...]:
    """Return the stretches of Sundays and red days that a shift of a day may reach, from its midnight."""
    midnight = day * DAY_MINUTES
    red_days = red_days_of(problem, day, day + _LONGEST_SHIFT_DAYS + 1)
    return tuple((red.begins - midnight, red.ends - midnight) for red in red_days)


def _credit(shift: Shift, zone: Iterable[Span]) -> int:
    spans = active_spans(shift)
    night = minutes_by_clock(spans, NIGHT_BEGINS, NIGHT_ENDS)
    sunday = sum(
        minutes_shared(span, part) - minutes_by_clock([_cut(span, part)], NIGHT_BEGINS, NIGHT_ENDS)
        for span in spans
        for part in zone
    )
    return NIGHT_CREDIT * night + SUNDAY_CREDIT * sunday


def active_spans(shift: Shift) -> tuple[Span, ...]:
    """Return when a shift is active work, breaks not taken out."""
    if not shift.parts:
        return ((shift.start, shift.end),)
    return tuple((part.start, part.end) for part in shift.parts if part.kind == "active")


def minutes_by_clock(spans: Iterable[Span], begins: int, ends: int) -> int:
    """Return how many minutes lie between two times of day, whatever the day; `ends` may pass midnight."""
    first = -((ends - begins) // DAY_MINUTES + 1)
    return sum(
        minutes_shared(span, (begins + day * DAY_MINUTES, ends + day * DAY_MINUTES))
        for span in spans
        for day in range(first, span[1] // DAY_MINUTES + 1)
    )


def minutes_shared(one: Span, two: Span) -> int:
    """Return how many minutes two stretches have in common."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _cut(one: Span, two: Span) -> Span:
    """Return what two stretches share; an empty one when that is nothing."""
    begins = max(one[0], two[0])
    return begins, max(begins, min(one[1], two[1]))
