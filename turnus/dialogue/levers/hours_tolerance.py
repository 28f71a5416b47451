"""Averaging: how far planned hours may lie from the post's over the rota."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import parse_duration, show_duration
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.scenario.models import Duration
from turnus.texts import N_, _, hours_and_minutes

_STEP_MINUTES = 2 * 60


class HoursTolerance(Lever):
    """Another tolerance between planned hours and the post's."""

    id: ClassVar[str] = "hours-tolerance"
    title: ClassVar[str] = N_("Tolerance of hours")
    sentence: ClassVar[str] = N_(
        "Planned hours may lie so far below or above those of the post, over the rota."
    )
    rests_on: ClassVar[str] = N_(
        "Hours below are owed by the employee; planned hours above are overtime or additional hours "
        "(AML § 10-6; HTA chapter 1 § 6), so that 0 is the rule."
    )

    under: Duration | None = Field(None, description=N_("So much less at most."))
    over: Duration | None = Field(None, description=N_("So much more at most."))

    def why_not(self, variant: Variant) -> str:
        """Return that it is so already."""
        hours = variant.loaded.scenario.hours
        asked = {"under": self.under, "over": self.over}
        changed = any(
            value is not None and parse_duration(value) != parse_duration(getattr(hours, key))
            for key, value in asked.items()
        )
        return "" if changed else _("found that it is so already")

    def edit(self, data: Data, variant: Variant) -> None:
        """Set the tolerances of the unit."""
        del variant
        asked = {"under": self.under, "over": self.over}
        data.setdefault("hours", {}).update({key: value for key, value in asked.items() if value is not None})

    def values_in_words(self) -> Iterator[str]:
        """Yield the tolerances that are set."""
        for text, length in ((_("under {length}"), self.under), (_("over {length}"), self.over)):
            if length is not None:
                yield text.format(length=hours_and_minutes(parse_duration(length)))

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield two hours more and two less below the post's."""
        present = parse_duration(variant.loaded.scenario.hours.under)
        for minutes in (present - _STEP_MINUTES, present + _STEP_MINUTES):
            if minutes >= 0:
                yield cls(under=show_duration(minutes))
