"""Short weeks: weeks with so few days at work that the hours must be made up in others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, ShortWeeks
from turnus.rules.reading import Reader, reader
from turnus.texts import N_


class MaxShortWeeks(Rule):
    """Of some weeks in a row at most the stated number are short: some days at work, but few.

    A week without any day at work is free, not short. A week before a plan that is known only in part is not
    short either.
    """

    id: ClassVar[str] = "max_short_weeks"
    title: ClassVar[str] = N_("Short weeks")
    sentence: ClassVar[str] = N_(
        "Of the stated weeks in a row at most so many have fewer days at work than stated."
    )
    example: ClassVar[str] = N_("Three of six weeks have a single day at work where two may be short.")
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("weeks too many")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    days: Annotated[int, Field(ge=2, le=7)] = Field(
        3, description="A week with fewer days at work than this is short."
    )
    most: Annotated[int, Field(ge=0, le=26)] = Field(2, description="Most short weeks.")
    weeks: Annotated[int, Field(ge=1, le=26)] = Field(6, description="Weeks in a row that are counted.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of weeks with too many short ones, dated on its last Monday."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for monday in range(0, problem.days, WEEK_DAYS):
                mondays = range(monday - (self.weeks - 1) * WEEK_DAYS, monday + 1, WEEK_DAYS)
                short = sum(self.is_short(problem, read, first) for first in mondays)
                if short > self.most:
                    excess = short - self.most
                    yield Breach(self.id, post, monday, excess, self.unit, times=excess)

    def is_short(self, problem: Problem, read: Reader, monday: int) -> bool:
        """Whether a week has some days at work, but fewer than stated."""
        week = [read(day) for day in range(monday, monday + WEEK_DAYS)]
        at_work = sum(action in problem.worked for action in week)
        return None not in week and 0 < at_work < self.days

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the count of short weeks."""
        del post
        if self.most >= self.weeks:
            return ()
        return (ShortWeeks(problem.worked, self.days, self.most, self.weeks),)
