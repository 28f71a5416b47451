"""The revisions of a scenario: listed, read, compared; none of them ever changes."""

from __future__ import annotations

import difflib
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from api.access import Caller, Reader
from api.access.log import record
from api.access.privacy import shown_text
from api.problems import Problem
from api.resources.common import MOST_ON_A_PAGE, Served, Services
from api.resources.desk import AtDesk
from api.resources.scenarios import RevisionNumber, ScenarioId, content_of, owned, revision_of
from api.store import Revision
from turnus import translated as _

MOST_LINES = 20_000
router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])


class RevisionDocument(BaseModel):
    """One revision of a scenario, as listed."""

    scenario: str
    number: int
    sha256: str
    created_at: AwareDatetime
    created_by: str


class RevisionDiff(BaseModel):
    """What differs between two revisions, as a unified diff of the texts."""

    scenario: str
    before: int
    after: int
    same_content: bool
    diff: str


@router.get("/{scenario_id}/revisions", operation_id="listRevisions")
def list_revisions(
    scenario_id: ScenarioId,
    served: Served,
    caller: Reader,
    below: Annotated[int, Query(ge=1, le=1_000_001, description="Only earlier ones than this.")] = 1_000_001,
    limit: Annotated[int, Query(ge=1, le=MOST_ON_A_PAGE, description="Most of them.")] = MOST_ON_A_PAGE,
) -> list[RevisionDocument]:
    """List the revisions of a scenario, newest first."""
    columns = (Revision.scenario_id, Revision.number, Revision.sha256, Revision.created_at,
               Revision.created_by)  # fmt: skip
    with served.database.reading() as session:
        scenario = owned(session, caller, scenario_id)
        query = select(*columns).where(Revision.scenario_id == scenario.id, Revision.number < below)
        rows = session.execute(query.order_by(Revision.number.desc()).limit(limit))
        return [_revision_document(row) for row in rows]


@router.get(
    "/{scenario_id}/revisions/{number}/content",
    operation_id="getRevisionContent",
    response_class=Response,
    responses={200: {"content": {"application/yaml": {}, "application/json": {}}}},
)
def get_revision_content(
    scenario_id: ScenarioId,
    number: RevisionNumber,
    served: Served,
    request: Request,
    caller: Reader,
) -> Response:
    """Return the text of one revision as it was uploaded."""
    with served.database.writing() as session:
        revision = revision_of(session, owned(session, caller, scenario_id), number)
        record(session, request, caller, "scenario.read", scenario_id)
    return content_of(revision, caller)


@router.get("/{scenario_id}/diff", operation_id="diffRevisions")
async def diff_revisions(
    scenario_id: ScenarioId,
    served: Served,
    request: Request,
    desk: AtDesk,
    before: Annotated[int, Query(ge=1, le=1_000_000)],
    after: Annotated[int, Query(ge=1, le=1_000_000)],
    caller: Reader,
) -> RevisionDiff:
    """Return what differs between two revisions."""
    return await desk.done(lambda: _diff(scenario_id, served, request, caller, before, after), caller.tenant)


def _diff(
    scenario_id: str, served: Services, request: Request, caller: Caller, before: int, after: int
) -> RevisionDiff:
    with served.database.writing() as session:
        scenario = owned(session, caller, scenario_id)
        old, new = (revision_of(session, scenario, number) for number in (before, after))
        record(session, request, caller, "scenario.read", scenario.id)
    before_text, after_text = (shown_text(caller, one).splitlines() for one in (old, new))
    if max(len(before_text), len(after_text)) > MOST_LINES:
        text = _("Texts of more than {most} lines are not set against each other.").format(most=MOST_LINES)
        raise Problem(422, "too-many-lines", text, _("Fetch both revisions and compare them yourself."))
    lines = difflib.unified_diff(before_text, after_text, str(before), str(after), lineterm="")
    return RevisionDiff(
        scenario=scenario.id, before=before, after=after, same_content=old.sha256 == new.sha256,
        diff="\n".join(lines),
    )  # fmt: skip


def _revision_document(row: Any) -> RevisionDocument:
    return RevisionDocument(
        scenario=row.scenario_id, number=row.number, sha256=row.sha256, created_at=row.created_at,
        created_by=row.created_by,
    )  # fmt: skip
