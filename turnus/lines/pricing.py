"""Pricing: the most a line of each class and size earns at given row prices, exactly.

Row prices are whole multiples of 1/SCALE, so that everything the line program adds up is a whole
number below 2^53 and float64 loses nothing: bounds built from these profits are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import Cover, FloatArray
from turnus.lines.model import LineClass, LineModel

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
    """A whole line of a kind, and how many people it puts into each group of rows."""

    kind: int
    line: npt.NDArray[np.int16]
    cover: FloatArray


class Pricer:
    """Prices every kind of post; classes that share lines and prices are priced together."""

    def __init__(self, model: LineModel, cover: Cover) -> None:
        self.model = model
        self.cover = cover
        self.programs = model.programs()
        self._set_kinds(
            PostKind(c.index, size, lo, hi)
            for c in model.classes
            for size, (lo, hi) in sorted(c.windows.items())
        )
        # A kind without a single legal line can have no posts; nobody need price it again.
        possible = np.isfinite(self.profits(np.zeros(cover.groups)))
        self._set_kinds(kind for kind, legal in zip(self.kinds, possible, strict=True) if legal)

    def _set_kinds(self, kinds: Iterable[PostKind]) -> None:
        self.kinds = tuple(kinds)
        self.families: dict[object, list[int]] = {}
        for index, kind in enumerate(self.kinds):
            self.families.setdefault(self.model.classes[kind.class_index].pricing_key, []).append(index)

    def prices(self, line_class: LineClass, scaled: FloatArray) -> FloatArray:
        """Return the price of each (day, action) for a class, banned cells at minus infinity."""
        table = self.cover.prices(line_class.competence, scaled)
        table[line_class.banned] = -np.inf
        return table

    def profits(self, scaled: FloatArray) -> FloatArray:
        """Return the most a line of each kind earns at scaled row prices (-inf: the kind has no line)."""
        profits = np.full(len(self.kinds), np.nan)
        for members in self.families.values():
            line_class = self.model.classes[self.kinds[members[0]].class_index]
            lowest = min(self.kinds[k].lo for k in members)
            earned = self.programs.by_hours(line_class.program, self.prices(line_class, scaled), lowest)
            for k in members:
                kind = self.kinds[k]
                profits[k] = earned[kind.lo : kind.hi + 1].max()
        return profits

    def column(self, kind_index: int, scaled: FloatArray) -> Column | None:
        """Return the best line of one kind at scaled row prices; None when the kind has no legal line."""
        kind = self.kinds[kind_index]
        line_class = self.model.classes[kind.class_index]
        prices = self.prices(line_class, scaled)
        value, line = self.programs.best(line_class.program, prices, kind.lo, kind.hi)
        if not np.isfinite(value):
            return None
        return Column(kind_index, line, self.cover.contribution(line_class.competence, line))
