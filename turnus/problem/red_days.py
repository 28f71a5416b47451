"""Sundays and red days of a horizon by number, each with its own part of the zone of § 10-10."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem.calendar import EVENING_BEFORE, LAST_EVENING, is_red, sunday_zone

if TYPE_CHECKING:
    from turnus.problem.model import Problem

SUNDAY = WEEK_DAYS - 1


@dataclass(frozen=True, slots=True)
class RedDay:
    """A Sunday or red day by number, and its part of the zone in minutes after day 0's midnight."""

    day: int
    begins: int
    ends: int


def red_days_of(problem: Problem, first: int, end: int) -> Iterator[RedDay]:
    """Yield the Sundays and red days from a day on to before another, in order; a base rota has Sundays only.

    Days before the horizon and after it are as good as any other.
    """
    for day in range(first, end):
        if problem.start is not None:
            date = problem.start + dt.timedelta(days=day)
            if is_red(date):
                begins, ends = sunday_zone(date)
                yield RedDay(day, day * DAY_MINUTES + begins, day * DAY_MINUTES + ends)
        elif _is_red(problem, day):
            begins = 0 if _is_red(problem, day - 1) else EVENING_BEFORE - DAY_MINUTES
            ends = DAY_MINUTES if _is_red(problem, day + 1) else LAST_EVENING
            yield RedDay(day, day * DAY_MINUTES + begins, day * DAY_MINUTES + ends)


def _is_red(problem: Problem, day: int) -> bool:
    """Whether a day is a Sunday or one of the plan's red days, where no date is known."""
    return day % WEEK_DAYS == SUNDAY or day in problem.red_days
