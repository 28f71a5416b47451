"""Most hours a week as a mean over eight weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, WindowSum
from turnus.rules.levels import Level, Limit
from turnus.rules.reading import reader
from turnus.rules.windows import sums_over_weeks
from turnus.texts import N_

WEEKS = 8


class MeanHoursEightWeeks(Rule):
    r"""Nobody works more than 48 hours a week as a mean over any eight weeks.

    Some weeks may be longer (`max_hours_per_week` says how long), as long as any eight in a row even out:
    :math:`\sum_{w=1}^{8} \text{hours}_w \le 8 \cdot \text{mean}`, weeks Monday to Sunday. A base rota is read
    repeated, so that a cycle of six weeks is read on from its beginning. The same figure limits ordinary
    hours (§ 10-5) and hours with overtime (§ 10-6 (8)).
    """

    id: ClassVar[str] = "mean_hours_eight_weeks"
    title: ClassVar[str] = N_("Mean over eight weeks")
    sentence: ClassVar[str] = N_("At most the stated hours a week as a mean over any eight weeks in a row.")
    example: ClassVar[str] = N_(
        "Weeks of 54 h and 45 h by turns are 396 h in eight weeks, 12 h above 8 × 48 h = 384 h."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-5 and § 10-6 (8)",
        "https://arbeidsmiljoloven.com/paragraf/gjennomsnittsberegning-av-den-alminnelige-arbeidstid/",
    )
    unit: ClassVar[str] = N_("minutes too many")
    limits: ClassVar[tuple[Limit, ...]] = (Limit("mean", "most", 48 * 60, {Level.CENTRAL: None}),)
    measured: ClassVar[bool] = False

    mean_minutes: Minutes = Field(
        48 * 60, alias="mean", description="Most hours a week, as a mean over eight."
    )

    @property
    def most_minutes(self) -> int:
        """Return the most hours of eight weeks, in minutes."""
        return WEEKS * self.mean_minutes

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each eight weeks above the mean, dated on their last Sunday."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for last, minutes in sums_over_weeks(problem, read, problem.minutes, WEEKS):
                if minutes > self.most_minutes:
                    yield Breach(self.id, post, last, minutes - self.most_minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the sum of eight weeks' minutes."""
        del post
        days = WEEKS * WEEK_DAYS
        if days * max(problem.minutes) <= self.most_minutes:
            return ()
        return (WindowSum(problem.minutes, self.most_minutes, days=days),)
