"""What plans of a like unit have found, to begin with: lines that are lawful here, too, and prices to cut at.

Nothing is taken on trust: a line is walked through this unit's own program, and a cut is derived anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import FloatArray
from turnus.lines.master import Master
from turnus.lines.pricing import SCALE
from turnus.problem import Problem, Row

MOST_CUTS = 16  # the latest, as those are the sharpest
LineArray = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Experience:
    """Lines by class and size, as actions of `problem`, and prices of its rows."""

    problem: Problem
    lines: tuple[tuple[str, int, LineArray], ...]
    prices: tuple[FloatArray, ...]

    def give(self, problem: Problem, master: Master, quick: Master) -> None:
        """Let the program of a like unit have the cuts, and the quick one that is tried first the lines."""
        if problem.days != self.problem.days:
            return
        codes = {code: action for action, code in enumerate(problem.codes)}
        actions = np.array([codes.get(code, -1) for code in self.problem.codes], np.int16)
        classes = {post.id: index for index, post in enumerate(problem.classes)}
        pricer = quick.pricer
        kinds = {(kind.class_index, kind.size): k for k, kind in enumerate(pricer.kinds)}
        for post, size, line in self.lines:
            kind, moved = kinds.get((classes.get(post, -1), size)), actions[line]
            if kind is not None and moved.min() >= 0 and pricer.lawful(kind, moved):
                quick.add(pricer.column_of(kind, moved))
        for prices in self.prices:
            cut, _ = master.cut(self._by_group(prices, problem, master))
            master.cuts.append(cut)

    def _by_group(self, prices: FloatArray, problem: Problem, master: Master) -> FloatArray:
        """Return prices of the groups of another unit's rows: the mean of like rows, 0 for new ones."""
        known: Mapping[object, float] = dict(zip(map(_key, self.problem.rows), prices, strict=True))
        of_row = np.array([known.get(_key(row), 0.0) for row in problem.rows])
        group_of, groups = master.cover.group_of, master.cover.groups
        total = np.bincount(group_of, of_row, groups)
        return np.asarray(total / np.maximum(1, np.bincount(group_of, minlength=groups)), np.float64)


def experience_of(problem: Problem, master: Master, quick: Master) -> Experience:
    """Return what a unit's programs have found so far that a like unit may begin with."""
    kinds = master.pricer.kinds
    lines = tuple(
        (problem.classes[kinds[column.kind].class_index].id, kinds[column.kind].size, column.line)
        for column in quick.columns
    )
    cuts = master.cuts[-MOST_CUTS:]
    return Experience(problem, lines, tuple(cut.prices[master.cover.group_of] / SCALE for cut in cuts))


def _key(row: Row) -> object:
    return (row.day, row.block, row.begins, row.ends, row.competence)
