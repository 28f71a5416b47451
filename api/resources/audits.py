"""Audits: any rota against a scenario, or alone against a profile, while the caller waits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.access import Auditor, Caller
from api.access.log import record
from api.problems import Problem, input_problem, invalid_request, places_of
from api.resources.common import Served, Services
from api.resources.desk import AtDesk
from api.resources.pages import AS_PAGE, answer, wants_page
from api.resources.reference import known_profile
from api.resources.scenarios import SCENARIO_ID, owned, refuse_larger, revision_of
from api.resources.strict import StrictRoute, strict_json
from turnus import (
    CheckedRota,
    InputError,
    Loaded,
    case_of,
    check_rota,
    check_rota_alone,
    read_scenario,
    scenario_of,
)
from turnus import translated as _

router = APIRouter(prefix="/v1/audits", tags=["audits"], route_class=StrictRoute)

ScenarioQuery = Annotated[
    str | None,
    Query(max_length=64, pattern=SCENARIO_ID, description="With a CSV body: id of a saved scenario."),
]
RevisionQuery = Annotated[
    int | None, Query(ge=1, le=1_000_000, description="Its revision; the latest when left out.")
]
ProfileQuery = Annotated[
    str | None,
    Query(
        max_length=40, pattern=r"^[a-z-]+$", description="With a CSV body that has shifts, staff and rota."
    ),
]
DraftQuery = Annotated[bool, Query(description="Let values through whose agreement is not listed.")]

_ROTA = """\
[vakter]
kode;fra;til;ubetalt pause
D;07.30;15.00;30
A;14.45;22.15;30
[ansatte]
navn;stilling
Kari;50
[turnus]
navn;ma;ti;on;to;fr;lø;sø
Kari;D;D;A;;;D;
"""


class AuditRequest(BaseModel):
    """A rota and what it is checked against: a scenario, inline or saved, or a rule profile alone."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"profile": "ks-lokal", "rota": _ROTA}]},
    )

    rota: str | dict[str, Any] = Field(description="A rota as CSV text, or a `result.json`.")
    scenario: str | dict[str, Any] | None = Field(None, description="The scenario as YAML text or JSON.")
    scenario_id: str | None = Field(
        None,
        max_length=64,
        pattern=SCENARIO_ID,
        description="A saved scenario.",
        examples=["scn_0664c9d1f0a2"],
    )
    revision: int | None = Field(None, ge=1, le=1_000_000, description="Its revision; otherwise the latest.")
    profile: str | None = Field(
        None, max_length=40, pattern=r"^[a-z-]+$", examples=["ks-lokal"],
        description="For a rota alone: a CSV text with shifts, staff and rota.",
    )  # fmt: skip
    draft: bool = Field(False, description="Let values through whose agreement is not listed.")

    @model_validator(mode="after")
    def _one_measure(self) -> AuditRequest:
        if sum(one is not None for one in (self.scenario, self.scenario_id, self.profile)) != 1:
            raise ValueError("expected exactly one of scenario, scenario_id and profile")
        if self.profile is not None and not isinstance(self.rota, str):
            raise ValueError("expected a rota as CSV text with profile")
        return self


@dataclass(frozen=True)
class _Asked:
    """What was asked for, and the rota's bytes as they came."""

    request: AuditRequest
    rota: bytes
    is_json: bool


async def _asked(
    request: Request,
    scenario: ScenarioQuery = None,
    revision: RevisionQuery = None,
    profile: ProfileQuery = None,
    draft: DraftQuery = False,
) -> _Asked:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    raw = await request.body()
    if kind == "text/csv":
        told = {"rota": "", "scenario_id": scenario, "revision": revision, "profile": profile, "draft": draft}
        return _Asked(_valid(told), raw, is_json=False)
    if kind != "application/json":
        text = _("Expected a rota as JSON or CSV; found {value}.").format(value=repr(kind))
        hint = _("Save the rota as CSV and send it with Content-Type text/csv.")
        raise Problem(415, "media-type", text, hint)
    asked = _valid(strict_json(raw))
    if isinstance(asked.rota, str):
        return _Asked(asked, asked.rota.encode("utf-8"), is_json=False)
    return _Asked(asked, json.dumps(asked.rota).encode("utf-8"), is_json=True)


def _valid(told: Any) -> AuditRequest:
    try:
        return AuditRequest.model_validate(told)
    except ValidationError as error:
        raise invalid_request(places_of(error.errors(), "body")) from None


def _body() -> dict[str, Any]:
    """Return what the OpenAPI document says of the body."""
    content = {
        "application/json": {"schema": AuditRequest.model_json_schema()},
        "text/csv": {"schema": {"type": "string"}, "example": _ROTA},
    }
    return {"requestBody": {"required": True, "content": content}}


@router.post(
    "", operation_id="auditRota", response_model=dict[str, Any], openapi_extra=_body(),
    responses={200: {"description": "The check, after /v1/schema/check.json", **AS_PAGE}},
)  # fmt: skip
async def audit_rota(
    asked: Annotated[_Asked, Depends(_asked)], request: Request, served: Served, desk: AtDesk, caller: Auditor
) -> Response:
    """Check any rota: every rule with its breaches, what could not be judged, and what was assumed.

    Ask for `text/html` to have the page to print.
    """

    def work() -> Response:
        checked = _checked(asked, served, request, caller)
        if wants_page(request):
            return answer(None, checked.html())
        return answer(checked.document(), None)

    return await desk.done(work, caller.tenant)


def _checked(asked: _Asked, served: Services, request: Request, caller: Caller) -> CheckedRota:
    if asked.request.profile is not None:
        profile = known_profile(asked.request.profile)
        try:
            alone = check_rota_alone(asked.rota, profile, source="rota")
        except InputError as error:
            raise input_problem(error, "rota-invalid") from None
        _refuse_larger(served, alone.case.scenario)
        return alone
    loaded = _scenario(asked.request, served, request, caller)
    _refuse_larger(served, loaded.scenario)
    case = case_of(loaded, to_check=True, draft=asked.request.draft)
    try:
        return check_rota(case, asked.rota, is_json=asked.is_json, source="rota")
    except InputError as error:
        raise input_problem(error, "rota-invalid") from None


def _refuse_larger(served: Services, scenario: Any) -> None:
    refuse_larger(served.settings, len(scenario.staff), scenario.horizon.weeks)


def _scenario(asked: AuditRequest, served: Services, request: Request, caller: Caller) -> Loaded:
    if isinstance(asked.scenario, str):
        return read_scenario(asked.scenario)
    if asked.scenario is not None:
        return scenario_of(asked.scenario)
    assert asked.scenario_id is not None
    with served.database.writing() as session:
        scenario = owned(session, caller, asked.scenario_id)
        revision = revision_of(session, scenario, asked.revision or scenario.revision)
        record(session, request, caller, "scenario.audit", scenario.id)
    return revision.loaded()
