"""Lines that keep limits over the whole plan, found by a price on each shift that a limit counts.

A line program that counted every limit would be as large as the product of all of them. With a price of
λ ≥ 0 on every shift that counts, the best line earns, at the dearer prices, p(λ); no line that keeps the
limits earns more than p(λ) + Σ λ·most (Lagrange). The λ are remembered, for prices change little from one
call to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.rules.kinds import PlanShifts

FloatArray = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]
Search = Callable[[FloatArray], tuple[float, Line]]
FIRST_STEP = 0.1  # of the usual price of a shift, doubled until a line keeps the limits
MORE_TRIES = 3  # times as many, until a line keeps the limits


@dataclass(frozen=True)
class PlanLimits:
    """How often shifts may be worked in a plan: `members[l, action]` is 1 where limit l counts an action."""

    members: FloatArray
    most: FloatArray

    @classmethod
    def of(cls, kinds: Sequence[PlanShifts], actions: int) -> PlanLimits:
        """Return the limits of some kinds."""
        members = np.zeros((len(kinds), actions))
        for at, kind in enumerate(kinds):
            members[at, sorted(kind.members)] = 1.0
        return cls(members, np.array([float(kind.most) for kind in kinds]))

    def excess(self, line: Line) -> FloatArray:
        """Return how much oftener than allowed a line works what each limit counts."""
        return np.asarray(self.members[:, line].sum(axis=1) - self.most, np.float64)

    def kept(self, line: Line) -> bool:
        """Return whether a line keeps all limits."""
        return bool((self.excess(line) <= 0).all())

    def kept_by(self, lines: Line) -> npt.NDArray[np.bool_]:
        """Return which of some lines keep all limits."""
        kept = np.ones(len(lines), bool)
        for counts, most in zip(self.members, self.most, strict=True):
            kept &= counts[lines].sum(axis=1) <= most
        return kept


@dataclass(frozen=True)
class Limited:
    """The best line found that keeps the limits, what it earns, and the most that any can earn."""

    bound: float
    earned: float
    line: Line | None
    penalty: FloatArray

    @property
    def exact(self) -> bool:
        """Whether no other line that keeps the limits earns more."""
        return self.line is not None and self.bound <= self.earned


def best_within(
    limits: PlanLimits, prices: FloatArray, search: Search, penalty: FloatArray, tries: int
) -> Limited:
    """Return a good line within the limits, with a bound on all of them.

    Parameters
    ----------
    search
        Gives the best line at prices by day and action, and what it earns; minus infinity when there is none.
    penalty
        λ of each limit to begin with, in whole numbers.
    tries
        Line programs solved, or as many more as it takes to find a line that keeps the limits.
    """
    usual = float(np.abs(prices[np.isfinite(prices)]).mean()) + 1.0
    found = Limited(np.inf, -np.inf, None, penalty)
    for tried in range(MORE_TRIES * tries):
        if tried >= tries and found.line is not None:
            break
        value, line = search(prices - penalty @ limits.members)
        if not np.isfinite(value):
            return Limited(value, value, None, penalty)
        excess = limits.excess(line)
        bound = value + float(penalty @ limits.most)
        earned = bound + float(penalty @ excess)
        if bound < found.bound:
            found = Limited(bound, found.earned, found.line, penalty)
        if (excess <= 0).all() and earned > found.earned:
            found = Limited(found.bound, earned, line, found.penalty)
        if found.exact:
            return found
        if found.line is None:
            penalty = np.where(excess > 0, np.round(2 * penalty + FIRST_STEP * usual), penalty)
        else:
            penalty = _moved(penalty, excess, bound - found.earned)
    return found


def _moved(penalty: FloatArray, excess: FloatArray, gap: float) -> FloatArray:
    """Return dearer prices where a limit is broken and cheaper ones where there is room: a subgradient step.

    `gap` is by how much the bound is hoped to fall.
    """
    direction = np.where((excess < 0) & (penalty <= 0), 0.0, excess)
    length = float(direction @ direction)
    return penalty if length == 0 else np.maximum(0.0, np.round(penalty + gap / length * direction))
