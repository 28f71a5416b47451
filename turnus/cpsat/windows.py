"""Weeks that count in any so many weeks in a row, encoded over one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from turnus.cpsat.line import Line


def excess_of_windows(
    line: Line, counted: Sequence[Any], before: Callable[[int], bool], most: int, of_weeks: int, hard: bool
) -> Any:
    """Return by how much each stretch of weeks that ends inside the horizon has more than `most`, summed.

    `counted` has a literal for each week; `before` says the same of a week before a plan.
    """
    weeks = len(counted)
    count: Any = 0
    for last in range(weeks):
        window = range(last - of_weeks + 1, last + 1)
        if line.cyclic:
            total = sum(counted[week % weeks] for week in window)
        else:
            total = sum(counted[week] if week >= 0 else before(week) for week in window)
        if hard:
            line.model.add(total <= most)
        else:
            excess = line.model.new_int_var(0, of_weeks, "")
            line.model.add_max_equality(excess, [0, total - most])
            count += excess
    return count
