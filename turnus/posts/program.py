"""The integer program over n_k, the number of posts of each kind, and θ, the uncovered demand.

Its rows are the budget, the staff (each named person has one post), how many open posts may be
created, and the cuts that the lines have given so far. Every optimum is a proven bound: cuts hold
for all n, and more cuts only tighten it.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from turnus.errors import InternalError
from turnus.lines.cover import FloatArray
from turnus.lines.highs import quiet_highs
from turnus.lines.master import Cut
from turnus.lines.pricing import SCALE, Pricer
from turnus.problem import FULL_TIME, Problem
from turnus.texts import _


@dataclass(frozen=True)
class Limit:
    """A row `least ≤ coefficients · (n, θ) ≤ most`; the last coefficient belongs to θ."""

    coefficients: FloatArray
    least: float = -highspy.kHighsInf
    most: float = highspy.kHighsInf


class PostsProgram:
    """Builds and solves the integer program with HiGHS."""

    def __init__(self, problem: Problem, pricer: Pricer) -> None:
        self.problem = problem
        self.kinds = pricer.kinds
        self.sizes = np.array([kind.size for kind in self.kinds], float)
        self.named = np.array([problem.classes[kind.class_index].named for kind in self.kinds])
        self.width = len(self.kinds) + 1
        self.fixed = [*self._staff(), *self._budget()]

    def row(self, values: FloatArray | float = 0.0, theta: float = 0.0) -> FloatArray:
        """Return coefficients over all kinds and θ."""
        return np.append(np.broadcast_to(np.asarray(values, float), (self.width - 1,)), theta)

    def linear(self, goal: str) -> FloatArray:
        """Return the coefficients of a goal that is linear in n and θ."""
        full = self.sizes >= FULL_TIME
        match goal:
            case "uncovered":
                return self.row(theta=1.0)
            case "full_time_posts":
                return self.row(full.astype(float))
            case "fewest_part_time":
                return self.row((~full).astype(float))
            case "fewest_heads":
                return self.row(1.0)
            case "total_size":
                return self.row(self.sizes / FULL_TIME)
            case "wished_increase":
                return self.row(self._wished_increase())
        raise AssertionError(goal)

    def _wished_increase(self) -> FloatArray:
        """Return, per kind, how much of a part-timer's wish for more it grants (AML § 14-3)."""
        granted = []
        for kind in self.kinds:
            post = self.problem.classes[kind.class_index]
            granted.append(max(0, kind.size - post.size) / FULL_TIME if post.named else 0.0)
        return np.array(granted)

    def _staff(self) -> list[Limit]:
        limits = []
        for index, post in enumerate(self.problem.classes):
            mine = self.row(np.array([float(kind.class_index == index) for kind in self.kinds]))
            limits.append(Limit(mine, 1.0, 1.0) if post.named else Limit(mine, 0.0, float(post.at_most)))
        if self.problem.most_open_posts is not None:
            limits.append(
                Limit(self.row((~self.named).astype(float)), most=float(self.problem.most_open_posts))
            )
        return limits

    def _budget(self) -> list[Limit]:
        budget = self.problem.budget
        limits = [Limit(self.row(self.sizes / FULL_TIME), most=budget.total / FULL_TIME)]
        for competence, most in budget.by_competence:
            theirs = [self.problem.classes[kind.class_index].competence == competence for kind in self.kinds]
            coefficients = self.row(np.where(theirs, self.sizes / FULL_TIME, 0.0))
            limits.append(Limit(coefficients, most=most / FULL_TIME))
        return limits

    def optimum(
        self, objective: FloatArray, maximise: bool, cuts: list[Cut], limits: list[Limit], whole: bool = True
    ) -> tuple[float, FloatArray] | None:
        """Return the best value of `objective · (n, θ)` and its (n, θ); None when nothing fits.

        With `whole` false, n may be fractional: a quick source of cuts.
        """
        lp = quiet_highs(threads=1, mip_rel_gap=0.0, mip_abs_gap=1e-7)
        empty = np.empty(0, np.int32)
        for k in range(self.width - 1):
            lp.addCol(float(objective[k]), 0.0, highspy.kHighsInf, 0, empty, np.empty(0))
            if whole:
                lp.changeColIntegrality(k, highspy.HighsVarType.kInteger)
        lp.addCol(float(objective[-1]), 0.0, highspy.kHighsInf, 0, empty, np.empty(0))
        for limit in (*self.fixed, *limits, *map(self._cut_limit, cuts)):
            index = np.flatnonzero(limit.coefficients).astype(np.int32)
            lp.addRow(limit.least, limit.most, len(index), index, limit.coefficients[index])
        lp.changeObjectiveSense(highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize)
        lp.run()
        status = lp.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None  # nothing here is unbounded
        if status != highspy.HighsModelStatus.kOptimal:
            raise InternalError(_("the program over posts ended as {status}").format(status=status.name))
        info = lp.getInfo()
        bound = info.mip_dual_bound if whole else info.objective_function_value
        values = np.array(lp.getSolution().col_value)
        if whole:
            values[:-1] = np.round(values[:-1])
        return float(bound), values

    def _cut_limit(self, cut: Cut) -> Limit:
        profits = np.where(np.isfinite(cut.profits), cut.profits, 0.0)
        return Limit(self.row(profits / SCALE, 1.0), least=cut.constant / SCALE)
