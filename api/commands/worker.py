"""`turnus worker`: work on the jobs of a service, on this or another machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.commands.common import settings_of
from api.jobs.process import run_worker


def worker(told: Mapping[str, Any]) -> int:
    """Work until SIGTERM or Ctrl-C, then give back what is unfinished."""
    return run_worker(settings_of(told))
