"""Work that a caller waits for: a few threads beside the event loop, and no longer than the settings say."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from api.problems import Problem
from turnus import translated as _

T = TypeVar("T")
THREADS = 2
MOST_WAITING = 50


class Desk:
    """Does work while the caller waits; who has waited too long is told so.

    Work that was not begun by then is dropped. What has begun cannot be broken off: it keeps its thread
    until it is done, so that no more than `THREADS` are ever at it.
    """

    def __init__(self, most_seconds: float) -> None:
        self.most_seconds = most_seconds
        self.threads = ThreadPoolExecutor(THREADS, "turnus-desk")
        self.waiting = 0

    async def done(self, work: Callable[[], T]) -> T:
        """Return what the work gives.

        Raises
        ------
        Problem
            503 when it takes too long, or when too many wait already.
        """
        if self.waiting >= MOST_WAITING:
            raise self._busy()
        context = contextvars.copy_context()
        self.waiting += 1
        try:
            future = self.threads.submit(context.run, work)
            return await asyncio.wait_for(asyncio.wrap_future(future), self.most_seconds)
        except TimeoutError:
            raise self._busy() from None
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Take no more work; what has begun is finished."""
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _busy(self) -> Problem:
        text = _("This was not done within {seconds} s.").format(seconds=round(self.most_seconds))
        return Problem(503, "too-slow", text, _("Try again later, or with fewer people or weeks."),
                       headers={"Retry-After": "30"})  # fmt: skip


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


AtDesk = Annotated[Desk, Depends(_desk)]
