"""Task sharing: one competence may also cover another's demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.problem.tasks import own_tasks
from turnus.texts import N_, _


class TaskSharing(Lever):
    """One competence covers another's demand as well."""

    id: ClassVar[str] = "task-sharing"
    title: ClassVar[str] = N_("Task sharing")
    sentence: ClassVar[str] = N_("One competence may also cover the demand of another.")
    rests_on: ClassVar[str] = N_(
        "That each task is done by somebody qualified is the employer's duty; discussed with the "
        "representatives."
    )

    of_competences: ClassVar[tuple[str, ...]] = ("by", "of_whom")

    by: str = Field(description=N_("The competence that takes tasks over."))
    of_whom: str = Field(alias="of", description=N_("The competence whose tasks they are."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such competence, or that it is so already."""
        competences = variant.loaded.scenario.competences
        for name in (self.by, self.of_whom):
            if name not in competences:
                return _("found no competence {name}; there are {known}").format(
                    name=name, known=", ".join(competences)
                )
        if self.by == self.of_whom or self.of_whom in competences[self.by].covers:
            return _("found that it is so already")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Add the competence to what the other covers."""
        del variant
        entry = data["competences"][self.by]
        data["competences"][self.by] = {
            **(entry or {}),
            "covers": [*(entry or {}).get("covers", ()), self.of_whom],
        }

    def values_in_words(self) -> Iterator[str]:
        """Yield who covers whom."""
        yield f"{self.by} → {self.of_whom}"

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield each pair of competences of which one is asked for by itself."""
        scenario = variant.loaded.scenario
        asked = {name for block in scenario.demand for name in block.of_which}
        asked |= {name for _at, task in own_tasks(scenario) for name in task.who or ()}
        for by in scenario.competences:
            for of in scenario.competences:
                lever = cls.model_validate({"by": by, "of": of})
                if of in asked and not lever.why_not(variant):
                    yield lever
