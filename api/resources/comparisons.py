"""Comparisons: two to six finished runs beside each other, while the caller waits."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from sqlalchemy.orm import Session

from api.access import Caller, Reader
from api.access.log import record
from api.problems import Place, Problem
from api.resources.common import Served
from api.resources.desk import AtDesk
from api.resources.pages import AS_PAGE, answer, wants_page
from api.resources.run_documents import RUN_ID, owned_run
from api.resources.strict import StrictRoute
from api.store import UNFINISHED, Artifact, Revision, Run
from turnus import GivenResult, Loaded, compare_results, comparison_document, comparison_html
from turnus import translated as _

router = APIRouter(prefix="/v1/comparisons", tags=["comparisons"], route_class=StrictRoute)
FEWEST, MOST = 2, 6
_RESULT = "result.json"


class ComparisonRequest(BaseModel):
    """The runs that are compared, in the order in which they are shown."""

    model_config = ConfigDict(extra="forbid")

    runs: list[Annotated[str, StringConstraints(max_length=64, pattern=RUN_ID)]] = Field(
        min_length=FEWEST, max_length=MOST, examples=[["run_0664c9d1f0a2b3", "run_0664c9d1f0a2b4"]]
    )

    @field_validator("runs")
    @classmethod
    def _each_once(cls, runs: list[str]) -> list[str]:
        if len(set(runs)) < len(runs):
            raise ValueError("expected each run once")
        return runs


class AlternativeDocument(BaseModel):
    """One of the runs: its letter in the tables, and its sentence."""

    letter: str = Field(examples=["A"])
    name: str
    summary: str
    status: str
    scenario: dict[str, str]
    source: str = Field(description="Id of the run.")
    solved: bool


class PairDocument(BaseModel):
    """Person by person what two of more alternatives make of each."""

    letters: list[str]
    people: list[dict[str, Any]]


class ComparisonDocument(BaseModel):
    """Runs beside each other: every table as lines, null where something is not known."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    schema_: str = Field(alias="schema", examples=["turnus-comparison/1"])
    alternatives: list[AlternativeDocument]
    front: list[str] = Field(description="Letters that no other beats in the goals that all have.")
    measures: list[dict[str, Any]]
    weekend_arithmetic: list[dict[str, Any]]
    coverage: list[dict[str, Any]]
    loads: list[dict[str, Any]]
    spread: list[dict[str, Any]]
    exceptions: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    scenarios: list[dict[str, Any]] | None = Field(None, description="What differs in the scenarios.")
    people: list[dict[str, Any]] | None = Field(None, description="Person by person, for two runs.")
    pairs: list[PairDocument] = Field(description="The first with each other, for more than two runs.")


@router.post(
    "", operation_id="compareRuns", response_model=ComparisonDocument,
    responses={200: {"description": "The comparison", **AS_PAGE}},
)  # fmt: skip
async def compare_runs(
    asked: ComparisonRequest, request: Request, served: Served, desk: AtDesk, caller: Reader
) -> Response:
    """Set finished runs beside each other: values and bounds, cover, what each person carries.

    Ask for `text/html` to have the page to print.
    """

    def work() -> Response:
        with served.database.reading() as session:
            given = [_given(session, caller, run_id) for run_id in asked.runs]
        with served.database.writing() as session:
            for run_id in asked.runs:
                record(session, request, caller, "run.compare", run_id)
        found = compare_results(given, discreet=not caller.may("names"))
        if wants_page(request):
            return answer(None, comparison_html(found))
        return answer(comparison_document(found), None)

    return await desk.done(work, caller.tenant)


def _given(session: Session, caller: Caller, run_id: str) -> GivenResult:
    run = owned_run(session, caller, run_id)
    result = session.get(Artifact, (run.id, _RESULT))
    if run.state in UNFINISHED:
        raise Problem(409, "run-unfinished", _("Run {run} is not finished.").format(run=run.id),
                      _("Wait for it, or ask for the best found with finish-now."))  # fmt: skip
    if result is None:
        text = _("expected runs with a rota")
        place = Place(path="runs", expected=text, found=_("found {value}").format(value=run.id),
                      hint=_("Compare finished runs of the kind solve."))  # fmt: skip
        raise Problem(422, "not-comparable", f"{run.id}: {text}", place.hint, [place])
    return GivenResult(json.loads(result.content), _scenario(session, run), run.id)


def _scenario(session: Session, run: Run) -> Loaded:
    """Return the scenario of a run, with the values that it overrides."""
    revision = session.get_one(Revision, (run.scenario_id, run.revision))
    return revision.loaded(run.options.get("set", ()))
