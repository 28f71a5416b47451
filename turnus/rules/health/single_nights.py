"""Single nights: a night shift with no night before or after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.reading import reader, short_runs
from turnus.texts import N_


class SingleNights(Rule):
    """Night shifts come at least so many in a row; a night is a shift tagged `night`.

    What came before a calendar plan's history and what comes after its last day count in the post's favour.
    """

    id: ClassVar[str] = "single_nights"
    title: ClassVar[str] = N_("Single nights")
    sentence: ClassVar[str] = N_("Night shifts come at least so many in a row.")
    example: ClassVar[str] = N_("One night alone, with other shifts or days off around it.")
    source: ClassVar[Source] = Source("AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("nights missing")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    at_least: Annotated[int, Field(ge=2, le=7)] = Field(2, description="Fewest nights in a row.")

    def idle(self, problem: Problem) -> bool:
        """Whether the unit has no nights."""
        return not problem.tagged("night")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each run that is too short, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for first, length in short_runs(problem, read, problem.tagged("night"), self.at_least):
                missing = self.at_least - length
                yield Breach(self.id, post, max(0, first), missing, self.unit, times=missing)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one least length of such a run."""
        del post
        return (RunLength(problem.tagged("night"), shortest=self.at_least),)
