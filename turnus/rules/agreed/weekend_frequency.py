"""Weekend frequency: how many weekends in a stretch of weeks are worked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, WeekEvents
from turnus.rules.reading import Reader, reader
from turnus.rules.windows import too_many_weeks
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
    example: ClassVar[str] = N_(
        "Weekends in week 1 and week 3 are both worked where only every third may be."
    )
    source: ClassVar[Source] = Source(
        "Agreed practice; NSF, no more often than every third weekend",
        "https://sykepleien.no/meninger/innspill/2019/05/"
        "utfordringen-med-helgevakter-bremser-arbeidet-med-fa-en-heltidskultur-pa",
        verified=False,  # an opinion in a journal; no text of law or tariff says it
    )
    unit: ClassVar[str] = N_("weekends too many")

    worked: Weekends = Field(1, description="Most weekends worked.")
    of_weeks: Weeks = Field(3, alias="of", description="In so many weeks in a row.")
    volunteers_worked: Weekends = Field(
        1, description="Most weekends worked by those who accept extra weekends."
    )
    volunteers_of_weeks: Weeks = Field(
        2, alias="volunteers_of", description="In so many weeks in a row, for them."
    )

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
        """Yield each worked weekend that ends a stretch of weeks with too many; `amount` is of the worst."""
        saturday = problem.weekend_days[0] if problem.weekend_days else 5
        for post in self.posts_concerned(problem, rota):
            most, weeks = self.limit(problem.classes[rota.posts[post].class_index])
            worked = partial(_weekend_worked, problem, reader(problem, rota, post))
            for week, amount, times in too_many_weeks(problem, worked, most, weeks):
                yield Breach(self.id, post, week * WEEK_DAYS + saturday, amount, self.unit, times)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on weeks with a worked weekend."""
        most, weeks = self.limit(post)
        return (WeekEvents(problem.weekend_cells, most, weeks),) if most < weeks else ()


def _weekend_worked(problem: Problem, read: Reader, week: int) -> bool:
    monday = week * WEEK_DAYS
    return any((weekday, read(monday + weekday)) in problem.weekend_cells for weekday in range(WEEK_DAYS))
