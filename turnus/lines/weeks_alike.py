"""Demand summed over weeks as if all weeks were alike: a small program whose cuts hold for the whole one.

One person's fixed shift makes every week a week of its own, and the whole program some ten times as dear.
With one price for the same row of each week, the small program's cuts are cuts of the whole one, and its
lines, moved by whole weeks, are most of the lines that the whole one needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from turnus.clock import WEEK_DAYS
from turnus.errors import InternalError
from turnus.lines.cover import Cover, FloatArray, IntArray
from turnus.lines.master import TOLERANCE, Cut, Master
from turnus.problem import Problem, Row


@dataclass(frozen=True)
class WeeksAlike:
    """The small program beside a whole one; `group_of` gives the small group of each group of the whole."""

    small: Master
    whole: Master
    group_of: IntArray
    movable: frozenset[int]  # classes whose lines may be moved by whole weeks

    def lift(self, cuts: Sequence[Cut]) -> None:
        """Give the whole program cuts of the small one: the same price in every week."""
        self.whole.cuts += [replace(cut, prices=cut.prices[self.group_of]) for cut in cuts]

    def seed(self, weights: FloatArray) -> None:
        """Give the whole program the lines of a mix, moved to every week where that keeps them lawful."""
        pricer = self.whole.pricer
        for column, weight in zip(self.small.columns, weights, strict=False):  # cut short: fewer weights
            if weight <= TOLERANCE:
                continue
            moves = pricer.cover.days // WEEK_DAYS
            movable = pricer.kinds[column.kind].class_index in self.movable
            for week in range(moves if movable else 1):
                line = np.roll(column.line, week * WEEK_DAYS)
                self.whole.add(pricer.column_of(column.kind, line))


def weeks_alike(problem: Problem, whole: Master) -> WeeksAlike | None:
    """Return the small program of a whole one; None when it would not be smaller."""
    cover = whole.cover
    keys: dict[object, int] = {}
    of_row = np.array([keys.setdefault(_key(row, problem.days), len(keys)) for row in problem.rows], np.int64)
    if len(keys) >= cover.groups:
        return None
    group_of = np.zeros(cover.groups, np.int64)
    group_of[cover.group_of] = of_row
    if (group_of[cover.group_of] != of_row).any():
        raise InternalError("rows with one price in the whole program must have one price in the small one")
    summed = _summed(cover, of_row, group_of, len(keys))
    small = Master(whole.pricer.over(summed))
    return WeeksAlike(small, whole, group_of, _movable(problem, whole))


def _key(row: Row, days: int) -> object:
    """Return what rows have in common that may have one price: all but the week and the need.

    The cells are counted from the row's day round the cycle, as the morning of the first day is covered by
    the night shift of the last one.
    """
    of_week = frozenset(((day - row.day) % days, action) for day, action in row.cells)
    priced = (row.minutes, row.value, row.surplus_value, row.most is None)
    return (
        row.day % WEEK_DAYS,
        row.block,
        row.begins,
        row.ends,
        row.competence,
        row.workers,
        priced,
        of_week,
    )


def _summed(cover: Cover, of_row: IntArray, group_of: IntArray, groups: int) -> Cover:
    weight, over = np.zeros(groups), np.zeros(groups)
    weight[group_of], over[group_of] = cover.weight, cover.over
    return replace(
        cover,
        group_of=of_row,
        need=np.bincount(group_of, cover.need, groups).astype(np.float64),
        most=np.bincount(group_of, cover.most, groups).astype(np.float64),
        weight=weight,
        over=over,
    )


def _movable(problem: Problem, whole: Master) -> frozenset[int]:
    if not problem.cyclic:
        return frozenset()
    classes = whole.pricer.model.classes
    return frozenset(
        one.index for one in classes if (one.banned == np.roll(one.banned, WEEK_DAYS, axis=0)).all()
    )
