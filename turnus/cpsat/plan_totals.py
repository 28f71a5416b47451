"""What is counted over a whole calendar plan, encoded over one line."""

from __future__ import annotations

from typing import Any

from turnus.clock import WEEK_DAYS
from turnus.cpsat.line import Line
from turnus.rules.kinds import PlanShifts, PlanWeeks


def encode_plan_shifts(line: Line, kind: PlanShifts, hard: bool) -> Any:
    """Encode the days of the plan with one of the actions."""
    total = sum(line.cells[day][action] for day in range(line.days) for action in sorted(kind.members))
    return _at_most(line, total, kind.most, line.days, hard)


def encode_plan_weeks(line: Line, kind: PlanWeeks, hard: bool) -> Any:
    """Encode the weeks of the plan with the event."""
    weeks = range(0, line.days, WEEK_DAYS)
    events = []
    for monday in weeks:
        cells = [line.cells[monday + weekday][action] for weekday, action in sorted(kind.cells)]
        event = line.model.new_bool_var("")
        line.model.add_max_equality(event, cells or [line.model.new_constant(0)])
        events.append(event)
    return _at_most(line, sum(events), kind.most, len(events), hard)


def _at_most(line: Line, total: Any, most: int, largest: int, hard: bool) -> Any:
    if hard:
        line.model.add(total <= most)
        return 0
    beyond = line.model.new_int_var(0, largest, "")
    line.model.add_max_equality(beyond, [0, total - most])
    return beyond
