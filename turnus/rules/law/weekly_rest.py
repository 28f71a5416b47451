"""Weekly rest: one long free period in every week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import DAY_MINUTES, WEEK_DAYS, WEEKDAY_NAMES
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, RestInWeek
from turnus.rules.levels import COMPENSATING, Level, Limit
from turnus.rules.reading import Reader, free_minutes_around, known_days_before, reader
from turnus.texts import N_

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
UNBROKEN = WEEK_DAYS * DAY_MINUTES


class WeeklyRest(Rule):
    r"""Every week holds a day off inside an unbroken rest of at least this many hours.

    :math:`\max_{d \in w} (\text{next start after } d - \text{last end before } d) \ge \text{rest}` over the
    week's days off `d`. With `straddle` the rest may reach into the weeks beside it; without, only its part
    inside the week counts. A week is seven fixed days from `week_begins` 00:00, a Monday unless the unit has
    laid down another day; the act names none.

    Notes
    -----
    A week before a calendar plan is counted when it was still open, and the plan's first shift closes it
    too early. What is not known counts in the post's favour.
    """

    id: ClassVar[str] = "weekly_rest"
    title: ClassVar[str] = N_("Weekly rest")
    sentence: ClassVar[str] = N_("Every week has a day off inside an unbroken rest of the stated hours.")
    example: ClassVar[str] = N_(
        "Evening to 22:15, a day off, then day from 07:30: 33 h 15 min where 35 h are required, and no "
        "longer rest that week."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (2) and (3)", "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/ukentlig-fritid/"
    )
    unit: ClassVar[str] = N_("minutes short")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "rest", "least", 35 * 60, {Level.LOCAL: 28 * 60, Level.CENTRAL: None}, "AML § 10-8 (3)",
            {Level.LOCAL: COMPENSATING},
        ),
    )  # fmt: skip

    rest_minutes: Annotated[Minutes, Field(le=UNBROKEN)] = Field(
        35 * 60, alias="rest", description="Least length of the week's unbroken rest."
    )
    straddle: bool = Field(True, description="Whether the rest may begin before Monday or end after Sunday.")
    week_begins: Weekday = Field("monday", description="Weekday on which the seven days begin, at 00:00.")

    @property
    def first_weekday(self) -> int:
        """Return the weekday on which a week begins; 0 is Monday."""
        return WEEKDAY_NAMES.index(self.week_begins)

    def assumed(self) -> tuple[str, ...]:
        """Return how a rest over the end of a week is read, which the act does not say."""
        if not self.straddle:
            return ()
        return (
            N_(
                "The rest may begin before the week or end after it (`straddle`). Not verified: others count "
                "only what lies inside the week."
            ),
        )

    def weeks(self, problem: Problem) -> range:
        """Return the first day of each week; in a plan the first may have begun before it."""
        first = self.first_weekday
        return range(first - WEEK_DAYS if first and not problem.cyclic else first, problem.days, WEEK_DAYS)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each week without such a rest, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            weeks = self.weeks(problem)
            past = weeks.start - WEEK_DAYS
            if not problem.cyclic and self._closed_from_the_past(problem, rota, post, read, past):
                yield self._breach(problem, read, post, past)
            for monday in weeks:
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
        monday = day - (day - self.first_weekday) % WEEK_DAYS
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

    def _closed_from_the_past(
        self, problem: Problem, rota: Rota, post: int, read: Reader, monday: int
    ) -> bool:
        """Whether the last week of the history lacks its rest, and only because of the plan's first shift."""
        if not self.straddle or known_days_before(problem, rota, post) < -monday:
            return False
        if any(read(day) != OFF for day in range(monday + WEEK_DAYS - 1, 0)):
            return False
        return self.longest_rest(problem, read, monday) < self.rest_minutes

    def _breach(self, problem: Problem, read: Reader, post: int, monday: int) -> Breach:
        short = self.rest_minutes - self.longest_rest(problem, read, monday)
        return Breach(self.id, post, max(0, monday), short, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one rest in each week."""
        del post
        if not self.rest_minutes:
            return ()
        return (
            RestInWeek(self.rest_minutes, self.straddle, problem.starts, problem.ends, self.first_weekday),
        )
