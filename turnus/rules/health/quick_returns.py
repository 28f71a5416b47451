"""Quick returns: little sleep between an evening and the next morning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import ClockGap, Kind
from turnus.rules.reading import reader, rests
from turnus.texts import N_


class QuickReturns(Rule):
    """Between two shifts there are at least this many hours, however short the daily rest may lawfully be."""

    id: ClassVar[str] = "quick_returns"
    title: ClassVar[str] = N_("Quick returns")
    sentence: ClassVar[str] = N_("At least the stated hours between two shifts, for the sake of sleep.")
    example: ClassVar[str] = N_(
        "Evening to 22:15 and day from 07:30 the next morning: 9 h 15 min, less than 11 h."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (1); STAMI on short rest",
        "https://stami.no/kort-kviletid-mellom-vakter-korleis-paverkar-det-oss",
    )
    unit: ClassVar[str] = N_("minutes short")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    rest_minutes: Minutes = Field(11 * 60, alias="rest", description="A shorter rest is a quick return.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that starts too soon after the one before it."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for rest in rests(problem, read):
                if rest.minutes < self.rest_minutes:
                    yield Breach(self.id, post, rest.day, self.rest_minutes - rest.minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one clock gap between any two shifts."""
        del post
        return (ClockGap(self.rest_minutes, problem.worked, problem.worked, problem.starts, problem.ends),)
