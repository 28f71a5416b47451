"""How often weekends are worked: every second, third or fourth, or two of five."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.lever_people import ForSome
from turnus.dialogue.rule_edits import of_everybody, set_values
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _

RULE = "weekend_frequency"
Weekends = Annotated[int, Field(ge=0, le=52)]
Weeks = Annotated[int, Field(ge=1, le=52)]


class WeekendFrequency(ForSome):
    """Another weekend frequency for everybody; a base rota is made as long as it takes to go up."""

    id: ClassVar[str] = "weekend-frequency"
    title: ClassVar[str] = N_("Weekend frequency")
    sentence: ClassVar[str] = N_("Everybody works so many of so many weekends, such as 1 of 2 or 2 of 5.")
    rests_on: ClassVar[str] = N_(
        "Agreement with the representatives; more often than every third weekend is voluntary in the unions' "
        "policy, and averaging Sundays off over 26 weeks takes an agreement (AML § 10-8 (4))."
    )
    rules: ClassVar[tuple[str, ...]] = (RULE,)

    worked: Weekends = Field(1, description=N_("Most weekends worked."))
    of_weeks: Weeks = Field(2, alias="of", description=N_("In so many weeks in a row."))

    def why_not(self, variant: Variant) -> str:
        """Return that it is so already, or that people have different frequencies."""
        if not of_everybody(variant, RULE):
            return _("found different values for different people")
        if (self.worked, self.of_weeks) == _present(variant):
            return _("found that it is so already")
        if self.worked > self.of_weeks:
            return _("found more weekends than weeks")
        return self.nobody(variant)

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the frequency, and lengthen a base rota to a multiple of its weeks."""
        del variant
        set_values(data, RULE, {"worked": self.worked, "of": self.of_weeks}, self.people)
        horizon = data["horizon"]
        if "start" not in horizon and horizon["weeks"] % self.of_weeks:
            horizon["weeks"] += self.of_weeks - horizon["weeks"] % self.of_weeks

    def values_in_words(self) -> Iterator[str]:
        """Yield `1 of 2`, translated."""
        yield _("{worked} of {of}").format(worked=self.worked, of=self.of_weeks)
        if self.people is not None:
            yield self.for_whom()

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield the next more and the next less frequent weekends."""
        present = _present(variant)
        if present is None or present[0] != 1:
            return
        for weeks in (present[1] - 1, present[1] + 1):
            if weeks >= 1:
                lever = cls.model_validate({"worked": 1, "of": weeks})
                if not lever.why_not(variant):
                    yield lever


def _present(variant: Variant) -> tuple[int, int] | None:
    """Return (worked, of) as the unit has it; None without the rule."""
    rules = () if variant.case is None else variant.case.rules
    return next(((rule.worked, rule.of_weeks) for rule in rules if rule.id == RULE), None)  # type: ignore[attr-defined]
