"""Daily rest: free time between two working periods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, RestMinutes, Rule, Source
from turnus.rules.kinds import ClockGap, Kind
from turnus.rules.levels import COMPENSATING, Level, Limit
from turnus.rules.reading import reader, rests
from turnus.texts import N_


class DailyRest(Rule):
    r"""Everybody has at least this many hours free between the end of one shift and the start of the next.

    :math:`\text{start}_{next} - \text{end}_{previous} \ge \text{rest}`, by clock time, across days off too.

    Notes
    -----
    Hours and rests are read off the clock of the plan, on the two nights when it is changed as on any other:
    22:15 to 09:15 is 11 h, though 10 h pass in March and 12 h in October. So the plan says the same every
    week; what such a night is paid for is settled with the wages.
    """

    id: ClassVar[str] = "daily_rest"
    title: ClassVar[str] = N_("Daily rest")
    sentence: ClassVar[str] = N_(
        "At least the stated hours free from the end of one shift to the start of the next."
    )
    example: ClassVar[str] = N_(
        "Evening to 22:15, then day from 07:30: 9 h 15 min free where 11 h are required, 1 h 45 min short."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (1) and (3)", "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/daglig-fritid/"
    )
    unit: ClassVar[str] = N_("minutes short")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "rest", "least", 11 * 60, {Level.LOCAL: 8 * 60, Level.CENTRAL: None}, "AML § 10-8 (3)",
            {Level.LOCAL: COMPENSATING},
        ),
    )  # fmt: skip

    rest_minutes: RestMinutes = Field(11 * 60, alias="rest", description="Least time between two shifts.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each pair of shifts with too little time between them, dated on the second."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for rest in rests(problem, read):
                if rest.minutes < self.rest_minutes:
                    yield Breach(self.id, post, rest.day, self.rest_minutes - rest.minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one clock gap between any two shifts."""
        del post
        return (ClockGap(self.rest_minutes, problem.worked, problem.worked, problem.starts, problem.ends),)
