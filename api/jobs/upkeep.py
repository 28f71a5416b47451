"""What a worker does beside working: its own promise, others' dropped runs, sweeps whose parts are done.

Everything here may be done by several workers at once and may stop at any point: each step is repeated until
it has been done.
"""

from __future__ import annotations

import logging
import threading
import time

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from api.access.retention import delete_old_runs
from api.jobs.attempt import close
from api.jobs.leases import renew, silent
from api.jobs.queue import JobQueue
from api.settings import Settings
from api.store import UNFINISHED, Database, Delivery, Run

_log = logging.getLogger("turnus.jobs")
_MOST_AT_ONCE = 500
_DELETE_EVERY_SECONDS = 600.0


class Upkeep:
    """A thread that looks after the queue every few seconds, and at once after a run has ended here."""

    def __init__(
        self, settings: Settings, database: Database, queue: JobQueue, executor: str, active: set[str]
    ) -> None:
        self.settings, self.database, self.queue = settings, database, queue
        self.executor, self.active = executor, active
        self._put: dict[tuple[str, str, int], float] = {}
        self._told: set[str] = set()
        self._next_deletion = 0.0
        self._wake, self._stopped = threading.Event(), False
        self._thread = threading.Thread(target=self._go_on, name="turnus-upkeep", daemon=True)

    def start(self) -> None:
        """Look after the queue from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Look after it no more."""
        self._stopped = True
        self._wake.set()
        self._thread.join(self.settings.lease_seconds)

    def soon(self) -> None:
        """Look after it now rather than in a moment."""
        self._wake.set()

    def _go_on(self) -> None:
        while not self._stopped:
            try:
                self.once()
            except Exception:  # a database that is away for a moment must not end the upkeep
                _log.exception("upkeep failed; it is tried again")
            self._wake.wait(self.settings.lease_seconds / 5)
            self._wake.clear()

    def once(self) -> None:
        """Do everything once."""
        renew(self.database, self.executor, self.settings.lease_seconds)
        self.take_over_dropped()
        self.take_up_lost()
        self.close_divided()
        self.put_waiting()
        self.put_webhooks()
        self.delete_old()

    def take_over_dropped(self) -> None:
        """Give the runs of workers that are gone to others."""
        with self.database.writing() as session:
            for lease in silent(session):
                if lease.executor == self.executor:
                    continue
                taken = self.queue.take_over(lease.executor)
                query = select(Run).where(Run.executor == lease.executor, Run.state == "running")
                for run in session.scalars(query.with_for_update()):
                    if run.id not in taken:  # its work under that name has ended without an answer
                        run.state, run.executor = "queued", None
                session.delete(lease)  # only now: whoever is interrupted before finds it again
                _log.warning("a worker is gone", extra={"executor": lease.executor, "runs": len(taken)})

    def take_up_lost(self) -> None:
        """Put runs back that are written down as this worker's, but that it does not work on."""
        query = select(Run).where(Run.executor == self.executor, Run.state == "running")
        with self.database.writing() as session:
            for run in session.scalars(query.with_for_update()):
                if run.id not in self.active:
                    run.state, run.executor = "queued", None

    def close_divided(self) -> None:
        """Let sweeps go on whose parts are all done."""
        part = aliased(Run)
        waits = exists().where(part.parent_id == Run.id, part.state.in_(UNFINISHED))
        divided = exists().where(part.parent_id == Run.id)
        query = select(Run).where(Run.state == "running", Run.executor.is_(None), divided, ~waits)
        with self.database.writing() as session:
            for run in session.scalars(query.with_for_update().limit(_MOST_AT_ONCE)):
                if run.wanted == "cancel":
                    close(session, run, "cancelled")
                else:
                    run.state = "queued"

    def put_waiting(self) -> None:
        """Put every waiting run in the queue whose name is not there yet, and look at it again now and then.

        A name that a worker has had without taking the run – because it was leaving, or the database was
        away – counts for nothing any more: the run is given another.
        """
        query = select(Run.id, Run.phase, Run.attempt).where(Run.state == "queued").order_by(Run.id)
        with self.database.reading() as session:
            waiting = {
                (row.id, row.phase, row.attempt) for row in session.execute(query.limit(_MOST_AT_ONCE))
            }
        due = time.monotonic() - self.settings.lease_seconds
        self._put = {name: at for name, at in self._put.items() if name in waiting and at > due}
        for name in sorted(waiting - self._put.keys()):
            self._put[name] = time.monotonic()
            if not self.queue.put(*name):
                self._rename(*name)

    def _rename(self, run_id: str, phase: str, attempt: int) -> None:
        waits = (Run.id == run_id, Run.phase == phase, Run.attempt == attempt, Run.state == "queued")
        with self.database.writing() as session:
            session.execute(update(Run).where(*waits).values(attempt=attempt + 1))
        self.soon()

    def put_webhooks(self) -> None:
        """Let the webhooks of runs that have ended be told, each once."""
        told = exists().where(Delivery.run_id == Run.id)
        query = select(Run.id).where(Run.webhook_url.is_not(None), Run.state.not_in(UNFINISHED), ~told)
        with self.database.reading() as session:
            waiting = set(session.scalars(query.limit(_MOST_AT_ONCE)))
        for run_id in sorted(waiting - self._told):
            self.queue.put_webhook(run_id)
        self._told = waiting

    def delete_old(self) -> None:
        """Delete what is kept for long enough, now and then."""
        if time.monotonic() >= self._next_deletion:
            self._next_deletion = time.monotonic() + _DELETE_EVERY_SECONDS
            delete_old_runs(self.database, self.settings)
