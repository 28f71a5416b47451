"""What jobs with many solves share: answers kept in the job's folder, progress of all, parts of like size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from turnus.jobs.kind import Job

if TYPE_CHECKING:
    from turnus.dialogue.runs import Batch, Runs
    from turnus.dialogue.variant import Variant

One = TypeVar("One")


def runs_of(job: Job) -> Runs:
    """Return what answers a job's questions, with the answers that its parts have found."""
    from turnus.dialogue.runs import Runs
    from turnus.solve import DEFAULT_EFFORT

    return Runs(job.answers, job.options.seed, effort=job.options.effort or DEFAULT_EFFORT)


def variant_of(job: Job) -> Variant:
    """Return the job's scenario; raises as reading it does."""
    from turnus.dialogue.variant import Variant

    return Variant.of_file(job.scenario, job.options.set, draft=job.options.draft)


def seconds_each(job: Job) -> float | None:
    """Return the seconds of each search; None where effort is told, which goes before."""
    return job.seconds if job.options.effort is None else None


def telling(job: Job) -> Callable[[Batch], None]:
    """Return what tells how many of a sweep's questions are answered."""

    def tell(batch: Batch) -> None:
        line = {"event": "progress", "phase": "sweep", "done": batch.done, "total": batch.total}
        job.tell({**line, "running": sorted(batch.running)[:8]})

    return tell


def in_groups(items: Sequence[One], most: int) -> list[list[One]]:
    """Return items in at most so many groups, dealt round so that the groups are of like size."""
    return [list(items[at::most]) for at in range(min(most, len(items)))]
