"""Events on given dates, such as work on red days, encoded over one line."""

from __future__ import annotations

from typing import Any

from turnus.cpsat.line import Line
from turnus.rules.kinds import DayEvents


def encode_day_events(line: Line, kind: DayEvents, hard: bool) -> Any:
    """Encode the number of dates with the event in each stretch of dates.

    Cells before a calendar plan are read in its history; what is not known there has no event.
    """
    events = [_event(line, cells) for cells in kind.groups]
    groups = len(events)
    ends = range(groups) if line.cyclic else range(kind.of_groups - 1, groups)
    count: Any = 0
    for last in ends:
        stretch = range(last - kind.of_groups + 1, last + 1)
        total = sum(events[at % groups] for at in stretch)
        if hard:
            line.model.add(total <= kind.most)
        else:
            excess = line.model.new_int_var(0, kind.of_groups, "")
            line.model.add_max_equality(excess, [0, total - kind.most])
            count += excess
    return count


def _event(line: Line, cells: frozenset[tuple[int, int]]) -> Any:
    """Return the literal "one of these cells is worked", or whether it is, where that is settled."""
    literals = [line.on(day, frozenset({action})) for day, action in sorted(cells) if line.known(day)]
    if any(literal is True for literal in literals):
        return 1
    open_ones = [literal for literal in literals if literal is not False]
    if not open_ones:
        return 0
    event = line.model.new_bool_var("")
    line.model.add_max_equality(event, open_ones)
    return event
