"""The automaton of short weeks."""

from __future__ import annotations

from turnus.clock import WEEK_DAYS
from turnus.rules.kinds import ShortWeeks

WeeksState = tuple[tuple[bool, ...], int]  # which of the weeks before were short, and days so far


class ShortWeeksAutomaton:
    """State: which of the latest weeks were short, and the days of this week, cut at what is not short."""

    def __init__(self, kind: ShortWeeks) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> WeeksState:
        """Return no short week; a week known only in part is not short."""
        return ((False,) * (self.kind.of_weeks - 1), self.kind.fewer_than if weekday else 0)

    def step(self, weekday: int, state: WeeksState, action: int) -> tuple[WeeksState, int]:
        """Return the weeks after a day; count the excess of the weeks that end on a Sunday."""
        before, days = state
        days = min(days + int(action in self.kind.members), self.kind.fewer_than)
        if weekday != WEEK_DAYS - 1:
            return (before, days), 0
        short = 0 < days < self.kind.fewer_than
        excess = max(0, sum(before) + short - self.kind.most)
        return ((*before[1:], short) if before else (), 0), excess
