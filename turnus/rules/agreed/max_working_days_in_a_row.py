"""Most working days in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.reading import grouped, reader, run_before
from turnus.texts import N_


class MaxWorkingDaysInARow(Rule):
    """Nobody works more than this many days in a row."""

    id: ClassVar[str] = "max_working_days_in_a_row"
    title: ClassVar[str] = N_("Working days in a row")
    sentence: ClassVar[str] = N_("At most the stated number of working days in a row.")
    example: ClassVar[str] = N_("Shifts on seven days in a row where five are allowed: two days too many.")
    source: ClassVar[Source] = Source("AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("days too many")

    days: Annotated[int, Field(ge=1, le=14)] = Field(5, description="Most working days in a row.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of days beyond the limit, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            beyond = (
                day
                for day in range(problem.days)
                if run_before(read, day, problem.worked, self.days + 1) > self.days
            )
            for first, days in grouped(beyond):
                yield Breach(self.id, post, first, days, self.unit, times=days)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the run of days with any shift."""
        del post
        return (RunLength(problem.worked, longest=self.days),)
