"""One encoder for each kind, over the variables of one line.

A hard kind adds constraints and counts nothing. A soft kind returns a linear expression that equals,
in every solution, the number of breaches that the kind counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.cpsat.line import Actions, Line, Pattern
from turnus.cpsat.rest_in_week import rest_patterns
from turnus.problem import OFF
from turnus.rules.kinds import (
    Cells,
    ClockGap,
    HorizonSum,
    Kind,
    RestInWeek,
    RunLength,
    Sequence,
    WeekEvents,
    WeekSum,
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


def encode_sequence(line: Line, kind: Sequence, hard: bool) -> Count:
    """Encode each place where the sequence may end inside the horizon."""
    found = (
        (pattern, 1)
        for pattern in _ending_inside(line, kind.steps)
        if pattern[0][0] % WEEK_DAYS in kind.weekdays
    )
    return _patterns(line, found, hard)


def encode_clock_gap(line: Line, kind: ClockGap, hard: bool) -> Count:
    """Encode each pair of shifts too close to one another with only days off between them."""

    def found() -> Iterator[tuple[Pattern, int]]:
        for after, off, before in _too_close(kind):
            for pattern in _ending_inside(line, (after, *(_OFF,) * off, before)):
                yield pattern, 1

    return _patterns(line, found(), hard)


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


def encode_week_sum(line: Line, kind: WeekSum, hard: bool) -> Count:
    """Encode the sum of each week of the horizon."""
    count: Count = 0
    for monday in range(0, line.days, WEEK_DAYS):
        total = line.total(kind.weights, range(monday, monday + WEEK_DAYS))
        if hard:
            line.model.add(total <= kind.most)
        else:
            above = line.model.new_bool_var("")
            line.model.add(total > kind.most).only_enforce_if(above)
            line.model.add(total <= kind.most).only_enforce_if(above.negated())
            count += above
    return count


def encode_week_events(line: Line, kind: WeekEvents, hard: bool) -> Count:
    """Encode the number of weeks with the event in each window that ends inside the horizon."""
    weeks = line.days // WEEK_DAYS
    events = [_event(line, kind, week) for week in range(weeks)]
    count: Count = 0
    for last in range(weeks):
        window = range(last - kind.of_weeks + 1, last + 1)
        if line.cyclic:
            total = sum(events[week % weeks] for week in window)
        else:
            total = sum(events[week] if week >= 0 else _past_event(line, kind, week) for week in window)
        if hard:
            line.model.add(total <= kind.most)
        else:
            excess = line.model.new_int_var(0, kind.of_weeks, "")
            line.model.add_max_equality(excess, [0, total - kind.most])
            count += excess
    return count


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
    HorizonSum: encode_horizon_sum,
    RestInWeek: encode_rest_in_week,
    RunLength: encode_run_length,
    Sequence: encode_sequence,
    WeekEvents: encode_week_events,
    WeekSum: encode_week_sum,
}
