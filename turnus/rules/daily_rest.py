"""Daily rest: free time between two working periods."""

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


class DailyRest(Rule):
    r"""Everybody has at least this many hours free between the end of one shift and the start of the next.

    :math:`\text{start}_{next} - \text{end}_{previous} \ge \text{rest}`, by clock time, across days off too.
    """

    id: ClassVar[str] = "daily_rest"
    title: ClassVar[str] = N_("Daily rest")
    sentence: ClassVar[str] = N_(
        "At least the stated hours free from the end of one shift to the start of the next."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (1) and (3)", "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/daglig-fritid/"
    )
    unit: ClassVar[str] = N_("minutes short")

    rest_minutes: Minutes = Field(11 * 60, alias="rest")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each pair of shifts with too little time between them, dated on the second."""
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
