"""HiGHS without a word on the console."""

from __future__ import annotations

from collections.abc import Callable

import highspy
from highspy.highs import HighsCallbackEvent


class _QuietHighs(highspy.Highs):
    """HiGHS that is silent before its constructor is through.

    The constructor switches callbacks on, and that writes the banner: after it, every option comes too late.
    """

    def enableCallbacks(self) -> None:
        """Switch callbacks on, silently."""
        self.silent()
        super().enableCallbacks()


def quiet_highs(**options: bool | int | float | str) -> highspy.Highs:
    """Return an empty HiGHS program with the given options, which writes nothing to the console.

    Each call gives its own program and touches nothing that threads share.
    """
    lp = _QuietHighs()
    lp.silent()
    for option, value in {"log_to_console": False, **options}.items():
        lp.setOptionValue(option, value)
    return lp


def heed(program: highspy.Highs, stop: Callable[[], bool]) -> None:
    """Let a program end in mid-solve once `stop` is true; it is asked at every step."""

    def asked(event: HighsCallbackEvent) -> None:
        event.interrupt(stop())  # also when false: a program that was ended once may be run again

    program.cbSimplexInterrupt += asked
    program.cbIpmInterrupt += asked
    program.cbMipInterrupt += asked
