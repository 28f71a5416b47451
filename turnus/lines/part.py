"""Parts of all rotas, and the master program of a part: cells shut to posts, bounds on who is missing.

A part says of some posts which cells they keep out of, and of some sets s of rows how many people are
missing there in all:  least_s ≤ Σ_{g in s} u_g ≤ most_s. With a toll t_s for each of them, any row prices
y ≤ w − Σ_{s with g} t_s give a cut of the part, whose constant is Σ_s (t⁺ least − t⁻ most)_s higher; what
its posts' lines earn is what those that keep out of the shut cells earn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import highspy
import numpy as np

from turnus.lines.cover import NO_LIMIT, FloatArray, IntArray
from turnus.lines.highs import heed, quiet_highs
from turnus.lines.master import SMOOTHING, BoolArray, Cut, Master
from turnus.lines.pricing import SCALE, Priced, Pricer

NOBODY = (0, NO_LIMIT)  # missing people where nothing is said of them
Cell = tuple[int, int, int]  # kind of post, day, action


@dataclass(frozen=True)
class Part:
    """Rotas that keep out of the `shut` cells, with so many people missing in sets of rows.

    `missing` gives the fewest and the most by the number of the set; what it does not name is free.
    """

    shut: frozenset[Cell] = frozenset()
    missing: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def keeping_out(self, cells: Sequence[Cell]) -> Part:
        """Return the part of this part in which these cells are shut too."""
        return replace(self, shut=self.shut | set(cells))

    def with_missing(self, at: int, least: int = 0, most: int = NO_LIMIT) -> Part:
        """Return the part of this part in which so many people are missing in a set of rows."""
        old = self.missing.get(at, NOBODY)
        return replace(self, missing={**self.missing, at: (max(old[0], least), min(old[1], most))})


class PartMaster(Master):
    """Column generation for any part of all rotas, one after another; lines stay known.

    Parameters
    ----------
    pricer
        Of single posts.
    sets
        Sets of rows in which a part may bound how many people are missing, by group.
    """

    def __init__(self, pricer: Pricer, sets: Sequence[BoolArray]) -> None:
        self.sets = np.array(sets, bool).reshape(len(sets), pricer.cover.groups)
        self.everywhere = pricer.apart()
        self.part = Part()
        super().__init__(pricer)
        self.restrict(self.part)

    def _new_program(self) -> highspy.Highs:
        """Return the program with a row for each set, and dear columns for more missing than allowed."""
        lp = super()._new_program()
        under = self._under_columns()
        for members in self.sets:
            index = under[members].astype(np.int32)
            lp.addRow(-highspy.kHighsInf, highspy.kHighsInf, len(index), index, np.ones(len(index)))
        first_row = self.cover.groups + len(self.pricer.kinds)
        for at in range(len(self.sets)):
            row, minus = np.array([first_row + at], np.int32), np.array([-1.0])
            lp.addCol(float(self.cover.weight.sum()), 0.0, highspy.kHighsInf, 1, row, minus)
        self.first_column = lp.getNumCol()
        return lp

    def _under_columns(self) -> IntArray:
        """Return the number of each group's column of missing people."""
        limited = self.cover.most < NO_LIMIT
        return np.asarray(np.arange(len(limited)) + np.cumsum(limited) - limited, np.int64)

    def missing(self) -> FloatArray:
        """Return how many people the last solution misses in each set."""
        values = np.array(self.lp.getSolution().col_value)[self._under_columns()]
        return np.asarray(self.sets @ values, np.float64)

    def restrict(self, part: Part) -> None:
        """Turn to another part of all rotas."""
        self.part = part
        self.cuts.clear()
        kinds = self.everywhere.kinds
        shut = np.zeros((len(kinds), self.cover.days, self.cover.actions), bool)
        for cell in part.shut:
            shut[cell] = True
        self.pricer = self.everywhere.without(shut)
        if self.columns:
            lines = np.array([column.line for column in self.columns])
            kind = np.array([column.kind for column in self.columns])
            out = shut[kind[:, None], np.arange(lines.shape[1]), lines].any(axis=1)
            at = np.arange(len(out), dtype=np.int32) + self.first_column
            upper = np.where(out, 0.0, highspy.kHighsInf)
            self.lp.changeColsBounds(len(at), at, np.zeros(len(at)), upper)
        first_row = self.cover.groups + len(kinds)
        for number in range(len(self.sets)):
            least, most = part.missing.get(number, NOBODY)
            self.lp.changeRowBounds(
                first_row + number,
                float(least) if least > 0 else -highspy.kHighsInf,
                float(most) if most < NO_LIMIT else highspy.kHighsInf,
            )

    def cut_at(self, duals: FloatArray, near: Cut | None, wanted: BoolArray | None) -> tuple[Cut, Priced]:
        """Return the cut of the program's duals, drawn half-way to those of a cut `near` if there is one."""
        first_row = self.cover.groups + len(self.pricer.kinds)
        prices, tolls = duals[: self.cover.groups], duals[first_row:]
        if near is not None:
            prices = SMOOTHING * near.prices / SCALE + (1 - SMOOTHING) * prices
            tolls = SMOOTHING * near.tolls / SCALE + (1 - SMOOTHING) * tolls
        return self.part_cut(prices, tolls, wanted)

    def part_cut(
        self, prices: FloatArray, tolls: FloatArray, wanted: BoolArray | None = None
    ) -> tuple[Cut, Priced]:
        """Return the cut of row prices and tolls, in multiples of 1/SCALE inside their permitted range.

        Tolls that leave no permitted price to some row are not asked.
        """
        cover = self.cover
        least = np.array([self.part.missing.get(at, NOBODY)[0] for at in range(len(self.sets))], np.float64)
        most = np.array([self.part.missing.get(at, NOBODY)[1] for at in range(len(self.sets))], np.float64)
        tolls = np.floor(tolls * SCALE + 1e-6)
        tolls = np.where(tolls > 0, np.where(least > 0, tolls, 0), np.where(most < NO_LIMIT, tolls, 0))
        low = np.where(cover.most < NO_LIMIT, np.ceil(-cover.over * SCALE), 0.0)
        high = np.floor(cover.weight * SCALE) - tolls @ self.sets
        if (high < low).any():
            tolls = np.zeros(len(tolls))
            high = np.floor(cover.weight * SCALE)
        scaled = np.clip(np.round(prices * SCALE), low, high)
        constant = float((np.maximum(scaled, 0) * self.need).sum())
        constant += float((np.minimum(scaled, 0) * np.where(cover.most < NO_LIMIT, self.most, 0)).sum())
        constant += float(np.maximum(tolls, 0) @ least + np.minimum(tolls, 0) @ most)
        priced = self.pricer.priced(scaled, wanted)
        return Cut(scaled, constant, priced.profits, tolls), priced

    def central_cut(self, rounds: int) -> Cut | None:
        """Return a cut from the middle of the best prices, at which fewer lines earn as much as the best.

        The simplex method ends in a corner of the best prices, where many lines seem as good as the best.
        None when stopped, or when there are no such prices.
        """
        best: Cut | None = None
        everybody = np.ones(len(self.pricer.kinds))
        for _ in range(rounds):
            duals = self._central_duals()
            if duals is None:
                break
            cut, priced = self.cut_at(duals, None, None)
            if best is None or cut.value(everybody) > best.value(everybody):
                best = cut
            if not self._add_improving(cut, priced, duals, everybody > 0):
                break
        return best

    def _central_duals(self) -> FloatArray | None:
        inner = quiet_highs(solver="ipm", run_crossover="off", presolve="off", threads=1)
        heed(inner, lambda: self.stop())
        inner.passModel(self.lp.getLp())
        inner.run()
        if inner.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(inner.getSolution().row_dual)
