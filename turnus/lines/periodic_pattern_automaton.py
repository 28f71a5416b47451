"""The automaton of a pattern of days that comes round and round."""

from __future__ import annotations

from turnus.rules.kinds import PeriodicPattern

Places = frozenset[int]  # the places of the round on which today may fall


class PeriodicPatternAutomaton:
    """State: the places of the pattern on which today may fall.

    It tells whether a line keeps the pattern, not how many days lie outside: that depends on the place that
    fits best in the end. So the rule is hard. Where a line leaves the pattern, a new round begins.
    """

    def __init__(self, kind: PeriodicPattern) -> None:
        self.kind = kind
        self.anywhere: Places = frozenset(range(len(kind.steps)))

    def blank(self, weekday: int = 0) -> Places:
        """Return any place."""
        del weekday
        return self.anywhere

    def step(self, weekday: int, state: Places, action: int) -> tuple[Places, int]:
        """Return the places on which tomorrow may fall; count a day on which no round goes on."""
        del weekday
        kept = self._after(state, action)
        return (kept, 0) if kept else (self._after(self.anywhere, action) or self.anywhere, 1)

    def _after(self, places: Places, action: int) -> Places:
        steps = self.kind.steps
        return frozenset((place + 1) % len(steps) for place in places if action in steps[place])
