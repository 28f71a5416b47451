"""Most quick returns in some weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import ClockGap, Kind, Limited
from turnus.rules.reading import Reader, reader, rest_before
from turnus.texts import N_


class MaxQuickReturns(Rule):
    """Of some weeks in a row, Monday to Sunday, at most so many rests are shorter than the stated hours.

    A quick return belongs to the day of the second shift. In a cycle the weeks are those of the repeated
    rota; before a plan the known days count.
    """

    id: ClassVar[str] = "max_quick_returns"
    title: ClassVar[str] = N_("Most quick returns")
    sentence: ClassVar[str] = N_(
        "In the stated weeks in a row at most so many rests are shorter than the stated hours."
    )
    example: ClassVar[str] = N_("Three times evening and then day within six weeks where two are agreed.")
    source: ClassVar[Source] = Source(
        "AML § 10-8 (3); STAMI on short rest",
        "https://stami.no/kort-kviletid-mellom-vakter-korleis-paverkar-det-oss",
    )
    unit: ClassVar[str] = N_("quick returns too many")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    rest_minutes: Minutes = Field(11 * 60, alias="rest", description="A shorter rest is a quick return.")
    most: Annotated[int, Field(ge=0, le=60)] = Field(2, description="Most quick returns in those weeks.")
    weeks: Annotated[int, Field(ge=1, le=12)] = Field(6, description="Weeks in a row that are counted.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of weeks with too many quick returns, dated on its last Sunday."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for sunday in range(WEEK_DAYS - 1, problem.days, WEEK_DAYS):
                days = range(sunday + 1 - self.weeks * WEEK_DAYS, sunday + 1)
                excess = sum(self._is_quick(problem, read, day) for day in days) - self.most
                if excess > 0:
                    yield Breach(self.id, post, sunday, excess, self.unit, times=excess)

    def _is_quick(self, problem: Problem, read: Reader, day: int) -> bool:
        """Whether a day's shift starts too soon after the one before it."""
        if problem.cyclic:
            day %= problem.days
        rest = rest_before(problem, read, day)
        return rest is not None and rest.minutes < self.rest_minutes

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return a limit on how often the clock gap is broken."""
        del post
        gap = ClockGap(self.rest_minutes, problem.worked, problem.worked, problem.starts, problem.ends)
        return (Limited(gap, self.most, self.weeks),)
