"""Sums with limits of their own for each week, through the horizon or week by week, encoded over one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from turnus.clock import WEEK_DAYS
from turnus.cpsat.line import Line
from turnus.rules.kinds import RunningSum, WeekSums

Limits = tuple[int, int]


def encode_running_sum(line: Line, kind: RunningSum, hard: bool) -> Any:
    """Encode the sum so far at the end of each week."""
    weeks = enumerate(kind.bounds, start=1)
    sums = ((line.total(kind.weights, range(week * WEEK_DAYS)), limits) for week, limits in weeks)
    return _within(line, sums, hard)


def encode_week_sums(line: Line, kind: WeekSums, hard: bool) -> Any:
    """Encode the sum of each week."""
    mondays = range(0, line.days, WEEK_DAYS)
    sums = (
        (line.total(kind.weights, range(monday, monday + WEEK_DAYS)), limits)
        for monday, limits in zip(mondays, kind.bounds, strict=True)
    )
    return _within(line, sums, hard)


def _within(line: Line, sums: Iterable[tuple[Any, Limits]], hard: bool) -> Any:
    """Keep each sum within its limits, or count those that are not."""
    count: Any = 0
    for total, (least, most) in sums:
        if hard:
            line.model.add_linear_constraint(total, least, most)
            continue
        below, above = line.model.new_bool_var(""), line.model.new_bool_var("")
        for broken, outside, inside in (
            (below, total < least, total >= least),
            (above, total > most, total <= most),
        ):
            line.model.add(outside).only_enforce_if(broken)
            line.model.add(inside).only_enforce_if(broken.negated())
        count += below + above
    return count
