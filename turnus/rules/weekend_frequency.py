"""Weekend frequency: how many weekends in a stretch of weeks are worked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, WeekEvents
from turnus.rules.reading import Reader, reader
from turnus.scenario.messages import found
from turnus.texts import N_, _

Weeks = Annotated[int, Field(ge=1, le=52)]
Weekends = Annotated[int, Field(ge=0, le=52)]


class WeekendFrequency(Rule):
    """Of any so many weekends in a row, a person works at most this many; volunteers for extra weekends more.

    A weekend is worked when any shift that starts inside the unit's weekend is worked, so that with a
    weekend from Friday 21:00 a Friday night makes a worked weekend.
    """

    id: ClassVar[str] = "weekend_frequency"
    title: ClassVar[str] = N_("Weekend frequency")
    sentence: ClassVar[str] = N_(
        "At most the stated number of worked weekends in any stated number of weeks."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (4); NSF, no more often than every third weekend",
        "https://sykepleien.no/meninger/innspill/2019/05/"
        "utfordringen-med-helgevakter-bremser-arbeidet-med-fa-en-heltidskultur-pa",
    )
    unit: ClassVar[str] = N_("weekends too many")

    worked: Weekends = 1
    of_weeks: Weeks = Field(3, alias="of")
    volunteers_worked: Weekends = 1
    volunteers_of_weeks: Weeks = Field(2, alias="volunteers_of")

    def limit(self, post: PostClass) -> tuple[int, int]:
        """Return (weekends worked at most, of how many weeks) for a class of posts."""
        if post.extra_weekends:
            return self.volunteers_worked, self.volunteers_of_weeks
        return self.worked, self.of_weeks

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield values that limit nothing because as many weekends as weeks may be worked."""
        del problem
        for name, worked, weeks in (
            ("worked", self.worked, self.of_weeks),
            ("volunteers_worked", self.volunteers_worked, self.volunteers_of_weeks),
        ):
            if worked > weeks:
                yield Finding(
                    (name,), _("expected at most {weeks} weekends of {weeks} weeks").format(weeks=weeks),
                    found(worked),
                    _("Write for example `worked: 1` and `of: 3` for every third weekend."),
                )  # fmt: skip

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of weeks with too many worked weekends, dated on its last weekend."""
        saturday = problem.weekend_days[0] if problem.weekend_days else 5
        for post in self.posts_concerned(problem, rota):
            most, weeks = self.limit(problem.classes[rota.posts[post].class_index])
            read = reader(problem, rota, post)
            for week in range(problem.weeks):
                worked = sum(_weekend_worked(problem, read, week - back) for back in range(weeks))
                if worked > most:
                    day = week * WEEK_DAYS + saturday
                    yield Breach(self.id, post, day, worked - most, self.unit, times=worked - most)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on weeks with a worked weekend."""
        most, weeks = self.limit(post)
        return (WeekEvents(problem.weekend_cells, most, weeks),) if most < weeks else ()


def _weekend_worked(problem: Problem, read: Reader, week: int) -> bool:
    monday = week * WEEK_DAYS
    return any((weekday, read(monday + weekday)) in problem.weekend_cells for weekday in range(WEEK_DAYS))
