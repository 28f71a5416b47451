"""A stored `result.json`, read as far as the dialogue needs it, with the place of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from turnus.dialogue.answer import SCHEMA as ANSWER_SCHEMA
from turnus.errors import Finding, InputError
from turnus.result import SCHEMA, GoalValue
from turnus.result.stored_json import json_of_file
from turnus.texts import _

Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of a result; keys that the dialogue does not read are passed over."""

    model_config = ConfigDict(frozen=True, strict=True, populate_by_name=True)


class StoredGoal(Part):
    """A goal with the value found and its bound."""

    id: str
    value: float | None
    bound: float | None
    proven: bool
    unit: str


class StoredWishes(Part):
    """Named people who wish a larger post."""

    people: Count
    granted: Count
    unmet_fte: float


class StoredHeltid(Part):
    """The heltid vector; sizes and shares are percent."""

    full_time_posts: Count
    full_time_named: Count
    full_time_open: Count
    heads: Count
    full_time_share: float | None
    mean_size_percent: float | None
    min_size_percent: float | None
    posts_below: Mapping[str, Count]
    fte: float
    planned_fte: float | None
    wished_increase: StoredWishes


class StoredTally(Part):
    """Person-minutes of demand."""

    needed_minutes: Count
    uncovered_minutes: Count
    over_minutes: Count


class StoredCoverage(Part):
    """How the demand is covered; `by_block` is None in results that do not hold it."""

    uncovered_minutes: Count
    over_minutes: Count
    headcount: StoredTally
    by_competence: Mapping[str, StoredTally]
    by_block: Mapping[str, StoredTally] | None = None


class StoredPost(Part):
    """One post; what older results do not count is None."""

    id: str
    person: str | None
    competence: str
    size_percent: float
    planned_minutes: Count
    position_minutes: float
    planned_minus_position_minutes: float
    weekends_worked: Count
    nights_worked: Count | None = None
    evenings_worked: Count | None = None
    long_shifts_worked: Count | None = None
    quick_returns: Count | None = None
    longest_run: Count | None = None


class StoredWeekend(Part):
    """The weekend arithmetic of the scenario."""

    heads: Count
    full_time_posts: Count


class StoredReliance(Part):
    """A value that takes an agreement which the scenario does not list."""

    parameter: str
    value: str
    levels: tuple[str, ...] | list[str]
    reference: str
    verified: bool


class StoredRule(Part):
    """A rule with its values and what they rest on."""

    rule: str
    hard: bool
    values: Mapping[str, Any]
    people: list[str] | None = Field(alias="for")
    except_for: list[str] = Field(alias="except")
    agreement: str | None
    not_named: list[StoredReliance]
    draft: bool


class StoredAudit(Part):
    """How often hard and soft rules are broken."""

    hard: Count
    soft: Count


class StoredScenario(Part):
    """Which scenario the result is of."""

    name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class StoredProof(Part):
    """A proof record, as far as it says which bounds it holds, and whether they were re-checked."""

    bounds: Mapping[str, float] = Field(default_factory=dict)
    checked: str | None = None


class StoredRun(Part):
    """What is needed to run the same again."""

    seed: int
    workers: int
    effort: int | None
    repeatable: bool
    versions: Mapping[str, str | None]
    proof: list[StoredProof]


class StoredResult(Part):
    """What `turnus solve` has left on disk; an answer of the dialogue holds no `run`."""

    result_schema: Literal["turnus-result/1", "turnus-answer/1"] = Field(alias="schema")
    summary: str
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    goals: list[StoredGoal]
    heltid: StoredHeltid | None
    weekend_arithmetic: StoredWeekend | None
    coverage: StoredCoverage | None
    posts: list[StoredPost]
    assignments: list[dict[str, Any]]
    audit: StoredAudit | None
    rules: list[StoredRule]
    scenario: StoredScenario
    run: StoredRun | None = None

    @property
    def goal_values(self) -> tuple[GoalValue, ...]:
        """Return the goals as a solve states them."""
        return tuple(
            GoalValue(goal.id, goal.value, goal.bound, goal.proven, goal.unit) for goal in self.goals
        )


def read_result(path: Path) -> StoredResult:
    """Return a stored result.

    Raises
    ------
    InputError
        When the file cannot be read or is no result, with the place of each mistake.
    """
    return result_of(json_of_file(path), str(path))


def result_of(document: Any, source: str = "") -> StoredResult:
    """Return a result given as data; raises as `read_result` does."""
    if isinstance(document, dict) and document.get("schema") == ANSWER_SCHEMA:
        document = _as_result(document)
    elif not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else type(document).__name__
        raise _refused(source, ("schema",), _("found {value}").format(value=repr(found)))
    try:
        return StoredResult.model_validate(document)
    except ValidationError as error:
        findings = [
            Finding(
                tuple(part for part in one["loc"]),
                _("expected what `turnus solve` writes"),
                _("found {value}").format(value=_short(one.get("input"))),
                _("Give a result.json of `turnus solve`."),
            )
            for one in error.errors()
        ]
        raise InputError(findings[:20], source) from None


def _as_result(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the dialogue in the shape of a result; what it does not hold is empty or None."""
    name, status = answer.get("name"), answer.get("status")
    scenario = answer.get("scenario")
    return {
        "weekend_arithmetic": None,
        "posts": [],
        "assignments": [],
        "audit": None,
        "rules": [],
        **answer,
        "summary": name,
        "status": "unknown" if status == "bounded" else status,
        "scenario": {**scenario, "name": name} if isinstance(scenario, dict) else scenario,
    }


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _refused(source: str, path: tuple[str | int, ...], found: str) -> InputError:
    hint = _("Give a result.json of `turnus solve`.")
    return InputError([Finding(path, _("expected a result.json"), found, hint)], source)
