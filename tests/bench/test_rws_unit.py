"""Rotating workforce scheduling as a unit: its model has exactly the lines that the scorer accepts."""

from dataclasses import replace

import pytest
from ortools.sat.python import cp_model

from tests.bench.randomly import rws_instance
from tests.bench.small import DATA, OFF, every_line, rws_truth
from turnus.bench.rws import Instance, ShiftType, read, score
from turnus.bench.rws_unit import shared_line, unit_of
from turnus.cpsat.encoders import encode
from turnus.cpsat.line import Line


class Every(cp_model.CpSolverSolutionCallback):
    """Collects every solution."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.found: set[tuple[int, ...]] = set()

    def on_solution_callback(self) -> None:
        actions = ([self.boolean_value(cell) for cell in day].index(True) for day in self.line.cells)
        self.found.add(tuple(action - 1 if action else OFF for action in actions))


def lines_of(instance: Instance, *, covered: bool) -> set[tuple[int, ...]]:
    """Return every line of the unit's kinds, with its rows or without."""
    problem, kinds = unit_of(instance)
    model = cp_model.CpModel()
    line = Line(model, problem, problem.classes[0])
    for kind in kinds:
        encode(line, kind, hard=True)
    for row in problem.rows if covered else ():
        model.add(sum(line.cells[day][action] for day, action in sorted(row.cells)) == row.need)
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    every = Every(line)
    solver.solve(model, every)
    return every.found


def test_the_tiny_instance() -> None:
    instance = read(DATA / "rws" / "Tiny1.txt")
    truth = rws_truth(instance)
    assert lines_of(instance, covered=True) == truth
    assert len(truth) == 3  # one line, and whose week comes first
    found, impossible, _ = shared_line(instance, 1, 5.0, 1)
    assert not impossible
    assert found is not None
    assert tuple(found) in truth


@pytest.mark.parametrize("seed", range(20))
def test_random_instances(seed: int) -> None:
    instance = rws_instance(seed)
    truth = rws_truth(instance)
    assert lines_of(instance, covered=True) == truth
    found, impossible, _ = shared_line(instance, 1, 5.0, 1)
    assert impossible == (not truth)
    assert (tuple(found) in truth) if found is not None else impossible


def uncovered(instance: Instance, line: tuple[int, ...]) -> Instance:
    """Return the instance with the need that a line happens to meet."""
    shifts = range(len(instance.shifts))
    need = tuple(tuple(int(line[day] == shift) for day in range(7)) for shift in shifts)
    return replace(instance, need=need)


@pytest.mark.parametrize(
    ("off", "work", "day", "night", "forbidden"),
    [
        ((1, 7), (1, 7), (1, 7), (1, 7), ()),
        ((2, 3), (2, 5), (1, 4), (2, 3), ((1, 0),)),
        ((1, 3), (1, 6), (2, 3), (1, 2), ((1, 0), (1, OFF, 0))),
        ((1, 2), (3, 6), (1, 6), (1, 6), ((0, 1), (0, OFF, 0))),
        ((1, 8), (1, 8), (1, 8), (1, 8), ()),
    ],
)
def test_all_lines_of_one_week(
    off: tuple[int, int], work: tuple[int, int], day: tuple[int, int], night: tuple[int, int],
    forbidden: tuple[tuple[int, ...], ...],
) -> None:  # fmt: skip
    # Whatever is needed: each of the 3^7 lines is asked about with the need that it meets.
    shifts = (ShiftType("D", 420, 480, *day), ShiftType("N", 1320, 480, *night))
    instance = Instance(1, shifts, ((0,) * 7, (0,) * 7), *off, *work, forbidden)
    lawful = {
        line for line in every_line(7, [range(OFF, 2)] * 7) if not score(uncovered(instance, line), line)
    }
    assert lines_of(instance, covered=False) == lawful
