"""The revisions of a scenario: listed, read, compared; none of them ever changes."""

from __future__ import annotations

import difflib
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from api.access import Reader
from api.access.log import record
from api.access.privacy import shown_text
from api.resources.common import Served
from api.resources.scenarios import RevisionNumber, ScenarioId, content_of, owned, revision_of
from api.store import Revision

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
def list_revisions(scenario_id: ScenarioId, served: Served, caller: Reader) -> list[RevisionDocument]:
    """List the revisions of a scenario, newest first."""
    with served.database.reading() as session:
        scenario = owned(session, caller, scenario_id)
        query = select(Revision).where(Revision.scenario_id == scenario.id).order_by(Revision.number.desc())
        return [_revision_document(row) for row in session.scalars(query.limit(1000))]


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
def diff_revisions(
    scenario_id: ScenarioId,
    served: Served,
    request: Request,
    before: Annotated[int, Query(ge=1, le=1_000_000)],
    after: Annotated[int, Query(ge=1, le=1_000_000)],
    caller: Reader,
) -> RevisionDiff:
    """Return what differs between two revisions."""
    with served.database.writing() as session:
        scenario = owned(session, caller, scenario_id)
        old, new = (revision_of(session, scenario, number) for number in (before, after))
        record(session, request, caller, "scenario.read", scenario.id)
    before_text, after_text = (
        shown_text(caller, one.content, one.media_type).splitlines() for one in (old, new)
    )
    lines = difflib.unified_diff(before_text, after_text, str(before), str(after), lineterm="")
    return RevisionDiff(
        scenario=scenario.id, before=before, after=after, same_content=old.sha256 == new.sha256,
        diff="\n".join(lines),
    )  # fmt: skip


def _revision_document(row: Revision) -> RevisionDocument:
    return RevisionDocument(
        scenario=row.scenario_id, number=row.number, sha256=row.sha256, created_at=row.created_at,
        created_by=row.created_by,
    )  # fmt: skip
