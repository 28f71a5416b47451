"""Hours that a line shortens by itself, as CP-SAT has them."""

from __future__ import annotations

from typing import Any

from turnus.cpsat.line import Line
from turnus.rules.kinds import ConvertedHours

Limit = tuple[int, int, int]  # full, shortest, longest


def encode_converted_hours(line: Line, kind: ConvertedHours, hard: bool) -> Any:
    """Encode that the planned hours lie between the two limits, each shortened by the line's credits."""
    worked = line.total([kind.parts * minutes for minutes in kind.minutes], range(line.days))
    credit = sum(
        weight * cell
        for cells, weights in zip(line.cells, kind.credits, strict=True)
        for cell, weight in zip(cells, weights, strict=True)
        if weight
    )
    if hard:
        _at_least(line, worked, credit, kind.least)
        _at_most(line, worked, credit, kind.most)
        return 0
    short = _shortened(line, credit, kind, kind.least) - worked
    long = worked - _shortened(line, credit, kind, kind.most)
    return _begun_minutes(line, kind, [short, long])


def _at_least(line: Line, worked: Any, credit: Any, limit: Limit) -> None:
    """Keep `worked` at the shortest or more, and at the longest or at what the credits leave of the full."""
    full, shortest, longest = limit
    line.model.add(worked >= shortest)
    at_longest = line.model.new_bool_var("")
    line.model.add(worked >= longest).only_enforce_if(at_longest)
    line.model.add(worked + credit >= full).only_enforce_if(at_longest.negated())


def _at_most(line: Line, worked: Any, credit: Any, limit: Limit) -> None:
    """Keep `worked` at the longest or less, and at the shortest or at what the credits leave of the full."""
    full, shortest, longest = limit
    line.model.add(worked <= longest)
    at_shortest = line.model.new_bool_var("")
    line.model.add(worked <= shortest).only_enforce_if(at_shortest)
    line.model.add(worked + credit <= full).only_enforce_if(at_shortest.negated())


def _shortened(line: Line, credit: Any, kind: ConvertedHours, limit: Limit) -> Any:
    """Return min(longest, max(shortest, full - credit))."""
    full, shortest, longest = limit
    lowest = min(shortest, full - sum(max(day) for day in kind.credits))
    above = line.model.new_int_var(shortest, max(shortest, full), "")
    line.model.add_max_equality(above, [shortest, full - credit])
    shortened = line.model.new_int_var(lowest, max(longest, full), "")
    line.model.add_min_equality(shortened, [above, longest])
    return shortened


def _begun_minutes(line: Line, kind: ConvertedHours, distances: list[Any]) -> Any:
    """Return the largest distance in minutes, begun ones counted whole; nothing when all are below zero."""
    most = kind.parts * line.days * max(kind.minutes) + max(map(abs, (*kind.least, *kind.most)))
    apart = line.model.new_int_var(0, most, "")
    line.model.add_max_equality(apart, [*distances, 0])
    minutes = line.model.new_int_var(0, -(-most // kind.parts), "")
    line.model.add_division_equality(minutes, apart + (kind.parts - 1), kind.parts)
    return minutes
