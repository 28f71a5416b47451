"""Answers as JSON or as a page to print, whichever the caller asks for."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

#: A page shows only what stands in it, and runs nothing.
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
AS_PAGE: dict[str, Any] = {"content": {"text/html": {"schema": {"type": "string"}}}}


def wants_page(request: Request) -> bool:
    """Whether `Accept` puts HTML before JSON."""
    weights = {"text/html": 0.0, "application/json": 0.0}
    for part in request.headers.get("accept", "").split(",")[:50]:
        kind, *parameters = (word.strip().lower() for word in part.split(";"))
        if kind in weights:
            weights[kind] = max(weights[kind], _weight(parameters))
    return weights["text/html"] > weights["application/json"]


def _weight(parameters: list[str]) -> float:
    for one in parameters:
        if one.startswith("q="):
            try:
                return float(one[2:])
            except ValueError:
                return 0.0
    return 1.0


def answer(document: dict[str, Any] | None, page: str | None) -> Response:
    """Return the page where there is one, otherwise the document."""
    if page is not None:
        return HTMLResponse(page, headers={"Content-Security-Policy": _ALONE, "Vary": "Accept"})
    return JSONResponse(document, headers={"Vary": "Accept"})
