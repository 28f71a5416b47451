"""What each post carries: weekends, nights, evenings, long shifts, quick returns, days in a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from turnus.clock import WEEK_DAYS
from turnus.problem import OFF, Problem, Rota
from turnus.rules.reading import reader, rests, run_before

#: A rest shorter than this is a quick return: AML § 10-8 (1), 11 hours.
QUICK_RETURN_MINUTES = 11 * 60

ShiftKind = Literal["day", "evening", "night", "long", "other"]
_BY_TAG: tuple[ShiftKind, ...] = ("long", "night", "evening", "day")
_MORNING_ENDS, _EVENING_ENDS = 11 * 60, 19 * 60


@dataclass(frozen=True, slots=True)
class Load:
    """What one post carries over the horizon, in times: a long shift counts as long and as nothing else.

    `quick_returns` are rests below 11 hours; `longest_run` is days worked in a row.
    """

    weekends_worked: int
    nights_worked: int
    evenings_worked: int
    long_shifts_worked: int
    quick_returns: int
    longest_run: int


def kind_of_shift(problem: Problem, action: int) -> ShiftKind:
    """Return what kind of shift an action is: by its tags, else by when it starts."""
    shift = problem.shifts[action - 1]
    for tag in _BY_TAG:
        if tag in shift.tags:
            return tag
    if not shift.active:
        return "other"
    return "day" if shift.start < _MORNING_ENDS else "evening" if shift.start < _EVENING_ENDS else "night"


def load(problem: Problem, rota: Rota, post: int) -> Load:
    """Return what one post of a rota carries."""
    kinds = [kind_of_shift(problem, action) for action in rota.lines[post].tolist() if action != OFF]
    read = reader(problem, rota, post)
    return Load(
        weekends_worked=worked_weekends(problem, rota, post),
        nights_worked=kinds.count("night"),
        evenings_worked=kinds.count("evening"),
        long_shifts_worked=kinds.count("long"),
        quick_returns=sum(rest.minutes < QUICK_RETURN_MINUTES for rest in rests(problem, read)),
        longest_run=max(
            (run_before(read, day, problem.worked, problem.days) for day in range(problem.days)), default=0
        ),
    )


def worked_weekends(problem: Problem, rota: Rota, post: int) -> int:
    """Return in how many weeks a post works a shift that belongs to the weekend."""
    line = rota.lines[post]
    return len(
        {
            day // WEEK_DAYS
            for day in range(problem.days)
            if (day % WEEK_DAYS, int(line[day])) in problem.weekend_cells
        }
    )
