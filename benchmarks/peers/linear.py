"""A linear model over whole numbers, handed as it is to CP-SAT and to HiGHS."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Terms = list[tuple[int, int]]  # (coefficient, variable)
NO_LIMIT = 10**9
CPSAT_WORKERS = 8  # what its makers advise at least, also on fewer processors


@dataclass
class Linear:
    """Variables from 0 to `upper`, rows `least <= terms <= most`, and the cost of one of each variable."""

    upper: list[int] = field(default_factory=list)
    rows: list[tuple[Terms, int, int]] = field(default_factory=list)
    cost: dict[int, int] = field(default_factory=dict)

    def new(self, upper: int = 1) -> int:
        """Return a new variable."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def add(self, terms: Iterable[tuple[int, int]], least: int = -NO_LIMIT, most: int = NO_LIMIT) -> None:
        """Add a row; coefficients of the same variable are summed."""
        summed: dict[int, int] = {}
        for coefficient, variable in terms:
            summed[variable] = summed.get(variable, 0) + coefficient
        self.rows.append(([(value, variable) for variable, value in summed.items()], least, most))


@dataclass
class Attempt:
    """What a solver found: values of the variables or None, (seconds, cost) of each better one, a bound."""

    status: str
    values: Sequence[float] | None
    trail: list[tuple[float, float]]
    bound: float | None
    seconds: float


def by_cpsat(model: Linear, seconds: float, seed: int) -> Attempt:
    """Solve with CP-SAT's portfolio of 8 workers."""
    from ortools.sat.python import cp_model

    cp = cp_model.CpModel()
    variables = [cp.new_int_var(0, most, "") for most in model.upper]
    for terms, least, most in model.rows:
        total = sum(value * variables[one] for value, one in terms)
        if least > -NO_LIMIT:
            cp.add(total >= least)
        if most < NO_LIMIT:
            cp.add(total <= most)
    cp.minimize(sum(value * variables[one] for one, value in model.cost.items()))
    began = time.monotonic()
    trail: list[tuple[float, float]] = []

    class Better(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            trail.append((round(time.monotonic() - began, 3), self.objective_value))

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = CPSAT_WORKERS
    found = solver.solve(cp, Better())
    status = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}
    word = status.get(found, "unknown")
    values = [float(solver.value(one)) for one in variables] if word in ("optimal", "feasible") else None
    bound = None if word == "infeasible" else solver.best_objective_bound
    return Attempt(word, values, trail, bound, time.monotonic() - began)


def by_highs(model: Linear, seconds: float, seed: int, threads: int) -> Attempt:
    """Solve with HiGHS's branch and cut."""
    import highspy
    import numpy as np

    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    # Turnus' own programs take one thread each, and a process has one number of threads at a time.
    highs.resetGlobalScheduler(True)
    for name, value in (("time_limit", seconds), ("random_seed", seed), ("threads", threads)):
        highs.setOptionValue(name, value)
    count = len(model.upper)
    highs.addVars(count, np.zeros(count), np.array(model.upper, float))
    indices = np.arange(count, dtype=np.int32)
    highs.changeColsIntegrality(count, indices, np.full(count, highspy.HighsVarType.kInteger))
    highs.changeColsCost(count, indices, np.array([model.cost.get(i, 0) for i in range(count)], float))
    for terms, least, most in model.rows:
        highs.addRow(
            float(least) if least > -NO_LIMIT else -highspy.kHighsInf,
            float(most) if most < NO_LIMIT else highspy.kHighsInf,
            len(terms),
            np.array([one for _, one in terms], np.int32),
            np.array([value for value, _ in terms], float),
        )
    began = time.monotonic()
    trail: list[tuple[float, float]] = []

    def better(event: Any) -> None:
        trail.append((round(time.monotonic() - began, 3), float(event.data_out.objective_function_value)))

    highs.cbMipImprovingSolution.subscribe(better)
    highs.run()
    highs.resetGlobalScheduler(True)
    status, info = highs.getModelStatus(), highs.getInfo()
    known = {highspy.HighsModelStatus.kOptimal: "optimal", highspy.HighsModelStatus.kInfeasible: "infeasible"}
    has = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    word = known.get(status, "feasible" if has else "unknown")
    bound = info.mip_dual_bound if math.isfinite(info.mip_dual_bound) else None
    values = list(highs.getSolution().col_value) if has else None
    return Attempt(word, values, trail, bound, time.monotonic() - began)
