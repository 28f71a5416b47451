"""Hours of a full position: 37.5, 35.5, 33.6 or converted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.clock import parse_duration
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, hours

REGIMES: tuple[Literal["37.5 h", "35.5 h", "33.6 h", "converted"], ...] = (
    "37.5 h", "35.5 h", "33.6 h", "converted",
)  # fmt: skip


class WorkingWeek(Lever):
    """Another full position for everybody."""

    id: ClassVar[str] = "working-week"
    title: ClassVar[str] = N_("Hours of a full position")
    sentence: ClassVar[str] = N_("A full position has so many hours a week.")
    rests_on: ClassVar[str] = N_(
        "HTA chapter 1 § 4.2: 35.5 h in rotas with Sundays, converted down to 33.6 h by Sundays and nights."
    )

    full_week: Literal["37.5 h", "35.5 h", "33.6 h", "converted"] = Field(
        "33.6 h", description=N_("Hours a week of a full position, or converted.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return that it is so already."""
        present = variant.loaded.scenario.hours.full_week
        return _("found that it is so already") if present == self.full_week else ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the hours of the unit; people with hours of their own keep them."""
        del variant
        data.setdefault("hours", {})["full_week"] = self.full_week

    def values_in_words(self) -> Iterator[str]:
        """Yield the hours, or that they are converted."""
        converted = self.full_week == "converted"
        yield _("converted (tredelt)") if converted else hours(parse_duration(self.full_week))

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield every other regime."""
        for regime in REGIMES:
            if regime != variant.loaded.scenario.hours.full_week:
                yield cls(full_week=regime)
