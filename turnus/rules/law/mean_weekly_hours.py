"""Ordinary hours a week as a mean over the whole rota: 40, 38 or 36 by how people work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Source
from turnus.rules.kinds import HorizonSum, Kind
from turnus.rules.levels import Level, Limit
from turnus.rules.way_of_working import WeekByWay, limits_by_way, way_of
from turnus.texts import N_


class MeanWeeklyHours(WeekByWay):
    r"""Planned hours are at most 40 a week as a mean over the rota; 38 in a rota with Sundays or nights, 36 round the clock.

    How somebody works is read from the hours of a full position: 37.5 h is day work (the law's 40 h), 35.5 h
    a rota (38 h), 33.6 h round the clock (36 h). The tariff asks for less than the law, so that hours that
    match the post keep this too. :math:`\sum_d \text{hours}_d \le \text{week} \cdot (\text{days} -
    \text{leave})/7`; the mean is over the whole rota, which an agreement may let be at most 52 weeks, a permit
    26.

    Converted hours (tredelt) count as a rota, 38 h: the act lets Sundays and nights shorten its own 40 h as the
    tariff does its 37.5 h, down to 36 h, which was not read there. Hours that match such a post are 35.5 h at most
    and keep this too.
    """  # noqa: E501

    id: ClassVar[str] = "mean_weekly_hours"
    title: ClassVar[str] = N_("Ordinary hours per week")
    sentence: ClassVar[str] = N_(
        "At most the stated ordinary hours a week as a mean over the rota, by how people work."
    )
    example: ClassVar[str] = N_(
        "Six weeks with 240 h in a rota with Sundays are 12 h above the law's 6 × 38 h = 228 h."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-4 (1), (4) and (5), § 10-5",
        "https://arbeidsmiljoloven.com/paragraf/gjennomsnittsberegning-av-den-alminnelige-arbeidstid/",
    )
    unit: ClassVar[str] = N_("minutes too many")
    limits: ClassVar[tuple[Limit, ...]] = limits_by_way({Level.CENTRAL: None})
    measured: ClassVar[bool] = False

    def most(self, problem: Problem, post: PostClass) -> int:
        """Return the most minutes of a class over the rota, leave taken out in proportion."""
        return self.week_minutes(post) * (problem.days - len(post.leave)) // WEEK_DAYS

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each post whose planned hours are more than that; `amount` is over the whole rota."""
        for post in self.posts_concerned(problem, rota):
            owner = problem.classes[rota.posts[post].class_index]
            most = self.most(problem, owner)
            beyond = sum(problem.minutes[action] for action in rota.lines[post].tolist()) - most
            if beyond > 0:
                about, way = N_("over the whole rota"), way_of(owner)
                yield Breach(self.id, post, None, beyond, self.unit, beyond, about, way)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the sum of all the minutes."""
        most = self.most(problem, post)
        if problem.days * max(problem.minutes) <= most:
            return ()
        return (HorizonSum(problem.minutes, 0, most),)
