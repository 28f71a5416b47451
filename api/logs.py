"""Logs as JSON, one line each on stderr, with the request and the run that a line is about."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

#: The request that is being answered; empty outside of one.
REQUEST_ID: ContextVar[str] = ContextVar("turnus_request_id", default="")


class _WithRequest(logging.Filter):
    """Adds the id of the request to every line that is written while it is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through, without the copy in colours that uvicorn adds."""
        record.__dict__.pop("color_message", None)
        request_id = REQUEST_ID.get()
        if request_id and not hasattr(record, "request_id"):
            record.request_id = request_id
        return True


def start_logging(level: str) -> None:
    """Write what everybody logs as JSON lines on stderr, from a level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "%(levelname)s %(name)s %(message)s", timestamp=True, json_ensure_ascii=False,
            rename_fields={"levelname": "level", "name": "logger"},
        )
    )  # fmt: skip
    handler.addFilter(_WithRequest())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("alembic").setLevel(logging.WARNING)
