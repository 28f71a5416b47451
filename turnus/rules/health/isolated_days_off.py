"""Isolated days off: a day off between two working days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.reading import reader, short_runs
from turnus.texts import N_


class IsolatedDaysOff(Rule):
    """Days off come at least so many in a row, so that nobody gets a single day off between working days.

    What came before a calendar plan's history and what comes after its last day count in the post's favour.
    """

    id: ClassVar[str] = "isolated_days_off"
    title: ClassVar[str] = N_("Isolated days off")
    sentence: ClassVar[str] = N_("Days off come at least so many in a row.")
    example: ClassVar[str] = N_("One day off between two working days.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); NHO, Gode kjøreregler for skift",
        "https://arbinn.nho.no/arbeidsrett/arbeidstid-ferie-og-permisjon/arbeidstid-skift-og-turnus/",
    )
    unit: ClassVar[str] = N_("days missing")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    at_least: Annotated[int, Field(ge=2, le=7)] = Field(2, description="Fewest days off in a row.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each run that is too short, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for first, length in short_runs(problem, read, frozenset({OFF}), self.at_least):
                missing = self.at_least - length
                yield Breach(self.id, post, max(0, first), missing, self.unit, times=missing)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one least length of such a run."""
        del problem, post
        return (RunLength(frozenset({OFF}), shortest=self.at_least),)
