"""An instance of the Curtois & Qu set as a unit of the engine: a calendar plan with named people."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from turnus.bench.curtois import OFF, WEEK_DAYS, Instance, Person
from turnus.bench.stated import Stated
from turnus.bench.unit import Unit, bench_problem, bench_row, bench_shift, named
from turnus.problem import PostClass, Row, Wish
from turnus.rules.kinds import Actions, Cells, Kind, PlanShifts, PlanWeeks, RunLength, Sequence

SATURDAY, SUNDAY = 5, 6


def unit_of(instance: Instance) -> Unit:
    """Return the unit whose cost is the instance's; a line's hours are minutes over the whole plan."""
    classes = [_class_of(instance, at, person) for at, person in enumerate(instance.people)]
    problem = bench_problem(
        instance.days,
        [bench_shift(one.id, one.minutes) for one in instance.shifts],
        classes,
        [_row(instance, at) for at in range(len(instance.cover))],
    )
    kinds = {
        person.id: (*_kinds(instance, person, problem.worked), Cells(post.bans))
        for person, post in zip(instance.people, classes, strict=True)
    }
    return Unit(problem, (Stated(kinds=kinds),))


def assignment_of(lines: npt.NDArray[np.int16]) -> list[list[int]]:
    """Return the engine's lines as the set writes them."""
    return [[int(action) - 1 if action else OFF for action in line] for line in lines]


def _class_of(instance: Instance, at: int, person: Person) -> PostClass:
    bans = {(day, action) for day in person.days_off for action in range(1, len(instance.shifts) + 1)}
    bans |= {
        (day, shift + 1)
        for shift, most in enumerate(person.most_shifts)
        if most == 0
        for day in range(instance.days)
    }
    return named(
        person.id,
        instance.days,
        person.least_minutes,
        person.most_minutes,
        bans,
        tuple(_wishes(instance, at)),
    )


def _wishes(instance: Instance, at: int) -> Iterator[Wish]:
    everything = frozenset(range(len(instance.shifts) + 1))
    for one in instance.wanted:
        if one.person == at:
            yield Wish(one.day, frozenset({one.shift + 1}), one.weight)
    for one in instance.unwanted:
        if one.person == at:
            yield Wish(one.day, everything - {one.shift + 1}, one.weight)


def _row(instance: Instance, at: int) -> Row:
    cover = instance.cover[at]
    cells = frozenset({(cover.day, cover.shift + 1)})
    if not cover.under:  # nothing is missing then: everybody is beyond the need
        return bench_row(cover.day, cells, 0, cover.need, cover.over, cover.over)
    return bench_row(cover.day, cells, cover.need, cover.need, cover.under, cover.over)


def _kinds(instance: Instance, person: Person, worked: Actions) -> Iterator[Kind]:
    yield RunLength(worked, person.longest_run, person.shortest_run)
    yield RunLength(frozenset({0}), shortest=person.shortest_off)
    for at, shift in enumerate(instance.shifts):
        after = frozenset(other + 1 for other in shift.not_before)
        if after:
            yield Sequence((frozenset({at + 1}), after))
    weekend = frozenset((day, action) for day in (SATURDAY, SUNDAY) for action in worked)
    if person.most_weekends < instance.days // WEEK_DAYS:
        yield PlanWeeks(weekend, person.most_weekends)
    for at, most in enumerate(person.most_shifts):
        reachable = min(instance.days, person.most_minutes // max(1, instance.shifts[at].minutes))
        if 0 < most < reachable:
            yield PlanShifts(frozenset({at + 1}), most)
