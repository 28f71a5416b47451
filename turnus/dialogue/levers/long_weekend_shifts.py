"""Long weekend shifts: one long shift in the place of a day and an evening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, WithJsonSchema

from turnus.clock import DAY_MINUTES, parse_duration, show_clock
from turnus.dialogue.demand_edits import edges_of_day
from turnus.dialogue.lever import Data
from turnus.dialogue.lever_people import ForSome
from turnus.dialogue.staff_edits import accept, needs_everybody, not_yet_willing
from turnus.dialogue.variant import Variant
from turnus.rules.profiles import PROFILES
from turnus.scenario.models import Duration
from turnus.texts import N_, _, hours_and_minutes, percent

#: The profile that takes an agreement on so long shifts for granted, in place of which other one.
_PROFILES = {
    "ks-lokal": ("ks-lokal-langvakt", "sentral-langvakt"),
    "ks-lokal-langvakt": ("sentral-langvakt",),
}


def _long(text: str) -> str:
    if not 10 * 60 < parse_duration(text) <= 14 * 60 + 30:
        raise ValueError(f"expected a length above 10 h and at most 14 h 30 min, found {text!r}")
    return text


class LongWeekendShifts(ForSome):
    """Two long shifts at weekends: one from the morning on, one until the evening's end."""

    id: ClassVar[str] = "long-weekend-shifts"
    title: ClassVar[str] = N_("Long weekend shifts")
    sentence: ClassVar[str] = N_(
        "Adds an early and a late long shift at weekends, for those who accept them or for everybody."
    )
    rests_on: ClassVar[str] = N_(
        "AML § 10-5: up to 10 h with the employee, up to 12.5 h with the local representatives and "
        "voluntary for each; longer by central agreement (§ 10-12 (4)) or permit."
    )

    length: Annotated[
        Duration, AfterValidator(_long), WithJsonSchema({"type": "string", "examples": ["12 h 30 min"]})
    ] = Field("12 h 30 min", description=N_("How long each long shift is."))
    share: Annotated[float, Field(ge=0, le=100)] = Field(
        100, description=N_("Percent of the staff who accept long shifts, the largest posts first.")
    )
    voluntary: bool = Field(
        True, description=N_("Only for those who accept long shifts; otherwise for everybody.")
    )

    def why_not(self, variant: Variant) -> str:
        """Return that there are long shifts already, no hours to put them in, or nobody to share them."""
        data = variant.data
        if any("long" in shift.get("tags", ()) for shift in data["shifts"]):
            return _("found long shifts in the unit already")
        if edges_of_day(data) is None:
            return _("found no shifts with the tags day and evening")
        if self.nobody(variant):
            return self.nobody(variant)
        if self.people is not None and not self.voluntary:
            return _("found long shifts for everybody, and people whom they are for")
        if self.voluntary and self.people is None and needs_everybody(variant, self.share):
            return _("found open posts alone, which accept long shifts all together or not at all")
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Add the two shifts, who accepts them, and the profile that such shifts take."""
        del variant
        edges = edges_of_day(data)
        assert edges is not None
        begins, ends = edges
        length = parse_duration(self.length)
        only = {"volunteers_only": True} if self.voluntary else {}
        for code, name, first in (("L", "Lang tidlig", begins), ("L2", "Lang sen", ends - length)):
            last = (first + length) % DAY_MINUTES
            data["shifts"].append(
                {"code": _free(code, data), "name": name, "from": show_clock(first), "to": show_clock(last)}
                | {"tags": ["long"], "days": ["weekend"]} | only
            )  # fmt: skip
        if self.voluntary:
            accept(data, "long_shifts", self.share, self.people)
        rules = data.setdefault("rules", {})
        for profile in _PROFILES.get(rules.get("profile", "ks-lokal"), ()):
            longest = PROFILES[profile].values["max_hours_per_shift"]["longest"]
            if parse_duration(longest) >= length:
                rules["profile"] = profile
                return

    def values_in_words(self) -> Iterator[str]:
        """Yield the length, and who works them."""
        yield hours_and_minutes(parse_duration(self.length))
        yield self.for_whom() or (percent(self.share) if self.voluntary else _("for everybody"))

    def asked(self, variant: Variant) -> list[str]:
        """Return who has not accepted long shifts, and is not exempt from weekends."""
        return not_yet_willing(variant, "long_shifts") if self.voluntary else []


def _free(code: str, data: Data) -> str:
    """Return a code that no shift has yet."""
    taken = {shift["code"] for shift in data["shifts"]}
    return next(one for one in (code, f"{code}V", *(f"{code}{n}" for n in range(3, 99))) if one not in taken)
