"""Most hours in any single week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import WEEK_DAYS
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.kinds import Kind, WindowSum
from turnus.rules.levels import Level, Limit
from turnus.rules.passive import (
    LIMIT_OF_A_WEEK,
    LONGEST_WEEK,
    PARAMETER,
    PER_WEEK,
    extension,
    told_with,
)
from turnus.rules.reading import reader
from turnus.rules.way_of_working import WeekByWay, limits_by_way, way_of
from turnus.texts import N_


class MaxHoursPerWeek(WeekByWay):
    r"""Nobody works more than this many hours in any week, Monday to Sunday.

    Without an agreement on averaging no week is longer than the ordinary one: 40 hours, 38 in a rota with
    Sundays or nights, 36 round the clock, by the hours of a full position as in `mean_weekly_hours`. With
    one, a single week may be longer, and is then the same for every way of working.
    :math:`\sum_{d \in w} \text{hours}_d \le \text{week}`; a shift's hours all count in the week it starts in.

    Hours are those that count: without unpaid breaks, and of passive duty as much as the file says. Passive
    duty lets the week be longer by half of it, by the clock, at most `passive_extension`, § 10-4 (2):

    .. math:: \sum_{d \in w} (\text{hours}_d - \tfrac12 \text{passive}_d) \le \text{week}
              \quad\text{and}\quad
              \sum_{d \in w} \text{hours}_d \le \min(\text{week} + \text{passive\_extension}, 48\,\text{h})

    What the hours leave out of a shift's passive duty is taken off its half: with `counts: 0.5` nothing is
    added. A week of 48 h or more, as agreements on averaging let it be, is not made longer by passive duty,
    for those set the most hours of any week. One that passes both limits counts once for each.
    """

    id: ClassVar[str] = "max_hours_per_week"
    title: ClassVar[str] = N_("Hours per week")
    sentence: ClassVar[str] = N_("At most the stated hours in any week from Monday to Sunday.")
    example: ClassVar[str] = N_(
        "Six nights of 9 h 45 min in one week are 58 h 30 min, 4 h 30 min above 54 h."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-4 and § 10-5",
        "https://arbeidsmiljoloven.com/paragraf/gjennomsnittsberegning-av-den-alminnelige-arbeidstid/",
    )
    unit: ClassVar[str] = N_("minutes too many")
    limits: ClassVar[tuple[Limit, ...]] = (
        *limits_by_way(
            {
                Level.INDIVIDUAL: 50 * 60, Level.LOCAL: 54 * 60, Level.CENTRAL: None,
                Level.LABOUR_INSPECTION: 48 * 60,
            },
            "AML § 10-5",
        ),
        LIMIT_OF_A_WEEK,
    )  # fmt: skip

    passive_extension_minutes: Minutes = Field(
        PER_WEEK,
        alias=PARAMETER,
        description="Most that half of the passive duty makes a week longer, up to 48 h; 0 h for nothing.",
    )

    def extended(self, problem: Problem, owner: PostClass) -> tuple[int, tuple[int, ...]]:
        """Return the most minutes of a week whatever its passive duty, and how many each action adds."""
        week = self.week_minutes(owner)
        longest = max(week, min(week + self.passive_extension_minutes, LONGEST_WEEK))
        added = tuple(
            extension(problem, action, longest - week, counted=True) for action in range(problem.actions)
        )
        return (longest if any(added) else week), added

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each week above the limit, dated on its Monday."""
        for post in self.posts_concerned(problem, rota):
            owner = problem.classes[rota.posts[post].class_index]
            read, most = reader(problem, rota, post), self.week_minutes(owner)
            longest, added = self.extended(problem, owner)
            for monday in range(0, problem.days, WEEK_DAYS):
                week = [read(day) or OFF for day in range(monday, monday + WEEK_DAYS)]
                minutes = sum(problem.minutes[action] for action in week)
                more = sum(added[action] for action in week)
                beyond = minutes - min(most + more, longest)
                if beyond > 0:
                    passed = (minutes - more > most, longest > most and minutes > longest)
                    yield Breach(
                        self.id, post, monday, beyond, self.unit, sum(passed), parameter=way_of(owner)
                    )

    def told(self, problem: Problem, rota: Rota, breach: Breach) -> str:
        """Return a breach with what passive duty adds, where the week has some."""
        if breach.post is None or breach.day is None:
            return ""
        owner = problem.classes[rota.posts[breach.post].class_index]
        most, (longest, added) = self.week_minutes(owner), self.extended(problem, owner)
        week = rota.lines[breach.post, breach.day : breach.day + WEEK_DAYS].tolist()
        more = min(sum(added[action] for action in week), longest - most)
        return told_with(N_("{amount} too much"), breach.amount, most, more)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the sum of a week's minutes; two where passive duty lets it be longer."""
        most, (longest, added) = self.week_minutes(post), self.extended(problem, post)
        if longest == most:
            return _at_most(problem.minutes, most)
        less = tuple(minutes - more for minutes, more in zip(problem.minutes, added, strict=True))
        return (*_at_most(less, most), *_at_most(problem.minutes, longest))


def _at_most(weights: tuple[int, ...], most: int) -> tuple[Kind, ...]:
    """Return a limit on a week's sum; nothing where no week can reach it."""
    return () if WEEK_DAYS * max(weights) <= most else (WindowSum(weights, most),)
