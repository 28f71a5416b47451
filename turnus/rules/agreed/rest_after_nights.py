"""Rest after nights: time between the last night and the next shift by day or evening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import ClockGap, Kind
from turnus.rules.reading import reader, rests
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
    example: ClassVar[str] = N_(
        "The last night ends 07:45, an evening shift starts the next day at 14:45: 31 h where 48 h are "
        "agreed."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); NHO, Gode kjøreregler for skift",
        "https://arbinn.nho.no/arbeidsrett/arbeidstid-ferie-og-permisjon/arbeidstid-skift-og-turnus/",
    )
    unit: ClassVar[str] = N_("minutes short")

    rest_minutes: Minutes = Field(0, alias="rest", description="Least time after the last night.")

    def idle(self, problem: Problem) -> bool:
        """Whether no hours are stated, or the unit has no nights."""
        return not self.rest_minutes or not problem.tagged("night")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each day or evening shift too soon after a night, dated on that shift."""
        if not self.rest_minutes:
            return  # shifts that overlap are for the daily rest
        nights = problem.tagged("night")
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for rest in rests(problem, read):
                last_night = rest.after in nights and rest.before not in nights
                if last_night and rest.minutes < self.rest_minutes:
                    yield Breach(self.id, post, rest.day, self.rest_minutes - rest.minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one clock gap from nights to every other shift."""
        del post
        nights = problem.tagged("night")
        others = problem.worked - nights
        if not self.rest_minutes or not nights or not others:
            return ()
        return (ClockGap(self.rest_minutes, nights, others, problem.starts, problem.ends),)
