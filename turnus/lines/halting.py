"""A sign to stop for compiled searches, which cannot ask by themselves whether to go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

Halt = npt.NDArray[np.bool_]  # one cell; once true, whatever is under way ends at its next day
LOOK_SECONDS = 0.05  # between questions whether to stop


class StoppedError(Exception):
    """Something was being looked for when the sign to stop came: nothing is known of it."""


def new_halt() -> Halt:
    """Return a sign that has not been given."""
    return np.zeros(1, np.bool_)


@contextmanager
def heeding(stop: Callable[[], bool], halt: Halt) -> Iterator[None]:
    """Give the sign once `stop` is true, for as long as the block lasts; it is taken back at the end."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            if stop():
                halt[0] = True
                return

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
        halt[0] = False
