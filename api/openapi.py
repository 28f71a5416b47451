"""The OpenAPI document and its page: tags explained, problems in their own media type, files of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI

from api.problems import MEDIA_TYPE

TAGS = [
    {"name": "scenarios", "description": "What a unit needs and who works there, in revisions."},
    {"name": "runs", "description": "Jobs: submitted, watched, fetched, stopped."},
    {"name": "audits", "description": "Any rota against the rules, while you wait."},
    {"name": "comparisons", "description": "Finished runs beside each other."},
    {"name": "reference", "description": "Rules with their sources, templates, kinds of jobs, JSON Schemas."},
    {"name": "access", "description": "Keys, the access log, and one person's data: export and erase."},
    {"name": "operation", "description": "Is it alive, is it ready, what does it measure."},
]  # fmt: skip


def application(**told: Any) -> FastAPI:
    """Return the application; its `/docs` needs no other site where the extra `docs` is installed."""
    offline = "fastapi_offline"
    make: Callable[..., FastAPI] = (
        FastAPI if find_spec(offline) is None else import_module(offline).FastAPIOffline
    )
    return make(**told)


def finish_openapi(app: FastAPI) -> None:
    """Let the application give its OpenAPI document with problems in their own media type."""
    derived = app.openapi

    def finished() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = derived()
            for operation in operations(document):
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        problem = response["content"][MEDIA_TYPE]
                        response["content"] = {MEDIA_TYPE: problem}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = finished  # type: ignore[method-assign]  # FastAPI documents this way of extending it


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of an OpenAPI document."""
    for path in document["paths"].values():
        yield from (operation for operation in path.values() if "operationId" in operation)
