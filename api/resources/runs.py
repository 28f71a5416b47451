"""Runs: submitted, listed, stopped, deleted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from api.access import Caller, Reader, Runner, Writer
from api.access.log import record
from api.jobs import JobQueue, submitted
from api.jobs.attempt import close, tell
from api.jobs.targets import check_target
from api.problems import Problem
from api.resources.common import Page, Paged, Served, Services, page_of
from api.resources.run_documents import RunDocument, RunId, State, document, owned_run, whole_document
from api.resources.scenarios import owned, revision_of
from api.resources.strict import StrictRoute
from api.resources.submissions import RunRequest, check_pending, check_scenario, checked_options
from api.store import UNFINISHED, Run
from turnus import language
from turnus import translated as _

router = APIRouter(prefix="/v1/runs", tags=["runs"], route_class=StrictRoute)


@router.post("", status_code=202, operation_id="submitRun")
def submit_run(
    asked: RunRequest, served: Served, request: Request, response: Response, caller: Runner
) -> RunDocument:
    """Submit a run; it is worked out as soon as a worker is free. `Location` says where to follow it."""
    options = checked_options(served, asked)
    if asked.webhook_url is not None:
        check_target(asked.webhook_url, served.settings)
    with served.database.reading() as session:
        scenario = owned(session, caller, asked.scenario)
        revision = revision_of(session, scenario, asked.revision or scenario.revision)
    check_scenario(served, revision, options)
    with served.database.writing() as session:
        scenario = owned(session, caller, asked.scenario)  # it may have been deleted meanwhile
        check_pending(session, served, caller)
        run = submitted(
            session, scenario, revision.number, asked.kind, options, language(), caller.who, asked.webhook_url
        )
        record(session, request, caller, "run.submit", run.id)
    queue_of(request).put(run.id, run.phase, run.attempt)
    response.headers["Location"] = f"/v1/runs/{run.id}"
    return document(caller, run)


@router.get("", operation_id="listRuns")
def list_runs(
    served: Served,
    paging: Paged,
    caller: Reader,
    scenario: Annotated[str | None, Query(max_length=64, description="Id of a scenario.")] = None,
    state: Annotated[State | None, Query()] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    parent: Annotated[str | None, Query(max_length=64, description="Id of a sweep, for its parts.")] = None,
) -> Page[RunDocument]:
    """List runs, newest first; parts of sweeps only where their sweep is named."""
    query = caller.sees(select(Run), Run)
    for column, wanted in ((Run.scenario_id, scenario), (Run.state, state), (Run.kind, kind)):
        if wanted is not None:
            query = query.where(column == wanted)
    query = query.where(Run.parent_id.is_(None) if parent is None else Run.parent_id == parent)
    with served.database.reading() as session:
        rows, following = page_of(session, query, Run.id, paging)
    return Page(items=[document(caller, row) for row in rows], next=following)


@router.get("/{run_id}", operation_id="getRun")
def get_run(run_id: RunId, served: Served, caller: Reader) -> RunDocument:
    """Return a run with its files."""
    with served.database.reading() as session:
        return whole_document(session, caller, owned_run(session, caller, run_id))


@router.post("/{run_id}/cancel", status_code=202, operation_id="cancelRun")
def cancel_run(run_id: RunId, served: Served, request: Request, caller: Runner) -> RunDocument:
    """Stop a run, and every part of it; what it has found is thrown away."""
    return _wanted(run_id, "cancel", served, request, caller)


@router.post("/{run_id}/finish-now", status_code=202, operation_id="finishRunNow")
def finish_now(run_id: RunId, served: Served, request: Request, caller: Runner) -> RunDocument:
    """Stop searching and keep the best found, as if its time were over."""
    return _wanted(run_id, "finish", served, request, caller)


@router.delete("/{run_id}", status_code=204, operation_id="deleteRun")
def delete_run(run_id: RunId, served: Served, request: Request, caller: Writer) -> None:
    """Delete a finished run and everything it left."""
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id, lock=True)
        if run.state in UNFINISHED:
            raise Problem(409, "run-unfinished", _("The run is not finished."),
                          _("Cancel it, or wait for it, and delete then."))  # fmt: skip
        session.delete(run)
        record(session, request, caller, "run.delete", run_id)


def queue_of(request: Request) -> JobQueue:
    """Return the queue; raise 503 where this service has none."""
    found: JobQueue | None = request.app.state.queue
    if found is None:
        raise Problem(
            503, "no-queue", _("This service takes no runs."), _("Ask the operator to start workers.")
        )
    return found


def _wanted(run_id: str, wanted: str, served: Services, request: Request, caller: Caller) -> RunDocument:
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id, lock=True)
        if not caller.may("write") and run.created_by != caller.who:
            raise Problem(403, "not-allowed", _("Your key may stop only the runs that it has submitted."),
                          _("Ask a planner to stop it."))  # fmt: skip
        if run.state not in UNFINISHED:
            raise Problem(409, "run-finished", _("The run has ended already."), _("Fetch what it left."))
        parts = session.scalars(
            select(Run).where(Run.parent_id == run.id, Run.state.in_(UNFINISHED)).with_for_update()
        ).all()
        for one in (*parts, run):
            one.wanted = wanted
            if wanted == "cancel" and one.executor is None:  # nobody works on it, so nobody would hear
                close(session, one, "cancelled")
        tell(session, run.id, "wanted", {"wanted": wanted})
        record(session, request, caller, f"run.{wanted}", run.id)
        return whole_document(session, caller, run)
