"""A rule over several people two ways: its checker, and the CP-SAT encoders of its kinds, rota by rota.

A `GroupTrial` lists which actions each person's days may take; every rota that this allows is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from ortools.sat.python import cp_model

from tests.builders import THREE, actions, problem
from turnus.cpsat import Line
from turnus.cpsat.together import FixedLine, Person, encode_together
from turnus.problem import Post, PostClass, Problem, Rota, Shift
from turnus.rules import Rule
from turnus.rules.group_kinds import GroupKind

Lines = tuple[tuple[int, ...], ...]
Counts = dict[Lines, int]


@dataclass(frozen=True)
class GroupTrial:
    """A rule, its people, and the days' letters of each person, parted by spaces."""

    rule: Rule
    people: tuple[PostClass, ...]
    days: tuple[str, ...]
    shifts: tuple[Shift, ...] = THREE

    def unit(self, edge: str) -> Problem:
        """Return the unit as a `cycle` or as a `plan` after each person's history."""
        weeks = len(self.days[0].split()) // 7
        return problem(*self.people, weeks=weeks, cyclic=edge == "cycle", shifts=self.shifts)

    def rotas(self) -> Iterator[Lines]:
        """Yield every rota that the days allow."""
        lines = [list(product(*(actions(day, self.shifts) for day in days.split()))) for days in self.days]
        return product(*lines)

    def posts(self) -> tuple[Post, ...]:
        """Return one post of each person, of the first size."""
        return tuple(Post(index, person.sizes[0]) for index, person in enumerate(self.people))


EDGES = ("cycle", "plan")


def by_checker(trial: GroupTrial, edge: str) -> Counts:
    """Return how often each rota breaks the rule by its own checker."""
    unit = trial.unit(edge)
    return {
        lines: sum(
            breach.times
            for breach in trial.rule.violations(unit, Rota(trial.posts(), np.array(lines, dtype=np.int16)))
        )
        for lines in trial.rotas()
    }


def by_cpsat(
    trial: GroupTrial, edge: str, kinds: Sequence[GroupKind], fixed: frozenset[int] = frozenset()
) -> Counts:
    """Return the soft count of each rota; the encoders may give it no second value."""
    counts: Counts = {}
    for first in _fixed_lines(trial, fixed):
        for lines, count in _solutions(trial, edge, kinds, first, hard=False):
            assert counts.setdefault(lines, count) == count
    return counts


def kept_by_cpsat(
    trial: GroupTrial, edge: str, kinds: Sequence[GroupKind], fixed: frozenset[int] = frozenset()
) -> set[Lines]:
    """Return the rotas that the hard encoders accept."""
    return {
        lines
        for first in _fixed_lines(trial, fixed)
        for lines, _ in _solutions(trial, edge, kinds, first, hard=True)
    }


def _fixed_lines(trial: GroupTrial, fixed: frozenset[int]) -> Iterator[dict[int, tuple[int, ...]]]:
    order = sorted(fixed)
    choices = [product(*(actions(day, trial.shifts) for day in trial.days[index].split())) for index in order]
    for lines in product(*map(list, choices)):
        yield dict(zip(order, lines, strict=True))


def _solutions(
    trial: GroupTrial,
    edge: str,
    kinds: Sequence[GroupKind],
    fixed: dict[int, tuple[int, ...]],
    *,
    hard: bool,
) -> list[tuple[Lines, int]]:
    unit = trial.unit(edge)
    model = cp_model.CpModel()
    people: dict[int, Person] = {}
    for index, (owner, days) in enumerate(zip(unit.classes, trial.days, strict=True)):
        if index in fixed:
            people[index] = Person(FixedLine(unit, owner, fixed[index]), owner.sizes[0])
            continue
        line = Line(model, unit, owner)
        for day, letters in enumerate(days.split()):
            for action in set(range(unit.actions)) - set(actions(letters, trial.shifts)):
                model.add(line.cells[day][action] == 0)
        people[index] = Person(line, owner.sizes[0])
    count = model.new_int_var(0, 10**7, "")
    model.add(count == sum(encode_together(model, unit, people, kind, hard=hard) for kind in kinds))
    found = _Collector([people[index].line for index in range(len(people))], fixed, count)
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    assert solver.solve(model, found) in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return found.solutions


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(
        self, lines: list[object], fixed: dict[int, tuple[int, ...]], count: cp_model.IntVar
    ) -> None:
        super().__init__()
        self.lines, self.fixed, self.count = lines, fixed, count
        self.solutions: list[tuple[Lines, int]] = []

    def on_solution_callback(self) -> None:
        chosen = tuple(
            tuple(
                next(action for action, cell in enumerate(day) if self.boolean_value(cell))
                for day in line.cells
            )
            if isinstance(line, Line)
            else self.fixed[index]
            for index, line in enumerate(self.lines)
        )
        self.solutions.append((chosen, self.value(self.count)))


def disagreements(
    trial: GroupTrial,
    edge: str,
    kinds: Sequence[GroupKind] | None = None,
    fixed: frozenset[int] = frozenset(),
) -> dict[str, list[Lines]]:
    """Return the rotas that the encoders judge otherwise than the checker, soft and hard apart."""
    meant = trial.rule.lower_together(trial.unit(edge)) if kinds is None else kinds
    truth = by_checker(trial, edge)
    soft = by_cpsat(trial, edge, meant, fixed)
    wrong = {"soft": sorted(lines for lines in truth if soft.get(lines) != truth[lines])}
    kept = {lines for lines, count in truth.items() if not count}
    wrong["hard"] = sorted(kept ^ kept_by_cpsat(trial, edge, meant, fixed))
    return {name: lines for name, lines in wrong.items() if lines}
