"""Limits of the law for employees under 18, as limits on named people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import DAY_MINUTES
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.about_shifts import ShiftRule
from turnus.rules.base import Breach, Minutes, RestMinutes, Rule, Source
from turnus.rules.kinds import Kind
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.max_hours_per_shift import MaxHoursPerShift
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.law.weekly_rest import UNBROKEN, WeeklyRest
from turnus.scenario.messages import found
from turnus.texts import N_, _

NIGHT_BEGINS, NIGHT_ENDS = 23 * 60, 6 * 60
#: The value that a breach is measured from, by what it is about.
_MEASURED_FROM = {
    "hours of the shift": "longest",
    "hours of the week": "most",
    "daily rest": "rest",
    "weekly rest": "weekly_rest",
}
_NO_MORE = {"passive_extension_minutes": 0}  # chapter 11 does not let passive duty make their hours longer


class YoungWorkers(ShiftRule):
    """The people it is set for work short days and weeks, rest longer, and are free between 23 and 06.

    The file names people (`for`), never an age. The breach's `about` says which of the limits it is.
    """

    id: ClassVar[str] = "young_workers"
    title: ClassVar[str] = N_("Limits for young workers")
    sentence: ClassVar[str] = N_(
        "The named people work at most 8 hours a day and 40 a week, rest 12 hours, and are free at night."
    )
    example: ClassVar[str] = N_(
        "A shift until 23:30 for somebody with these limits: 30 min inside 23:00–06:00."
    )
    source: ClassVar[Source] = Source(
        "AML § 11-2 and § 11-3",
        "https://arbeidstilsynet.no/regelverk/lover/arbeidsmiljoloven/11/11-2/",
        verified=False,  # the weekly rest of 48 h was not read in the law
    )
    unit: ClassVar[str] = N_("minutes outside")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    people: tuple[str, ...] | None = Field(
        None, alias="for", description="Names of the people the limits are for.", examples=[["Kari"]]
    )
    longest_minutes: Minutes = Field(8 * 60, alias="longest", description="Longest shift.")
    most_minutes: Minutes = Field(40 * 60, alias="most", description="Most hours in any one week.")
    rest_minutes: RestMinutes = Field(12 * 60, alias="rest", description="Least time between two shifts.")
    weekly_rest_minutes: Annotated[Minutes, Field(le=UNBROKEN)] = Field(
        48 * 60, alias="weekly_rest", description="Least length of the week's unbroken rest."
    )

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield that the limits are for named people, when nobody is named."""
        del problem
        if self.people is None:
            yield Finding(
                (), _("expected `for` with the names of the people the limits are for"), found(None),
                _("Write for example `for: [Kari]`."),
            )  # fmt: skip

    def beyond(self, problem: Problem, action: int) -> int:
        """Return how many minutes of a shift lie between 23 and 06."""
        start, end = problem.starts[action], problem.ends[action]
        nights = ((NIGHT_BEGINS + day, NIGHT_ENDS + DAY_MINUTES + day) for day in (-DAY_MINUTES, 0))
        return sum(max(0, min(end, last) - max(start, first)) for first, last in nights)

    def limits_of_others(self) -> tuple[tuple[str, Rule], ...]:
        """Return the limits that other rules know how to read, with what each is about."""
        return (
            (N_("hours of the shift"), MaxHoursPerShift(longest_minutes=self.longest_minutes, **_NO_MORE)),
            (N_("hours of the week"), MaxHoursPerWeek.alike(self.most_minutes, **_NO_MORE)),
            (N_("daily rest"), DailyRest(rest_minutes=self.rest_minutes)),
            (N_("weekly rest"), WeeklyRest(rest_minutes=self.weekly_rest_minutes)),
        )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift, week or rest outside one of the limits."""
        for breach in super().violations(problem, rota):
            yield self._mine(breach, N_("work at night"))
        concerned = set(self.posts_concerned(problem, rota))
        for about, rule in self.limits_of_others():
            for breach in rule.violations(problem, rota):
                if breach.post in concerned:
                    yield self._mine(breach, about)

    def _mine(self, breach: Breach, about: str) -> Breach:
        parameter = _MEASURED_FROM.get(about, "")
        return replace(breach, rule=self.id, unit=self.unit, about=about, parameter=parameter)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the kinds of all the limits."""
        others = (kind for _about, rule in self.limits_of_others() for kind in rule.lower(problem, post))
        return (*super().lower(problem, post), *others)
