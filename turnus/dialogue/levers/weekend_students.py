"""Students at weekends: some of the weekend's work is done by students with contracts outside this plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.dialogue.demand_edits import (
    DAYS_OF,
    Part,
    add_to_budget,
    blocks,
    need_on,
    part_word,
    plain_days,
    shift_minutes,
    with_need,
)
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _


class WeekendStudents(Lever):
    """Students take so many shifts each weekend day; their hours leave the unit's budget with them."""

    id: ClassVar[str] = "weekend-students"
    title: ClassVar[str] = N_("Students at weekends")
    sentence: ClassVar[str] = N_(
        "Students with small contracts outside this plan take some weekend shifts; their hours leave the "
        "budget, and their posts are not counted here."
    )
    rests_on: ClassVar[str] = N_(
        "Part-time hire takes a written statement of need and discussion (AML § 14-1 b); never below the "
        "competence that is asked for."
    )

    people: Annotated[int, Field(ge=1, le=10)] = Field(1, description=N_("Students on each weekend day."))
    part: Part = Field("day", description=N_("Time of day: day, evening or night."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is not so much demand, or that it is all for a competence."""
        data = variant.data
        if not plain_days(data):
            return _("found demand by dates or weeks")
        found = list(blocks(data, self.part, weekend=True))
        if not found:
            return _("found no demand at that time of day")
        for block in found:
            inside = sum(need_on(need, "weekend") for need in block.get("of_which", {}).values())
            if need_on(block["need"], "weekend") - inside < self.people:
                return _("found too few who need no stated competence")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Take the students' shifts out of demand and budget."""
        minutes = 0
        for block in blocks(data, self.part, weekend=True):
            block["need"] = with_need(
                block["need"], "weekend", need_on(block["need"], "weekend") - self.people
            )
            minutes -= self.people * DAYS_OF["weekend"] * shift_minutes(block, data, variant)
        add_to_budget(data, variant, minutes)

    def values_in_words(self) -> Iterator[str]:
        """Yield how many, and the time of day."""
        yield f"{part_word(self.part)} {self.people}"
