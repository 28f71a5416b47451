"""Moved work: tasks that need not be done at weekends are done on weekdays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import WEEKDAY_NAMES
from turnus.dialogue.demand_edits import Part, blocks, need_on, part_word, plain_days, with_need
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, signed

_WEEKEND_DAYS = 2


class MovedWeekendWork(Lever):
    """So many fewer on a weekend day, and as many hours more on weekdays, from Monday on."""

    id: ClassVar[str] = "moved-weekend-work"
    title: ClassVar[str] = N_("Work moved from weekends to weekdays")
    sentence: ClassVar[str] = N_(
        "Asks for fewer people at weekends and for as many shifts more on weekdays, the hours being the same."
    )
    rests_on: ClassVar[str] = N_(
        "Nobody's agreement; which tasks can wait is assessed and discussed (AML § 10-2 and § 10-3)."
    )

    people: Annotated[int, Field(ge=1, le=10)] = Field(1, description=N_("Fewer people on each weekend day."))
    part: Part = Field("day", description=N_("Time of day: day, evening or night."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is not so much to move."""
        data = variant.data
        if not plain_days(data):
            return _("found demand by dates or weeks")
        both = [b for b in blocks(data, self.part, weekend=True) if need_on(b["need"], "weekdays")]
        if len(both) != 1:
            return _("found no single block that is for weekdays and weekends alike")
        if need_on(both[0]["need"], "weekend") < self.people:
            return _("found fewer people than are taken away")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Take people off the weekend, and add them to as many weekdays."""
        del variant
        block = next(b for b in blocks(data, self.part, weekend=True) if need_on(b["need"], "weekdays"))
        weekend, weekday = need_on(block["need"], "weekend") - self.people, need_on(block["need"], "weekdays")
        need = with_need(block["need"], "weekend", weekend)
        days = need if isinstance(need, dict) else {"weekdays": need, "weekend": need}
        every, some = divmod(self.people * _WEEKEND_DAYS, 5)
        days = with_need(days, "weekdays", weekday + every) if every else days
        days = days if isinstance(days, dict) else {"weekdays": days, "weekend": days}
        for name in WEEKDAY_NAMES[:some]:
            days = {**days, name: days.get(name, weekday + every) + 1}
        block["need"] = days
        for name, inside in block.get("of_which", {}).items():
            if need_on(inside, "weekend") > weekend:
                block["of_which"][name] = with_need(inside, "weekend", weekend)

    def values_in_words(self) -> Iterator[str]:
        """Yield the time of day with its change."""
        yield f"{part_word(self.part)} {signed(-self.people)}"
