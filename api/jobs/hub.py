"""One look at the events for all who listen, however many they are."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool

from api.store import UNFINISHED, Database, Event

_MOST_WAITING = 1_000  # events of one listener; who is slower than that begins anew with Last-Event-ID
_LOOK_BACK = 500  # ids: in PostgreSQL a lower id may become visible after a higher one
HEARTBEAT_SECONDS = 15.0
_MOST_AT_ONCE = 2_000
_MOST_CLOSING_SECONDS = 5.0  # for the last look, where the database does not answer


@dataclass(frozen=True, slots=True)
class Told:
    """One event."""

    id: int
    run_id: str
    kind: str
    at: dt.datetime
    data: dict[str, Any]

    @property
    def is_last(self) -> bool:
        """Whether nothing follows it."""
        return self.kind == "state" and self.data.get("state") not in UNFINISHED


class Hub:
    """Looks for new events while anybody listens, and gives each to the listeners of its run."""

    def __init__(self, database: Database, poll_seconds: float) -> None:
        self.database, self.poll_seconds = database, poll_seconds
        self._listeners: dict[str, set[asyncio.Queue[Told | None]]] = {}
        self._seen: deque[int] = deque(maxlen=4 * _LOOK_BACK)
        self._looking: asyncio.Task[None] | None = None
        self.closed = asyncio.Event()

    async def events(self, run_id: str, after: int) -> AsyncIterator[Told | None]:
        """Yield the events of a run after an id, old ones first, then new ones; None now and then."""
        queue: asyncio.Queue[Told | None] = asyncio.Queue(_MOST_WAITING)
        self._listeners.setdefault(run_id, set()).add(queue)
        try:
            sent: set[int] = set()
            for told in await run_in_threadpool(self._stored, run_id, after):
                sent.add(told.id)
                yield told
                if told.is_last:
                    return
            await self._look()
            while not self.closed.is_set():
                try:
                    told_or_end = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield None
                    continue
                if told_or_end is None:
                    return
                if told_or_end.id > after and told_or_end.id not in sent:
                    yield told_or_end
                    if told_or_end.is_last:
                        return
        finally:
            self._listeners[run_id].discard(queue)
            if not self._listeners[run_id]:
                del self._listeners[run_id]

    async def close(self) -> None:
        """End every stream; listeners come back by themselves."""
        self.closed.set()
        for queues in self._listeners.values():
            for queue in queues:
                with suppress(asyncio.QueueFull):
                    queue.put_nowait(None)
        if self._looking is not None:  # not cancelled: its thread would go on in a database that closes
            await asyncio.wait({self._looking}, timeout=_MOST_CLOSING_SECONDS)

    @property
    def listening(self) -> int:
        """Return how many listen."""
        return sum(map(len, self._listeners.values()))

    async def _look(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_on())

    async def _look_on(self) -> None:
        last = await run_in_threadpool(self._highest)
        while self._listeners and not self.closed.is_set():
            for told in await run_in_threadpool(self._new, max(0, last - _LOOK_BACK), list(self._listeners)):
                last = max(last, told.id)
                if told.id not in self._seen:
                    self._seen.append(told.id)
                    self._give(told)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closed.wait(), self.poll_seconds)

    def _give(self, told: Told) -> None:
        for queue in self._listeners.get(told.run_id, ()):
            try:
                queue.put_nowait(told)
            except asyncio.QueueFull:  # it comes back with Last-Event-ID
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(None)

    def _highest(self) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.max(Event.id))) or 0

    def _stored(self, run_id: str, after: int) -> list[Told]:
        query = select(Event).where(Event.run_id == run_id, Event.id > after).order_by(Event.id)
        with self.database.reading() as session:
            return [_told(row) for row in session.scalars(query)]

    def _new(self, after: int, runs: list[str]) -> list[Told]:
        query = select(Event).where(Event.id > after, Event.run_id.in_(runs)).order_by(Event.id)
        with self.database.reading() as session:
            return [_told(row) for row in session.scalars(query.limit(_MOST_AT_ONCE))]


def _told(row: Event) -> Told:
    return Told(row.id, row.run_id, row.kind, row.at, row.data)
