"""What is asked when a run is submitted, and what is refused before anything waits for a worker."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.access import Caller
from api.problems import Problem, detail_of, places_of
from api.resources.common import Services
from api.resources.scenarios import refuse_larger
from api.store import UNFINISHED, Revision, Run
from turnus import JOB_KINDS, case_of
from turnus import translated as _

_RETRY_SECONDS = 30


class RunRequest(BaseModel):
    """What is asked: a scenario, its newest revision unless another is named, a verb and its options."""

    scenario: str = Field(max_length=64, pattern=r"^scn_[0-9a-f]+$", examples=["scn_0664c9d1f0a2b3"])
    revision: int | None = Field(None, ge=1, le=1_000_000, examples=[1])
    kind: str = Field("solve", max_length=40, examples=["solve"])
    options: dict[str, Any] = Field({}, examples=[{"time_seconds": 60, "seed": 1}])
    webhook_url: str | None = Field(None, max_length=2000, examples=["https://example.org/turnus"])

    model_config = {"extra": "forbid"}


def checked_options(served: Services, asked: RunRequest) -> dict[str, Any]:
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
        places = places_of(error.errors(), "options")
        raise Problem(422, "options-invalid", detail_of(places),
                      _("`/v1/job-kinds` lists them with their options."), places) from None  # fmt: skip
    most = served.settings.max_run_seconds
    if options.time_seconds is not None and options.time_seconds > most:
        text = _("This service lets a run take at most {most} s.").format(most=round(most))
        raise Problem(422, "too-long", text, _("Ask for less time."))
    return options.model_dump(mode="json", exclude_unset=True)


def check_scenario(served: Services, revision: Revision, options: dict[str, Any]) -> None:
    """Refuse a scenario that its overrides make unreadable or too large, before it waits for a worker."""
    loaded = revision.loaded(options.get("set", ()))
    refuse_larger(served.settings, len(loaded.scenario.staff), loaded.scenario.horizon.weeks)
    case_of(loaded, to_check=True, draft=options.get("draft", False))


def check_pending(session: Session, served: Services, caller: Caller) -> None:
    """Refuse more runs while many are unfinished, and say when to come again."""
    most = served.settings.max_pending_runs
    query = select(func.count()).select_from(Run).where(Run.tenant_id == caller.tenant)
    waiting = session.scalar(query.where(Run.state.in_(UNFINISHED), Run.parent_id.is_(None))) or 0
    if waiting >= most:
        text = _("{n} runs are not finished; more are taken when some are.").format(n=waiting)
        raise Problem(429, "too-many-runs", text, _("Wait, or cancel some."),
                      headers={"Retry-After": str(_RETRY_SECONDS)})  # fmt: skip
