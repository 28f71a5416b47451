"""Compensating rest, encoded over one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from turnus.clock import DAY_MINUTES
from turnus.cpsat.line import Actions, Line
from turnus.problem import OFF
from turnus.rules.kinds import CompensatingRest

_OFF: Actions = frozenset({OFF})


def encode_compensating_rest(line: Line, kind: CompensatingRest, hard: bool) -> Any:
    """Encode each three shifts in a row whose second rest does not make up for the first."""
    count: Any = 0
    for steps in _uncompensated(line.actions, kind):
        for last in range(line.days):
            first = last - len(steps) + 1
            literals = line.literals([(first + at, step) for at, step in enumerate(steps)])
            if literals is None:
                continue
            if hard:
                line.forbid(literals)
            else:
                count += line.happens(literals)
    return count


def _uncompensated(actions: int, kind: CompensatingRest) -> Iterator[tuple[Actions, ...]]:
    """Yield a shift, days off, a shift, days off, and the shifts that come too soon after these."""
    for first in range(1, actions):
        for second in range(1, actions):
            for off, short in _gaps_below(kind, first, second, kind.minimum):
                required = 2 * kind.minimum - short
                for off_after, thirds in _too_soon(actions, kind, second, required):
                    yield (
                        frozenset({first}), *(_OFF,) * off, frozenset({second}), *(_OFF,) * off_after, thirds,
                    )  # fmt: skip


def _gaps_below(kind: CompensatingRest, one: int, other: int, minimum: int) -> Iterator[tuple[int, int]]:
    """Yield (days off between, minutes of rest) for two shifts as long as the rest is below a minimum."""
    off = 0
    while (gap := (off + 1) * DAY_MINUTES + kind.starts[other] - kind.ends[one]) < minimum:
        yield off, gap
        off += 1


def _too_soon(
    actions: int, kind: CompensatingRest, shift: int, required: int
) -> Iterator[tuple[int, Actions]]:
    """Yield (days off between, shifts) that leave less than the required rest after a shift."""
    by_off: dict[int, set[int]] = {}
    for later in range(1, actions):
        for off, _ in _gaps_below(kind, shift, later, required):
            by_off.setdefault(off, set()).add(later)
    for off, shifts in by_off.items():
        yield off, frozenset(shifts)
