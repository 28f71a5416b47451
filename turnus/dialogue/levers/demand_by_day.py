"""Demand by weekday: one day of the week with more or fewer people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEKDAY_NAMES
from turnus.dialogue.demand_edits import (
    KINDS,
    PARTS,
    Part,
    add_to_budget,
    blocks,
    need_on,
    part_word,
    plain_days,
    shift_minutes,
)
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, signed, weekday

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class DemandByDay(Lever):
    """One day of the week with more or fewer people at one time of day; the budget follows."""

    id: ClassVar[str] = "demand-by-day"
    title: ClassVar[str] = N_("Demand on one day of the week")
    sentence: ClassVar[str] = N_(
        "Asks for more or fewer people on one day of the week, with the budget for it."
    )
    rests_on: ClassVar[str] = N_("The employer's decision, discussed with the representatives (AML § 10-3).")

    on: Day = Field(description=N_("The day of the week."))
    part: Part = Field("day", description=N_("Time of day: day, evening or night."))
    more: Annotated[int, Field(ge=-20, le=20)] = Field(-1, description=N_("More people; fewer below 0."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such demand."""
        data = variant.data
        if not plain_days(data):
            return _("found demand by dates or weeks")
        found = self._blocks(data)
        if not found:
            return _("found no demand at that time of day")
        return (
            _("found fewer people than are taken away")
            if any(_on(b, self.on) + self.more < 0 for b in found)
            else ""
        )

    def edit(self, data: Data, variant: Variant) -> None:
        """Change the need of the day, and the budget by the hours of the shifts that cover it."""
        minutes = 0
        for block in self._blocks(data):
            need = block["need"] if isinstance(block["need"], dict) else {"all": block["need"]}
            block["need"] = {**need, self.on: _on(block, self.on) + self.more}
            minutes += self.more * shift_minutes(block, data, variant)
        add_to_budget(data, variant, minutes)

    def _blocks(self, data: Data) -> list[Data]:
        return [block for block in blocks(data, self.part) if _on(block, self.on)]

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield one person fewer by day and in the evening, on each day of the week."""
        for day in WEEKDAY_NAMES:
            for part in PARTS[:2]:
                lever = cls.model_validate({"on": day, "part": part})
                if not lever.why_not(variant):
                    yield lever

    def values_in_words(self) -> Iterator[str]:
        """Yield the day and the change, translated."""
        yield f"{weekday(WEEKDAY_NAMES.index(self.on))}, {part_word(self.part)} {signed(self.more)}"


def _on(block: Data, day: str) -> int:
    need = block["need"]
    if isinstance(need, dict) and day in need:
        return int(need[day])
    return need_on(need, KINDS[WEEKDAY_NAMES.index(day) >= 5])
