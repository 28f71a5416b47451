"""A worker: takes runs from the queue, and looks after what others have dropped."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from contextlib import suppress

from dbos import DBOS, DBOSConfig

from api.jobs.child import Processes
from api.jobs.dbos_queue import (
    APPLICATION,
    APPLICATION_VERSION,
    RUN_WORKFLOW,
    WEBHOOK_WORKFLOW,
    DbosQueue,
)
from api.jobs.leases import renew, withdraw
from api.jobs.supervise import work
from api.jobs.upkeep import Upkeep
from api.jobs.webhooks import deliver
from api.settings import Settings
from api.store import Database

_log = logging.getLogger("turnus.jobs")
_LEAVE_SECONDS = 10.0


class Worker:
    """One process's share of the work; `start` it once, `stop` it to give unfinished runs back."""

    def __init__(self, settings: Settings, database: Database, queue: DbosQueue) -> None:
        self.settings, self.database, self.queue = settings, database, queue
        # Never the same twice: two workers of one name would both run each other's jobs.
        self.executor = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(6)}"
        self.active: set[str] = set()
        self.processes = Processes()
        self._leaving = threading.Event()
        self._idle = threading.Condition()
        self._upkeep = Upkeep(settings, database, queue, self.executor, self.active)

    def start(self) -> None:
        """Promise to be heard of, then take runs."""
        global _current
        renew(self.database, self.executor, self.settings.lease_seconds)
        _current = self
        self.processes.prepare()
        self.queue.open(self.settings.workers, self.settings.poll_seconds)
        DBOS(config=self._config())
        DBOS.launch()
        self._upkeep.start()
        _log.info("worker starts", extra={"executor": self.executor, "workers": self.settings.workers})

    def stop(self) -> None:
        """Give back what runs, with its best so far, and leave."""
        global _current
        self._leaving.set()
        with self._idle:
            self._idle.wait_for(lambda: not self.active, _LEAVE_SECONDS)
        self._upkeep.stop()
        DBOS.destroy()
        self.processes.close()
        # The database may be gone already: the others then wait until the promise is over.
        with suppress(Exception):
            self.queue.take_over(self.executor)  # what came out of the queue while this worker was leaving
            withdraw(self.database, self.executor)
        _current = None
        _log.info("worker leaves", extra={"executor": self.executor})

    def run(self, run_id: str, phase: str) -> None:
        """Work one run out."""
        self.active.add(run_id)
        try:
            if not self._leaving.is_set():
                work(
                    self.database, self.settings, self.processes, run_id, phase, self.executor, self._leaving
                )  # fmt: skip
        finally:
            with self._idle:
                self.active.discard(run_id)
                self._idle.notify_all()
        self._upkeep.soon()

    def _config(self) -> DBOSConfig:
        return {
            "name": APPLICATION,
            "system_database_url": self.settings.queue_url,
            "application_version": APPLICATION_VERSION,
            "executor_id": self.executor,
            "enable_otlp": False,
            "log_level": "WARNING",
        }


_current: Worker | None = None


def _worker() -> Worker:
    if _current is None:
        raise RuntimeError("no worker has been started in this process")
    return _current


@DBOS.step(name="turnus.work")
def _work(run_id: str, phase: str) -> None:
    _worker().run(run_id, phase)


@DBOS.workflow(name=RUN_WORKFLOW)
def _run(run_id: str, phase: str) -> None:
    _work(run_id, phase)


@DBOS.step(name="turnus.deliver")
def _deliver(run_id: str) -> float | None:
    worker = _worker()
    return deliver(worker.database, worker.settings, run_id)


@DBOS.workflow(name=WEBHOOK_WORKFLOW)
def _webhook(run_id: str) -> None:
    pause = _deliver(run_id)
    while pause is not None:
        DBOS.sleep(pause)
        pause = _deliver(run_id)
