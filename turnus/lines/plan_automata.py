"""Automata of what is counted over a whole calendar plan."""

from __future__ import annotations

from turnus.clock import WEEK_DAYS
from turnus.rules.kinds import PlanShifts, PlanWeeks


class PlanShiftsAutomaton:
    """State: the days counted so far, up to the most."""

    def __init__(self, kind: PlanShifts) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> int:
        """Return no day; a plan begins with nothing."""
        del weekday
        return 0

    def step(self, weekday: int, state: int, action: int) -> tuple[int, int]:
        """Return the days after this one; count one beyond the most."""
        del weekday
        if action not in self.kind.members:
            return state, 0
        return min(state + 1, self.kind.most), int(state >= self.kind.most)


class PlanWeeksAutomaton:
    """State: the weeks counted before this one, up to the most, and whether this one has the event."""

    def __init__(self, kind: PlanWeeks) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> tuple[int, bool]:
        """Return no week; a plan begins with nothing."""
        del weekday
        return (0, False)

    def step(self, weekday: int, state: tuple[int, bool], action: int) -> tuple[tuple[int, bool], int]:
        """Return the weeks after a day; count the day on which one week too many gets the event."""
        weeks, now = state
        fresh = not now and (weekday, action) in self.kind.cells
        beyond = int(fresh and weeks >= self.kind.most)
        now = now or fresh
        if weekday != WEEK_DAYS - 1:
            return (weeks, now), beyond
        return (min(weeks + now, self.kind.most), False), beyond


#: What is counted in the plan alone: the days of a history before it are not among them.
PLAN_AUTOMATA: tuple[type, ...] = (PlanShiftsAutomaton, PlanWeeksAutomaton)
