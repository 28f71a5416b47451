"""Night workers: hours as a mean over four weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.kinds import Kind, WindowSum
from turnus.rules.levels import COMPENSATING, Level, Limit
from turnus.rules.night import NIGHT_LIMITS, NightRule
from turnus.rules.reading import reader
from turnus.rules.windows import sums_over_weeks
from turnus.texts import N_

WEEKS = 4
DAYS = WEEKS * WEEK_DAYS
WEEKLY_REST = 35 * 60  # minutes a week by § 10-8 (2), which the mean leaves out


class NightWork(NightRule):
    r"""Those who regularly work at night work at most 8 hours in 24, as a mean over any four weeks.

    :math:`\sum_{w=1}^{4} \text{hours}_w \le \frac{4 \cdot 7 \cdot 24 - 4 \cdot 35}{24} \cdot \text{mean}`,
    for the least weekly rest is not counted: 177 h 20 min at 8 h. Weeks are Monday to Sunday; a base rota is
    read repeated. Hours are ordinary hours, so that shifts tagged `overtime` are left out.

    Notes
    -----
    Who is a night worker: the act says "regularly more than three hours at night" and gives no number. Here
    it is who has at least `regularly` such shifts in four weeks, as a mean over the rota or plan; one is the
    careful reading (`assumed`). Days of leave do not make the four weeks shorter.
    """

    id: ClassVar[str] = "night_work"
    title: ClassVar[str] = N_("Hours of night workers")
    sentence: ClassVar[str] = N_(
        "Those who regularly work at night work at most the stated hours in 24, as a mean over four weeks."
    )
    example: ClassVar[str] = N_(
        "Four weeks of 45 h with nights among them are 180 h, 2 h 40 min above 177 h 20 min."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-11 (1) and (6)", "https://arbeidsmiljoloven.com/paragraf/nattarbeid/"
    )
    unit: ClassVar[str] = N_("minutes too many")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit("mean", "most", 8 * 60, {Level.LOCAL: None}, "AML § 10-11 (9)", {Level.LOCAL: COMPENSATING}),
        *NIGHT_LIMITS,
    )
    measured: ClassVar[bool] = False

    mean_minutes: Minutes = Field(
        8 * 60,
        alias="mean",
        description="Most hours in 24, as a mean over four weeks without the least weekly rest.",
    )
    regular_nights: Annotated[int, Field(ge=1, le=DAYS)] = Field(
        1,
        alias="regularly",
        description="So many such shifts in four weeks, as a mean, make a night worker.",
    )

    def assumed(self) -> tuple[str, ...]:
        """Return who works at night regularly, which the act does not say."""
        return (
            N_(
                "Not verified: how often is regularly, for the act gives no number; here it is as many "
                "shifts in four weeks as `regularly` says, as a mean over the rota."
            ),
        )

    @property
    def most_minutes(self) -> int:
        """Return the most hours of four weeks, in minutes."""
        return (DAYS * DAY_MINUTES - WEEKS * WEEKLY_REST) * self.mean_minutes // DAY_MINUTES

    def least_nights(self, problem: Problem) -> int:
        """Return how many such shifts in the whole horizon make a night worker."""
        return -(-self.regular_nights * problem.days // DAYS)

    def ordinary_minutes(self, problem: Problem) -> tuple[int, ...]:
        """Return the ordinary hours of each action, in minutes."""
        overtime = problem.tagged("overtime")
        return tuple(0 if at in overtime else minutes for at, minutes in enumerate(problem.minutes))

    def idle(self, problem: Problem) -> bool:
        """Whether no shift has so much night in it."""
        return not self.night_shifts(problem)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each four weeks in which a night worker is above the mean, dated on their last Sunday."""
        nights, minutes = self.night_shifts(problem), self.ordinary_minutes(problem)
        for post in self.posts_concerned(problem, rota):
            worked = sum(action in nights for action in rota.lines[post].tolist())
            if worked < self.least_nights(problem):
                continue
            for last, total in sums_over_weeks(problem, reader(problem, rota, post), minutes, WEEKS):
                if total > self.most_minutes:
                    yield Breach(self.id, post, last, total - self.most_minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the sum of four weeks' minutes, for a line with so many nights."""
        del post
        nights, minutes, least = (
            self.night_shifts(problem), self.ordinary_minutes(problem), self.least_nights(problem),
        )  # fmt: skip
        if not nights or least > problem.days or DAYS * max(minutes) <= self.most_minutes:
            return ()
        return (WindowSum(minutes, self.most_minutes, days=DAYS, given=nights, given_least=least),)
