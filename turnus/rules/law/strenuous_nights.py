"""Strenuous work at night: short shifts for those whose work is a special risk or strain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import Problem, Rota
from turnus.rules.about_shifts import ShiftRule
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.levels import COMPENSATING, Level, Limit
from turnus.rules.night import NIGHT_LIMITS, NightRule
from turnus.texts import N_


class StrenuousNights(ShiftRule, NightRule):
    """Those whose work is a special risk or strain have no shift above 8 hours with more than 3 at night.

    The file says whose work that is (`for`); without it the rule is for everybody. The 24 hours are read per
    shift, as a shift belongs to the day it starts on. Hours are those that count, without unpaid breaks.
    """

    id: ClassVar[str] = "strenuous_nights"
    title: ClassVar[str] = N_("Strenuous work at night")
    sentence: ClassVar[str] = N_(
        "Where the work is a special risk or strain, shifts at night are at most as long as stated."
    )
    example: ClassVar[str] = N_(
        "A night from 22:00 to 07:45 for somebody with this limit: 9 h 45 min, 1 h 45 min above 8 h."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-11 (1) and (7)", "https://arbeidsmiljoloven.com/paragraf/nattarbeid/"
    )
    unit: ClassVar[str] = N_("minutes too long")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit("longest", "most", 8 * 60, {Level.LOCAL: None}, "AML § 10-11 (9)", {Level.LOCAL: COMPENSATING}),
        *NIGHT_LIMITS,
    )

    longest_minutes: Minutes = Field(
        8 * 60, alias="longest", description="Most hours of a shift with more than those hours at night."
    )

    def beyond(self, problem: Problem, action: int) -> int:
        """Return how many minutes too long a shift at night is."""
        if self.minutes_at_night(problem, action) <= self.more_than_minutes:
            return 0
        return max(0, problem.minutes[action] - self.longest_minutes)

    def idle(self, problem: Problem) -> bool:
        """Whether no shift has so much night in it."""
        return not self.night_shifts(problem)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift at night that is longer than that."""
        for breach in super().violations(problem, rota):
            yield replace(breach, parameter="longest")
