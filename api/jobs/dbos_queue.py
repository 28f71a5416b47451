"""The queue in DBOS: a file beside the rows, or the same PostgreSQL."""

from __future__ import annotations

import logging

from dbos import DBOS, DBOSClient, EnqueueOptions

QUEUE = "runs"
WEBHOOKS = "webhooks"
WEBHOOKS_AT_ONCE = 4
APPLICATION = "turnus"
RUN_WORKFLOW = "turnus.run"
WEBHOOK_WORKFLOW = "turnus.webhook"
#: Fixed, because jobs are taken and recovered by version: an upgrade of turnus must find the old ones.
APPLICATION_VERSION = "turnus-1"


class DbosQueue:
    """Names of runs in DBOS's tables."""

    def __init__(self, url: str) -> None:
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS.migrate(url)
        self._client = DBOSClient(system_database_url=url)

    def open(self, runs_at_once: int, poll_seconds: float) -> None:
        """Have the queues there before a worker listens: one that comes later is found after a second."""
        for name, at_once, pause in (
            (QUEUE, runs_at_once, poll_seconds),
            (WEBHOOKS, WEBHOOKS_AT_ONCE, max(poll_seconds, 1.0)),
        ):
            self._client.register_queue(
                name, worker_concurrency=at_once, polling_interval_sec=pause, application_name=APPLICATION
            )

    def put(self, run_id: str, phase: str, attempt: int) -> bool:
        """Let a worker take a run; the same run, phase and attempt only once.

        Returns False when a worker has had that name already: it needs another.
        """
        return self._put(RUN_WORKFLOW, QUEUE, f"{run_id}.{phase}.{attempt}", run_id, phase)

    def put_webhook(self, run_id: str) -> None:
        """Let a worker tell a run's webhook; once for each run."""
        self._put(WEBHOOK_WORKFLOW, WEBHOOKS, f"{run_id}.webhook", run_id)

    def take_over(self, executor: str) -> set[str]:
        """Give the runs of a worker that is gone to others; returns their ids."""
        taken = set()
        for queue in (QUEUE, WEBHOOKS):
            lost = self._client.list_workflows(
                status="PENDING", executor_id=executor, queue_name=queue, load_input=False, load_output=False
            )
            for one in lost:
                self._client.resume_workflow(one.workflow_id, queue_name=queue)
                taken.add(one.workflow_id.partition(".")[0])
        return taken

    def close(self) -> None:
        """Give back every connection."""
        self._client.destroy()

    def _put(self, workflow: str, queue: str, name: str, *arguments: str) -> bool:
        options: EnqueueOptions = {
            "workflow_name": workflow,
            "queue_name": queue,
            "workflow_id": name,
            "app_version": APPLICATION_VERSION,
        }
        status = self._client.enqueue(options, *arguments).get_status().status
        return status in ("ENQUEUED", "DELAYED", "PENDING")
