"""One small automaton for each kind that reads a line day by day.

`step(weekday, state, action)` returns the next state and how often the kind counts a breach on
that day; a hard rule refuses any count above zero. `blank()` is the state in which nothing is
known about the days before: the most lenient one. States are hashable, and saturate, so that
every kind has finitely many. Weekday 0 is Monday.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import comb
from typing import Any, Protocol, TypeVar

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.lines.compensating_rest_automaton import CompensatingRestAutomaton
from turnus.lines.limited_automaton import LimitedAutomaton
from turnus.lines.periodic_pattern_automaton import PeriodicPatternAutomaton
from turnus.lines.plan_automata import PlanShiftsAutomaton, PlanWeeksAutomaton
from turnus.lines.short_weeks_automaton import ShortWeeksAutomaton
from turnus.lines.window_sum_automaton import (
    WeekSumAutomaton,
    WindowSumAutomaton,
    has_window_automaton,
    of_a_week,
)
from turnus.rules.kinds import (
    ClockGap,
    CompensatingRest,
    Kind,
    Limited,
    PeriodicPattern,
    PlanShifts,
    PlanWeeks,
    RestInWeek,
    RunLength,
    Sequence,
    ShortWeeks,
    WeekEvents,
    WindowSum,
)

OFF = 0
SUNDAY = WEEK_DAYS - 1
MOST_WAYS = 4096  # in which the events of the latest weeks may lie: each is a state of its own

State = TypeVar("State", bound=Hashable)
RunState = tuple[int, bool, bool]  # days of the run, whether its start is unknown, whether no day is known
SequenceState = frozenset[int]  # steps matched, of each running match
RestState = tuple[bool, bool, bool, int]  # found, pending, owed, so far: see RestInWeekAutomaton
EventsState = tuple[tuple[bool, ...], bool]  # the weeks before, oldest first, and this week


class Automaton(Protocol[State]):
    """What every kind's automaton can do."""

    def blank(self, weekday: int = 0) -> State:
        """Return the state before the first known day, which falls on `weekday`."""

    def step(self, weekday: int, state: State, action: int) -> tuple[State, int]:
        """Return the state after a day and the breaches counted on it."""


class RunLengthAutomaton:
    """State: days of the present run, and whether its start is known."""

    def __init__(self, kind: RunLength) -> None:
        self.kind = kind
        self.longest = kind.longest
        self.shortest = kind.shortest or 0
        self.cap = max(self.shortest, (kind.longest or 0) + 1 if kind.longest is not None else 0, 1)

    def blank(self, weekday: int = 0) -> RunState:
        """Return a run of unknown length."""
        del weekday
        return (0, False, True)

    def step(self, weekday: int, state: RunState, action: int) -> tuple[RunState, int]:
        """Return the run after a day; count days beyond `longest` and days missing to `shortest`."""
        del weekday
        length, open_start, first_day = state
        if action in self.kind.members:
            grown = min(length + 1, self.cap)
            too_long = self.longest is not None and length + 1 > self.longest
            # Beyond `shortest` it no longer matters whether the start is known.
            unknown = (open_start or first_day) and grown < self.shortest
            return (grown, unknown, False), int(too_long)
        missing = self.shortest - length if 0 < length < self.shortest and not open_start else 0
        return (0, False, False), missing


class SequenceAutomaton:
    """State: how far each running match has come."""

    def __init__(self, kind: Sequence) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> SequenceState:
        """Return no match begun."""
        del weekday
        return frozenset[int]()

    def step(self, weekday: int, state: SequenceState, action: int) -> tuple[SequenceState, int]:
        """Return the matches still running; count one that is complete."""
        steps = self.kind.steps
        reached = {at + 1 for at in state if action in steps[at]}
        if weekday in self.kind.weekdays and action in steps[0]:
            reached.add(1)
        return frozenset(reached - {len(steps)}), int(len(steps) in reached)


class ClockGapAutomaton:
    """State: the earliest permitted start of a shift in `before`, from today's midnight."""

    def __init__(self, kind: ClockGap) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> int:
        """Return midnight: any start is permitted."""
        del weekday
        return 0

    def step(self, weekday: int, state: int, action: int) -> tuple[int, int]:
        """Return the earliest start permitted tomorrow; count a shift that starts too early."""
        del weekday
        kind, earliest = self.kind, state
        if action == OFF:
            return max(0, earliest - DAY_MINUTES), 0
        too_early = action in kind.before and kind.starts[action] < earliest
        bound = kind.ends[action] + kind.minimum - DAY_MINUTES if action in kind.after else 0
        return max(0, bound), int(too_early)


class RestInWeekAutomaton:
    """State: rest found this week, day off this week in the present rest, last week still owed, rest so far.

    `so_far` is the time from the last shift's end to today's midnight, cut at the minimum; it is
    negative when that shift ends today.
    """

    def __init__(self, kind: RestInWeek) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> RestState:
        """Return a rest as long as it could be; a week known only in part has had its rest."""
        # The days that are not known may have held the rest of a week known only in part.
        return (weekday != self.kind.begins, False, False, self.kind.minimum if self.kind.straddle else 0)

    def step(self, weekday: int, state: RestState, action: int) -> tuple[RestState, int]:
        """Return the rest so far; count each week that ends, or proves to be, without a rest."""
        minimum = self.kind.minimum
        found, pending, owed, so_far = state
        breaches = 0
        if action == OFF:
            so_far, pending = min(so_far + DAY_MINUTES, minimum), True
            if so_far >= minimum:
                found, owed = True, False
        else:
            if so_far + self.kind.starts[action] >= minimum:
                found, owed = found or pending, False
            breaches += int(owed)
            pending, owed = False, False
            so_far = min(DAY_MINUTES - self.kind.ends[action], minimum)
        if weekday == (self.kind.begins - 1) % WEEK_DAYS:
            if not found and pending and self.kind.straddle:
                owed = True
            elif not found:
                breaches += 1
            found, pending = False, False
            so_far = so_far if self.kind.straddle else min(so_far, 0)
        return (found, pending and not found, owed, so_far), breaches


class WeekEventsAutomaton:
    """State: which of the latest weeks had the event, and whether this one has it already."""

    def __init__(self, kind: WeekEvents) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> EventsState:
        """Return no week with the event."""
        del weekday
        return ((False,) * (self.kind.of_weeks - 1), False)

    def step(self, weekday: int, state: EventsState, action: int) -> tuple[EventsState, int]:
        """Return the weeks after a day; count the excess of the window that ends on a Sunday."""
        before, now = state
        now = now or (weekday, action) in self.kind.cells
        if weekday != SUNDAY:
            return (before, now), 0
        excess = max(0, sum(before) + now - self.kind.most)
        return ((*before[1:], now) if before else (), False), excess


def _of_window_sum(kind: WindowSum) -> Automaton[Any]:
    return WeekSumAutomaton(kind) if of_a_week(kind) else WindowSumAutomaton(kind)


def _of_limited(kind: Limited) -> Automaton[Any]:
    return LimitedAutomaton(kind, automaton_of(kind.kind))


#: What makes the automaton of each kind that joins the line program as states.
AUTOMATA: dict[type, Callable[[Any], Automaton[Any]]] = {
    RunLength: RunLengthAutomaton,
    Sequence: SequenceAutomaton,
    ShortWeeks: ShortWeeksAutomaton,
    ClockGap: ClockGapAutomaton,
    CompensatingRest: CompensatingRestAutomaton,
    Limited: _of_limited,
    PeriodicPattern: PeriodicPatternAutomaton,
    PlanShifts: PlanShiftsAutomaton,
    PlanWeeks: PlanWeeksAutomaton,
    RestInWeek: RestInWeekAutomaton,
    WindowSum: _of_window_sum,
    WeekEvents: WeekEventsAutomaton,
}


def has_automaton(kind: Kind) -> bool:
    """Whether a kind joins the line program as states (the others are prices, hours or rows, or left out)."""
    if isinstance(kind, WindowSum):
        return has_window_automaton(kind)
    if isinstance(kind, WeekEvents):
        return sum(comb(kind.of_weeks - 1, events) for events in range(kind.most + 1)) <= MOST_WAYS
    return type(kind) in AUTOMATA


def automaton_of(kind: Kind) -> Automaton[Any]:
    """Return the automaton of a kind."""
    return AUTOMATA[type(kind)](kind)
