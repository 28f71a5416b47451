"""Working time in all, overtime included: of a shift and of a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.about_shifts import ShiftRule
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.kinds import Kind, WindowSum
from turnus.rules.levels import COMPENSATING, Level, Limit
from turnus.rules.reading import reader
from turnus.rules.windows import sums_over_weeks
from turnus.texts import N_


class TotalHours(ShiftRule):
    """Nobody works more than 13 hours in 24, or 69 hours in any week, overtime included.

    In a plan the limits on ordinary hours are narrower; this one stands behind them, for overtime that is
    attached to a shift and for agreements that move the others. The 24 hours are read per shift, as a shift
    belongs to the day it starts on. Hours are those that count, without unpaid breaks. That the mean over
    eight weeks is at most 48 hours, is `mean_hours_eight_weeks`.
    """

    id: ClassVar[str] = "total_hours"
    title: ClassVar[str] = N_("Working time in all")
    sentence: ClassVar[str] = N_(
        "No shift has more than the stated hours and no week more than the stated hours, overtime included."
    )
    example: ClassVar[str] = N_(
        "A shift of 12 h 30 min with one hour of overtime is 13 h 30 min, 30 min above 13 h."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-6 (8) and (9)", "https://arbeidsmiljoloven.com/paragraf/overtid/", verified=False
    )
    unit: ClassVar[str] = N_("minutes too many")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "shift", "most", 13 * 60, {Level.LOCAL: 16 * 60, Level.CENTRAL: None}, "AML § 10-6 (9)",
            {Level.LOCAL: COMPENSATING},
        ),
        Limit("week", "most", 69 * 60, {Level.CENTRAL: None}),
    )  # fmt: skip

    shift_minutes: Minutes = Field(13 * 60, alias="shift", description="Most hours of one shift.")
    week_minutes: Minutes = Field(69 * 60, alias="week", description="Most hours of any one week.")

    def beyond(self, problem: Problem, action: int) -> int:
        """Return how many minutes more than that a shift counts."""
        return max(0, problem.minutes[action] - self.shift_minutes)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift and each week with more hours than that."""
        for breach in super().violations(problem, rota):
            yield replace(breach, about=N_("hours of the shift"), parameter="shift")
        for post in self.posts_concerned(problem, rota):
            for last, minutes in sums_over_weeks(problem, reader(problem, rota, post), problem.minutes, 1):
                beyond = minutes - self.week_minutes
                if beyond > 0:
                    monday = last - WEEK_DAYS + 1
                    yield Breach(
                        self.id,
                        post,
                        monday,
                        beyond,
                        self.unit,
                        about=N_("hours of the week"),
                        parameter="week",
                    )

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the shifts that are not worked, and a limit on the sum of a week's minutes."""
        shifts = super().lower(problem, post)
        if WEEK_DAYS * max(problem.minutes) <= self.week_minutes:
            return shifts
        return (*shifts, WindowSum(problem.minutes, self.week_minutes))
