"""Runs: submitted, watched, fetched, stopped."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.access import Caller, Reader, Runner, Writer
from api.access.log import record
from api.access.privacy import shown_options
from api.jobs import JobQueue, submitted
from api.jobs.attempt import BEST_SO_FAR, close, tell
from api.jobs.targets import check_target
from api.problems import Place, Problem, not_found
from api.resources.bodies import JSON_TYPE
from api.resources.common import Page, Paged, Served, Services, page_of
from api.resources.scenarios import owned, revision_of
from api.resources.strict import StrictRoute
from api.store import UNFINISHED, Artifact, Run
from turnus import JOB_KINDS, case_of, language, read_scenario
from turnus import translated as _

router = APIRouter(prefix="/v1/runs", tags=["runs"], route_class=StrictRoute)
RUN_ID = r"^run_[0-9a-f]+(p[0-9]+)?$"
RunId = Annotated[str, Path(max_length=64, pattern=RUN_ID, examples=["run_0664c9d1f0a2b3"])]
FileName = Annotated[
    str, Path(max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["report.html"])
]
State = Literal["queued", "running", "finished", "failed", "cancelled"]
#: The main answer of each kind of run.
RESULT_OF = {"solve": "result.json"}
FILE_TYPES = ("application/json", "text/csv", "text/html", "image/svg+xml")
_RETRY_SECONDS = 30


class RunRequest(BaseModel):
    """What is asked: a scenario, its newest revision unless another is named, a verb and its options."""

    scenario: str = Field(max_length=64, pattern=r"^scn_[0-9a-f]+$", examples=["scn_0664c9d1f0a2b3"])
    revision: int | None = Field(None, ge=1, le=1_000_000, examples=[1])
    kind: str = Field("solve", max_length=40, examples=["solve"])
    options: dict[str, Any] = Field({}, examples=[{"time_seconds": 60, "seed": 1}])
    webhook_url: str | None = Field(None, max_length=2000, examples=["https://example.org/turnus"])

    model_config = {"extra": "forbid"}


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


@router.post("", status_code=202, operation_id="submitRun")
def submit_run(
    asked: RunRequest, served: Served, request: Request, response: Response, caller: Runner
) -> RunDocument:
    """Submit a run; it is worked out as soon as a worker is free. `Location` says where to follow it."""
    options = _checked_options(served, asked)
    if asked.webhook_url is not None:
        check_target(asked.webhook_url, served.settings)
    with served.database.writing() as session:
        scenario = owned(session, caller, asked.scenario)
        revision = revision_of(session, scenario, asked.revision or scenario.revision)
        _check_overrides(revision.content, revision.media_type, options)
        _check_pending(session, served, caller)
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


@router.get(
    "/{run_id}/result", operation_id="getRunResult", response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)  # fmt: skip
def get_result(run_id: RunId, served: Served, request: Request, caller: Reader) -> Response:
    """Return the answer as JSON: `turnus-result/1` for a solve."""
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id)
        record(session, request, caller, "run.read", run.id)
        return _file(session, caller, run, RESULT_OF.get(run.kind, f"{run.kind}.json"))


@router.get(
    "/{run_id}/rota", operation_id="getRunRota", response_class=Response,
    responses={200: {"content": {"text/csv": {}, JSON_TYPE: {"schema": {"type": "object"}}}}},
)  # fmt: skip
def get_rota(run_id: RunId, served: Served, request: Request, caller: Reader) -> Response:
    """Return the rota as CSV; while the run is not finished, the best so far.

    With `Accept: application/json` it comes as posts and assignments, as `turnus check` reads them.
    """
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id)
        record(session, request, caller, "run.read", run.id)
        known = set(session.scalars(select(Artifact.name).where(Artifact.run_id == run.id)))
        if (
            request.headers.get("accept", "").split(";")[0].strip() == JSON_TYPE
            and RESULT_OF["solve"] in known
        ):
            document = json.loads(session.get_one(Artifact, (run.id, RESULT_OF["solve"])).content)
            return JSONResponse({part: document[part] for part in ("posts", "assignments")})
        names = ("rota.csv", "draft-rota.csv", BEST_SO_FAR)
        found = next((name for name in names if name in known), None)
        if found is None:
            raise _no_file(run)
        return _file(session, caller, run, found)


@router.get(
    "/{run_id}/files/{name}", operation_id="getRunFile", response_class=Response,
    responses={200: {"content": {kind: {} for kind in FILE_TYPES}}},
)  # fmt: skip
def get_file(run_id: RunId, name: FileName, served: Served, request: Request, caller: Reader) -> Response:
    """Return one file of a run."""
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id)
        record(session, request, caller, "run.read", run.id)
        return _file(session, caller, run, name)


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


def owned_run(session: Session, caller: Caller, run_id: str, *, lock: bool = False) -> Run:
    """Return a run that the caller sees; raise 404 for every other."""
    query = caller.sees(select(Run).where(Run.id == run_id), Run)
    found: Run | None = session.scalars(query.with_for_update() if lock else query).first()
    if found is None:
        raise not_found()
    return found


def queue_of(request: Request) -> JobQueue:
    """Return the queue; raise 503 where this service has none."""
    found: JobQueue | None = request.app.state.queue
    if found is None:
        raise Problem(
            503, "no-queue", _("This service takes no runs."), _("Ask the operator to start workers.")
        )
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


def _checked_options(served: Services, asked: RunRequest) -> dict[str, Any]:
    """Return the options as they are kept; raise 422 for a kind or an option that there is not."""
    kind = JOB_KINDS.get(asked.kind)
    if kind is None:
        text = _("Expected one of {known}; found {value}.").format(
            known=", ".join(JOB_KINDS), value=repr(asked.kind)
        )
        raise Problem(422, "kind-unknown", text, _("`/v1/job-kinds` lists them with their options."))
    try:
        options = kind.Options.model_validate(asked.options)
    except ValidationError as error:
        places = [
            Place(path=".".join(map(str, ("options", *one["loc"]))), expected=one["msg"],
                  found=_("found {value}").format(value=repr(one.get("input"))[:80]), hint="")
            for one in error.errors()[:20]
        ]  # fmt: skip
        detail = "; ".join(f"{place.path}: {place.expected}" for place in places[:3])
        raise Problem(422, "options-invalid", detail,
                      _("`/v1/job-kinds` lists them with their options."), places) from None  # fmt: skip
    most = served.settings.max_run_seconds
    if options.time_seconds is not None and options.time_seconds > most:
        text = _("This service lets a run take at most {most} s.").format(most=round(most))
        raise Problem(422, "too-long", text, _("Ask for less time."))
    return options.model_dump(mode="json", exclude_unset=True)


def _check_overrides(content: str, media_type: str, options: dict[str, Any]) -> None:
    """Refuse what makes the scenario one that cannot be read, before anything waits for a worker."""
    overrides = options.get("set", ())
    if overrides or not options.get("draft", False):
        loaded = read_scenario(content, overrides, is_json=media_type == "application/json")
        case_of(loaded, to_check=True, draft=options.get("draft", False))


def _check_pending(session: Session, served: Services, caller: Caller) -> None:
    most = served.settings.max_pending_runs
    query = select(func.count()).select_from(Run).where(Run.tenant_id == caller.tenant)
    waiting = session.scalar(query.where(Run.state.in_(UNFINISHED), Run.parent_id.is_(None))) or 0
    if waiting >= most:
        text = _("{n} runs are not finished; more are taken when some are.").format(n=waiting)
        raise Problem(429, "too-many-runs", text, _("Wait, or cancel some."),
                      headers={"Retry-After": str(_RETRY_SECONDS)})  # fmt: skip


def _wanted(run_id: str, wanted: str, served: Services, request: Request, caller: Caller) -> RunDocument:
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id, lock=True)
        if not caller.may("write") and run.created_by != caller.who:
            raise Problem(
                403, "not-allowed", _("The run is another's."), _("Only planners stop others' runs.")
            )
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


def _file(session: Session, caller: Caller, run: Run, name: str) -> Response:
    found = session.get(Artifact, (run.id, name))
    if found is None:
        raise _no_file(run)
    del caller
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(found.content, media_type=found.media_type, headers=headers)


def _no_file(run: Run) -> Problem:
    if run.state in UNFINISHED:
        return Problem(409, "run-unfinished", _("The run is not finished."),
                       _("Follow it at {url}.").format(url=f"/v1/runs/{run.id}/events"))  # fmt: skip
    return not_found()
