"""A pattern of days that comes round and round, encoded over one line."""

from __future__ import annotations

from typing import Any

from turnus.cpsat.line import Line
from turnus.rules.kinds import PeriodicPattern


def encode_periodic_pattern(line: Line, kind: PeriodicPattern, hard: bool) -> Any:
    """Encode the place in the pattern on which day 0 falls, among those that go on from the history."""
    places = _after_history(line, kind)
    outside = [_days_outside(line, kind, place) for place in places]
    if not hard:
        count = line.model.new_int_var(0, line.days, "")
        line.model.add_min_equality(count, outside)
        return count
    chosen = [line.model.new_bool_var("") for _place in places]
    line.model.add_exactly_one(chosen)
    for place, here in zip(places, chosen, strict=True):
        for day in range(line.days):
            step = kind.steps[(place + day) % len(kind.steps)]
            for action in set(range(line.actions)) - step:
                line.model.add_implication(here, line.cells[day][action].negated())
    return 0


def _after_history(line: Line, kind: PeriodicPattern) -> list[int]:
    """Return the places on which day 0 may fall; where the history leaves the pattern, a round begins."""
    steps = kind.steps
    places = anywhere = set(range(len(steps)))
    for action in line.history:
        kept = {place for place in places if action in steps[place]}
        kept = kept or {place for place in anywhere if action in steps[place]} or anywhere
        places = {(place + 1) % len(steps) for place in kept}
    return sorted(places)


def _days_outside(line: Line, kind: PeriodicPattern, place: int) -> Any:
    return sum(
        line.cells[day][action]
        for day in range(line.days)
        for action in sorted(set(range(line.actions)) - kind.steps[(place + day) % len(kind.steps)])
    )
