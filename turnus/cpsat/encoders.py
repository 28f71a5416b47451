"""One encoder for each kind, over the variables of one line.

A hard kind adds constraints and counts nothing. A soft kind returns a linear expression that equals,
in every solution, the number of breaches that the kind counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.cpsat.compensating_rest import encode_compensating_rest
from turnus.cpsat.converted_hours import encode_converted_hours
from turnus.cpsat.day_events import encode_day_events
from turnus.cpsat.limited import encode_limited
from turnus.cpsat.line import Actions, Line, Pattern
from turnus.cpsat.periodic_pattern import encode_periodic_pattern
from turnus.cpsat.plan_totals import encode_plan_shifts, encode_plan_weeks
from turnus.cpsat.rest_in_week import rest_patterns
from turnus.cpsat.running_sum import encode_running_sum, encode_week_sums
from turnus.cpsat.short_weeks import encode_short_weeks
from turnus.cpsat.window_sum import encode_window_sum
from turnus.cpsat.windows import excess_of_windows
from turnus.problem import OFF
from turnus.rules.kinds import (
    Cells,
    ClockGap,
    CompensatingRest,
    ConvertedHours,
    DayEvents,
    HorizonSum,
    Kind,
    Limited,
    PeriodicPattern,
    PlanShifts,
    PlanWeeks,
    RestInWeek,
    RunLength,
    RunningSum,
    Sequence,
    ShortWeeks,
    WeekEvents,
    WeekSums,
    WindowSum,
)

#: A linear expression over a line's variables, or a plain number.
Count = Any
_OFF: Actions = frozenset({OFF})


def encode(line: Line, kind: Kind, *, hard: bool) -> Count:
    """Add a kind to a line; return its count of breaches when soft, 0 when hard."""
    return ENCODERS[type(kind)](line, kind, hard)


def _patterns(line: Line, found: Iterator[tuple[Pattern, int]], hard: bool) -> Count:
    """Forbid each pattern, or return how often they occur, each times what one occurrence counts."""
    count: Count = 0
    for pattern, weight in found:
        literals = line.literals(pattern)
        if literals is None:
            continue
        if hard:
            line.forbid(literals)
        else:
            count += weight * line.happens(literals)
    return count


def _ending_inside(line: Line, steps: tuple[Actions, ...]) -> Iterator[Pattern]:
    """Yield the steps on every stretch of days whose last day lies in the horizon."""
    for last in range(line.days):
        first = last - len(steps) + 1
        yield [(first + at, step) for at, step in enumerate(steps)]


def encode_run_length(line: Line, kind: RunLength, hard: bool) -> Count:
    """Encode each day beyond the longest run, and each run that is too short between known days."""
    others = frozenset(range(line.actions)) - kind.members

    def found() -> Iterator[tuple[Pattern, int]]:
        if kind.longest is not None:
            for pattern in _ending_inside(line, (kind.members,) * (kind.longest + 1)):
                yield pattern, 1
        for length in range(1, kind.shortest or 0):
            missing = (kind.shortest or 0) - length
            for pattern in _ending_inside(line, (others, *(kind.members,) * length, others)):
                yield pattern, missing

    return _patterns(line, found(), hard)


def _sequences_ending_on(kind: Sequence, day: int) -> Iterator[Pattern]:
    """Yield the sequence that ends on a day, when it may begin on the weekday it then begins on."""
    first = day - len(kind.steps) + 1
    if first % WEEK_DAYS in kind.weekdays:
        yield [(first + at, step) for at, step in enumerate(kind.steps)]


def encode_sequence(line: Line, kind: Sequence, hard: bool) -> Count:
    """Encode each place where the sequence may end inside the horizon."""
    found = ((pattern, 1) for day in range(line.days) for pattern in _sequences_ending_on(kind, day))
    return _patterns(line, found, hard)


def _gaps_ending_on(gaps: list[tuple[Actions, int, Actions]], day: int) -> Iterator[Pattern]:
    """Yield the pairs of shifts too close to one another of which the second is worked on a day."""
    for after, off, before in gaps:
        steps = (after, *(_OFF,) * off, before)
        yield [(day - len(steps) + 1 + at, step) for at, step in enumerate(steps)]


def encode_clock_gap(line: Line, kind: ClockGap, hard: bool) -> Count:
    """Encode each pair of shifts too close to one another with only days off between them."""
    gaps = list(_too_close(kind))
    found = ((pattern, 1) for day in range(line.days) for pattern in _gaps_ending_on(gaps, day))
    return _patterns(line, found, hard)


def _limited(line: Line, kind: Limited, hard: bool) -> Count:
    inner = kind.kind
    if isinstance(inner, Sequence):
        return encode_limited(line, kind, hard, partial(_sequences_ending_on, inner))
    return encode_limited(line, kind, hard, partial(_gaps_ending_on, list(_too_close(inner))))


def _too_close(kind: ClockGap) -> Iterator[tuple[Actions, int, Actions]]:
    """Yield (earlier shifts, days off between, later shifts) that leave less than the minimum."""
    days = 1
    while True:
        groups: dict[Actions, set[int]] = {}
        for earlier in kind.after:
            rest = days * DAY_MINUTES - kind.ends[earlier]
            later = frozenset(b for b in kind.before if kind.starts[b] + rest < kind.minimum)
            if later:
                groups.setdefault(later, set()).add(earlier)
        if not groups:
            return
        for later, earlier_ones in groups.items():
            yield frozenset(earlier_ones), days - 1, later
        days += 1


def encode_rest_in_week(line: Line, kind: RestInWeek, hard: bool) -> Count:
    """Encode that one of the rests that are long enough occurs in each week."""
    count: Count = 0
    for patterns in rest_patterns(line, kind):
        rests = [line.happens(found) for p in patterns if (found := line.literals(p)) is not None]
        if any(rest is True for rest in rests):
            continue
        if hard:
            line.model.add_bool_or(rests)
        else:
            missing = line.model.new_bool_var("")
            line.model.add_bool_or([missing, *rests])
            for rest in rests:
                line.model.add_implication(rest, missing.negated())
            count += missing
    return count


def encode_week_events(line: Line, kind: WeekEvents, hard: bool) -> Count:
    """Encode the number of weeks with the event in each window that ends inside the horizon."""
    weeks = line.days // WEEK_DAYS
    events = [_event(line, kind, week) for week in range(weeks)]
    return excess_of_windows(line, events, partial(_past_event, line, kind), kind.most, kind.of_weeks, hard)


def _event(line: Line, kind: WeekEvents, week: int) -> Any:
    cells = [line.cells[week * WEEK_DAYS + weekday][action] for weekday, action in sorted(kind.cells)]
    event = line.model.new_bool_var("")
    if cells:
        line.model.add_max_equality(event, cells)
    else:
        line.model.add(event == 0)
    return event


def _past_event(line: Line, kind: WeekEvents, week: int) -> bool:
    """Whether a week before the plan is known to have the event."""
    days = range(week * WEEK_DAYS, (week + 1) * WEEK_DAYS)
    return any(line.known(day) and (day % WEEK_DAYS, line.history[day]) in kind.cells for day in days)


def encode_cells(line: Line, kind: Cells, hard: bool) -> Count:
    """Encode the cells that must not be worked."""
    cells = [line.cells[day][action] for day, action in sorted(kind.forbidden)]
    if hard:
        for cell in cells:
            line.model.add(cell == 0)
        return 0
    return sum(cells)


def encode_horizon_sum(line: Line, kind: HorizonSum, hard: bool) -> Count:
    """Encode the sum over the whole horizon."""
    total = line.total(kind.weights, range(line.days))
    if hard:
        line.model.add_linear_constraint(total, kind.least, kind.most)
        return 0
    largest = max(kind.least, line.days * max(kind.weights))
    outside = line.model.new_int_var(0, largest, "")
    line.model.add_max_equality(outside, [kind.least - total, total - kind.most, 0])
    return outside


#: The encoder of each kind.
ENCODERS: dict[type[Kind], Callable[[Line, Any, bool], Count]] = {
    Cells: encode_cells,
    ClockGap: encode_clock_gap,
    CompensatingRest: encode_compensating_rest,
    ConvertedHours: encode_converted_hours,
    DayEvents: encode_day_events,
    HorizonSum: encode_horizon_sum,
    Limited: _limited,
    PeriodicPattern: encode_periodic_pattern,
    PlanShifts: encode_plan_shifts,
    PlanWeeks: encode_plan_weeks,
    RestInWeek: encode_rest_in_week,
    RunLength: encode_run_length,
    RunningSum: encode_running_sum,
    Sequence: encode_sequence,
    ShortWeeks: encode_short_weeks,
    WeekEvents: encode_week_events,
    WeekSums: encode_week_sums,
    WindowSum: encode_window_sum,
}
