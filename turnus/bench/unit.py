"""What the readers of public sets build units from: shifts without clock times, people, rows with prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from turnus.bench.stated import Stated
from turnus.problem import FULL_TIME, Budget, PostClass, Problem, Row, Shift, Wish

WEEK_DAYS = 7


@dataclass(frozen=True)
class Unit:
    """A problem with what its instance states; `constant` is a cost that no rota can change."""

    problem: Problem
    stated: tuple[Stated, ...]
    hours_cost: dict[str, tuple[int, int, int]] | None = None  # by person: least, most units, cost beyond
    constant: int = 0


def bench_shift(code: str, minutes: int) -> Shift:
    """Return a shift that everybody may work every day; sets state no clock times that matter."""
    return Shift(
        code, code, 0, minutes, minutes, frozenset(), frozenset(range(10**5)), frozenset({0}), False,
        ((0, minutes),),
    )  # fmt: skip


def named(
    id: str,
    days: int,
    least_minutes: int,
    most_minutes: int,
    bans: Iterable[tuple[int, int]] = (),
    wishes: tuple[Wish, ...] = (),
    history: tuple[int, ...] = (),
    competence: int = 0,
) -> PostClass:
    """Return one named person whose planned minutes lie within the limits."""
    # A full week of the least minutes, and as much above as the limits allow.
    week = least_minutes * WEEK_DAYS // days
    exact = week * days // WEEK_DAYS
    return PostClass(
        id=id, person=id, competence=competence, sizes=(FULL_TIME,), at_most=1, size=FULL_TIME,
        wished=FULL_TIME, tags=frozenset(), long_shifts=True, extra_weekends=True, full_week_minutes=week,
        under_minutes=exact - least_minutes, over_minutes=most_minutes - exact, leave=frozenset(), pins=(),
        bans=frozenset(bans), wishes=wishes, history=history,
    )  # fmt: skip


def bench_row(
    day: int, cells: frozenset[tuple[int, int]], need: int, most: int, under: int, over: int
) -> Row:
    """Return a requirement of one unit of time, priced by what one too few or too many costs."""
    return Row(
        day, "", 0, 1, None, need, most, 1, under, cells, frozenset(range(10**3)), over,
    )  # fmt: skip


def bench_problem(
    days: int,
    shifts: Sequence[Shift],
    classes: Sequence[PostClass],
    rows: Sequence[Row],
    competences: Sequence[str] = ("staff",),
    cyclic: bool = False,
) -> Problem:
    """Return the problem of an instance: named people, without a weekend of its own."""
    return Problem(
        name="", unit="", days=days, cyclic=cyclic, start=None, red_days=frozenset(), shifts=tuple(shifts),
        competences=tuple(competences), competence_names=tuple(competences), classes=tuple(classes),
        rows=tuple(rows), budget=Budget(10**9, ()), weekend_cells=frozenset(), weekend_days=(5, 6),
        goals=("cost",), smallest_size=0,
    )  # fmt: skip
