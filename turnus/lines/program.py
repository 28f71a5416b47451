"""The exact line program: the best legal line for any prices, by dynamic programming over hours.

`F[i, n, h]` is the most a line can earn in its first i days when it stands in node n with h units
of hours. In float64 with whole-number prices every sum is exact.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from numba import njit

from turnus.lines.halting import Halt, StoppedError, new_halt
from turnus.lines.passes import Passes

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
LineArray = npt.NDArray[np.int16]
#: Working memory of one thread: two sets of layers with their bands, prices of groups and their actions.
Scratch = tuple[FloatArray, IntArray, FloatArray, IntArray, FloatArray, IntArray]
#: `LinePrograms.arrays`: index of each program's first pass, then `Passes`, then the sign to stop.
ProgramArrays = tuple[
    IntArray, IntArray, IntArray, npt.NDArray[np.bool_], IntArray, IntArray, IntArray, IntArray, FloatArray,
    IntArray, IntArray, IntArray, Halt,
]  # fmt: skip

#: Arcs ordered by step and target node, and where those of each (pass, step, node) begin.
ByTarget = tuple[IntArray, IntArray]

WEEK_DAYS = 7


@njit(cache=True, nogil=True)
def _group_prices(
    prices: FloatArray, members: IntArray, first_day: int, days: int, out: FloatArray, chosen: IntArray
) -> None:
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
def _forward(
    first_day: int, first_node: int, arc_start: IntArray, source: IntArray, target: IntArray,
    group: IntArray, cost: FloatArray, units: IntArray, hours: IntArray, prices: FloatArray, lo: int, hi: int,
    F: FloatArray, band: IntArray, halt: Halt, layers: int,
) -> None:  # fmt: skip
    """Fill the layers of one pass; layer i of `F` is kept at i modulo `layers`.

    The last layer alone needs two, which stay in the processor's cache; a walk back needs all of them.

    `band[i, n]` becomes the fewest and most hours reached in node n before step i, empty when the
    fewest is more than the most: `F` means nothing outside it. Hours from which [lo, hi] can no
    longer be reached are never entered. After a `halt` on the way the layers mean nothing.
    """
    days = prices.shape[0]
    band[0, :, 0], band[0, :, 1] = 1, 0
    band[0, first_node, 0], band[0, first_node, 1] = 0, 0
    F[0, first_node, 0] = 0.0
    for i in range(days):
        if halt[0]:
            return
        band[i + 1, :, 0], band[i + 1, :, 1] = 1, 0
        before, after = F[i % layers], F[(i + 1) % layers]
        weekday = (first_day + i) % WEEK_DAYS
        for arc in range(arc_start[i], arc_start[i + 1]):
            s, g = source[arc], group[arc]
            price = prices[i, g] - cost[arc]
            if price == -np.inf or band[i, s, 0] > band[i, s, 1]:
                continue
            t, u = target[arc], units[weekday, g]
            ahead = hours[i + 1, t]
            first = max(band[i, s, 0] + u, lo - ahead[3])
            last = min(band[i, s, 1] + u, hi - ahead[2])
            if last < first:
                continue
            _widen(after[t], band[i + 1, t], first, last)
            here = before[s, first - u : last - u + 1]
            there = after[t, first : last + 1]
            # A plain loop over slices, which the compiler turns into vectors.
            for k in range(there.shape[0]):
                value = here[k] + price
                there[k] = value if value > there[k] else there[k]


@njit(cache=True, nogil=True)
def _widen(values: FloatArray, band: IntArray, first: int, last: int) -> None:
    """Let a node's band take in [first, last]; hours new to it start at minus infinity."""
    if band[0] > band[1]:
        values[first : last + 1] = -np.inf
        band[0], band[1] = first, last
        return
    if first < band[0]:
        values[first : band[0]] = -np.inf
        band[0] = first
    if last > band[1]:
        values[band[1] + 1 : last + 1] = -np.inf
        band[1] = last


@njit(cache=True, nogil=True)
def _trace(
    first_day: int, arc_start: IntArray, source: IntArray, target: IntArray, group: IntArray,
    cost: FloatArray, units: IntArray, prices: FloatArray, chosen: IntArray, F: FloatArray, band: IntArray,
    node: int, h: int, line: LineArray,
) -> None:  # fmt: skip
    """Walk back from (last day, node, h) and write the actions into `line`, day 0 first."""
    days = prices.shape[0]
    for i in range(days - 1, -1, -1):
        weekday = (first_day + i) % WEEK_DAYS
        nearest = np.inf
        best = -1
        for arc in range(arc_start[i], arc_start[i + 1]):
            if target[arc] != node:
                continue
            g = group[arc]
            before = h - units[weekday, g]
            s = source[arc]
            if before < band[i, s, 0] or before > band[i, s, 1]:
                continue
            miss = abs(F[i, s, before] + (prices[i, g] - cost[arc]) - F[i + 1, node, h])
            if miss < nearest:
                nearest = miss
                best = arc
        g = group[best]
        line[(first_day + i) % days] = chosen[i, g]
        h -= units[weekday, g]
        node = source[best]


@njit(cache=True, nogil=True)
def best_line(
    arrays: ProgramArrays, program: int, prices: FloatArray, end_values: FloatArray, lo: int, hi: int,
    scratch: Scratch, line: LineArray, via: IntArray,
) -> float:  # fmt: skip
    """Write the best line of a program into `line` and return what it earns; -inf when none is legal.

    `via[0]` is the only pass that is looked at, -1 for all; it becomes the pass of the line.
    `end_values[h]` is added for h units in all. After a `halt` it is -inf too, which then says nothing.
    """
    F, band, G, other_band, gprice, chosen = scratch
    (
        first_pass, first_day, first_node, ends, arc_start, source, target, group, cost, members, units,
        hours, halt,
    ) = arrays  # fmt: skip
    days = prices.shape[0]
    best, best_node, best_hours, best_pass = -np.inf, -1, -1, -1
    last_pass = -1
    for p in range(first_pass[program], first_pass[program + 1]):
        if via[0] >= 0 and p != via[0]:
            continue
        _group_prices(prices, members[program], first_day[p], days, gprice, chosen)
        _forward(
            first_day[p], first_node[p], arc_start[p], source, target, group, cost, units[program], hours[p],
            gprice, lo, hi, F, band, halt, days + 1,
        )  # fmt: skip
        if halt[0]:
            return -np.inf
        last_pass = p
        for n in range(ends.shape[1]):
            if ends[p, n]:
                for h in range(band[days, n, 0], band[days, n, 1] + 1):
                    value = F[days, n, h] + end_values[h]
                    if value > best:
                        best, best_node, best_hours, best_pass = value, n, h, p
        if best_pass == p:
            F, G = G, F
            band, other_band = other_band, band
    if best_pass < 0:
        return best
    if last_pass != best_pass:
        _group_prices(prices, members[program], first_day[best_pass], days, gprice, chosen)
    _trace(
        first_day[best_pass], arc_start[best_pass], source, target, group, cost, units[program],
        gprice, chosen, G, other_band, best_node, best_hours, line,
    )  # fmt: skip
    via[0] = best_pass
    return best


@njit(cache=True, nogil=True)
def best_by_hours(
    arrays: ProgramArrays, program: int, prices: FloatArray, lo: int, hi: int,
    scratch: Scratch, values: FloatArray, vias: IntArray,
) -> None:  # fmt: skip
    """Fill `values[h]` with the most any legal line of h units earns, and `vias[h]` with its pass."""
    F, band, _, _, gprice, chosen = scratch
    (
        first_pass, first_day, first_node, ends, arc_start, source, target, group, cost, members, units,
        hours, halt,
    ) = arrays  # fmt: skip
    days = prices.shape[0]
    values[:] = -np.inf
    last = F[days % 2]
    for p in range(first_pass[program], first_pass[program + 1]):
        _group_prices(prices, members[program], first_day[p], days, gprice, chosen)
        _forward(
            first_day[p], first_node[p], arc_start[p], source, target, group, cost, units[program], hours[p],
            gprice, lo, hi, F, band, halt, 2,
        )  # fmt: skip
        if halt[0]:
            return
        for n in range(ends.shape[1]):
            if ends[p, n]:
                for h in range(band[days, n, 0], band[days, n, 1] + 1):
                    if last[n, h] > values[h]:
                        values[h], vias[h] = last[n, h], p


@njit(cache=True, nogil=True)
def lines_near(
    arrays: ProgramArrays, by_target: ByTarget, program: int, prices: FloatArray, end_values: FloatArray,
    lo: int, hi: int, least: float, scratch: Scratch, found: npt.NDArray[np.int16],
) -> tuple[int, bool]:  # fmt: skip
    """Fill `found` with the legal lines that earn at least `least`; return how many, and whether all.

    Lines are walked back from their end: `F` says what the days before can still earn, so that no step
    leads nowhere. The last row of `found` is working memory.
    """
    F, band, _, _, gprice, chosen = scratch
    (
        first_pass, first_day, first_node, ends, arc_start, source, target, group, cost, members, units,
        hours, halt,
    ) = arrays  # fmt: skip
    order, begins = by_target
    days = prices.shape[0]
    count = 0
    # Of each day on the way back: node and hours before it, what the days after earn, arc and action tried.
    node, before = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    earned = np.zeros(days + 1)
    at, tried = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    for p in range(first_pass[program], first_pass[program + 1]):
        _group_prices(prices, members[program], first_day[p], days, gprice, chosen)
        _forward(
            first_day[p], first_node[p], arc_start[p], source, target, group, cost, units[program], hours[p],
            gprice, lo, hi, F, band, halt, days + 1,
        )  # fmt: skip
        if halt[0]:
            return count, False
        for n in range(ends.shape[1]):
            if not ends[p, n]:
                continue
            for h in range(band[days, n, 0], band[days, n, 1] + 1):
                if F[days, n, h] + end_values[h] < least:
                    continue
                step = days
                node[step], before[step], earned[step] = n, h, end_values[h]
                at[step], tried[step] = begins[p, step - 1, n], 0
                while step <= days:
                    if halt[0]:
                        return count, False
                    i = step - 1
                    weekday, day = (first_day[p] + i) % WEEK_DAYS, (first_day[p] + i) % days
                    moved = False
                    while at[step] < begins[p, i, node[step] + 1]:
                        arc = order[at[step]]
                        s, g = source[arc], group[arc]
                        rest = before[step] - units[program, weekday, g]
                        action = -1
                        if band[i, s, 0] <= rest <= band[i, s, 1] and tried[step] < members.shape[3]:
                            action = members[program, weekday, g, tried[step]]
                        if action < 0:
                            at[step] += 1
                            tried[step] = 0
                            continue
                        tried[step] += 1
                        worth = earned[step] + prices[day, action] - cost[arc]
                        if F[i, s, rest] + worth < least:
                            continue
                        found[count, day] = action
                        node[i], before[i], earned[i] = s, rest, worth
                        moved = True
                        break
                    if not moved:
                        step += 1
                    elif i > 0:
                        step = i
                        at[step], tried[step] = begins[p, step - 1, node[step]], 0
                    elif count + 1 == found.shape[0]:
                        return count, False
                    else:
                        found[count + 1] = found[count]
                        count += 1
    return count, True


class _Workspace(threading.local):
    """Arrays of one thread that grow as needed and are used again."""

    def __init__(self) -> None:
        self._floats: dict[int, FloatArray] = {}
        self._ints: dict[int, IntArray] = {}
        self.scratches: dict[tuple[tuple[int, ...], tuple[int, ...]], Scratch] = {}

    def floats(self, number: int, shape: tuple[int, ...]) -> FloatArray:
        """Return an array of a shape, whatever it holds; the same memory for the same number."""
        size = math.prod(shape)
        if number not in self._floats or len(self._floats[number]) < size:
            self._floats[number] = np.empty(size)
            self.scratches.clear()
        return self._floats[number][:size].reshape(shape)

    def ints(self, number: int, shape: tuple[int, ...]) -> IntArray:
        """Return an array of whole numbers of a shape."""
        size = math.prod(shape)
        if number not in self._ints or len(self._ints[number]) < size:
            self._ints[number] = np.empty(size, np.int64)
            self.scratches.clear()
        return self._ints[number][:size].reshape(shape)


_WORKSPACE = _Workspace()


class LinePrograms:
    """The line programs of several classes, packed into flat arrays so that one compiled call can use any.

    Parameters
    ----------
    passes
        What lines are legal, one for each program.
    most_units
        The longest hours total any line may reach, in units.
    cost_scale
        What a point of the passes' own costs weighs in the prices that lines are looked for at.
    halt
        The sign to stop of the programs that this one goes with; one of its own when left out. While its
        cell is true, every search for lines ends with StoppedError.
    """

    def __init__(
        self,
        passes: Sequence[Passes],
        most_units: int,
        cost_scale: float = 1.0,
        halt: Halt | None = None,
    ) -> None:
        self.days = passes[0].days
        self.halt = new_halt() if halt is None else halt
        self.most_units = most_units
        widest = max(p.widest for p in passes)
        groups = max(p.members.shape[1] for p in passes)
        deepest = max(p.members.shape[2] for p in passes)
        self.scratch_shape = (self.days + 1, widest, most_units + 1)
        self.group_shape = (self.days, groups)
        self.price_shape = (self.days, int(max(p.members.max() for p in passes)) + 1)
        arcs = np.cumsum([0, *(len(p.source) for p in passes)])
        self.arrays: ProgramArrays = (
            np.cumsum([0, *(len(p.first_day) for p in passes)]),
            np.concatenate([p.first_day for p in passes]),
            np.concatenate([p.first_node for p in passes]),
            np.concatenate([np.pad(p.ends, ((0, 0), (0, widest - p.ends.shape[1]))) for p in passes]),
            np.concatenate([p.arc_start + offset for p, offset in zip(passes, arcs, strict=False)]),
            np.concatenate([p.source for p in passes]),
            np.concatenate([p.target for p in passes]),
            np.concatenate([p.group for p in passes]),
            np.concatenate([p.cost for p in passes]) * cost_scale,
            np.stack([_padded(p.members, (WEEK_DAYS, groups, deepest), -1) for p in passes]),
            np.stack([_padded(p.units, (WEEK_DAYS, groups), 0) for p in passes]),
            np.concatenate([_wider(p.hours, widest) for p in passes]),
            self.halt,
        )
        self.heedless: ProgramArrays = (*self.arrays[:-1], new_halt())
        self.most_passes = max(len(p.first_day) for p in passes)
        self.costly = tuple(bool(p.cost.any()) for p in passes)

    @property
    def scratch(self) -> Scratch:
        """Return this thread's working memory, which all line programs share one after another."""
        layer, group = self.scratch_shape, self.group_shape
        known = _WORKSPACE.scratches.get((layer, group))
        if known is None:
            band = (*layer[:2], 2)
            floats, ints = _WORKSPACE.floats, _WORKSPACE.ints
            known = (
                floats(0, layer), ints(0, band), floats(1, layer), ints(1, band),
                floats(2, group), ints(2, group),
            )  # fmt: skip
            _WORKSPACE.scratches[layer, group] = known
        return known

    @cached_property
    def by_target(self) -> ByTarget:
        """Return the arcs of each step in the order of the node they lead to, and where each node's begin."""
        arc_start, target = self.arrays[4], self.arrays[6]
        widest = self.scratch_shape[1]
        order = np.empty(len(target), np.int64)
        begins = np.empty((*arc_start[:, :-1].shape, widest + 1), np.int64)
        for at in np.ndindex(begins.shape[:2]):
            first, last = arc_start[at], arc_start[at[0], at[1] + 1]
            ranked = np.argsort(target[first:last], kind="stable")
            order[first:last] = first + ranked
            begins[at] = first + np.searchsorted(target[first:last][ranked], np.arange(widest + 1))
        return order, begins

    def new_scratch(self) -> Scratch:
        """Return working memory for one thread."""
        return (
            np.empty(self.scratch_shape),
            np.empty((*self.scratch_shape[:2], 2), np.int64),
            np.empty(self.scratch_shape),
            np.empty((*self.scratch_shape[:2], 2), np.int64),
            np.empty(self.group_shape),
            np.empty(self.group_shape, np.int64),
        )

    def by_hours(self, program: int, prices: FloatArray, lo: int = 0) -> tuple[FloatArray, IntArray]:
        """Return the most a legal line earns for each hours total of at least `lo` units (-inf: none).

        With it goes the pass of each such line, so that `best` need look at no other.
        """
        values, vias = np.empty(self.most_units + 1), any_pass(self.most_units + 1)
        best_by_hours(self.arrays, program, prices, lo, self.most_units, self.scratch, values, vias)
        self.check_halt()
        return values, vias

    def best(
        self,
        program: int,
        prices: FloatArray,
        lo: int,
        hi: int,
        end_values: FloatArray | None = None,
        via: int = -1,
    ) -> tuple[float, LineArray]:
        """Return the best line with hours in [lo, hi] units and what it earns; -inf when there is none.

        Only the pass `via` is looked at, if one is given.
        """
        line = np.zeros(self.days, np.int16)
        end_values = np.zeros(self.most_units + 1) if end_values is None else end_values
        passes = np.full(1, via)
        value = best_line(self.arrays, program, prices, end_values, lo, hi, self.scratch, line, passes)
        self.check_halt()
        return float(value), line

    def cost_of(self, program: int, line: LineArray) -> float:
        """Return what a legal line costs by the passes' own costs, scaled."""
        return -self.only(program, line) if self.costly[program] else 0.0

    def only(self, program: int, line: LineArray) -> float:
        """Return what a line earns where nothing is paid: minus its own costs, -inf when it is not legal.

        Whatever the sign to stop says.
        """
        only = np.full(self.price_shape, -np.inf)
        only[np.arange(len(line)), line] = 0.0
        ends, again = np.zeros(self.most_units + 1), np.zeros(self.days, np.int16)
        value = best_line(
            self.heedless, program, only, ends, 0, self.most_units, self.scratch, again, any_pass()
        )
        return float(value)

    def near(
        self,
        program: int,
        prices: FloatArray,
        lo: int,
        hi: int,
        end_values: FloatArray,
        least: float,
        most: int,
    ) -> tuple[npt.NDArray[np.int16], bool]:
        """Return at most `most` legal lines that earn at least `least`; and whether all are there."""
        found = np.zeros((most + 1, self.days), np.int16)
        count, whole = lines_near(
            self.arrays, self.by_target, program, prices, end_values, lo, hi, least, self.scratch, found
        )  # fmt: skip
        self.check_halt()
        return found[:count], bool(whole)

    def check_halt(self) -> None:
        """Raise StoppedError once the sign to stop has come."""
        if self.halt[0]:
            raise StoppedError


def any_pass(lines: int = 1) -> IntArray:
    """Return what lets `best_line` look at all passes, for some lines."""
    return np.full(lines, -1)


def _wider(hours: IntArray, widest: int) -> IntArray:
    """Return hours with nodes up to `widest`, all of them such that no hours need looking at."""
    wider = np.empty((*hours.shape[:2], widest, 4), np.int64)
    wider[..., (0, 2)], wider[..., (1, 3)] = 10**9, -(10**9)
    wider[:, :, : hours.shape[2]] = hours
    return wider


def _padded(array: IntArray, shape: tuple[int, ...], fill: int) -> IntArray:
    padded = np.full(shape, fill, np.int64)
    padded[tuple(slice(0, n) for n in array.shape)] = array
    return padded
