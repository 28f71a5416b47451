"""Most hours in any single week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, WeekSum
from turnus.rules.reading import reader
from turnus.texts import N_


class MaxHoursPerWeek(Rule):
    r"""Nobody works more than this many hours in any week, Monday to Sunday.

    :math:`\sum_{d \in w} \text{hours}_d \le \text{most}`; a shift's hours all count in the week it starts in.
    """

    id: ClassVar[str] = "max_hours_per_week"
    title: ClassVar[str] = N_("Hours per week")
    sentence: ClassVar[str] = N_("At most the stated hours in any week from Monday to Sunday.")
    source: ClassVar[Source] = Source(
        "AML § 10-4 and § 10-5",
        "https://arbeidsmiljoloven.com/paragraf/gjennomsnittsberegning-av-den-alminnelige-arbeidstid/",
    )
    unit: ClassVar[str] = N_("minutes too many")

    most_minutes: Minutes = Field(54 * 60, alias="most")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each week above the limit, dated on its Monday."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for monday in range(0, problem.days, WEEK_DAYS):
                minutes = sum(problem.minutes[read(day) or 0] for day in range(monday, monday + WEEK_DAYS))
                if minutes > self.most_minutes:
                    yield Breach(self.id, post, monday, minutes - self.most_minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the sum of a week's minutes."""
        del post
        if WEEK_DAYS * max(problem.minutes) <= self.most_minutes:
            return ()
        return (WeekSum(problem.minutes, self.most_minutes),)
