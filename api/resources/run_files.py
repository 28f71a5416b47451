"""What a run has left: its answer, its rota, its files."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access import Reader
from api.access.log import record
from api.jobs.attempt import BEST_SO_FAR
from api.problems import Problem, not_found
from api.resources.bodies import JSON_TYPE
from api.resources.common import Served
from api.resources.run_documents import RunId, owned_run
from api.resources.strict import StrictRoute
from api.store import UNFINISHED, Artifact, Run
from turnus import translated as _

router = APIRouter(prefix="/v1/runs", tags=["runs"], route_class=StrictRoute)
FileName = Annotated[
    str, Path(max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["report.html"])
]
#: The main answer of each kind of run.
RESULT_OF = {"solve": "result.json"}
FILE_TYPES = ("application/json", "text/csv", "text/html", "image/svg+xml")


@router.get(
    "/{run_id}/result", operation_id="getRunResult", response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)  # fmt: skip
def get_result(run_id: RunId, served: Served, request: Request, caller: Reader) -> Response:
    """Return the answer as JSON: `turnus-result/1` for a solve."""
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id)
        record(session, request, caller, "run.read", run.id)
        return _file(session, run, RESULT_OF.get(run.kind, f"{run.kind}.json"))


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
        return _file(session, run, found)


@router.get(
    "/{run_id}/files/{name}", operation_id="getRunFile", response_class=Response,
    responses={200: {"content": {kind: {} for kind in FILE_TYPES}}},
)  # fmt: skip
def get_file(run_id: RunId, name: FileName, served: Served, request: Request, caller: Reader) -> Response:
    """Return one file of a run."""
    with served.database.writing() as session:
        run = owned_run(session, caller, run_id)
        record(session, request, caller, "run.read", run.id)
        return _file(session, run, name)


def _file(session: Session, run: Run, name: str) -> Response:
    found = session.get(Artifact, (run.id, name))
    if found is None:
        raise _no_file(run)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(found.content, media_type=found.media_type, headers=headers)


def _no_file(run: Run) -> Problem:
    if run.state in UNFINISHED:
        return Problem(409, "run-unfinished", _("The run is not finished."),
                       _("Follow it at {url}.").format(url=f"/v1/runs/{run.id}/events"))  # fmt: skip
    return not_found()
