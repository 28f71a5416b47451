"""The desk: a tenant that asks for much leaves threads and places to the others."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from api.problems import Problem
from api.resources import desk as desks
from api.resources.desk import MOST_WAITING_OF_ONE, THREADS, THREADS_OF_ONE, Desk


class Slow:
    """Work that lasts until it is let go; counts how often it was begun."""

    def __init__(self) -> None:
        self.let_go, self.begun = threading.Event(), threading.Semaphore(0)

    def __call__(self) -> int:
        self.begun.release()
        self.let_go.wait(60)
        return 1

    def began(self, times: int) -> bool:
        """Wait until it was begun so many times."""
        return all(self.begun.acquire(timeout=60) for _time in range(times))


@contextmanager
def slow_work() -> Iterator[Slow]:
    work = Slow()
    try:
        yield work
    finally:
        work.let_go.set()


def at_desk(most_seconds: float, go: Callable[[Desk, Slow], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        desk = Desk(most_seconds)
        with slow_work() as work:
            await asyncio.wait_for(go(desk, work), 60)
        desk.close()

    asyncio.run(all_of_it())


def test_others_are_served_while_one_tenant_holds_all_that_it_may() -> None:
    async def go(desk: Desk, work: Slow) -> None:
        theirs = [asyncio.create_task(desk.done(work, "bergen")) for _one in range(THREADS + 1)]
        assert await asyncio.to_thread(work.began, THREADS_OF_ONE)
        assert await asyncio.wait_for(desk.done(lambda: 7, "oslo"), 30) == 7
        assert not work.begun.acquire(blocking=False)
        work.let_go.set()
        assert await asyncio.gather(*theirs) == [1] * (THREADS + 1)

    at_desk(60, go)


def test_work_that_goes_on_after_its_time_still_takes_its_tenant_s_turn() -> None:
    async def go(desk: Desk, work: Slow) -> None:
        asked = [desk.done(work, "bergen") for _one in range(THREADS_OF_ONE)]
        for told in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(told, Problem)
        assert await asyncio.to_thread(work.began, THREADS_OF_ONE)
        with pytest.raises(Problem):
            await desk.done(work, "bergen")
        assert not work.begun.acquire(blocking=False)
        work.let_go.set()
        desk.most_seconds = 60
        assert await desk.done(lambda: 7, "bergen") == 7

    at_desk(0.5, go)


def test_one_tenant_does_not_fill_the_waiting_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST_WAITING_OF_ONE", THREADS_OF_ONE + 1)
    assert 2 * MOST_WAITING_OF_ONE <= desks.MOST_WAITING

    async def go(desk: Desk, work: Slow) -> None:
        theirs = [asyncio.create_task(desk.done(work, "bergen")) for _one in range(THREADS_OF_ONE + 1)]
        assert await asyncio.to_thread(work.began, THREADS_OF_ONE)
        with pytest.raises(Problem) as told:
            await desk.done(lambda: 7, "bergen")
        assert (told.value.status, told.value.headers) == (503, {"Retry-After": "30"})
        assert await desk.done(lambda: 7, "oslo") == 7
        work.let_go.set()
        await asyncio.gather(*theirs)

    at_desk(60, go)
