"""The FTE budget, and the share of it that a competence may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, percent, up_to

_STEP_FTE = 0.5


class Budget(Lever):
    """Another budget for the same demand."""

    id: ClassVar[str] = "budget"
    title: ClassVar[str] = N_("Budget")
    sentence: ClassVar[str] = N_("The unit may use so many full-time equivalents, with the demand as it is.")
    rests_on: ClassVar[str] = N_("The employer's decision and budget.")
    rules: ClassVar[tuple[str, ...]] = ("fte_budget",)

    of_competences: ClassVar[tuple[str, ...]] = ("competence",)

    fte: Annotated[float, Field(gt=0, le=1000)] = Field(description=N_("Full-time equivalents in all."))
    competence: str | None = Field(None, description=N_("A competence whose share changes, too."))
    share: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description=N_("Most percent of the budget for that competence.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return that there is no budget, or no such competence."""
        scenario = variant.loaded.scenario
        if scenario.budget is None:
            return _("found no budget: that of named staff is their present sum")
        if self.competence is not None and self.competence not in scenario.competences:
            return _("found no competence {name}; there are {known}").format(
                name=self.competence, known=", ".join(scenario.competences)
            )
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the budget, and the share of the competence."""
        del variant
        data["budget"]["fte"] = self.fte
        if self.competence is not None and self.share is not None:
            data["budget"].setdefault("by_competence", {})[self.competence] = {"share_percent": self.share}

    def values_in_words(self) -> Iterator[str]:
        """Yield the budget, and the share of the competence."""
        yield _("{fte} FTE").format(fte=up_to(self.fte))
        if self.competence is not None and self.share is not None:
            yield f"{self.competence} {percent(self.share)}"

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield half an FTE more and half an FTE less."""
        budget = variant.loaded.scenario.budget
        for more in (_STEP_FTE, -_STEP_FTE):
            if budget is not None and budget.fte + more > 0:
                yield cls(fte=round(budget.fte + more, 2))
