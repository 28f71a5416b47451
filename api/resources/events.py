"""What happens to a run, as it happens: Server-Sent Events that go on where a listener stopped."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.access import Gate, Reader
from api.jobs import hub as hubs
from api.jobs.hub import Hub, Told
from api.problems import Problem
from api.resources.common import Served
from api.resources.run_documents import RunId, owned_run
from api.store import UNFINISHED, Event

router = APIRouter(prefix="/v1/runs", tags=["runs"])
_EVENT_STREAM = "text/event-stream"
_ONE_EVENT = {
    "type": "object",
    "description": "One event of the stream; `data` is JSON with `run`, `at` and what happened.",
    "properties": {"id": {"type": "string"}, "event": {"type": "string"}, "data": {"type": "string"}},
}


@router.get(
    "/{run_id}/events",
    operation_id="watchRun",
    response_class=StreamingResponse,
    responses={
        200: {"content": {_EVENT_STREAM: {"schema": _ONE_EVENT}}},
        204: {"description": "The run has ended and everything has been heard: do not come back."},
    },
)
async def watch_run(
    run_id: RunId,
    served: Served,
    request: Request,
    caller: Reader,
    last_event_id: Annotated[str | None, Header(max_length=20, pattern=r"^[0-9]{1,18}$")] = None,
) -> Response:
    """Stream the events of a run: `state`, `progress`, `parts`, `wanted`; it ends when the run has ended.

    With `Last-Event-ID` it goes on after that event. It also ends when the key that it was opened with is
    revoked or expires.
    """
    after = int(last_event_id or 0)

    def nothing_follows() -> bool:
        with served.database.reading() as session:
            run = owned_run(session, caller, run_id)  # 404 before anything is streamed
            later = select(Event.id).where(Event.run_id == run_id, Event.id > after)
            return run.state not in UNFINISHED and session.scalars(later.limit(1)).first() is None

    if await run_in_threadpool(nothing_follows):
        return Response(status_code=204)  # browsers come back after every other answer
    hub: Hub = request.app.state.hub
    stream = _lines(request, hub, run_id, after)
    return StreamingResponse(stream, media_type=_EVENT_STREAM, headers={"X-Accel-Buffering": "no"})


async def _lines(request: Request, hub: Hub, run_id: str, after: int) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    looked_at = time.monotonic()
    async for told in hub.events(run_id, after):
        if time.monotonic() - looked_at >= hubs.HEARTBEAT_SECONDS:
            if not await run_in_threadpool(_is_still_known, request):
                return
            looked_at = time.monotonic()
        yield ": still here\n\n" if told is None else _line(told)


def _is_still_known(request: Request) -> bool:
    """Whether the key that a stream was opened with is good; when nobody can tell, it is not."""
    gate: Gate = request.app.state.gate
    try:
        gate.caller(request)
    except (Problem, SQLAlchemyError):
        return False
    return True


def _line(told: Told) -> str:
    data = json.dumps({"run": told.run_id, "at": told.at.isoformat(), **told.data}, ensure_ascii=False)
    return f"id: {told.id}\nevent: {told.kind}\ndata: {data}\n\n"
