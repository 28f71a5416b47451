"""Sums over windows of days, encoded over one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from turnus.cpsat.line import Line, Literal
from turnus.rules.kinds import WindowSum


def encode_window_sum(line: Line, kind: WindowSum, hard: bool) -> Any:
    """Encode each window whose last day lies in the horizon, for a line that the limits hold for."""
    holds = _holds(line, kind)
    if holds is False:
        return 0
    count: Any = 0
    for days in windows(line, kind):
        total = sum((_of_day(line, kind, day) for day in days if line.known(day)), start=0)
        least = kind.least if all(map(line.known, days)) else 0
        if hard:
            _keep(line, total, least, kind.most, holds)
        else:
            count += _outside(line, total, least, kind.most, holds)
    return count


def windows(line: Line, kind: WindowSum) -> Iterator[range]:
    """Yield the days of each window that ends in the horizon; before day 0 they are negative."""
    for last in range(line.days):
        first = last - kind.days + 1
        if first % kind.every == 0:
            yield range(first, last + 1)


def _of_day(line: Line, kind: WindowSum, day: int) -> Any:
    """Return what a known day adds: a number for a day of the history."""
    if day < 0 and not line.cyclic:
        return kind.weights[line.history[day]]
    return line.total(kind.weights, (day % line.days,))


def _holds(line: Line, kind: WindowSum) -> Literal:
    """Return the literal "the limits hold for this line"; True when they hold for every line."""
    if not kind.given or kind.given_least <= 0:
        return True
    if kind.given_least > line.days:
        return False
    days = sum(line.cells[day][action] for day in range(line.days) for action in sorted(kind.given))
    holds = line.model.new_bool_var("")
    line.model.add(days >= kind.given_least).only_enforce_if(holds)
    line.model.add(days < kind.given_least).only_enforce_if(holds.negated())
    return holds


def _keep(line: Line, total: Any, least: int, most: int, holds: Literal) -> None:
    kept = line.model.add_linear_constraint(total, least, most)
    if holds is not True:
        kept.only_enforce_if(holds)


def _outside(line: Line, total: Any, least: int, most: int, holds: Literal) -> Literal:
    """Return the literal "the limits hold and this sum lies outside them"."""
    outside = _whether(line, total > most, total <= most)
    if least:
        below = _whether(line, total < least, total >= least)
        above, outside = outside, line.model.new_bool_var("")
        line.model.add_max_equality(outside, [above, below])
    return outside if holds is True else line.happens([outside, holds])


def _whether(line: Line, broken: Any, kept: Any) -> Literal:
    """Return the literal that holds exactly when the one condition does, else the other does."""
    literal = line.model.new_bool_var("")
    line.model.add(broken).only_enforce_if(literal)
    line.model.add(kept).only_enforce_if(literal.negated())
    return literal
