"""Work that a caller waits for: a few threads beside the event loop, and no longer than the settings say."""

from __future__ import annotations

import asyncio
import contextvars
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from api.problems import Problem
from turnus import translated as _

T = TypeVar("T")
THREADS = 3
#: No tenant holds all threads, nor all places of those who wait.
THREADS_OF_ONE = THREADS - 1
MOST_WAITING = 50
MOST_WAITING_OF_ONE = MOST_WAITING // 2


class Desk:
    """Does work while the caller waits; who has waited too long is told so.

    Work that was not begun by then is dropped. What has begun cannot be broken off: it keeps its thread
    until it is done, so that no more than `THREADS` are ever at it.
    """

    def __init__(self, most_seconds: float) -> None:
        self.most_seconds = most_seconds
        self.threads = ThreadPoolExecutor(THREADS, "turnus-desk")
        self.waiting: Counter[str] = Counter()
        self._turns = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(THREADS_OF_ONE))

    async def done(self, work: Callable[[], T], tenant: str) -> T:
        """Return what the work of a tenant gives.

        Raises
        ------
        Problem
            503 when it takes too long, or when too many wait already.
        """
        if self.waiting[tenant] >= MOST_WAITING_OF_ONE or self.waiting.total() >= MOST_WAITING:
            raise self._busy()
        self.waiting[tenant] += 1
        try:
            return await asyncio.wait_for(self._in_turn(work, tenant), self.most_seconds)
        except TimeoutError:
            raise self._busy() from None
        finally:
            self.waiting[tenant] -= 1

    async def _in_turn(self, work: Callable[[], T], tenant: str) -> T:
        """Return what the work gives; the tenant's turn lasts as long as the thread is at it."""
        turn, loop = self._turns[tenant], asyncio.get_running_loop()
        await turn.acquire()

        def over(_future: object) -> None:
            with suppress(RuntimeError):  # the service has ended meanwhile
                loop.call_soon_threadsafe(turn.release)

        future = self.threads.submit(contextvars.copy_context().run, work)
        future.add_done_callback(over)
        return await asyncio.wrap_future(future)

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
