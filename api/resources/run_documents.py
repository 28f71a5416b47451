"""Runs as they are shown, and which of them a caller sees."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.access import Caller
from api.access.privacy import shown_options
from api.problems import not_found
from api.store import Artifact, Run
from turnus import JOB_KINDS
from turnus import translated as _

RUN_ID = r"^run_[0-9a-f]+(p[0-9]+)?$"
RunId = Annotated[str, Path(max_length=64, pattern=RUN_ID, examples=["run_0664c9d1f0a2b3"])]
State = Literal["queued", "running", "finished", "failed", "cancelled"]


class GoalDocument(BaseModel):
    """One goal in order of priority: the value found, its bound, and whether that is proven."""

    id: str
    value: float | None
    bound: float | None
    proven: bool
    unit: str


class RunFile(BaseModel):
    """A file of a run."""

    name: str
    media_type: str
    bytes: int
    url: str


class RunDocument(BaseModel):
    """A run: what was asked, how far it is, and what came of it; what is not known is null."""

    id: str = Field(examples=["run_0664c9d1f0a2b3"])
    scenario: str
    revision: int
    unit: str
    kind: str
    title: str
    options: dict[str, Any]
    parent: str | None
    parts: dict[str, int] | None = Field(None, description="Parts of a sweep, by state.")
    state: State
    status: str | None = Field(
        description="`optimal`, `feasible`, `infeasible`, `unknown`; `done` for sweeps."
    )
    summary: str | None
    goals: list[GoalDocument]
    problem: dict[str, Any] | None
    attempt: int
    spent_seconds: float
    created_at: AwareDatetime
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    created_by: str
    files: list[RunFile] = []


def owned_run(session: Session, caller: Caller, run_id: str, *, lock: bool = False) -> Run:
    """Return a run that the caller sees; raise 404 for every other."""
    query = caller.sees(select(Run).where(Run.id == run_id), Run)
    found: Run | None = session.scalars(query.with_for_update() if lock else query).first()
    if found is None:
        raise not_found()
    return found


def document(
    caller: Caller, run: Run, parts: dict[str, int] | None = None, files: list[RunFile] | None = None
) -> RunDocument:
    """Return a run as the caller may see it."""
    return RunDocument(
        id=run.id, scenario=run.scenario_id, revision=run.revision, unit=run.unit, kind=run.kind,
        title=run.title or _(JOB_KINDS[run.kind].title) if run.kind in JOB_KINDS else run.kind,
        options=shown_options(caller, run.options), parent=run.parent_id, parts=parts, state=run.state,
        status=run.status, summary=run.summary, goals=[GoalDocument(**goal) for goal in run.goals],
        problem=run.problem, attempt=run.attempt, spent_seconds=round(run.spent_seconds, 3),
        created_at=run.created_at, started_at=run.started_at, finished_at=run.finished_at,
        created_by=run.created_by, files=files or [],
    )  # fmt: skip


def whole_document(session: Session, caller: Caller, run: Run) -> RunDocument:
    """Return a run with its files and the states of its parts."""
    counted = select(Run.state, func.count()).where(Run.parent_id == run.id).group_by(Run.state)
    states = {state: count for state, count in session.execute(counted)}  # noqa: C416
    columns = (Artifact.name, Artifact.media_type, func.length(Artifact.content))
    rows = session.execute(select(*columns).where(Artifact.run_id == run.id).order_by(Artifact.name))
    files = [
        RunFile(name=name, media_type=media, bytes=size, url=f"/v1/runs/{run.id}/files/{name}")
        for name, media, size in rows
    ]
    return document(caller, run, states or None, files)
