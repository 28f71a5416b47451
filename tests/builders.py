"""Tiny problems and rotas, readable in a test: `rota(ward, "DD-AAN- ---DD--")`.

The codes are D (07:30-15:00), A (14:45-22:15), N (22:00-07:45) and L (07:30-20:00); `-` is off.
Spaces in a line are only for the eye.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from turnus.clock import DAY_MINUTES, parse_clock, parse_week_moment
from turnus.problem import FULL_TIME, Budget, Post, PostClass, Problem, Rota, Row, Shift

HOUR = 60
EVERY_DAY = frozenset(range(10_000))
LOOSE = 10**6  # minutes of tolerance that no line exceeds


def shift(code: str, begins: str, ends: str, *tags: str, minutes: int | None = None, **changes: Any) -> Shift:
    """Return a shift by clock times; an end before the start is the next morning."""
    start, end = parse_clock(begins), parse_clock(ends)
    end += DAY_MINUTES if end <= start else 0
    values: dict[str, Any] = {
        "code": code, "name": code, "start": start, "end": end, 
        "minutes": end - start if minutes is None else minutes,
        "tags": frozenset(tags), "days": EVERY_DAY, "competences": frozenset(range(5)),
        "volunteers_only": False, "active": ((start, end),),
    }  # fmt: skip
    return Shift(**{**values, **changes})


DAY = shift("D", "07:30", "15:00", "day")
EVENING = shift("A", "14:45", "22:15", "evening")
NIGHT = shift("N", "22:00", "07:45", "night")
LONG = shift("L", "07:30", "20:00", "long", volunteers_only=True)
THREE = (DAY, EVENING, NIGHT)


def person(
    name: str | None = "Kari", *, history: str = "", shifts: Sequence[Shift] = THREE, **changes: Any
) -> PostClass:
    """Return a named person of 100 %, or open posts without a name; their hours tolerance never binds."""
    values: dict[str, Any] = {
        "id": name or "open-staff", "person": name, "competence": 0, "sizes": (FULL_TIME,),
        "at_most": 1 if name else 9,
        "size": FULL_TIME if name else 0, "wished": FULL_TIME if name else 0, "tags": frozenset(),
        "long_shifts": False, "extra_weekends": False, "full_week_minutes": 35 * HOUR + 30,
        "under_minutes": LOOSE, "over_minutes": LOOSE, "leave": frozenset(), "pins": (), "bans": frozenset(),
        "wishes": (), "history": actions(history, shifts),
    }  # fmt: skip
    return PostClass(**{**values, **changes})


def row(day: int, codes: Iterable[int], need: int, **changes: Any) -> Row:
    """Return a requirement of `need` people on one of some actions of a day, for eight hours."""
    values: dict[str, Any] = {
        "day": day, "block": "day", "begins": 0, "ends": 8 * HOUR, "competence": None,
        "need": need, "most": None,
        "minutes": 8 * HOUR, "value": 1, "cells": frozenset((day, action) for action in codes),
        "workers": frozenset(range(5)),
    }  # fmt: skip
    return Row(**{**values, **changes})


def problem(
    *classes: PostClass,
    weeks: int = 1,
    cyclic: bool = True,
    shifts: Sequence[Shift] = THREE,
    weekend: tuple[str, str] = ("friday 21:00", "monday 00:00"),
    **changes: Any,
) -> Problem:
    """Return a unit of one competence without demand; a base rota unless `cyclic` is False."""
    begins, ends = parse_week_moment(weekend[0]), parse_week_moment(weekend[1]) or 7 * DAY_MINUTES
    values: dict[str, Any] = {
        "name": "tiny", "unit": "", "days": 7 * weeks, "cyclic": cyclic, "start": None,
        "red_days": frozenset(),
        "shifts": tuple(shifts), "competences": ("staff",), "competence_names": ("staff",),
        "classes": classes or (person(shifts=shifts),), "rows": (), "budget": Budget(10**9, ()),
        "weekend_cells": frozenset(
            (weekday, index + 1)
            for weekday in range(7)
            for index, one in enumerate(shifts)
            if begins <= weekday * DAY_MINUTES + one.start < ends
        ),
        "weekend_days": tuple(
            weekday for weekday in range(7) if begins <= weekday * DAY_MINUTES <= ends - DAY_MINUTES
        ),
        "goals": (), "smallest_size": 0,
    }  # fmt: skip
    return Problem(**{**values, **changes})


def actions(line: str, shifts: Sequence[Shift] = THREE) -> tuple[int, ...]:
    """Return the actions of a written line, one letter a day."""
    codes = ["-", *(one.code for one in shifts)]
    return tuple(codes.index(letter) for letter in line.replace(" ", ""))


def rota(unit: Problem, *lines: str, posts: Sequence[Post] | None = None) -> Rota:
    """Return a rota of written lines, by default one post of each class and of its first size."""
    chosen = [Post(at, one.sizes[0]) for at, one in enumerate(unit.classes)] if posts is None else posts
    rows = [actions(line, unit.shifts) for line in lines]
    assert len(rows) == len(chosen)
    assert all(len(one) == unit.days for one in rows)
    return Rota(tuple(chosen), np.array(rows, dtype=np.int16))


def one_line(unit: Problem, line: Sequence[int]) -> Rota:
    """Return the rota of a single post of the first class."""
    return Rota((Post(0, unit.classes[0].sizes[0]),), np.array([line], dtype=np.int16))
