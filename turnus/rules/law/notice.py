"""Notice: the plan is discussed in good time before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.problem import Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.texts import N_, _


class Notice(Rule):
    """The plan is discussed with the union representatives at least 14 days before it starts."""

    id: ClassVar[str] = "notice"
    title: ClassVar[str] = N_("Notice of the plan")
    sentence: ClassVar[str] = N_(
        "The plan is discussed with the union representatives at least the stated days before it starts."
    )
    example: ClassVar[str] = N_("Discussed on 12 March for a plan that starts on 22 March: 10 days, 4 short.")
    source: ClassVar[Source] = Source("AML § 10-3", "https://arbeidsmiljoloven.com/paragraf/arbeidsplan/")
    unit: ClassVar[str] = N_("days short")
    standing: ClassVar = "soft"
    lowering: ClassVar = "audit_only"
    reason: ClassVar[str] = N_("it is about when the plan was discussed, not about who works when.")

    strength: Literal["soft"] = "soft"  # no rota can mend it
    days: Annotated[int, Field(ge=14, le=365)] = Field(
        14, description="Least days from the discussion to the start."
    )

    def unjudged(self, problem: Problem) -> str:
        """Return that a date is missing: of the discussion, or of the start."""
        if problem.start is None:
            return _("The base rota has no start date.")
        if problem.discussed is None:
            return _("The date of the discussion is not stated: `horizon.discussed`.")
        return ""

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield a plan that was discussed too late."""
        del rota
        if problem.start is None or problem.discussed is None:
            return
        notice_days = (problem.start - problem.discussed).days
        if notice_days < self.days:
            yield Breach(self.id, None, 0, self.days - notice_days, self.unit)
