"""A limit on how often something may happen in some weeks, encoded over one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from turnus.clock import WEEK_DAYS
from turnus.cpsat.line import Line, Pattern
from turnus.rules.kinds import Limited

#: The patterns that are one breach each of a kind on a day.
BreachesOn = Callable[[int], Iterable[Pattern]]


def encode_limited(line: Line, kind: Limited, hard: bool, breaches_on: BreachesOn) -> Any:
    """Encode the breaches of each stretch of weeks that ends inside the horizon."""
    weeks = line.days // WEEK_DAYS
    first = 0 if line.cyclic else 1 - kind.weeks
    of_week = {
        week: sum(_happening(line, breaches_on, week * WEEK_DAYS + at) for at in range(WEEK_DAYS))
        for week in range(first, weeks)
    }
    count: Any = 0
    for last in range(weeks):
        stretch = range(last - kind.weeks + 1, last + 1)
        total = sum(of_week[week % weeks if line.cyclic else week] for week in stretch)
        if hard:
            line.model.add(total <= kind.most)
        else:
            excess = line.model.new_int_var(0, kind.weeks * WEEK_DAYS, "")
            line.model.add_max_equality(excess, [0, total - kind.most])
            count += excess
    return count


def _happening(line: Line, breaches_on: BreachesOn, day: int) -> Any:
    """Return how many of a day's patterns occur; no two of them can at once."""
    found = (line.literals(pattern) for pattern in breaches_on(day))
    return sum(line.happens(literals) for literals in found if literals is not None)
