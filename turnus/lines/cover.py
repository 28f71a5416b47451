"""Cover rows as arrays: what a line contributes, and what an hour of it is worth at given prices.

When demand, rules and every class are unchanged by a shift of some weeks, rows that are shifts of
each other are summed into one: averaging any solution over its shifts shows that no bound is lost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from turnus.clock import WEEK_DAYS
from turnus.lines.model import LineModel
from turnus.problem import Problem, Row

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
NO_LIMIT = 10**6
FORBIDDEN_SURPLUS = 4.0  # what one person beyond a limit weighs, against the dearest person missing


@dataclass(frozen=True)
class Cover:
    """Rows of demand, summed by `group_of` into groups with one price each.

    `cells[c]` and `cell_rows[c]` list, for competence c, every (cell, row) to which it contributes;
    a cell is `day * actions + action`. `weight` is what one missing person in a row costs
    (minutes × value) and `over` one person beyond `most`; `need` and `most` are sums over a group.
    `row_over` is what one too many weighs in a single row, in persons missing there.
    """

    days: int
    actions: int
    group_of: IntArray
    need: FloatArray
    most: FloatArray
    weight: FloatArray
    over: FloatArray
    cells: tuple[IntArray, ...]
    cell_rows: tuple[IntArray, ...]
    row_need: IntArray
    row_most: IntArray
    row_weight: FloatArray
    row_over: FloatArray
    period_weeks: int

    @property
    def groups(self) -> int:
        """Return the number of rows after summing."""
        return len(self.need)

    def part(self, kept: npt.NDArray[np.bool_]) -> Cover:
        """Return some of the rows alone, each a group by itself; `kept` is by row."""
        renumbered = np.cumsum(kept) - 1
        seen = [kept[rows] for rows in self.cell_rows]
        groups = self.group_of[kept]
        return replace(
            self,
            group_of=np.arange(len(groups)),
            need=self.need[groups],
            most=self.most[groups],
            weight=self.weight[groups],
            over=self.over[groups],
            cells=tuple(cells[one] for cells, one in zip(self.cells, seen, strict=True)),
            cell_rows=tuple(renumbered[rows[one]] for rows, one in zip(self.cell_rows, seen, strict=True)),
            row_need=self.row_need[kept],
            row_most=self.row_most[kept],
            row_weight=self.row_weight[kept],
            row_over=self.row_over[kept],
        )

    def prices(self, competence: int, duals: FloatArray) -> FloatArray:
        """Return what each (day, action) of a person of a competence earns at the groups' prices."""
        worth = duals[self.group_of[self.cell_rows[competence]]]
        table = np.bincount(self.cells[competence], weights=worth, minlength=self.days * self.actions)
        return np.asarray(table.reshape(self.days, self.actions), np.float64)

    def contribution(self, competence: int, line: npt.NDArray[np.int16]) -> FloatArray:
        """Return how many people a line puts into each group."""
        worked = np.zeros(self.days * self.actions, bool)
        worked[np.arange(self.days) * self.actions + line] = True
        hit = self.cell_rows[competence][worked[self.cells[competence]]]
        return np.bincount(self.group_of[hit], minlength=self.groups).astype(np.float64)

    def contributions(self, competence: int, lines: npt.NDArray[np.int16]) -> FloatArray:
        """Return how many people each of some lines puts into each group."""
        by_cell = np.zeros((self.days * self.actions, self.groups))
        np.add.at(by_cell, (self.cells[competence], self.group_of[self.cell_rows[competence]]), 1.0)
        found = np.zeros((len(lines), self.groups))
        for day in range(self.days):
            found += by_cell[day * self.actions + lines[:, day]]
        return found


def build_cover(problem: Problem, model: LineModel, by_day: bool = False) -> Cover:
    """Return the cover rows of a problem, summed over weeks where that loses no bound, or each by itself."""
    period = problem.weeks if by_day else _period_weeks(problem, model)
    keys: dict[object, int] = {}
    group_of = np.array(
        [
            keys.setdefault(at if by_day else _key(row, problem, period), len(keys))
            for at, row in enumerate(problem.rows)
        ],
        np.int64,
    )
    need = np.array([row.need for row in problem.rows], np.int64)
    most = np.array([NO_LIMIT if row.most is None else row.most for row in problem.rows], np.int64)
    weight = np.array([float(row.minutes * row.value) for row in problem.rows])
    group_weight = np.zeros(len(keys))
    group_weight[group_of] = weight
    forbidden = FORBIDDEN_SURPLUS * float(weight.max(initial=1.0))
    priced = np.array(
        [np.nan if row.surplus_value is None else row.minutes * row.surplus_value for row in problem.rows]
    )
    group_over = np.zeros(len(keys))
    group_over[group_of] = np.where(np.isnan(priced), forbidden, priced)
    cells, rows = zip(*(_cells(problem, c) for c in range(len(problem.competences))), strict=True)
    return Cover(
        days=problem.days,
        actions=problem.actions,
        group_of=group_of,
        need=np.bincount(group_of, need, len(keys)).astype(np.float64),
        most=np.bincount(group_of, most, len(keys)).astype(np.float64),
        weight=group_weight,
        over=group_over,
        cells=cells,
        cell_rows=rows,
        row_need=need,
        row_most=most,
        row_weight=weight,
        row_over=np.where(np.isnan(priced), FORBIDDEN_SURPLUS, priced / np.maximum(weight, 1.0)),
        period_weeks=period,
    )


def _cells(problem: Problem, competence: int) -> tuple[IntArray, IntArray]:
    pairs = [
        (day * problem.actions + action, index)
        for index, row in enumerate(problem.rows)
        if competence in row.workers
        for day, action in row.cells
    ]
    array = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return array[:, 0].copy(), array[:, 1].copy()


def _period_weeks(problem: Problem, model: LineModel) -> int:
    """Return the fewest weeks by which everything may be shifted unchanged (all of them if none)."""
    if not problem.cyclic:
        return problem.weeks
    for period in range(1, problem.weeks):
        if problem.weeks % period == 0 and _unchanged(problem, model, period * WEEK_DAYS):
            return period
    return problem.weeks


def _unchanged(problem: Problem, model: LineModel, shift: int) -> bool:
    if any((line.banned != np.roll(line.banned, shift, axis=0)).any() for line in model.classes):
        return False
    rows = Counter(_shifted(row, 0, problem.days) for row in problem.rows)
    return rows == Counter(_shifted(row, shift, problem.days) for row in problem.rows)


def _shifted(row: Row, shift: int, days: int) -> object:
    cells = frozenset(((day + shift) % days, action) for day, action in row.cells)
    day = (row.day + shift) % days
    return (
        day,
        row.block,
        row.begins,
        row.ends,
        row.competence,
        row.need,
        row.most,
        row.value,
        row.surplus_value,
        cells,
    )


def _key(row: Row, problem: Problem, period_weeks: int) -> object:
    span = period_weeks * WEEK_DAYS
    offset = row.day // span * span
    return _shifted(row, -offset, problem.days)
