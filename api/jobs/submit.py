"""A run put down: the row first, then its name in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from api.jobs.attempt import tell
from api.store import Run, Scenario, new_id
from turnus import JOB_KINDS


def submitted(
    session: Session,
    scenario: Scenario,
    revision: int,
    kind: str,
    options: Mapping[str, Any],
    language: str,
    who: str,
    webhook_url: str | None = None,
) -> Run:
    """Return a new run as a row; `JobQueue.put` makes it known when the row is kept.

    Whoever is interrupted in between leaves a row that the upkeep puts in the queue.
    """
    run = Run(
        id=new_id("run"), tenant_id=scenario.tenant_id, unit=scenario.unit, scenario_id=scenario.id,
        revision=revision, kind=kind, options=dict(options), language=language, created_by=who,
        webhook_url=webhook_url, phase="parts" if JOB_KINDS[kind].is_sweep else "run", state="queued",
        goals=[], attempt=0,
    )  # fmt: skip
    session.add(run)
    session.flush()
    tell(session, run.id, "state", {"state": "queued"})
    return run
