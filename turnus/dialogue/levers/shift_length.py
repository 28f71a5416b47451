"""Shift length: one shift ends later or earlier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import DAY_MINUTES, parse_clock, show_clock
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, signed

_STEP_MINUTES = 30


class ShiftLength(Lever):
    """One shift is longer or shorter at its end; demand stays as it is."""

    id: ClassVar[str] = "shift-length"
    title: ClassVar[str] = N_("Length of a shift")
    sentence: ClassVar[str] = N_("One shift ends so much later or earlier; the demand stays as it is.")
    rests_on: ClassVar[str] = N_(
        "AML § 10-4 and § 10-5: above 9 h with the employee, above 10 h with the local representatives."
    )

    code: str = Field(description=N_("Code of the shift."))
    minutes: Annotated[int, Field(ge=-360, le=360)] = Field(
        30, description=N_("Minutes later; earlier below 0.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such shift, or that nothing would be left of it."""
        shift = _shift(variant.data, self.code)
        if shift is None:
            return _("found no shift {code}").format(code=self.code)
        if "parts" in shift:
            return _("found a shift made up of parts")
        length = (parse_clock(shift["to"]) - parse_clock(shift["from"])) % DAY_MINUTES or DAY_MINUTES
        if not 60 <= length + self.minutes < DAY_MINUTES:
            return _("found a shift that would be too short or too long")
        return "" if self.minutes else _("found no change")

    def edit(self, data: Data, variant: Variant) -> None:
        """Move the end of the shift."""
        del variant
        shift = _shift(data, self.code)
        assert shift is not None
        shift["to"] = show_clock((parse_clock(shift["to"]) + self.minutes) % DAY_MINUTES)

    def values_in_words(self) -> Iterator[str]:
        """Yield the shift and its change."""
        yield f"{self.code} {signed(self.minutes)} min"

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield each shift half an hour longer and half an hour shorter."""
        for shift in variant.data["shifts"]:
            for minutes in (_STEP_MINUTES, -_STEP_MINUTES):
                lever = cls(code=shift["code"], minutes=minutes)
                if not lever.why_not(variant):
                    yield lever


def _shift(data: Data, code: str) -> Data | None:
    return next((shift for shift in data["shifts"] if shift["code"] == code), None)
