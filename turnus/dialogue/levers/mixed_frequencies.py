"""Mixed weekend frequencies: volunteers work weekends more often, the others as before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.dialogue.lever import Data
from turnus.dialogue.lever_people import ForSome
from turnus.dialogue.rule_edits import of_everybody, setting
from turnus.dialogue.staff_edits import accept, needs_everybody, not_yet_willing
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, percent

RULE = "weekend_frequency"


class MixedFrequencies(ForSome):
    """A share of the staff works weekends more often."""

    id: ClassVar[str] = "mixed-frequencies"
    title: ClassVar[str] = N_("Volunteers work weekends more often")
    sentence: ClassVar[str] = N_(
        "A share of the staff works so many of so many weekends, the others as before."
    )
    rests_on: ClassVar[str] = N_(
        "Voluntary for each, agreed with the representatives; Sundays off are still averaged "
        "(AML § 10-8 (4))."
    )

    worked: Annotated[int, Field(ge=1, le=52)] = Field(
        1, description=N_("Most weekends worked by volunteers.")
    )
    of_weeks: Annotated[int, Field(ge=1, le=52)] = Field(
        2, alias="of", description=N_("In so many weeks in a row, for them.")
    )
    share: Annotated[float, Field(gt=0, le=100)] = Field(
        50, description=N_("Percent of the staff who accept extra weekends, the largest posts first.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return that people have their own values, or that nobody named could volunteer."""
        if not of_everybody(variant, RULE):
            return _("found different values for different people")
        if self.nobody(variant):
            return self.nobody(variant)
        if self.people is None and needs_everybody(variant, self.share):
            return _("found open posts alone, which accept extra weekends all together or not at all")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the volunteers' frequency, and who volunteers."""
        del variant
        setting(data, RULE).update({"volunteers_worked": self.worked, "volunteers_of": self.of_weeks})
        accept(data, "extra_weekends", self.share, self.people)

    def values_in_words(self) -> Iterator[str]:
        """Yield the frequency, and for how many of the staff."""
        yield _("{worked} of {of}").format(worked=self.worked, of=self.of_weeks)
        yield self.for_whom() or percent(self.share)

    def asked(self, variant: Variant) -> list[str]:
        """Return who has not accepted extra weekends, and is not exempt from weekends."""
        return not_yet_willing(variant, "extra_weekends")
