"""Most nights in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.reading import grouped, reader, run_before
from turnus.texts import N_


class MaxNightsInARow(Rule):
    """Nobody works more than this many nights in a row; a night is a shift tagged `night`."""

    id: ClassVar[str] = "max_nights_in_a_row"
    title: ClassVar[str] = N_("Nights in a row")
    sentence: ClassVar[str] = N_("At most the stated number of night shifts in a row.")
    example: ClassVar[str] = N_("Four nights in a row where three are allowed.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); NHO, Gode kjøreregler for skift",
        "https://arbinn.nho.no/arbeidsrett/arbeidstid-ferie-og-permisjon/arbeidstid-skift-og-turnus/",
    )
    unit: ClassVar[str] = N_("nights too many")

    nights: Annotated[int, Field(ge=1, le=14)] = Field(3, description="Most nights in a row.")

    def idle(self, problem: Problem) -> bool:
        """Whether the unit has no nights."""
        return not problem.tagged("night")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of nights beyond the limit, dated on its first day."""
        members = problem.tagged("night")
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            beyond = (
                day
                for day in range(problem.days)
                if run_before(read, day, members, self.nights + 1) > self.nights
            )
            for first, nights in grouped(beyond):
                yield Breach(self.id, post, first, nights, self.unit, times=nights)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the run of nights."""
        del post
        members = problem.tagged("night")
        return (RunLength(members, longest=self.nights),) if members else ()
