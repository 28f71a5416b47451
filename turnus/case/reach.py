"""Hour granularity: which sizes have a set of shifts that adds up to their hours."""

from __future__ import annotations

import math
from dataclasses import dataclass

from turnus.case.usable import Usable


@dataclass(frozen=True)
class Totals:
    """The totals of minutes that some set of a class's shifts adds up to, as bits of one whole number."""

    bits: int
    unit: int

    def between(self, least: int, most: int) -> bool:
        """Whether some total lies in [least, most]."""
        first, last = -(-max(least, 0) // self.unit), most // self.unit
        return last >= first and (self.bits >> first) & ((1 << (last - first + 1)) - 1) != 0

    def nearest(self, least: int, most: int) -> tuple[int | None, int | None]:
        """Return the nearest total below and above the window, in minutes; None where there is none."""
        below = self.bits & ((1 << -(-max(least, 0) // self.unit)) - 1)
        first = most // self.unit + 1
        above = self.bits >> first
        lowest = (above & -above).bit_length() - 1 + first
        return (
            (below.bit_length() - 1) * self.unit if below else None,
            lowest * self.unit if above else None,
        )


def totals(usable: Usable) -> Totals:
    """Return the totals of minutes a class's line can reach, counting only shifts and days.

    Each day holds at most one shift, fixed shifts are counted, and a limit on each week's hours caps the
    total. Rest and weekends are not looked at, so a total may still turn out impossible.
    """
    minutes = usable.problem.minutes
    fixed = usable.forced()
    by_day: dict[int, set[int]] = {}
    for day, action in usable.left:
        if day not in fixed:
            by_day.setdefault(day, set()).add(minutes[action])
    base = sum(minutes[action] for action in fixed.values())
    unit = math.gcd(base, *(length for lengths in by_day.values() for length in lengths)) or 1
    bits = 1 << (base // unit)
    for lengths in by_day.values():
        bits |= _or_all(bits, [length // unit for length in lengths])
    cap = usable.minutes_cap
    if cap is not None:
        bits &= (1 << (cap // unit + 1)) - 1
    return Totals(bits, unit)


def _or_all(bits: int, shifts: list[int]) -> int:
    together = 0
    for shift in shifts:
        together |= bits << shift
    return together
