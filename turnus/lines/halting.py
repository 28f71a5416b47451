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
    """Give the sign once `stop` has been true, whatever it says later, and take it back when the block ends.

    `stop` is asked by a thread of its own, every `LOOK_SECONDS`, until it has been true or the block ends.
    What it raises gives the sign too, and is raised at the end. One block at a time heeds a sign.
    """
    over = threading.Event()
    failed: list[BaseException] = []

    def look() -> None:
        try:
            while not over.wait(LOOK_SECONDS):
                if stop():
                    break
            else:
                return
        except BaseException as error:  # raised below, where somebody hears of it
            failed.append(error)
        halt[0] = True

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
        halt[0] = False
        if failed:
            raise failed[0]
