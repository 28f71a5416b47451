"""For whoever runs the service: is it alive, is it ready, what does it measure."""

from __future__ import annotations

import hmac
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.access import caller_of
from api.access.key_gate import sent
from api.metrics import Metrics
from api.problems import Place, Problem, not_allowed
from api.resources.common import Served, Services
from api.settings import Settings
from turnus import __version__
from turnus import translated as _

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """The service is alive."""

    status: Literal["alive"] = "alive"
    version: str = Field(examples=["0.1.0"])


class Readiness(BaseModel):
    """The service can do its work."""

    status: Literal["ready"] = "ready"


@router.get("/health", operation_id="getHealth")
async def get_health() -> Health:
    """Say that the service is alive; nothing else is looked at."""
    return Health(version=__version__)


@router.get("/ready", operation_id="getReadiness")
def get_readiness(served: Served) -> Readiness:
    """Say that database, tables and data folder can be used; otherwise 503 names what cannot."""
    wrong = list(not_ready(served))
    if wrong:
        detail = "; ".join(f"{place.path}: {place.expected}; {place.found}" for place in wrong)
        raise Problem(503, "not-ready", detail, wrong[0].hint, wrong, {"Retry-After": "5"})
    return Readiness()


def not_ready(served: Services) -> Iterator[Place]:
    """Yield what the service cannot work without, and does not have."""
    try:
        with served.database.reading() as session:
            session.execute(text("SELECT 1"))
        if not served.database.is_at_head():
            yield Place(path="tables", expected=_("expected tables of this version"),
                        found=_("found tables of another version"),
                        hint=_("Start `turnus serve` of this version, which updates them."))  # fmt: skip
    except SQLAlchemyError as error:
        yield Place(path="database", expected=_("expected a database that answers"),
                    found=_("found {value}").format(value=type(error).__name__),
                    hint=_("Start the database, or correct TURNUS_DATABASE_URL."))  # fmt: skip
    folders = {"temporary_folder": Path(tempfile.gettempdir())}
    if served.database.is_sqlite:
        folders["data_dir"] = served.settings.data_dir
    for name, folder in folders.items():
        yield from _unwritable(name, folder)


def _unwritable(name: str, folder: Path) -> Iterator[Place]:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".ready-"):
            pass
    except OSError as error:
        yield Place(path=name, expected=_("expected a folder that can be written"),
                    found=_("found {value}").format(value=error.strerror or type(error).__name__),
                    hint=_("Correct TURNUS_DATA_DIR or TMPDIR, or the rights of the folder."))  # fmt: skip


@router.get(
    "/metrics", operation_id="getMetrics", response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)  # fmt: skip
def get_metrics(request: Request, served: Served) -> Response:
    """Return counts and durations for Prometheus; where there are keys, the operator alone may see them."""
    if not served.settings.metrics_public:
        _check_may_measure(request, served.settings)
    metrics: Metrics = request.app.state.metrics
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)


def _check_may_measure(request: Request, settings: Settings) -> None:
    """Refuse whoever does not run the service: what is measured is of every municipality."""
    if settings.access == "local":
        if not caller_of(request).may("admin"):
            raise not_allowed("admin")
        return
    given, key = sent(request), settings.metrics_key
    if key is None or not hmac.compare_digest(given.encode(), key.get_secret_value().encode()):
        text = _("What is measured is of every municipality; no key of one opens it.")
        raise Problem(
            403, "not-allowed", text, _("The operator sets TURNUS_METRICS_KEY and sends it as a bearer.")
        )
