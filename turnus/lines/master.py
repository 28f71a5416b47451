"""The master program: how well given numbers of posts can cover demand when lines may be mixed.

    min   Σ w_g u_g + Σ M_g v_g + Σ c_l λ_l
    s.t.  Σ a_gl λ_l + u_g ≥ need_g,   Σ a_gl λ_l − v_g ≤ most_g        for each group of rows g
          Σ_l λ_kl = n_k                                               for each kind of post k
          λ, u, v ≥ 0

Its value θ(n) is convex in n. Any row prices y with −M ≤ y ≤ w give a *cut* that is valid for
every n, whole or not:  θ(n) ≥ Σ_g (y⁺ need − y⁻ most)_g − Σ_k π_k(y) n_k, with π_k(y) the most a
line of kind k earns. Cuts are kept in whole numbers (`turnus.lines.pricing.SCALE`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt

from turnus.lines.cover import NO_LIMIT, FloatArray
from turnus.lines.halting import StoppedError
from turnus.lines.highs import heed, quiet_highs
from turnus.lines.pricing import SCALE, Column, Priced, Pricer

SMOOTHING = 0.5  # of row prices towards the best ones seen (Wentges)
TOLERANCE = 1e-6
KEPT_CUTS = 4  # of one evaluation, the sharpest
LARGE_ROWS = 400  # of a program that may take a second to solve
_DUAL, _PRIMAL = 1, 4  # simplex after changed rows, and after new columns
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cut:
    """`SCALE · θ(n) ≥ constant − Σ_k profit_k n_k`, in whole numbers; `prices` are the scaled row prices.

    A kind without any legal line has profit -inf: it can have no posts. `tolls` are what missing people pay,
    scaled, in sets of rows where a part of all rotas bounds their number (`turnus.lines.part`).
    """

    prices: FloatArray
    constant: float
    profits: FloatArray
    tolls: FloatArray = field(default_factory=lambda: np.empty(0))

    def value(self, numbers: FloatArray) -> float:
        """Return the lower bound on θ at the given numbers of posts."""
        used = numbers > 0
        return float(self.constant - (self.profits[used] * numbers[used]).sum()) / SCALE


@dataclass(frozen=True)
class Evaluation:
    """θ at given numbers of posts: value of the best mix, proven bound, and the cuts found on the way."""

    value: float
    bound: float
    cuts: tuple[Cut, ...]
    columns: tuple[Column, ...]
    weights: FloatArray


class Master:
    """Column generation for θ(n); columns and cuts stay valid for every n and are kept."""

    def __init__(self, pricer: Pricer) -> None:
        self.pricer = pricer
        self.cover = pricer.cover
        self.columns: list[Column] = []
        self.known: set[tuple[int, bytes]] = set()
        self.cuts: list[Cut] = []
        self.pivots = 0  # of the simplex method so far: what the program has cost, which repeats
        self.need, self.most = self.cover.need, self.cover.most
        self.stop: Callable[[], bool] = lambda: False
        self.lp = self._new_program()

    def demand(self, need: FloatArray, most: FloatArray) -> None:
        """Ask for other numbers of people in the groups of rows, below 0 too: others are there already.

        Cuts found before are for the old numbers, and are forgotten.
        """
        self.need, self.most = need, most
        self.cuts.clear()
        for g in range(self.cover.groups):
            limit = float(most[g]) if self.cover.most[g] < NO_LIMIT else highspy.kHighsInf
            self.lp.changeRowBounds(g, float(need[g]), limit)

    def _new_program(self) -> highspy.Highs:
        lp = quiet_highs(presolve="off", threads=1, simplex_strategy=_PRIMAL)
        cover = self.cover
        if cover.groups + len(self.pricer.kinds) > LARGE_ROWS:
            heed(lp, lambda: self.stop())
        empty = np.empty(0, np.int32)
        for g in range(cover.groups):
            limit = cover.most[g] if cover.most[g] < NO_LIMIT else highspy.kHighsInf
            lp.addRow(float(cover.need[g]), float(limit), 0, empty, np.empty(0))
        for _ in self.pricer.kinds:
            lp.addRow(0.0, 0.0, 0, empty, np.empty(0))
        for g in range(cover.groups):
            rows, ones = np.array([g], np.int32), np.array([1.0])
            lp.addCol(float(cover.weight[g]), 0.0, highspy.kHighsInf, 1, rows, ones)
            if cover.most[g] < NO_LIMIT:
                lp.addCol(float(cover.over[g]), 0.0, highspy.kHighsInf, 1, rows, -ones)
        for k in range(len(self.pricer.kinds)):
            # Unfilled posts, so that every n has a solution; dearer than any line can be worth.
            cost = 4.0 * float(cover.weight.sum()) + float(cover.over.max(initial=0.0)) + self.pricer.dearest
            rows, ones = np.array([cover.groups + k], np.int32), np.array([1.0])
            lp.addCol(cost, 0.0, highspy.kHighsInf, 1, rows, ones)
        self.first_column = lp.getNumCol()
        return lp

    def add(self, column: Column) -> bool:
        """Add a line to the program; False when it is there already."""
        key = (column.kind, column.line.tobytes())
        if key in self.known:
            return False
        self.known.add(key)
        rows = np.flatnonzero(column.cover)
        index = np.append(rows, self.cover.groups + column.kind).astype(np.int32)
        value = np.append(column.cover[rows], 1.0)
        self.lp.addCol(column.cost, 0.0, highspy.kHighsInf, len(index), index, value)
        self.columns.append(column)
        return True

    def evaluate(
        self,
        numbers: FloatArray,
        stop: Callable[[], bool] = lambda: False,
        gap: float = 0.5,
        enough: float = np.inf,
        content: float = -np.inf,
        used_only: bool = False,
        rounds: int | None = None,
        begin: FloatArray | None = None,
    ) -> Evaluation:
        """Return θ at `numbers` posts of each kind, proven within `gap` weighted minutes.

        A round solves the program, prices every kind in use at smoothed row prices, and adds the best
        line of each; the cut of those prices is a bound whether or not the rounds have converged.

        Parameters
        ----------
        enough
            A bound at which to stop: nothing of interest lies above it.
        content
            A value at which to stop, whatever the bound: the mix is good enough.
        used_only
            Whether to price the kinds in use alone; such cuts hold for these numbers, and are not kept.
        rounds
            How many rounds there may be at most; at least one is finished.
        begin
            Scaled row prices that are nearly right, for the first round.
        """
        groups = self.cover.groups
        for k, number in enumerate(numbers):
            self.lp.changeRowBounds(groups + k, float(number), float(number))
        self.lp.setOptionValue("simplex_strategy", _DUAL)
        used: BoolArray = np.greater(numbers, 0)
        wanted = used if used_only else None
        best = None if used_only else max(self.cuts, key=lambda cut: cut.value(numbers), default=None)
        found: list[Cut] = []
        value = np.inf
        self.stop = stop
        with suppress(StoppedError):  # in mid-round: what the rounds before have found stays true
            for done in itertools.count(1):
                solved = self._solve()
                if solved is None:
                    break
                value, duals = solved
                if value <= content:
                    break
                if begin is None:
                    cut, priced = self.cut_at(duals, best, wanted)
                else:
                    (cut, priced), begin = self.cut(begin / SCALE, wanted), None
                found.append(cut)
                if best is None or cut.value(numbers) > best.value(numbers):
                    best = cut
                bound = best.value(numbers)
                if value - bound <= gap or bound > enough or stop() or done == rounds:
                    break
                if not self._add_improving(cut, priced, duals, used) and not self._add_unsmoothed(
                    duals, used, found, wanted
                ):
                    break
        found = sorted(found, key=lambda cut: cut.value(numbers))[-KEPT_CUTS:]
        if not used_only:
            self.cuts.extend(found)
        sharpest = found[-1:] if best is None else [*found[-1:], best]
        bound = max((cut.value(numbers) for cut in sharpest), default=-np.inf)
        return Evaluation(value, bound, tuple(found), tuple(self.columns), self.weights())

    @contextmanager
    def helped(self, threads: ThreadPoolExecutor) -> Iterator[None]:
        """Let threads help with the pricing for a while."""
        alone = self.pricer
        self.pricer = alone.changed(quick=alone.quick, threads=threads)
        try:
            yield
        finally:
            self.pricer = alone

    def trim(self, used: BoolArray, per_kind: int) -> None:
        """Forget the lines that the last solution wants least: all but `per_kind` of each kind in use."""
        dearness = np.array(self.lp.getSolution().col_dual)[self.first_column :]
        weights = self.weights()
        kept = weights > TOLERANCE
        seen = np.zeros(len(used), np.int64)
        for at in np.argsort(dearness, kind="stable"):
            kind = self.columns[at].kind
            if used[kind] and seen[kind] < per_kind:
                kept[at] = True
                seen[kind] += 1
        gone = np.flatnonzero(~kept)
        if not len(gone):
            return
        self.lp.deleteCols(len(gone), (gone + self.first_column).astype(np.int32))
        self.columns = [self.columns[at] for at in np.flatnonzero(kept)]
        self.known = {(column.kind, column.line.tobytes()) for column in self.columns}

    def weights(self) -> FloatArray:
        """Return how much of each column the last solution uses."""
        return np.array(self.lp.getSolution().col_value)[self.first_column :]

    def _solve(self) -> tuple[float, FloatArray] | None:
        """Return value and row duals of the program; None when it was stopped half-way."""
        self.lp.run()
        self.pivots += max(0, self.lp.getInfo().simplex_iteration_count)
        self.lp.setOptionValue("simplex_strategy", _PRIMAL)
        if self.lp.getModelStatus() == highspy.HighsModelStatus.kInterrupt:
            return None
        return float(self.lp.getObjectiveValue()), np.array(self.lp.getSolution().row_dual)

    def cut_at(self, duals: FloatArray, near: Cut | None, wanted: BoolArray | None) -> tuple[Cut, Priced]:
        """Return the cut of the program's duals, drawn half-way to those of a cut `near` if there is one."""
        prices = duals[: self.cover.groups]
        if near is not None:
            prices = SMOOTHING * near.prices / SCALE + (1 - SMOOTHING) * prices
        return self.cut(prices, wanted)

    def cut(self, prices: FloatArray, wanted: BoolArray | None = None) -> tuple[Cut, Priced]:
        """Return the cut of row prices, rounded to multiples of 1/SCALE inside their permitted range."""
        cover = self.cover
        low = np.where(cover.most < NO_LIMIT, -cover.over, 0.0)
        scaled = np.clip(np.round(prices * SCALE), np.ceil(low * SCALE), np.floor(cover.weight * SCALE))
        constant = float((np.maximum(scaled, 0) * self.need).sum())
        constant += float((np.minimum(scaled, 0) * np.where(cover.most < NO_LIMIT, self.most, 0)).sum())
        priced = self.pricer.priced(scaled, wanted)
        return Cut(scaled, constant, priced.profits), priced

    def _add_improving(self, cut: Cut, priced: Priced, duals: FloatArray, used: BoolArray) -> bool:
        added = False
        for k in np.flatnonzero(used & np.isfinite(cut.profits)):
            column = self.pricer.column(int(k), cut.prices, priced)
            if column is not None and self._earns(column, duals):
                added |= self.add(column)
        return added

    def _add_unsmoothed(
        self, duals: FloatArray, used: BoolArray, found: list[Cut], wanted: BoolArray | None
    ) -> bool:
        """Price at the program's own duals: nothing to add then means that the value is proven."""
        cut, priced = self.cut_at(duals, None, wanted)
        found.append(cut)
        return self._add_improving(cut, priced, duals, used)

    def _earns(self, column: Column, duals: FloatArray) -> bool:
        groups = self.cover.groups
        earned = column.cover @ duals[:groups] + duals[groups + column.kind] - column.cost
        return float(earned) > TOLERANCE
