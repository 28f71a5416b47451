"""Pricing: the most a line of each class and size earns at given row prices, exactly.

Row prices are whole multiples of 1/SCALE, so that everything the line program adds up is a whole
number below 2^53 and float64 loses nothing: bounds built from these profits are exact. What lines cost by
themselves (wishes, soft rules, hours) is in whole points, so that this stays true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import Cover, FloatArray
from turnus.lines.model import LineClass, LineModel
from turnus.lines.program import LinePrograms
from turnus.lines.within_limits import Asked, WithinLimits

SCALE = 1024


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of post: one size of one class, with its hours window in units."""

    class_index: int
    size: int
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class Column:
    """A whole line of a kind, how many people it puts into each group of rows, and its own cost in points."""

    kind: int
    line: npt.NDArray[np.int16]
    cover: FloatArray
    cost: float = 0.0


@dataclass(frozen=True)
class OwnWorth:
    """What lines are worth by themselves, in whole points: by class, `cells[day, action]` and `hours[units]`.

    A class that is not named has no worth of its own. What soft rules cost is part of the line programs.
    """

    cells: dict[int, FloatArray] = field(default_factory=dict)
    hours: dict[int, FloatArray] = field(default_factory=dict)

    def dearest(self) -> float:
        """Return more than any line can cost by its cells and hours."""
        cells = max(
            (float(-table.min(axis=1).clip(max=0).sum()) for table in self.cells.values()), default=0.0
        )
        return cells + max((float(-worth.min()) for worth in self.hours.values()), default=0.0)


@dataclass(frozen=True)
class Priced:
    """The most that a line of each kind earns at some row prices, and such a line where it is known.

    Profits of kinds that were not asked for are nan; those of kinds without a legal line are -inf. Where the
    line itself is not known, its hours in units and its pass through the line program may be, by kind.
    """

    profits: FloatArray
    lines: dict[int, npt.NDArray[np.int16]]
    whereabouts: dict[int, tuple[int, int]]


class Pricer:
    """Prices every kind of post; classes that share lines and prices are priced together.

    Kinds are the sizes of each class, without those that have no legal line.
    """

    def __init__(
        self,
        model: LineModel,
        cover: Cover,
        worth: OwnWorth | None = None,
    ) -> None:
        self.model = model
        self.cover = cover
        self.worth = worth or OwnWorth()
        self.programs = LinePrograms(model.passes, model.most_units, SCALE, model.halt)
        self.no_hours = np.zeros(model.most_units + 1)
        self.dearest = self.worth.dearest()
        self.held: tuple[npt.NDArray[np.int16], ...] = ()
        self.free_days = np.ones(cover.days, bool)
        self.shut: npt.NDArray[np.bool_] | None = None  # by kind, day and action
        self.quick = self.loose = False
        self.threads: ThreadPoolExecutor | None = None
        self.within = WithinLimits(model, self.programs, SCALE)
        self._set_kinds(
            PostKind(c.index, size, lo, hi)
            for c in model.classes
            for size, (lo, hi) in sorted(c.windows.items())
        )
        # A kind without a single legal line can have no posts; nobody need price it again.
        possible = np.isfinite(self.changed(quick=True).profits(np.zeros(cover.groups)))
        self._set_kinds(kind for kind, legal in zip(self.kinds, possible, strict=True) if legal)

    def of_posts(
        self,
        kinds: Sequence[PostKind],
        held: Sequence[npt.NDArray[np.int16]] = (),
        free_days: npt.NDArray[np.bool_] | None = None,
        cover: Cover | None = None,
    ) -> Pricer:
        """Return a pricer of single posts, a kind for each; with `held` lines only free days may change.

        `cover` are the rows that then matter.
        """
        other = copy(self)
        other.cover = cover or self.cover
        other.held = tuple(held)
        if free_days is not None:
            other.free_days = free_days
        other.kinds = tuple(kinds)
        other.families = tuple((index,) for index in range(len(other.kinds)))
        return other

    def over(self, cover: Cover) -> Pricer:
        """Return this pricer with other groups of the same rows."""
        other = copy(self)
        other.cover = cover
        return other

    def changed(self, *, quick: bool, threads: ThreadPoolExecutor | None = None) -> Pricer:
        """Return this pricer, quick or exact about limits over the whole plan, with helping threads."""
        other = copy(self)
        other.quick, other.threads = quick, threads
        return other

    def loosely(self) -> Pricer:
        """Return this pricer with profits that may lie a little too high, and are found sooner."""
        other = copy(self)
        other.loose = True
        return other

    def without(self, shut: npt.NDArray[np.bool_]) -> Pricer:
        """Return this pricer with some cells shut, by kind, day and action."""
        other = copy(self)
        other.shut = shut
        return other

    def apart(self) -> Pricer:
        """Return this pricer with what it learns from now on to itself, so that it may work beside others."""
        other = copy(self)
        other.within = self.within.apart()
        return other

    def _set_kinds(self, kinds: Iterable[PostKind]) -> None:
        self.kinds = tuple(kinds)
        families: dict[object, list[int]] = {}
        for index, kind in enumerate(self.kinds):
            families.setdefault(self._family(kind.class_index), []).append(index)
        self.families = tuple(map(tuple, families.values()))

    def _family(self, class_index: int) -> object:
        """Return what classes must share to be priced together."""
        alone = class_index in self.worth.cells or class_index in self.worth.hours
        return class_index if alone else self.model.classes[class_index].pricing_key

    def prices(self, kind_index: int, scaled: FloatArray) -> FloatArray:
        """Return the price of each (day, action) for a kind, cells it may not work at minus infinity."""
        line_class = self.model.classes[self.kinds[kind_index].class_index]
        table = self.cover.prices(line_class.competence, scaled)
        if line_class.index in self.worth.cells:
            table += SCALE * self.worth.cells[line_class.index]
        table[line_class.banned] = -np.inf
        if self.held:
            days = np.flatnonzero(~self.free_days)
            kept = table[days, self.held[kind_index][days]]
            table[days] = -np.inf
            table[days, self.held[kind_index][days]] = kept
        if self.shut is not None:
            table[self.shut[kind_index]] = -np.inf
        return table

    def hours_worth(self, kind_index: int) -> FloatArray:
        """Return what each hours total is worth to a kind, scaled."""
        worth = self.worth.hours.get(self.kinds[kind_index].class_index)
        return self.no_hours if worth is None else SCALE * worth

    def profits(self, scaled: FloatArray) -> FloatArray:
        """Return the most a line of each kind earns at scaled row prices (-inf: the kind has no line)."""
        return self.priced(scaled).profits

    def priced(self, scaled: FloatArray, wanted: npt.NDArray[np.bool_] | None = None) -> Priced:
        """Return the profits of the wanted kinds, of all when left out, and lines found on the way."""
        found = Priced(np.full(len(self.kinds), np.nan), {}, {})
        asked = [[k for k in members if wanted is None or wanted[k]] for members in self.families]
        run = map if self.threads is None else self.threads.map
        for _ in run(lambda members: self._price(members, scaled, found), filter(None, asked)):
            pass
        return found

    def _price(self, members: Sequence[int], scaled: FloatArray, found: Priced) -> None:
        """Find out what kinds that are priced together earn at most, and with which line or where it is."""
        if len(members) == 1 or self.model.classes[self.kinds[members[0]].class_index].counted:
            for k in members:
                found.profits[k], line = self._best(k, scaled)
                if line is not None and np.isfinite(found.profits[k]):
                    found.lines[k] = line
            return
        lowest = min(self.kinds[k].lo for k in members)
        program = self._program(self.model.classes[self.kinds[members[0]].class_index])
        earned, vias = self.programs.by_hours(program, self.prices(members[0], scaled), lowest)
        earned += self.hours_worth(members[0])
        for k in members:
            units = self.kinds[k].lo + int(earned[self.kinds[k].lo : self.kinds[k].hi + 1].argmax())
            found.profits[k] = earned[units]
            found.whereabouts[k] = (units, int(vias[units]))

    def _best(self, kind_index: int, scaled: FloatArray) -> tuple[float, npt.NDArray[np.int16] | None]:
        """Return the most a line of a kind can earn, and a line that earns it or nearly so, if known."""
        asked = self._asked(kind_index, scaled)
        if asked.line_class.counted:
            return self.within.best(asked, self.quick)
        if asked.line_class.loose is not None:
            value, line = asked.best(self.programs, asked.line_class.loose, asked.prices)
            if not np.isfinite(value) or self._keeps_all(asked.line_class, line):
                return value, line
        return asked.best(self.programs, asked.line_class.program, asked.prices)

    def _program(self, line_class: LineClass) -> int:
        """Return the line program by which kinds of a class are priced together."""
        return line_class.loose if self.loose and line_class.loose is not None else line_class.program

    def _keeps_all(self, line_class: LineClass, line: npt.NDArray[np.int16]) -> bool:
        """Whether a line of a loose program is one of the class's own program too."""
        return line_class.loose is None or bool(np.isfinite(self.programs.only(line_class.program, line)))

    def _asked(self, kind_index: int, scaled: FloatArray) -> Asked:
        """Return what is asked of a kind's lines at scaled row prices."""
        kind = self.kinds[kind_index]
        line_class = self.model.classes[kind.class_index]
        prices = self.prices(kind_index, scaled)
        return Asked(line_class, prices, kind.lo, kind.hi, self.hours_worth(kind_index))

    def column(self, kind_index: int, scaled: FloatArray, priced: Priced | None = None) -> Column | None:
        """Return the best line of one kind at scaled row prices; None when no legal line is known.

        `priced` is what was found at these prices before.
        """
        line_class = self.model.classes[self.kinds[kind_index].class_index]
        value, line = self._found(kind_index, scaled, priced)
        if not np.isfinite(value) or line is None:
            return None
        if line_class.counted:
            return self.column_of(kind_index, line)  # the line may earn less than the value says
        cover = self.cover.contribution(line_class.competence, line)
        return Column(kind_index, line, cover, float(round((float(cover @ scaled) - value) / SCALE)))

    def _found(
        self, kind_index: int, scaled: FloatArray, priced: Priced | None
    ) -> tuple[float, npt.NDArray[np.int16] | None]:
        """Return what a kind earns at most, and such a line; it is looked for where pricing has seen it."""
        if priced is None:
            return self._best(kind_index, scaled)
        value = float(priced.profits[kind_index])
        where = priced.whereabouts.get(kind_index)
        if kind_index not in priced.lines and where is not None and np.isfinite(value):
            units, via = where
            asked = replace(self._asked(kind_index, scaled), lo=units, hi=units)
            _, line = asked.best(self.programs, self._program(asked.line_class), asked.prices, via)
            if not self._keeps_all(asked.line_class, line):
                return self._best(kind_index, scaled)
            for other in next(members for members in self.families if kind_index in members):
                if priced.whereabouts.get(other) == where:
                    priced.lines[other] = line
        return value, priced.lines.get(kind_index)

    def lawful(self, kind_index: int, line: npt.NDArray[np.int16]) -> bool:
        """Whether a line is one that a kind may have."""
        kind = self.kinds[kind_index]
        line_class = self.model.classes[kind.class_index]
        days = np.arange(len(line))
        if line_class.banned[days, line].any() or line_class.broken(line):
            return False
        if not kind.lo <= self.model.units_of(line) <= kind.hi:
            return False
        return bool(np.isfinite(self.programs.only(line_class.program, line)))

    def column_of(self, kind_index: int, line: npt.NDArray[np.int16]) -> Column:
        """Return a given legal line of a kind with what it contributes and costs."""
        line_class = self.model.classes[self.kinds[kind_index].class_index]
        return Column(
            kind_index,
            line,
            self.cover.contribution(line_class.competence, line),
            self.own_cost(kind_index, line),
        )

    def own_cost(self, kind_index: int, line: npt.NDArray[np.int16]) -> float:
        """Return what a legal line of a kind costs by itself, in points: cells, hours and soft rules."""
        line_class = self.model.classes[self.kinds[kind_index].class_index]
        units = self.model.units_of(line)
        cost = self.programs.cost_of(line_class.program, line)
        if line_class.index in self.worth.cells:
            cost -= SCALE * float(self.worth.cells[line_class.index][np.arange(len(line)), line].sum())
        return float(round((cost - self.hours_worth(kind_index)[units]) / SCALE))

    def near(
        self, kind_index: int, scaled: FloatArray, least: float, most: int
    ) -> tuple[npt.NDArray[np.int16], bool]:
        """Return the lines of a kind that earn at least `least`, scaled; and whether all of them are there.

        At most `most` lines are returned.
        """
        asked = self._asked(kind_index, scaled)
        if asked.line_class.counted:
            return self.within.near(asked, least, most)
        return asked.near(self.programs, asked.line_class.program, asked.prices, least, most)

    def earned(self, kind_index: int, scaled: FloatArray, lines: npt.NDArray[np.int16]) -> FloatArray:
        """Return what each of some legal lines of a kind earns at scaled row prices."""
        line_class = self.model.classes[self.kinds[kind_index].class_index]
        days = np.arange(lines.shape[1])
        earned = self.prices(kind_index, scaled)[days, lines].sum(axis=1)
        earned += self.hours_worth(kind_index)[self.model.units_by_line(lines)]
        if self.programs.costly[line_class.program]:
            earned -= [self.programs.cost_of(line_class.program, line) for line in lines]
        return np.asarray(earned, np.float64)

    def columns_of(self, kind_index: int, lines: npt.NDArray[np.int16]) -> list[Column]:
        """Return given legal lines of a kind with what they contribute and cost."""
        line_class = self.model.classes[self.kinds[kind_index].class_index]
        covers = self.cover.contributions(line_class.competence, lines)
        costs = np.round(-self.earned(kind_index, np.zeros(self.cover.groups), lines) / SCALE)
        return [
            Column(kind_index, line.copy(), cover, float(cost))
            for line, cover, cost in zip(lines, covers, costs, strict=True)
        ]
