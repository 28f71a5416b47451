"""Quick returns: little sleep between an evening and the next morning."""

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


class QuickReturns(Rule):
    """Between two shifts there are at least this many hours, however short the daily rest may lawfully be."""

    id: ClassVar[str] = "quick_returns"
    title: ClassVar[str] = N_("Quick returns")
    sentence: ClassVar[str] = N_("At least the stated hours between two shifts, for the sake of sleep.")
    source: ClassVar[Source] = Source(
        "AML § 10-8 (1); STAMI on short rest",
        "https://stami.no/kort-kviletid-mellom-vakter-korleis-paverkar-det-oss",
    )
    unit: ClassVar[str] = N_("minutes short")

    rest_minutes: Minutes = Field(11 * 60, alias="rest")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that starts too soon after the one before it."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days):
                action, before = read(day), last_shift_before(problem, read, day)
                if action in (OFF, None) or before is None:
                    continue
                gap = problem.starts[action] + (day - before[0]) * DAY_MINUTES - problem.ends[before[1]]
                if gap < self.rest_minutes:
                    yield Breach(self.id, post, day, self.rest_minutes - gap, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one clock gap between any two shifts."""
        del post
        return (ClockGap(self.rest_minutes, problem.worked, problem.worked, problem.starts, problem.ends),)
