"""An instance of rotating workforce scheduling as a unit: a base rota of one line that everybody follows.

All employees walk through the same line, each a week behind the next, so that the people at work on a Monday
are the line's Mondays. One line is one post here, and a row of demand counts its cells of all weeks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from turnus.bench.rws import OFF, WEEK_DAYS, Instance
from turnus.bench.unit import bench_problem, bench_shift, named
from turnus.problem import Problem, Row
from turnus.rules.kinds import Kind, RunLength, Sequence

Line = list[int]


def unit_of(instance: Instance) -> tuple[Problem, tuple[Kind, ...]]:
    """Return the problem of the shared line, and the kinds that it must keep."""
    shifts = [bench_shift(one.id, one.minutes) for one in instance.shifts]
    person = named("line", instance.days, 0, 24 * 60 * instance.days)
    rows = [
        _row(instance, shift, weekday)
        for shift in range(len(instance.shifts))
        for weekday in range(WEEK_DAYS)
    ]
    problem = bench_problem(instance.days, shifts, [person], rows, cyclic=True)
    return problem, tuple(_kinds(instance, problem))


def _row(instance: Instance, shift: int, weekday: int) -> Row:
    need = instance.need[shift][weekday]
    cells = frozenset((day, shift + 1) for day in range(weekday, instance.days, WEEK_DAYS))
    return Row(weekday, "", 0, 1, None, need, need, 1, 1, cells, frozenset({0}), None)


def _kinds(instance: Instance, problem: Problem) -> Iterator[Kind]:
    yield RunLength(problem.worked, instance.longest_work, instance.shortest_work)
    yield RunLength(frozenset({0}), instance.longest_off, instance.shortest_off)
    for at, shift in enumerate(instance.shifts):
        yield RunLength(frozenset({at + 1}), shift.longest_run, shift.shortest_run)
    for sequence in instance.forbidden:
        yield Sequence(tuple(frozenset({0 if shift == OFF else shift + 1}) for shift in sequence))


def shared_line(
    instance: Instance, seed: int, seconds: float, workers: int
) -> tuple[Line | None, bool, float]:
    """Return a line that meets everything, None when none was found, whether none exists, and the seconds."""
    from turnus.cpsat.exact_line import exact_line

    began = time.monotonic()
    problem, kinds = unit_of(instance)
    found = exact_line(problem, problem.classes[0], kinds, seed, seconds, workers)
    took = time.monotonic() - began
    if found.lines is None:
        return None, found.status == "infeasible", took
    return [int(action) - 1 if action else OFF for action in found.lines[0]], False, took
