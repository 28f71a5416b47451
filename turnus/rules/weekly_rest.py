"""Weekly rest: one long free period in every week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, RestInWeek
from turnus.rules.reading import Reader, free_minutes_around, known_days_before, reader
from turnus.texts import N_

UNBROKEN = WEEK_DAYS * DAY_MINUTES


class WeeklyRest(Rule):
    r"""Every week, Monday to Sunday, holds a day off inside an unbroken rest of at least this many hours.

    :math:`\max_{d \in w} (\text{next start after } d - \text{last end before } d) \ge \text{rest}` over the
    week's days off `d`. With `straddle` the rest may reach into the weeks beside it; without, only its part
    inside the week counts.

    Notes
    -----
    A week before a calendar plan is counted when it was still open, and the plan's first shift closes it
    too early. What is not known counts in the post's favour.
    """

    id: ClassVar[str] = "weekly_rest"
    title: ClassVar[str] = N_("Weekly rest")
    sentence: ClassVar[str] = N_("Every week has a day off inside an unbroken rest of the stated hours.")
    source: ClassVar[Source] = Source(
        "AML § 10-8 (2) and (3)", "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/ukentlig-fritid/"
    )
    unit: ClassVar[str] = N_("minutes short")

    rest_minutes: Annotated[Minutes, Field(le=UNBROKEN)] = Field(35 * 60, alias="rest")
    straddle: bool = Field(True, description="Whether the rest may begin before Monday or end after Sunday.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each week without such a rest, dated on its Monday."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            if self._closed_from_the_past(problem, rota, post, read):
                yield self._breach(problem, read, post, -WEEK_DAYS)
            for monday in range(0, problem.days, WEEK_DAYS):
                if self.longest_rest(problem, read, monday) < self.rest_minutes:
                    yield self._breach(problem, read, post, monday)

    def longest_rest(self, problem: Problem, read: Reader, monday: int) -> int:
        """Return the longest rest in minutes, as counted, around any day off of a week; 0 without one."""
        rests = [
            rest
            for day in range(monday, monday + WEEK_DAYS)
            if (rest := self.rest_around(problem, read, day))
        ]
        return max(rests, default=0)

    def rest_around(self, problem: Problem, read: Reader, day: int) -> int:
        """Return the rest in minutes, as counted, that a day off lies in; 0 on a day that is worked.

        A rest that is open at one side, or a day that is not known, counts as `UNBROKEN`.
        """
        action = read(day)
        if action is None:
            return UNBROKEN
        if action != OFF:
            return 0
        found = free_minutes_around(problem, read, day)
        if self.straddle:
            return UNBROKEN if found is None else found[1] - found[0]
        return self._inside_week(problem, read, day)

    def _inside_week(self, problem: Problem, read: Reader, day: int) -> int:
        monday = day - day % WEEK_DAYS
        begins, ends = monday * DAY_MINUTES, (monday + WEEK_DAYS) * DAY_MINUTES
        for other in range(monday - 2, monday + WEEK_DAYS):
            action = read(other)
            if action is None or action == OFF:
                continue
            if other < day:
                begins = max(begins, other * DAY_MINUTES + problem.ends[action])
            else:
                ends = min(ends, other * DAY_MINUTES + problem.starts[action])
        return ends - begins

    def _closed_from_the_past(self, problem: Problem, rota: Rota, post: int, read: Reader) -> bool:
        """Whether the last week of the history lacks its rest, and only because of the plan's first shift."""
        if not self.straddle or known_days_before(problem, rota, post) < WEEK_DAYS or read(-1) != OFF:
            return False
        return self.longest_rest(problem, read, -WEEK_DAYS) < self.rest_minutes

    def _breach(self, problem: Problem, read: Reader, post: int, monday: int) -> Breach:
        short = self.rest_minutes - self.longest_rest(problem, read, monday)
        return Breach(self.id, post, max(0, monday), short, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one rest in each week."""
        del post
        if not self.rest_minutes:
            return ()
        return (RestInWeek(self.rest_minutes, self.straddle, problem.starts, problem.ends),)
