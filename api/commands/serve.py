"""`turnus serve`: the HTTP API with a worker in the same process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api import serving
from api.commands.common import settings_of


def serve(told: Mapping[str, Any]) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    return serving.serve(settings_of(told))
