"""A worker as a process of its own: `turnus worker`."""

from __future__ import annotations

import signal
import threading

from api.commands.common import rows_of
from api.jobs.dbos_queue import DbosQueue
from api.jobs.worker import Worker
from api.settings import Settings


def run_worker(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT, then give back what is unfinished; returns the exit code."""
    leave = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: leave.set())
    with rows_of(settings) as database:
        queue = DbosQueue(settings.queue_url)
        worker = Worker(settings, database, queue)
        worker.start()
        leave.wait()
        worker.stop()
        queue.close()
    return 0
