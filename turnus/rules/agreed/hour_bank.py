"""The hour bank: how far planned hours may run ahead of the post, or fall behind, along the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import FULL_TIME, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, RunningSum
from turnus.texts import N_


class HourBank(Rule):
    r"""After each week the hours planned so far are at most so far ahead of the post, or behind it.

    :math:`-\text{behind} \le \sum_{d \le \text{Sunday}} \text{hours}_d - \text{position hours so far} \le
    \text{ahead}`, from the first week of the rota on, with a balance of nothing before it; days on leave are
    taken out of the position hours. Converted hours are known at the end of the rota only: such a post is
    behind what the shortest week would give, and ahead of what the longest would.
    """

    id: ClassVar[str] = "hour_bank"
    title: ClassVar[str] = N_("Hour bank")
    sentence: ClassVar[str] = N_(
        "After each week the planned hours are at most so far ahead of the post's hours, or behind them."
    )
    example: ClassVar[str] = N_(
        "A full post of 35.5 h has 82.5 h planned in two weeks, 11.5 h ahead: 3.5 h more than the 8 h agreed."
    )
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-5", verified=False)
    unit: ClassVar[str] = N_("minutes outside")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    ahead_minutes: Minutes = Field(20 * 60, alias="ahead", description="Most hours ahead of the post.")
    behind_minutes: Minutes = Field(20 * 60, alias="behind", description="Most hours behind the post.")

    def bounds(self, post: PostClass, size: int, weeks: int) -> tuple[tuple[int, int], ...]:
        """Return the least and most minutes planned by the end of each week, for a post of a size."""
        bounds = []
        for days in range(WEEK_DAYS, (weeks + 1) * WEEK_DAYS, WEEK_DAYS):
            present = days - sum(day < days for day in post.leave)
            shortest, longest = (week * size * present for week in post.full_weeks)
            scale = FULL_TIME * WEEK_DAYS
            least = -(-(shortest - self.behind_minutes * scale) // scale)
            bounds.append((max(0, least), (longest + self.ahead_minutes * scale) // scale))
        return tuple(bounds)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each week after which the balance is outside, dated on its Sunday."""
        for index in self.posts_concerned(problem, rota):
            post = rota.posts[index]
            planned = 0
            for week, (least, most) in enumerate(
                self.bounds(problem.classes[post.class_index], post.size, problem.weeks)
            ):
                days = rota.lines[index, week * WEEK_DAYS : (week + 1) * WEEK_DAYS]
                planned += sum(problem.minutes[action] for action in days.tolist())
                outside = max(least - planned, planned - most)
                if outside > 0:
                    yield Breach(self.id, index, week * WEEK_DAYS + WEEK_DAYS - 1, outside, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the bounds that hold those of all the class's sizes; exact for a class of one size."""
        of_sizes = [self.bounds(post, size, problem.weeks) for size in post.sizes]
        bounds = tuple(
            (min(least for least, _ in week), max(most for _, most in week))
            for week in zip(*of_sizes, strict=True)
        )
        return (RunningSum(problem.minutes, bounds),)
