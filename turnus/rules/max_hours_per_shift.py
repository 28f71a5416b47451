"""Longest shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.rules.reading import reader
from turnus.texts import N_


class MaxHoursPerShift(Rule):
    """No shift is longer than this, by the clock from start to end or by the hours that count.

    `measure: clock` includes breaks and passive stretches, and is the careful reading; `measure: counted`
    leaves out unpaid breaks and the part of passive time that does not count.
    """

    id: ClassVar[str] = "max_hours_per_shift"
    title: ClassVar[str] = N_("Hours per shift")
    sentence: ClassVar[str] = N_("No shift is longer than the stated hours.")
    source: ClassVar[Source] = Source(
        "AML § 10-4 (1) and § 10-5",
        "https://www.nsf.no/arbeidsvilkar/dagligukentlig-arbeidstid-og-vaktordninger",
    )
    unit: ClassVar[str] = N_("minutes too long")

    longest_minutes: Minutes = Field(10 * 60, alias="longest")
    measure: Literal["clock", "counted"] = "clock"

    def length(self, problem: Problem, action: int) -> int:
        """Return how long a shift is in minutes, as this rule measures it; 0 for off."""
        if self.measure == "clock":
            return problem.ends[action] - problem.starts[action]
        return problem.minutes[action]

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that is too long."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days):
                beyond = self.length(problem, read(day) or OFF) - self.longest_minutes
                if beyond > 0:
                    yield Breach(self.id, post, day, beyond, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return every day of the shifts that are too long."""
        del post
        long = [a for a in sorted(problem.worked) if self.length(problem, a) > self.longest_minutes]
        return (Cells(frozenset((day, a) for a in long for day in range(problem.days))),) if long else ()
