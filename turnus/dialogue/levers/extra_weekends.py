"""Extra weekends (hinkehelg): some weekends a year beyond the usual frequency."""

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

FREQUENCY, EXTRA = "weekend_frequency", "extra_weekends"
YEAR_WEEKS = 52


class ExtraWeekends(ForSome):
    """Those who accept it work so many extra weekends a year."""

    id: ClassVar[str] = "extra-weekends"
    title: ClassVar[str] = N_("Extra weekends a year")
    sentence: ClassVar[str] = N_("Volunteers work some weekends a year beyond the usual frequency.")
    rests_on: ClassVar[str] = N_(
        "Voluntary for each, agreed with the representatives; Sundays off are still averaged "
        "(AML § 10-8 (4))."
    )
    rules: ClassVar[tuple[str, ...]] = (EXTRA,)

    a_year: Annotated[int, Field(ge=1, le=26)] = Field(4, description=N_("Extra weekends in 52 weeks."))
    share: Annotated[float, Field(gt=0, le=100)] = Field(
        100, description=N_("Percent of the staff who accept extra weekends, the largest posts first.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return what stands in the way: no usual frequency, or a rota too short for an extra weekend."""
        rules = () if variant.case is None else variant.case.rules
        if not of_everybody(variant, FREQUENCY) or not any(rule.id == FREQUENCY for rule in rules):
            return _("found no usual weekend frequency for everybody")
        if self.nobody(variant):
            return self.nobody(variant)
        if self.people is None and needs_everybody(variant, self.share):
            return _("found open posts alone, which accept extra weekends all together or not at all")
        least = -(-YEAR_WEEKS // self.a_year)
        if (
            variant.loaded.scenario.horizon.start is not None
            and variant.loaded.scenario.horizon.weeks < least
        ):
            return _("found a plan that is too short for a whole extra weekend")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """State the usual weekends and the extra ones, let volunteers' weekends lie closer, ask who will."""
        assert variant.case is not None
        rule = next(rule for rule in variant.case.rules if rule.id == FREQUENCY)
        usual, weeks = rule.worked, rule.of_weeks  # type: ignore[attr-defined]
        setting(data, EXTRA).update({"usual": usual, "of": weeks, "a_year": self.a_year})
        setting(data, FREQUENCY).update({"volunteers_worked": 1, "volunteers_of": max(2, weeks - 1)})
        accept(data, "extra_weekends", self.share, self.people)
        least = -(-YEAR_WEEKS // self.a_year)
        horizon = data["horizon"]
        if "start" not in horizon and horizon["weeks"] < least:
            horizon["weeks"] = -(-least // weeks) * weeks

    def values_in_words(self) -> Iterator[str]:
        """Yield how many a year, and for how many of the staff."""
        yield _("{n} a year").format(n=self.a_year)
        yield self.for_whom() or percent(self.share)

    def asked(self, variant: Variant) -> list[str]:
        """Return who has not accepted extra weekends, and is not exempt from weekends."""
        return not_yet_willing(variant, "extra_weekends")
