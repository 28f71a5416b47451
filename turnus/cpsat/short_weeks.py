"""Short weeks, encoded over one line."""

from __future__ import annotations

from functools import partial
from typing import Any

from turnus.clock import WEEK_DAYS
from turnus.cpsat.line import Line
from turnus.cpsat.windows import excess_of_windows
from turnus.rules.kinds import ShortWeeks


def encode_short_weeks(line: Line, kind: ShortWeeks, hard: bool) -> Any:
    """Encode the number of short weeks in each stretch that ends inside the horizon."""
    weeks = line.days // WEEK_DAYS
    short = [_short(line, kind, week) for week in range(weeks)]
    return excess_of_windows(line, short, partial(_was_short, line, kind), kind.most, kind.of_weeks, hard)


def _short(line: Line, kind: ShortWeeks, week: int) -> Any:
    """Return the literal "some days at work, but few"."""
    weights = [int(action in kind.members) for action in range(line.actions)]
    days = line.total(weights, range(week * WEEK_DAYS, (week + 1) * WEEK_DAYS))
    free, short, full = (line.model.new_bool_var("") for _state in range(3))
    line.model.add_exactly_one(free, short, full)
    line.model.add(days == 0).only_enforce_if(free)
    line.model.add_linear_constraint(days, 1, kind.fewer_than - 1).only_enforce_if(short)
    line.model.add(days >= kind.fewer_than).only_enforce_if(full)
    return short


def _was_short(line: Line, kind: ShortWeeks, week: int) -> bool:
    """Whether a week before the plan is known, and was short."""
    days = range(week * WEEK_DAYS, (week + 1) * WEEK_DAYS)
    if not all(map(line.known, days)):
        return False
    return 0 < sum(line.history[day] in kind.members for day in days) < kind.fewer_than
