"""The exact line program: the best legal line for any prices, by dynamic programming over hours.

`F[i, n, h]` is the most a line can earn in its first i days when it stands in node n with h units
of hours. Float64 with whole-number prices is exact; float32 is enough for search.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from turnus.lines.passes import Passes

FloatArray = npt.NDArray[Any]
IntArray = npt.NDArray[np.int64]

WEEK_DAYS = 7


@njit(cache=True, nogil=True)
def _group_prices(prices, members, first_day, days, out, chosen):  # type: ignore[no-untyped-def]
    """Fill `out[i, g]` with the best price of group g on step i, and `chosen[i, g]` with its action."""
    for i in range(days):
        day = (first_day + i) % days
        weekday = day % WEEK_DAYS
        for g in range(members.shape[1]):
            best = -np.inf
            action = -1
            for m in range(members.shape[2]):
                a = members[weekday, g, m]
                if a < 0:
                    break
                if prices[day, a] > best:
                    best = prices[day, a]
                    action = a
            out[i, g] = best
            chosen[i, g] = action


@njit(cache=True, nogil=True)
def _forward(p, first_day, first_node, arc_start, source, target, group, cost, units, prices, lo, hi, umax, nodes, F):  # type: ignore[no-untyped-def]
    """Fill the layers of one pass; only hours from which [lo, hi] can still be reached are kept."""
    days = prices.shape[0]
    low, high = 0, 0
    F[0, :nodes, 0] = -np.inf
    F[0, first_node, 0] = 0.0
    for i in range(days):
        next_low = max(0, lo - (days - i - 1) * umax)
        next_high = min(hi, high + umax)
        for n in range(nodes):
            F[i + 1, n, next_low : next_high + 1] = -np.inf
        weekday = (first_day + i) % WEEK_DAYS
        for arc in range(arc_start[p, i], arc_start[p, i + 1]):
            g = group[arc]
            price = prices[i, g] - cost[arc]
            if price == -np.inf:
                continue
            u = units[weekday, g]
            first = max(next_low, low + u)
            last = min(next_high, high + u)
            if last < first:
                continue
            here = F[i, source[arc], first - u : last - u + 1]
            there = F[i + 1, target[arc], first : last + 1]
            for k in range(there.shape[0]):  # a plain loop over slices, which the compiler turns into vectors
                value = here[k] + price
                there[k] = value if value > there[k] else there[k]
        low, high = next_low, next_high


@njit(cache=True, nogil=True)
def _trace(p, first_day, arc_start, source, target, group, cost, units, prices, chosen, lo, umax, F, node, h, line):  # type: ignore[no-untyped-def]
    """Walk back from (last day, node, h) and write the actions into `line`, day 0 first."""
    days = prices.shape[0]
    for i in range(days - 1, -1, -1):
        weekday = (first_day + i) % WEEK_DAYS
        low = max(0, lo - (days - i) * umax) if i > 0 else 0
        nearest = np.inf
        best = -1
        for arc in range(arc_start[p, i], arc_start[p, i + 1]):
            if target[arc] != node:
                continue
            g = group[arc]
            before = h - units[weekday, g]
            if before < low or before > i * umax:
                continue
            if i == 0 and before != 0:
                continue
            miss = abs(F[i, source[arc], before] + (prices[i, g] - cost[arc]) - F[i + 1, node, h])
            if miss < nearest:
                nearest = miss
                best = arc
        g = group[best]
        line[(first_day + i) % days] = chosen[i, g]
        h -= units[weekday, g]
        node = source[best]


@njit(cache=True, nogil=True)
def best_line(arrays, program, prices, end_values, lo, hi, F, G, gprice, chosen, line):  # type: ignore[no-untyped-def]
    """Write the best line of a program into `line` and return what it earns; -inf when none is legal.

    `end_values[h]` is added for h units in all; `F` and `G` are scratch of shape (days + 1, nodes, hours).
    """
    (first_pass, longest, first_day, first_node, ends, arc_start, source, target, group, cost, members, units) = arrays
    days = prices.shape[0]
    umax = longest[program]
    best, best_node, best_hours, best_pass = -np.inf, -1, -1, -1
    last_pass = -1
    for p in range(first_pass[program], first_pass[program + 1]):
        _group_prices(prices, members[program], first_day[p], days, gprice, chosen)
        _forward(
            p, first_day[p], first_node[p], arc_start, source, target, group, cost, units[program], gprice,
            lo, hi, umax, F.shape[1], F,
        )  # fmt: skip
        last_pass = p
        for n in range(ends.shape[1]):
            if ends[p, n]:
                for h in range(lo, min(hi, days * umax) + 1):
                    value = F[days, n, h] + end_values[h]
                    if value > best:
                        best, best_node, best_hours, best_pass = value, n, h, p
        if best_pass == p:
            F, G = G, F
    if best_pass < 0:
        return best
    if last_pass != best_pass:
        _group_prices(prices, members[program], first_day[best_pass], days, gprice, chosen)
    _trace(
        best_pass, first_day[best_pass], arc_start, source, target, group, cost, units[program], gprice, chosen,
        lo, umax, G, best_node, best_hours, line,
    )  # fmt: skip
    return best


@njit(cache=True, nogil=True)
def best_by_hours(arrays, program, prices, lo, hi, F, gprice, chosen, values):  # type: ignore[no-untyped-def]
    """Fill `values[h]` with the most any legal line of h units earns."""
    (first_pass, longest, first_day, first_node, ends, arc_start, source, target, group, cost, members, units) = arrays
    days = prices.shape[0]
    umax = longest[program]
    values[:] = -np.inf
    for p in range(first_pass[program], first_pass[program + 1]):
        _group_prices(prices, members[program], first_day[p], days, gprice, chosen)
        _forward(
            p, first_day[p], first_node[p], arc_start, source, target, group, cost, units[program], gprice,
            lo, hi, umax, F.shape[1], F,
        )  # fmt: skip
        for n in range(ends.shape[1]):
            if ends[p, n]:
                for h in range(lo, min(hi, days * umax) + 1):
                    values[h] = max(values[h], F[days, n, h])


class LinePrograms:
    """The line programs of several classes, packed into flat arrays so that one compiled call can use any.

    Parameters
    ----------
    passes
        What lines are legal, one for each program.
    most_units
        The longest hours total any line may reach, in units.
    dtype
        float64 for bounds (exact for whole-number prices), float32 for search.
    """

    def __init__(self, passes: Sequence[Passes], most_units: int, dtype: type) -> None:
        self.days = passes[0].days
        self.most_units = most_units
        self.dtype = dtype
        widest = max(p.widest for p in passes)
        groups = max(p.members.shape[1] for p in passes)
        deepest = max(p.members.shape[2] for p in passes)
        self.scratch_shape = (self.days + 1, widest, most_units + 1)
        self.group_shape = (self.days, groups)
        arcs = np.cumsum([0, *(len(p.source) for p in passes)])
        self.arrays = (
            np.cumsum([0, *(len(p.first_day) for p in passes)]),
            np.array([max(1, int(p.units.max(initial=1))) for p in passes]),
            np.concatenate([p.first_day for p in passes]),
            np.concatenate([p.first_node for p in passes]),
            np.concatenate([np.pad(p.ends, ((0, 0), (0, widest - p.ends.shape[1]))) for p in passes]),
            np.concatenate([p.arc_start + offset for p, offset in zip(passes, arcs, strict=False)]),
            np.concatenate([p.source for p in passes]),
            np.concatenate([p.target for p in passes]),
            np.concatenate([p.group for p in passes]),
            np.concatenate([p.cost for p in passes]).astype(dtype),
            np.stack([_padded(p.members, (WEEK_DAYS, groups, deepest), -1) for p in passes]),
            np.stack([_padded(p.units, (WEEK_DAYS, groups), 0) for p in passes]),
        )
        self.scratch = self.new_scratch()

    def new_scratch(self) -> tuple[FloatArray, FloatArray, FloatArray, IntArray]:
        """Return working memory for one thread."""
        return (
            np.empty(self.scratch_shape, self.dtype),
            np.empty(self.scratch_shape, self.dtype),
            np.empty(self.group_shape, self.dtype),
            np.empty(self.group_shape, np.int64),
        )

    def by_hours(self, program: int, prices: FloatArray, lo: int = 0) -> FloatArray:
        """Return the most a legal line earns for each hours total of at least `lo` units (-inf: none)."""
        values = np.empty(self.most_units + 1, self.dtype)
        first, _, gprice, chosen = self.scratch
        best_by_hours(
            self.arrays, program, prices.astype(self.dtype), lo, self.most_units, first, gprice, chosen, values
        )
        return values

    def best(self, program: int, prices: FloatArray, lo: int, hi: int) -> tuple[float, npt.NDArray[np.int16]]:
        """Return the best line with hours in [lo, hi] units and what it earns; -inf when there is none."""
        line = np.zeros(self.days, np.int16)
        end_values = np.zeros(self.most_units + 1, self.dtype)
        value = best_line(self.arrays, program, prices.astype(self.dtype), end_values, lo, hi, *self.scratch, line)
        return float(value), line


def _padded(array: IntArray, shape: tuple[int, ...], fill: int) -> IntArray:
    padded = np.full(shape, fill, np.int64)
    padded[tuple(slice(0, n) for n in array.shape)] = array
    return padded
