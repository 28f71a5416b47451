"""What does not change while the service runs: rules, templates, kinds of jobs, JSON Schemas."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import Reader
from api.problems import Problem
from turnus import (
    JOB_KINDS,
    LANGUAGES,
    STARTERS,
    InputError,
    catalogue,
    check_schema,
    language,
    read_scenario,
    result_schema,
    rule_named,
    scenario_schema,
    starter,
)
from turnus import translated as _

router = APIRouter(prefix="/v1", tags=["reference"])
CACHED = {"Cache-Control": "private, max-age=300", "Vary": "Accept-Language"}
_FIRST = next(iter(STARTERS))
_PROFILES: tuple[str, ...] = tuple(one["id"] for one in catalogue(())["profiles"])

Profile = Annotated[
    str,
    Query(
        max_length=40, pattern=r"^[a-z-]+$", description="Rule profile whose values are shown.",
        examples=["ks-lokal"],
    ),
]  # fmt: skip
Group = Literal["law", "agreed", "health", "structure"]


class Source(BaseModel):
    """Where a rule comes from; `verified` says whether somebody has read it there."""

    reference: str
    url: str | None
    verified: bool


class Counted(BaseModel):
    """What a breach is counted in, and what one breach is."""

    unit: str
    breach: str


class RuleDocument(BaseModel):
    """A rule: texts, source, values, how far agreements let them go, and how it is kept."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(examples=["weekly_rest"])
    group: Group
    name: str
    sentence: str
    breach_example: str
    source: Source
    assumed: list[str]
    strength: Literal["hard", "soft"]
    always: bool
    counted: Counted
    parameters: list[dict[str, Any]]
    levels: list[dict[str, Any]]
    profiles: list[dict[str, Any]]
    kept: dict[str, Any]
    example: str = Field(description="How a scenario states the rule, as YAML.")


class ProfileDocument(BaseModel):
    """A rule profile: the level of agreement that its values presume."""

    id: str = Field(examples=["ks-lokal"])
    name: str
    level: str
    basis: str | None
    note: str | None


class RuleCatalogue(BaseModel):
    """The rules, with the values of one profile as defaults."""

    profile: str
    profiles: list[ProfileDocument]
    rules: list[RuleDocument]


class Template(BaseModel):
    """A commented scenario to start from."""

    id: str = Field(examples=[_FIRST])
    name: str


class JobKindDocument(BaseModel):
    """A kind of job, and the JSON Schema of its options."""

    id: str = Field(examples=["solve"])
    title: str
    options: dict[str, Any]


@router.get("/rules", operation_id="listRules")
def list_rules(
    response: Response,
    caller: Reader,
    profile: Profile = "ks-lokal",
    group: Annotated[Group | None, Query(description="Rules of one group.")] = None,
    strength: Annotated[
        Literal["hard", "soft"] | None, Query(description="Rules that are hard or soft in the profile.")
    ] = None,
    text: Annotated[str | None, Query(max_length=100, description="Part of id, name or source.")] = None,
) -> RuleCatalogue:
    """List the rules with their sources, in the language of the request."""
    del caller
    found = _catalogue(known_profile(profile), language())
    rules = [
        rule for rule in found["rules"]
        if group in (None, rule["group"]) and strength in (None, rule["strength"])
        and (text is None or _holds(rule, text))
    ]  # fmt: skip
    response.headers.update(CACHED)
    return RuleCatalogue.model_validate({**found, "rules": rules})


@router.get("/rules/{rule_id}", operation_id="getRule")
def get_rule(
    rule_id: Annotated[str, Path(max_length=60, pattern=r"^[a-z_]+$", examples=["weekly_rest"])],
    response: Response,
    caller: Reader,
    profile: Profile = "ks-lokal",
) -> RuleDocument:
    """Return one rule with its source, in the language of the request."""
    del caller
    try:
        wanted = rule_named(rule_id).id
    except InputError as error:
        finding = error.findings[0]
        raise Problem(404, "not-found", f"{finding.expected}; {finding.found}", finding.hint) from None
    rules = _catalogue(known_profile(profile), language())["rules"]
    response.headers.update(CACHED)
    return RuleDocument.model_validate(next(rule for rule in rules if rule["id"] == wanted))


@router.get("/templates", operation_id="listTemplates")
def list_templates(response: Response, caller: Reader) -> list[Template]:
    """List the scenarios to start from."""
    del caller
    response.headers.update(CACHED)
    return _templates()


@router.get(
    "/templates/{template_id}", operation_id="getTemplate", response_class=Response,
    responses={200: {"content": {"application/yaml": {"schema": {"type": "object"}}}}},
)  # fmt: skip
def get_template(
    template_id: Annotated[str, Path(max_length=60, pattern=r"^[a-z-]+$", examples=[_FIRST])], caller: Reader
) -> Response:
    """Return a commented scenario as YAML."""
    del caller
    if template_id not in STARTERS:
        text = _("expected one of {known}").format(known=", ".join(STARTERS))
        raise Problem(404, "not-found", text, _("Choose one of the list."))
    return Response(starter(template_id), media_type="application/yaml", headers=CACHED)


@router.get("/job-kinds", operation_id="listJobKinds")
def list_job_kinds(caller: Reader) -> list[JobKindDocument]:
    """List what a run can be asked to do, with the options of each as JSON Schema."""
    del caller
    return [
        JobKindDocument(id=kind.id, title=_(kind.title), options=kind.Options.model_json_schema())
        for kind in JOB_KINDS.values()
    ]


@router.get("/schema/scenario.json", operation_id="getScenarioSchema")
def get_scenario_schema(response: Response, caller: Reader) -> dict[str, Any]:
    """Return the JSON Schema of a scenario, for editors and other programs."""
    del caller
    response.headers.update(CACHED)
    return _scenario_schema()


@router.get("/schema/result.json", operation_id="getResultSchema")
def get_result_schema(response: Response, caller: Reader) -> dict[str, Any]:
    """Return the JSON Schema of a run's `result.json`."""
    del caller
    response.headers.update(CACHED)
    return result_schema()


@router.get("/schema/check.json", operation_id="getCheckSchema")
def get_check_schema(response: Response, caller: Reader) -> dict[str, Any]:
    """Return the JSON Schema of an audit."""
    del caller
    response.headers.update(CACHED)
    return check_schema()


@cache
def _templates() -> list[Template]:
    return [Template(id=kind, name=read_scenario(starter(kind)).scenario.name) for kind in STARTERS]


@cache
def _scenario_schema() -> dict[str, Any]:
    return scenario_schema()


def known_profile(profile: str) -> str:
    """Return the id of a rule profile; raise 422 with those that there are."""
    if profile not in _PROFILES:
        text = _("expected one of {known}").format(known=", ".join(_PROFILES))
        raise Problem(422, "profile-unknown", f"profile: {text}", _("Use one of these, or leave it out."))
    return profile


def _holds(rule: dict[str, Any], text: str) -> bool:
    words = (rule["id"], rule["name"], rule["sentence"], rule["source"]["reference"])
    return any(text.casefold() in word.casefold() for word in words)


@cache
def _catalogue(profile: str, code: str) -> dict[str, Any]:
    """Return the catalogue with its texts in one language."""
    said: dict[str, Any] = _in_language(catalogue(profile=profile), code)
    return said


def _in_language(part: Any, code: str) -> Any:
    if isinstance(part, list):
        return [_in_language(one, code) for one in part]
    if not isinstance(part, dict):
        return part
    if part.keys() == set(LANGUAGES):
        return part[code]
    return {key: _in_language(one, code) for key, one in part.items()}
