"""The most of some weights that the lines of a week graph can gather in so many days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from turnus.clock import WEEK_DAYS
from turnus.lines.graph import REFUSED, BoolArray, WeekGraph

Totals = npt.NDArray[np.float64]
NONE = -np.inf  # the weight of a stretch of days that no line has


class MostInDays:
    """The largest sums of `weights` (per action) from each node of a graph on.

    Of the actions in `rare` there may be a limited number of days.
    """

    def __init__(self, graph: WeekGraph, weights: Sequence[int], rare: frozenset[int] = frozenset()) -> None:
        self.graph, self.weights = graph, np.array(weights, float)
        self.rare = np.array([action in rare for action in range(len(weights))])
        self.found: dict[tuple[int, int, int], Totals] = {}

    def after(self, weekday: int, days: int, rare_days: int | None = None) -> Totals:
        """Return the most of the days from a weekday on, for each node in which they may begin.

        With `rare_days`, at most that many of them have one of the rare actions.
        """
        allowed = (-1,) if rare_days is None else tuple(range(rare_days + 1))
        for length in range(1, days + 1):
            for left in allowed:
                self._found((weekday + days - length) % WEEK_DAYS, length, left)
        return self._found(weekday, days, allowed[-1])

    def _found(self, begins: int, length: int, left: int) -> Totals:
        """Return the most of a stretch whose shorter ends are known; `left` is -1 where nothing is rare."""
        if not length:
            return np.zeros(self.graph.nodes[begins])
        key = (begins, length, left)
        if key not in self.found:
            follow = self.graph.follow[begins]
            next_day = (begins + 1) % WEEK_DAYS
            beyond = self._found(next_day, length - 1, left)[follow]
            if left == 0:
                beyond = np.where(self.rare, NONE, beyond)
            elif left > 0:
                beyond = np.where(self.rare, self._found(next_day, length - 1, left - 1)[follow], beyond)
            worth = np.where(follow >= 0, beyond + self.weights, NONE)
            self.found[key] = worth.max(axis=1, initial=NONE)
        return self.found[key]


def without_closed(graph: WeekGraph, closed: BoolArray) -> WeekGraph:
    """Return the graph without what nobody may work on a weekday: `closed[weekday, action]`."""
    if not closed.any():
        return graph
    follow = tuple(np.where(closed[weekday], REFUSED, table) for weekday, table in enumerate(graph.follow))
    return replace(graph, follow=follow)
