"""Extra weekends: so many a year beyond the usual ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, PlanWeeks, WeekEvents
from turnus.rules.reading import reader
from turnus.scenario.messages import found
from turnus.texts import N_, _

YEAR_WEEKS = 52
SATURDAY = 5


class ExtraWeekends(Rule):
    r"""Nobody works more weekends than the usual ones and so many extra weekends a year.

    In a rota of W weeks, whether a base rota or a calendar plan, that is at most

    .. math:: \lfloor W \cdot \text{usual} / \text{of} \rfloor + \lfloor W \cdot \text{a\_year} / 52 \rfloor

    worked weekends: a year's extra weekends are spread evenly over its 52 weeks, and only whole ones count. A
    weekend is worked as in `weekend_frequency`: any shift that starts inside it. Weekends before a plan and
    leave change nothing.

    The rule is for those who accept extra weekends. How close their weekends may lie is said by
    `weekend_frequency`, which has to be looser for them (`volunteers_worked`, `volunteers_of`); this rule
    says how many there are in all. State with `for` whom it is meant for.

    Notes
    -----
    That an extra weekend is one beyond the usual frequency, and a year 52 weeks, is practice: no text that
    defines it was found.
    """

    id: ClassVar[str] = "extra_weekends"
    title: ClassVar[str] = N_("Extra weekends a year")
    sentence: ClassVar[str] = N_(
        "At most the usual weekends and the stated number of extra weekends a year, as whole weekends of the "
        "rota."
    )
    example: ClassVar[str] = N_(
        "Six weekends in 13 weeks where every third and 4 extra a year are agreed, 4 + 1: one too many."
    )
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("weekends too many")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    usual: Annotated[int, Field(ge=0, le=52)] = Field(1, description="Weekends that are worked as usual.")
    of_weeks: Annotated[int, Field(ge=1, le=52)] = Field(
        3, alias="of", description="In so many weeks in a row."
    )
    a_year: Annotated[int, Field(ge=0, le=52)] = Field(
        4, description="Extra weekends in 52 weeks, beyond the usual ones."
    )

    def most(self, problem: Problem) -> int:
        """Return how many weekends may be worked in the whole rota."""
        return problem.weeks * self.usual // self.of_weeks + self.extra(problem)

    def extra(self, problem: Problem) -> int:
        """Return how many of the year's extra weekends fall to the rota."""
        return problem.weeks * self.a_year // YEAR_WEEKS

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield usual weekends that are more than there are weeks."""
        del problem
        if self.usual > self.of_weeks:
            yield Finding(
                ("usual",),
                _("expected at most {weeks} weekends of {weeks} weeks").format(weeks=self.of_weeks),
                found(self.usual),
                _("Write for example `usual: 1` and `of: 3` for every third weekend."),
            )

    def notes(self, problem: Problem) -> Iterator[Finding]:
        """Yield what the rota's length leaves of the extra weekends, and of the usual ones."""
        weeks = problem.weeks
        if self.a_year and not self.extra(problem):
            yield Finding(
                ("a_year",),
                _(
                    "expected at least {weeks} weeks, for with {n} a year fewer leave no whole extra weekend"
                ).format(weeks=-(-YEAR_WEEKS // self.a_year), n=self.a_year),
                _("found {weeks} weeks").format(weeks=weeks),
                _("Make the rota longer, or agree on more extra weekends."),
            )
        if weeks * self.usual % self.of_weeks:
            yield Finding(
                ("of",),
                _("expected a number of weeks that {most} of {weeks} weekends divides evenly").format(
                    most=self.usual, weeks=self.of_weeks
                ),
                _("found {weeks} weeks, so that the number of usual weekends is {n}").format(
                    weeks=weeks, n=weeks * self.usual // self.of_weeks
                ),
                _("A multiple of {weeks} weeks uses the rule to the full.").format(weeks=self.of_weeks),
            )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each post with too many worked weekends, dated on the first one too many."""
        most = self.most(problem)
        saturday = problem.weekend_days[0] if problem.weekend_days else SATURDAY
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            worked = [
                monday
                for monday in range(0, problem.days, WEEK_DAYS)
                if any((on, read(monday + on)) in problem.weekend_cells for on in range(WEEK_DAYS))
            ]
            excess = len(worked) - most
            if excess > 0:
                # The whole cycle is found too full once from each of its weeks.
                times = excess * problem.weeks if problem.cyclic else excess
                yield Breach(self.id, post, worked[most] + saturday, excess, self.unit, times=times)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the weeks with a worked weekend in the whole rota."""
        del post
        most = self.most(problem)
        if most >= problem.weeks:
            return ()
        if problem.cyclic:
            return (WeekEvents(problem.weekend_cells, most, problem.weeks),)
        return (PlanWeeks(problem.weekend_cells, most),)
