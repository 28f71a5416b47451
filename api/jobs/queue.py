"""The queue behind a small interface of ours, so that another engine could take its place."""

from __future__ import annotations

from typing import Protocol


class JobQueue(Protocol):
    """Names of runs waiting for a worker; a name that is there already is not put in twice."""

    def put(self, run_id: str, phase: str, attempt: int) -> bool:
        """Let a worker take a run; the same run, phase and attempt only once.

        Returns False when a worker has had that name already: it needs another.
        """
        ...

    def put_webhook(self, run_id: str) -> None:
        """Let a worker tell a run's webhook; once for each run."""
        ...

    def take_over(self, executor: str) -> set[str]:
        """Give the runs of a worker that is gone to others; returns their ids."""
        ...

    def close(self) -> None:
        """Give back every connection."""
        ...
