"""Lines of classes with limits over the whole plan, priced or counted, whichever is quicker.

A price on what a limit counts needs a few line programs (`turnus.lines.limited`) and may leave a gap between
line and bound. A line program that counts is exact and grows with the product of the limits. Only limits that
lines have broken are counted, and where these are few and low, that is done at once.
"""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import FloatArray
from turnus.lines.limited import best_within
from turnus.lines.model import LineClass, LineModel
from turnus.lines.program import LineArray, LinePrograms
from turnus.rules.kinds import PlanShifts

QUICK_TRIES = 8
COUNTED_TIMES = 20  # as large a line program as without limits, at which counting is as quick as pricing


@dataclass(frozen=True)
class Asked:
    """What is asked of a class's lines: prices by day and action, an hours window, and worth by hours."""

    line_class: LineClass
    prices: FloatArray
    lo: int
    hi: int
    hours: FloatArray

    def best(
        self, programs: LinePrograms, program: int, prices: FloatArray, via: int = -1
    ) -> tuple[float, LineArray]:
        """Return the most that a line earns by a line program at some prices, and such a line."""
        return programs.best(program, prices, self.lo, self.hi, self.hours, via)

    def near(
        self, programs: LinePrograms, program: int, prices: FloatArray, least: float, most: int
    ) -> tuple[npt.NDArray[np.int16], bool]:
        """Return up to `most` lines that earn at least `least` at some prices, and whether all are there."""
        return programs.near(program, prices, self.lo, self.hi, self.hours, least, most)


class WithinLimits:
    """Finds lines that keep their class's limits; remembers prices of limits, and which ones lines broke.

    Parameters
    ----------
    programs
        Of the classes without these limits.
    scale
        Of prices and hours' worth.
    """

    def __init__(self, model: LineModel, programs: LinePrograms, scale: int) -> None:
        self.model, self.programs, self.scale = model, programs, scale
        self.penalties: dict[int, FloatArray] = {}  # by class
        self.broken: dict[int, frozenset[PlanShifts]] = {}  # by class

    def apart(self) -> WithinLimits:
        """Return one that knows the same, and keeps to itself what it learns from now on."""
        other = copy(self)
        other.penalties, other.broken = dict(self.penalties), dict(self.broken)
        return other

    def best(self, asked: Asked, quick: bool) -> tuple[float, LineArray | None]:
        """Return the most that a line earns, or a bound on it, and such a line or one that earns nearly it.

        With `quick` a bound may lie above what any line earns, where it takes long to know better. It may
        so without, where counting needs too much memory.
        """
        line_class = asked.line_class
        known = np.inf
        if self._few(self._broken(line_class)):
            known, line = self._counted(asked, only_few=True)
            if line is not None:
                return known, line
        penalty = self._penalty(line_class)

        def search(dearer: FloatArray) -> tuple[float, LineArray]:
            return asked.best(self.programs, line_class.program, dearer)

        found = best_within(line_class.limits, asked.prices, search, penalty, QUICK_TRIES)
        self.penalties[line_class.index] = found.penalty
        if found.exact or not np.isfinite(found.bound):
            return found.bound, found.line
        only_few = quick and found.line is not None
        if only_few and np.isfinite(known):
            return min(known, found.bound), found.line
        value, line = self._counted(asked, only_few)
        return min(value, found.bound), found.line if line is None else line

    def near(self, asked: Asked, least: float, most: int) -> tuple[npt.NDArray[np.int16], bool]:
        """Return up to `most` lines that earn at least `least`, and whether all of them are there."""
        line_class, limits = asked.line_class, asked.line_class.limits
        broken = self._broken(line_class)
        counting = self._counting(line_class, broken) if self._few(broken) else None
        if counting is not None:
            lines, every = asked.near(counting, 0, asked.prices, least, most)
        else:
            penalty = self._penalty(line_class)
            dearer, least = asked.prices - penalty @ limits.members, least - float(penalty @ limits.most)
            lines, every = asked.near(self.programs, line_class.program, dearer, least, most)
        return lines[limits.kept_by(lines)], every

    def _broken(self, line_class: LineClass) -> frozenset[PlanShifts]:
        """Return the limits that lines of a class have broken so far."""
        return self.broken.get(line_class.index, frozenset())

    def _penalty(self, line_class: LineClass) -> FloatArray:
        return self.penalties.get(line_class.index, np.zeros(len(line_class.limits.most)))

    def _few(self, limits: frozenset[PlanShifts]) -> bool:
        return bool(limits) and math.prod(limit.most + 1 for limit in limits) <= COUNTED_TIMES

    def _counting(self, line_class: LineClass, limits: frozenset[PlanShifts]) -> LinePrograms | None:
        """Return the line program of a class that counts some limits; None when it would be too large."""
        counting = self.model.counting
        return None if counting is None else counting.programs(line_class, limits, self.scale)

    def _counted(self, asked: Asked, only_few: bool) -> tuple[float, LineArray | None]:
        """Return the most a line earns, and such a line, with limits counted as lines break them.

        No line is returned when that needs too much memory, or with `only_few` more than few and low limits;
        what is returned is a bound all the same.
        """
        line_class = asked.line_class
        counted = self._broken(line_class)
        value = np.inf
        while not only_few or not counted or self._few(counted):
            programs = self._counting(line_class, counted)
            if programs is None:
                break
            value, line = asked.best(programs, 0, asked.prices)
            more = line_class.broken(line) - counted
            if not np.isfinite(value) or not more:
                return value, line
            counted |= more
            if not only_few or self._few(counted):
                self.broken[line_class.index] = counted
        return value, None
