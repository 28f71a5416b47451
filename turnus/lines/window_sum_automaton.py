"""The automata of sums over windows of days."""

from __future__ import annotations

from turnus.clock import WEEK_DAYS
from turnus.rules.kinds import WindowSum

SUNDAY = WEEK_DAYS - 1
WeekState = tuple[int, bool]  # the week's sum so far, and whether it may still prove too low
OpenWindow = tuple[int, bool]  # the same of a window that has begun
WindowsState = tuple[OpenWindow, ...]  # of every window that has begun and not ended, the oldest first


def of_a_week(kind: WindowSum) -> bool:
    """Whether the windows are the weeks Monday to Sunday, which never overlap."""
    return (kind.days, kind.every) == (WEEK_DAYS, WEEK_DAYS)


def has_window_automaton(kind: WindowSum) -> bool:
    """Whether a day can be judged by what went before it; how large that is, the graph itself finds out.

    For whom limits with `given` hold is known only at the end of the line.
    """
    return not kind.given and kind.every in (1, WEEK_DAYS) and kind.days % kind.every == 0


class WeekSumAutomaton:
    """State: the sum so far this week, and whether it must still reach `least`."""

    def __init__(self, kind: WindowSum) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> WeekState:
        """Return a sum of nothing; a week known only in part may have had more."""
        return (0, weekday == 0 and self.kind.least > 0)

    def step(self, weekday: int, state: WeekState, action: int) -> tuple[WeekState, int]:
        """Return the week's sum after a day; count the day on which it passes `most`, or ends too low."""
        before, owing = state
        total = min(before + self.kind.weights[action], self.kind.most + 1)
        breaches = int(before <= self.kind.most < total)
        owing = owing and total < self.kind.least
        if weekday == SUNDAY:
            return self.blank(), breaches + int(owing)
        return (total, owing), breaches


class WindowSumAutomaton:
    """State: the sum so far of each window that has begun, cut where it no longer matters how much it is."""

    def __init__(self, kind: WindowSum) -> None:
        self.kind = kind
        self.heaviest = max(kind.weights)

    def blank(self, weekday: int = 0) -> WindowsState:
        """Return sums of nothing for the windows that began before; they hold days that are not known."""
        begun = self.kind.days // self.kind.every
        in_midst = self.kind.every > 1 and weekday > 0
        return ((0, False),) * (begun if in_midst else begun - 1)

    def step(self, weekday: int, state: WindowsState, action: int) -> tuple[WindowsState, int]:
        """Return the sums after a day; count the window that ends on it and lies outside."""
        kind = self.kind
        if weekday % kind.every == 0:
            state = (*state, (0, kind.least > 0))
        added = kind.weights[action]
        if not (weekday + 1) % kind.every and len(state) == kind.days // kind.every:
            (total, owing), *state_left = state
            total += added
            outside = total > kind.most or (owing and total < kind.least)
            return self._after(weekday, tuple(state_left), added), int(outside)
        return self._after(weekday, state, added), 0

    def _after(self, weekday: int, state: WindowsState, added: int) -> WindowsState:
        """Return the sums of windows that go on, each cut at what is too much and at what can do no harm."""
        kind = self.kind
        into = weekday % kind.every + 1  # days of the youngest window
        kept = []
        for age, (total, owing) in enumerate(reversed(state)):
            days_left = kind.days - age * kind.every - into
            reached = min(total + added, kind.most + 1)
            owes = owing and reached < kind.least
            harmless = 0 if owes else kind.most - days_left * self.heaviest
            kept.append((max(reached, harmless), owes))
        return tuple(reversed(kept))
