"""One line that keeps some kinds and meets every row of demand exactly, as in a base rota for all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from turnus.cpsat.encoders import encode
from turnus.cpsat.line import Line
from turnus.cpsat.reference import Solved
from turnus.problem import PostClass, Problem
from turnus.rules.kinds import Kind


def exact_line(
    problem: Problem, post: PostClass, kinds: Sequence[Kind], seed: int, seconds: float, workers: int
) -> Solved:
    """Return a line of a post, as the only one of `lines`, by which each row has its need and no more.

    `seconds` are by the clock. Infeasible is proven.
    """
    model = cp_model.CpModel()
    line = Line(model, problem, post)
    for kind in kinds:
        encode(line, kind, hard=True)
    for row in problem.rows:
        model.add(sum(line.cells[day][action] for day, action in sorted(row.cells)) == row.need)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.0, seconds)
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved("infeasible" if status == cp_model.INFEASIBLE else "unknown", None, None, None)
    chosen = np.array([[solver.boolean_value(cell) for cell in day] for day in line.cells])
    return Solved("optimal", chosen.argmax(axis=1).astype(np.int16)[None, :], 0, 0.0)
