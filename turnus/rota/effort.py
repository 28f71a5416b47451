"""How long a search may go on: by moves, which repeats, and by the clock, which does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

TELL_SECONDS = 0.4  # between words to whoever watches


@dataclass
class Limits:
    """Stop signals of one phase of a solve, or of a part of it.

    `moves` is the number of moves each worker may make. `deadline` is in seconds of
    `time.monotonic`; None is no limit. `whole` is what this is a part of. Once the clock or the
    user has cut anything short, `cut_short` of the whole stays true.
    """

    moves: int
    workers: int = 2
    deadline: float | None = None
    cancelled: Callable[[], bool] = lambda: False
    whole: Limits | None = None
    cut_short: bool = field(default=False)

    def stop(self) -> bool:
        """Whether to come to an end now."""
        now = self.cancelled() or (self.deadline is not None and time.monotonic() > self.deadline)
        if now:
            self.note_cut()
        return now

    def note_cut(self) -> None:
        """Record, here and in the whole, that the clock or the user decided something."""
        self.cut_short = True
        if self.whole is not None:
            self.whole.note_cut()

    def utmost(self) -> Limits:
        """Return the limits of the whole of which this is a part, or a part of a part."""
        return self if self.whole is None else self.whole.utmost()

    def part(self, share: float, moves: float | None = None) -> Limits:
        """Return limits for a part of the work: a share of the time that is left, and of the moves."""
        deadline = self.deadline
        if deadline is not None:
            now = time.monotonic()
            deadline = now + max(0.0, deadline - now) * share
        return Limits(
            max(1, round(self.moves * (share if moves is None else moves))),
            self.workers,
            deadline,
            self.cancelled,
            self,
        )
