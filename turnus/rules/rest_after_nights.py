"""Rest after nights: time between the last night and the next shift by day or evening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import DAY_MINUTES
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import ClockGap, Kind
from turnus.rules.reading import last_shift_before, reader
from turnus.texts import N_


class RestAfterNights(Rule):
    """After the last of some nights there are at least this many hours until the next shift that is no night.

    A night is a shift tagged `night`. At 0 h only the daily rest applies.
    """

    id: ClassVar[str] = "rest_after_nights"
    title: ClassVar[str] = N_("Rest after nights")
    sentence: ClassVar[str] = N_(
        "At least the stated hours from a night shift to the next shift that is not a night."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); NHO, Gode kjøreregler for skift",
        "https://arbinn.nho.no/arbeidsrett/arbeidstid-ferie-og-permisjon/arbeidstid-skift-og-turnus/",
    )
    unit: ClassVar[str] = N_("minutes short")

    rest_minutes: Minutes = Field(0, alias="rest")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each day or evening shift too soon after a night, dated on that shift."""
        nights = problem.tagged("night")
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days):
                action, before = read(day), last_shift_before(problem, read, day)
                if action in (OFF, None) or action in nights or before is None or before[1] not in nights:
                    continue
                gap = problem.starts[action] + (day - before[0]) * DAY_MINUTES - problem.ends[before[1]]
                if gap < self.rest_minutes:
                    yield Breach(self.id, post, day, self.rest_minutes - gap, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one clock gap from nights to every other shift."""
        del post
        nights = problem.tagged("night")
        others = problem.worked - nights
        if not self.rest_minutes or not nights or not others:
            return ()
        return (ClockGap(self.rest_minutes, nights, others, problem.starts, problem.ends),)
