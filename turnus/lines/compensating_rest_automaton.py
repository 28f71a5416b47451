"""The automaton of compensating rest."""

from __future__ import annotations

from turnus.clock import DAY_MINUTES
from turnus.rules.kinds import CompensatingRest

OFF = 0
#: When the last shift ended, from today's midnight, and the rest required after it; None when past mattering.
CompensatingState = tuple[int, int] | None


class CompensatingRestAutomaton:
    """State: the end of the last shift, and how long the rest after it must be.

    Forgotten once the rest is as long as could be asked for.
    """

    def __init__(self, kind: CompensatingRest) -> None:
        self.kind = kind

    def blank(self, weekday: int = 0) -> CompensatingState:
        """Return no shift before."""
        del weekday
        return None

    def step(self, weekday: int, state: CompensatingState, action: int) -> tuple[CompensatingState, int]:
        """Return the last shift and what it asks for; count a shift that ends a rest too early."""
        del weekday
        minimum = self.kind.minimum
        breach, required = 0, 0
        if action == OFF:
            if state is None:
                return None, 0
            ends, required = state
        else:
            ends = self.kind.ends[action]
            if state is not None:
                rest = self.kind.starts[action] - state[0]
                breach = int(state[1] > 0 and rest < state[1])  # overlapping shifts leave less than none
                required = 2 * minimum - rest if rest < minimum else 0
        ends -= DAY_MINUTES
        return (None if -ends >= max(minimum, required) else (ends, required)), breach
