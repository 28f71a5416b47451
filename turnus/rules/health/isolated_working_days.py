"""Isolated working days: a working day between two days off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.reading import reader, short_runs
from turnus.texts import N_


class IsolatedWorkingDays(Rule):
    """Working days come at least so many in a row, so that nobody comes in for a single day between days off.

    What came before a calendar plan's history and what comes after its last day count in the post's favour.
    """

    id: ClassVar[str] = "isolated_working_days"
    title: ClassVar[str] = N_("Isolated working days")
    sentence: ClassVar[str] = N_("Working days come at least so many in a row.")
    example: ClassVar[str] = N_("One working day between two days off.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); NHO, Gode kjøreregler for skift",
        "https://arbinn.nho.no/arbeidsrett/arbeidstid-ferie-og-permisjon/arbeidstid-skift-og-turnus/",
    )
    unit: ClassVar[str] = N_("days missing")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    at_least: Annotated[int, Field(ge=2, le=7)] = Field(2, description="Fewest working days in a row.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each run that is too short, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for first, length in short_runs(problem, read, problem.worked, self.at_least):
                missing = self.at_least - length
                yield Breach(self.id, post, max(0, first), missing, self.unit, times=missing)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one least length of such a run."""
        del post
        return (RunLength(problem.worked, shortest=self.at_least),)
