"""Scenarios: uploaded as YAML or JSON, kept in revisions that never change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.access import Caller, Reader, Writer
from api.access.caller import UNIT_PATTERN
from api.access.log import record
from api.access.privacy import shown_text
from api.problems import Problem, not_found
from api.resources.bodies import ScenarioBody, ScenarioText, scenario_body
from api.resources.common import Page, Paged, Served, Services, page_of
from api.resources.desk import AtDesk
from api.settings import Settings
from api.store import UNFINISHED, Revision, Run, Scenario, new_id, now
from turnus import Finding, ImpossibleError, Loaded, case_of, pseudonymised, read_scenario
from turnus import translated as _

#: What is kept of an upload, checked, with its notes, and who is who where its names are not kept.
Upload = tuple[ScenarioText, Loaded, list["Note"], dict[str, str] | None]
router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])
SCENARIO_ID = r"^scn_[0-9a-f]+$"
ScenarioId = Annotated[str, Path(max_length=64, pattern=SCENARIO_ID, examples=["scn_0664c9d1f0a2b3"])]
Pseudonymise = Annotated[
    bool, Query(description="Keep `Person 1`, `Person 2` … for names; the answer says who is who, once.")
]
Unit = Annotated[
    str,
    Query(
        max_length=100, pattern=f"^$|{UNIT_PATTERN}", description="The unit it belongs to.",
        examples=["nord-1"],
    ),
]  # fmt: skip
RevisionNumber = Annotated[int, Path(ge=1, le=1_000_000)]


class Note(BaseModel):
    """Something the planner should know before a run."""

    path: str
    line: int | None
    text: str


class ScenarioDocument(BaseModel):
    """A scenario as listed; `sha256` is of what it says, whatever its layout."""

    id: str = Field(examples=["scn_0664c9d1f0a2b3"])
    name: str = Field(examples=["Solsiden sykehjem, 2. etasje"])
    unit: str = Field(examples=["nord-1"])
    revision: int = Field(examples=[1])
    sha256: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    created_by: str


class ScenarioSaved(ScenarioDocument):
    """A scenario just saved, with what the planner should know.

    `pseudonyms` says who is who, this once: the service keeps no names and cannot say it again.
    """

    notes: list[Note] = []
    pseudonyms: dict[str, str] | None = Field(None, examples=[{"Kari Nordmann": "Person 1"}])


@router.post("", status_code=201, operation_id="createScenario", openapi_extra=scenario_body())
async def create_scenario(
    body: ScenarioBody,
    served: Served,
    response: Response,
    request: Request,
    desk: AtDesk,
    caller: Writer,
    unit: Unit = "",
    pseudonymise: Pseudonymise = False,
) -> ScenarioSaved:
    """Save a new scenario, checked in full; nothing is kept of one that has a mistake."""
    upload = await desk.done(lambda: _upload(served.settings, body, pseudonymise), caller.tenant)
    return await run_in_threadpool(_created, upload, served, response, request, caller, unit)


def _created(
    upload: Upload, served: Services, response: Response, request: Request, caller: Caller, unit: str
) -> ScenarioSaved:
    body, loaded, notes, names = upload
    unit = _own_unit(caller, unit)
    scenario = Scenario(
        id=new_id("scn"), tenant_id=caller.tenant, unit=unit, name=loaded.scenario.name[:200], revision=1,
        created_by=caller.who,
    )  # fmt: skip
    with served.database.writing() as session:
        session.add(scenario)
        session.flush()
        session.add(_revision(scenario, loaded, body, caller))
        record(session, request, caller, "scenario.create", scenario.id)
    response.headers["Location"] = f"/v1/scenarios/{scenario.id}"
    response.headers["ETag"] = etag(1, loaded.sha256)
    return _saved(scenario, loaded.sha256, notes, names)


@router.get("", operation_id="listScenarios")
def list_scenarios(
    served: Served,
    paging: Paged,
    caller: Reader,
    name: Annotated[str | None, Query(max_length=200, description="Part of the name.")] = None,
    unit: Annotated[str | None, Query(max_length=100)] = None,
) -> Page[ScenarioDocument]:
    """List scenarios, newest first."""
    query = caller.sees(select(Scenario), Scenario)
    if name:
        query = query.where(func.lower(Scenario.name).contains(name.lower(), autoescape=True))
    if unit is not None:
        query = query.where(Scenario.unit == unit)
    with served.database.reading() as session:
        rows, following = page_of(session, query, Scenario.id, paging)
        hashes = _hashes(session, rows)
    return Page(items=[_document(row, hashes[row.id]) for row in rows], next=following)


@router.get("/{scenario_id}", operation_id="getScenario")
def get_scenario(
    scenario_id: ScenarioId,
    served: Served,
    request: Request,
    response: Response,
    caller: Reader,
) -> ScenarioDocument:
    """Return what is known of a scenario; its text is at `/content`."""
    with served.database.writing() as session:
        scenario = owned(session, caller, scenario_id)
        revision = session.get_one(Revision, (scenario.id, scenario.revision))
        record(session, request, caller, "scenario.read", scenario.id)
    response.headers["ETag"] = etag(revision.number, revision.sha256)
    return _document(scenario, revision.sha256)


@router.get(
    "/{scenario_id}/content",
    operation_id="getScenarioContent",
    response_class=Response,
    responses={200: {"content": {"application/yaml": {}, "application/json": {}}}},
)
def get_content(scenario_id: ScenarioId, served: Served, request: Request, caller: Reader) -> Response:
    """Return the text of a scenario as it was uploaded last.

    Without the right `names`, personal arrangements and leave read “individually agreed”, without comments.
    """
    with served.database.writing() as session:
        scenario = owned(session, caller, scenario_id)
        revision = session.get_one(Revision, (scenario.id, scenario.revision))
        record(session, request, caller, "scenario.read", scenario.id)
    return content_of(revision, caller)


@router.put("/{scenario_id}", operation_id="replaceScenario", openapi_extra=scenario_body())
async def replace_scenario(
    scenario_id: ScenarioId,
    body: ScenarioBody,
    served: Served,
    response: Response,
    request: Request,
    desk: AtDesk,
    caller: Writer,
    if_match: Annotated[str | None, Header(max_length=200, description="ETag of what is replaced.")] = None,
    pseudonymise: Pseudonymise = False,
) -> ScenarioSaved:
    """Save a new revision, if nobody else has saved one since the ETag was read."""
    if if_match is None:
        raise Problem(428, "if-match-missing", _("Say which revision you replace."),
                      _("Send If-Match with the ETag of the scenario as you read it."))  # fmt: skip
    upload = await desk.done(lambda: _upload(served.settings, body, pseudonymise), caller.tenant)
    return await run_in_threadpool(
        _replaced, scenario_id, upload, served, response, request, caller, if_match
    )


def _replaced(
    scenario_id: str,
    upload: Upload,
    served: Services,
    response: Response,
    request: Request,
    caller: Caller,
    if_match: str,
) -> ScenarioSaved:
    body, loaded, notes, names = upload
    with served.database.writing() as session:
        scenario = owned(session, caller, scenario_id, lock=True)
        before = session.get_one(Revision, (scenario.id, scenario.revision))
        if if_match not in ("*", etag(before.number, before.sha256)):
            raise Problem(412, "changed-meanwhile", _("Somebody has saved the scenario since you read it."),
                          _("Read it again, look at the differences, and send the new ETag."))  # fmt: skip
        scenario.revision += 1
        scenario.name, scenario.updated_at = loaded.scenario.name[:200], now()
        session.add(_revision(scenario, loaded, body, caller))
        record(session, request, caller, "scenario.replace", scenario.id)
    response.headers["ETag"] = etag(scenario.revision, loaded.sha256)
    return _saved(scenario, loaded.sha256, notes, names)


@router.delete("/{scenario_id}", status_code=204, operation_id="deleteScenario")
def delete_scenario(scenario_id: ScenarioId, served: Served, request: Request, caller: Writer) -> None:
    """Delete a scenario with its revisions and finished runs."""
    with served.database.writing() as session:
        scenario = owned(session, caller, scenario_id, lock=True)
        busy = select(Run.id).where(Run.scenario_id == scenario.id, Run.state.in_(UNFINISHED))
        if session.scalars(busy.limit(1)).first() is not None:
            raise Problem(409, "run-unfinished", _("A run of this scenario is not finished."),
                          _("Cancel it, or wait for it, and delete then."))  # fmt: skip
        session.delete(scenario)
        record(session, request, caller, "scenario.delete", scenario_id)


def checked(settings: Settings, body: ScenarioText) -> tuple[Loaded, list[Note]]:
    """Return a scenario that can be solved and fits the service, with what the planner should know.

    Raises
    ------
    InputError
        With every mistake and its line and column.
    Problem
        When it is larger than this service takes.
    """
    loaded = read_scenario(body.raw, is_json=body.is_json)
    refuse_larger(settings, len(loaded.scenario.staff), loaded.scenario.horizon.weeks)
    try:
        notes = case_of(loaded, draft=True).notes
    except ImpossibleError as error:  # kept all the same: `explain` is there to say what would do
        notes = error.findings
    return loaded, [_note(note) for note in notes]


def refuse_larger(settings: Settings, people: int, weeks: int) -> None:
    """Refuse what is larger than this service takes."""
    for name, found, most in (("people", people, settings.max_people), ("weeks", weeks, settings.max_weeks)):
        if found > most:
            text = {"people": _("This service takes at most {most} people; found {found}."),
                    "weeks": _("This service takes at most {most} weeks; found {found}.")}[name]  # fmt: skip
            raise Problem(422, f"too-many-{name}", text.format(most=most, found=found),
                          _("Split the unit, or ask the operator."))  # fmt: skip


def owned(session: Session, caller: Caller, scenario_id: str, *, lock: bool = False) -> Scenario:
    """Return a scenario that the caller sees; raise 404 for every other."""
    query = caller.sees(select(Scenario).where(Scenario.id == scenario_id), Scenario)
    found: Scenario | None = session.scalars(query.with_for_update() if lock else query).first()
    if found is None:
        raise not_found()
    return found


def revision_of(session: Session, scenario: Scenario, number: int) -> Revision:
    """Return one revision of a scenario; raise 404 when there is none."""
    found = session.get(Revision, (scenario.id, number))
    if found is None:
        raise not_found()
    return found


def etag(number: int, sha256: str) -> str:
    """Return the ETag of a revision."""
    return f'"{number}-{sha256[:16]}"'


def _own_unit(caller: Caller, unit: str) -> str:
    """Return the unit that a new row belongs to: the caller's own, where the key is for one unit."""
    if caller.unit is not None and unit not in ("", caller.unit):
        raise not_found()
    return caller.unit if caller.unit is not None else unit


def _note(finding: Finding) -> Note:
    return Note(path=".".join(map(str, finding.path)), line=finding.line, text=finding.sentence())


def _revision(scenario: Scenario, loaded: Loaded, body: ScenarioText, caller: Caller) -> Revision:
    return Revision(
        scenario_id=scenario.id, number=scenario.revision, sha256=loaded.sha256,
        media_type=body.media_type, content=body.raw.decode("utf-8-sig"), created_by=caller.who,
    )  # fmt: skip


def _hashes(session: Session, rows: Sequence[Scenario]) -> dict[str, str]:
    wanted = tuple_(Revision.scenario_id, Revision.number).in_([(row.id, row.revision) for row in rows])
    found = session.execute(select(Revision.scenario_id, Revision.sha256).where(wanted))
    return {row.scenario_id: row.sha256 for row in found}


def _document(scenario: Scenario, sha256: str) -> ScenarioDocument:
    return ScenarioDocument(
        id=scenario.id, name=scenario.name, unit=scenario.unit, revision=scenario.revision, sha256=sha256,
        created_at=scenario.created_at, updated_at=scenario.updated_at, created_by=scenario.created_by,
    )  # fmt: skip


def _saved(scenario: Scenario, sha256: str, notes: list[Note], names: dict[str, str] | None) -> ScenarioSaved:
    return ScenarioSaved(**_document(scenario, sha256).model_dump(), notes=notes, pseudonyms=names)


def _upload(settings: Settings, body: ScenarioText, pseudonymise: bool) -> Upload:
    """Return what is kept of an upload, checked, and who is who where its names are not kept."""
    loaded, notes = checked(settings, body)
    if not pseudonymise:
        return body, loaded, notes, None
    text, names = pseudonymised(body.raw.decode("utf-8-sig"), is_json=body.is_json)
    body = ScenarioText(text.encode(), body.is_json)
    return body, *checked(settings, body), names


def content_of(revision: Revision, caller: Caller) -> Response:
    """Return the text of a revision as the caller may read it."""
    headers = {"ETag": etag(revision.number, revision.sha256)}
    text = shown_text(caller, revision)
    return Response(text, media_type=revision.media_type, headers=headers)
