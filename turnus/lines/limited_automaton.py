"""The automaton of a limit on how often something may happen in some weeks."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from turnus.clock import WEEK_DAYS
from turnus.rules.kinds import Limited

LimitedState = tuple[Hashable, tuple[int, ...], int]  # of the kind; the weeks before, oldest first; this week


class LimitedAutomaton:
    """State: the kind's own, how often it was broken in each of the weeks before, and this week so far."""

    def __init__(self, kind: Limited, inner: Any) -> None:
        self.kind = kind
        self.inner = inner

    def blank(self, weekday: int = 0) -> LimitedState:
        """Return weeks in which nothing happened."""
        return (self.inner.blank(weekday), (0,) * (self.kind.weeks - 1), 0)

    def step(self, weekday: int, state: LimitedState, action: int) -> tuple[LimitedState, int]:
        """Return the weeks after a day; count the excess of the weeks that end on a Sunday."""
        within, before, now = state
        within, count = self.inner.step(weekday, within, action)
        now += count
        if weekday != WEEK_DAYS - 1:
            return (within, before, now), 0
        excess = max(0, sum(before) + now - self.kind.most)
        return (within, (*before[1:], now) if before else (), 0), excess
