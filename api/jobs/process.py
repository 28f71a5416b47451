"""A worker as a process of its own: `turnus worker`."""

from __future__ import annotations

import signal
import threading

from api.jobs.dbos_queue import DbosQueue
from api.jobs.worker import Worker
from api.settings import Settings
from api.store import open_database


def run_worker(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT, then give back what is unfinished; returns the exit code."""
    leave = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: leave.set())
    database = open_database(settings.store_url)
    database.migrate()
    queue = DbosQueue(settings.queue_url)
    worker = Worker(settings, database, queue)
    worker.start()
    leave.wait()
    worker.stop()
    queue.close()
    database.close()
    return 0
