"""The application: settings in, routes out. Nothing here knows how a rota is made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.access.gate import Gate
from api.access.key_gate import gate_for
from api.jobs import JobQueue
from api.jobs.hub import Hub
from api.metrics import Measured, Metrics
from api.middleware import BodyLimit, PlainQuery, RequestContext
from api.openapi import TAGS, application, finish_openapi
from api.problems import RESPONSES, add_problem_handlers
from api.resources import ROUTERS
from api.resources.common import Services
from api.resources.desk import Desk
from api.settings import Settings
from api.store import Database, open_database
from turnus import __version__

_DESCRIPTION = """\
How many full-time posts a care unit can have, proven, with the rota that shows it.

Upload a scenario, submit a run, watch its events, fetch the result, compare runs. Every error is
`application/problem+json` with a `code`, the place (`where`) and a `hint`, in the language of
`Accept-Language` (nb, nn, en).
"""


def create_app(
    settings: Settings,
    database: Database | None = None,
    gate: Gate | None = None,
    queue: JobQueue | None = None,
) -> FastAPI:
    """Return the application over a database whose tables are up to date; without a queue, no runs."""
    rows = database or open_database(settings.store_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.hub = Hub(rows, settings.poll_seconds)
        yield
        await app.state.hub.close()
        app.state.desk.close()
        if database is None:
            rows.close()

    app = application(
        title="turnus", version=__version__, description=_DESCRIPTION, lifespan=lifespan, responses=RESPONSES,
        openapi_tags=TAGS,
    )  # fmt: skip
    app.state.services = Services(settings, rows)
    app.state.gate = gate or gate_for(settings, rows)
    app.state.queue = queue
    app.state.desk = Desk(settings.sync_seconds)
    app.state.metrics = Metrics(rows)
    app.add_middleware(PlainQuery)
    app.add_middleware(BodyLimit, most_bytes=settings.max_body_bytes)
    app.add_middleware(Measured, metrics=app.state.metrics)
    app.add_middleware(RequestContext, default_language=settings.language)
    add_problem_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    finish_openapi(app)
    return app
