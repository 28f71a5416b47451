"""Base staffing: more or fewer people on weekdays, with the budget for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.dialogue.demand_edits import (
    DAYS_OF,
    KINDS,
    PARTS,
    Part,
    add_to_budget,
    blocks,
    limit_inside,
    need_on,
    part_word,
    plain_days,
    shift_minutes,
    with_need,
)
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, signed

More = Annotated[int, Field(ge=-20, le=20)]


class BaseStaffing(Lever):
    """So many more, or fewer, by day, in the evening and at night; the budget follows."""

    id: ClassVar[str] = "base-staffing"
    title: ClassVar[str] = N_("Base staffing")
    sentence: ClassVar[str] = N_(
        "Asks for more or fewer people by day, in the evening or at night, with the budget for it."
    )
    rests_on: ClassVar[str] = N_(
        "The employer's decision and budget, discussed with the representatives (HTA chapter 1 § 2.3)."
    )

    day: More = Field(0, description=N_("More people by day; fewer below 0."))
    evening: More = Field(0, description=N_("More people in the evening; fewer below 0."))
    night: More = Field(0, description=N_("More people at night; fewer below 0."))
    weekend: bool = Field(False, description=N_("At weekends instead of on weekdays."))

    def why_not(self, variant: Variant) -> str:
        """Return that nothing would change, or that there is no such demand."""
        data = variant.data
        if not plain_days(data):
            return _("found demand by dates or weeks")
        if not any(self._more().values()):
            return _("found no change")
        for part, more in self._more().items():
            found = list(blocks(data, part, weekend=self.weekend))
            if more and not found:
                return _("found no demand at that time of day")
            if any(need_on(block["need"], self._kind) + more < 0 for block in found):
                return _("found fewer people than are taken away")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Change the need of each block, and the budget by the hours of the shifts that cover it."""
        minutes = 0
        for part, more in self._more().items():
            for block in blocks(data, part, weekend=self.weekend) if more else ():
                people = need_on(block["need"], self._kind) + more
                block["need"] = with_need(block["need"], self._kind, people)
                limit_inside(block, self._kind, people)
                minutes += more * DAYS_OF[self._kind] * shift_minutes(block, data, variant)
        add_to_budget(data, variant, minutes)

    @property
    def _kind(self) -> str:
        return KINDS[self.weekend]

    def _more(self) -> dict[Part, int]:
        return dict(zip(PARTS, (self.day, self.evening, self.night), strict=True))

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield one more and one fewer at each time of day, on weekdays and at weekends."""
        for weekend in (False, True):
            for part in PARTS:
                for more in (1, -1):
                    lever = cls.model_validate({part: more, "weekend": weekend})
                    if not lever.why_not(variant):
                        yield lever

    def values_in_words(self) -> Iterator[str]:
        """Yield each time of day with its change, translated."""
        yield _("weekend") if self.weekend else _("weekdays")
        yield from (f"{part_word(part)} {signed(more)}" for part, more in self._more().items() if more)
