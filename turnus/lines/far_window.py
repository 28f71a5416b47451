"""A limit on the sum of several weeks, added to a graph whose lines hardly ever reach it.

An automaton of such a sum alone has far too many states. Beside a graph, only the sums matter that its lines
can still bring over the limit; of the others it is enough to know that they cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from turnus.clock import WEEK_DAYS
from turnus.lines.graph import REFUSED, GraphTooLargeError, WeekGraph, minimised
from turnus.lines.most_in_days import MostInDays
from turnus.rules.kinds import WindowSum

MOST_STATES = 5_000  # of one layer before it is minimised
HARMLESS = -1  # the sum of a window that no line can bring over the limit any more

_Sums = tuple[int, ...]  # of every window that has begun and not ended, the youngest first
_State = tuple[int, _Sums]  # the graph's own node, and the sums


def can_be_added(kind: WindowSum) -> bool:
    """Whether the windows are whole weeks that hold for every line and have no least sum."""
    whole_weeks = kind.every == WEEK_DAYS and kind.days % WEEK_DAYS == 0
    return whole_weeks and not kind.given and not kind.least


def with_far_window(graph: WeekGraph, kind: WindowSum, history: Sequence[int]) -> WeekGraph:
    """Return the graph of the lines that keep a hard limit too, minimised; it has one root, after a history.

    Raises
    ------
    GraphTooLargeError
        When a layer passes `MOST_STATES`.
    """
    return _FarWindow(graph, kind).product(history)


class _FarWindow:
    def __init__(self, graph: WeekGraph, kind: WindowSum) -> None:
        self.graph, self.kind = graph, kind
        most = MostInDays(graph, kind.weights)
        #: for each weekday and age of a window what may still come in it, by node
        self.to_come = [
            [most.after(weekday, left).tolist() for left in self._days_left(weekday)]
            for weekday in range(WEEK_DAYS)
        ]
        self.layers: list[dict[_State, int]] = [{} for _ in range(WEEK_DAYS)]
        self.arcs: list[list[tuple[int, int, int, float]]] = [[] for _ in range(WEEK_DAYS)]

    def _days_left(self, weekday: int) -> range:
        """Return how many days the windows that have begun still have, the youngest first."""
        youngest = self.kind.days - (weekday or WEEK_DAYS)
        return range(youngest, 0, -WEEK_DAYS)

    def product(self, history: Sequence[int]) -> WeekGraph:
        root = (int(self.graph.roots[0]), self._sums_of(history))
        waiting = [(0, self._known(0, root))]
        self.layers[0][waiting[0][1]] = 0
        while waiting:
            weekday, state = waiting.pop()
            beyond = self.layers[(weekday + 1) % WEEK_DAYS]
            for action in np.flatnonzero(self.graph.follow[weekday][state[0]] >= 0).tolist():
                after = self._after(weekday, state, action)
                if after is None:
                    continue
                if after not in beyond:
                    beyond[after] = len(beyond)
                    waiting.append(((weekday + 1) % WEEK_DAYS, after))
                    if len(beyond) > MOST_STATES:
                        raise GraphTooLargeError
                cost = float(self.graph.cost[weekday][state[0], action])
                self.arcs[weekday].append((self.layers[weekday][state], action, beyond[after], cost))
        return self._graph()

    def _sums_of(self, history: Sequence[int]) -> _Sums:
        """Return the sums of the windows that began before day 0; a day that is not known adds nothing."""
        weeks = range(1, self.kind.days // WEEK_DAYS)
        worth = [self.kind.weights[action] for action in history]
        return tuple(sum(worth[-week * WEEK_DAYS :]) for week in weeks)

    def _after(self, weekday: int, state: _State, action: int) -> _State | None:
        """Return the state after a day; None when a window that ends on it is over the limit."""
        node, sums = state
        if weekday == 0:
            sums = (0, *sums)
        added = self.kind.weights[action]
        over = self.kind.most + 1
        grown = tuple(one if one == HARMLESS else min(one + added, over) for one in sums)
        if weekday == WEEK_DAYS - 1:
            if grown[-1] == over:
                return None
            grown = grown[:-1]
        after = int(self.graph.follow[weekday][node, action])
        return self._known((weekday + 1) % WEEK_DAYS, (after, grown))

    def _known(self, weekday: int, state: _State) -> _State:
        """Return the state with the sums forgotten that no line from its node can bring over the limit."""
        node, sums = state
        to_come = (by_node[node] for by_node in self.to_come[weekday])
        return node, tuple(
            HARMLESS if total + coming <= self.kind.most else total
            for total, coming in zip(sums, to_come, strict=True)
        )

    def _graph(self) -> WeekGraph:
        follow, cost = [], []
        actions = self.graph.follow[0].shape[1]
        for layer, arcs in zip(self.layers, self.arcs, strict=True):
            table, price = np.full((len(layer), actions), REFUSED), np.zeros((len(layer), actions))
            for source, action, target, paid in arcs:
                table[source, action], price[source, action] = target, paid
            follow.append(table)
            cost.append(price)
        return minimised(WeekGraph(tuple(follow), tuple(cost), np.zeros(1, np.int64)))
