"""Hours of the post: planned hours over the whole period against the size of the post."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from turnus.problem import PostClass, Problem, Rota
from turnus.problem.conversion import TWELFTHS, UNCONVERTED
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import ConvertedHours, HorizonSum, Kind
from turnus.texts import N_


class HoursOfPost(Rule):
    r"""Planned hours over the period lie within the stated tolerance of the hours of the post.

    :math:`w \cdot s - \text{under} \le \sum_d \text{hours}_d \le w \cdot s + \text{over}`, with `w` the hours
    of a full position over the period (leave taken out in proportion) and `s` the size of the post.
    The tolerances are `hours.under` and `hours.over` of the scenario.

    With converted hours (`hours.full_week: converted`, tredelt) the line itself decides. Over `n` weeks

    .. math:: w \cdot s = \min(35.5\,n s,\ \max(33.6\,n s,\ 37.5\,n s - \tfrac16 \text{Sunday} - \tfrac14
        \text{night}))

    exactly, with hours by the clock in the zone of Sundays and red days (§ 10-10) and at night (§ 10-11), an
    hour once; `turnus.problem.conversion` says how. Whether a post qualifies says `hours_regime`.
    """

    id: ClassVar[str] = "hours_of_post"
    title: ClassVar[str] = N_("Hours of the post")
    sentence: ClassVar[str] = N_(
        "Planned hours over the period match the size of the post within the tolerance."
    )
    example: ClassVar[str] = N_(
        "A post of 75 % over six weeks has 159 h 45 min; 168 h are planned, 8 h 15 min more than it allows."
    )
    source: ClassVar[Source] = Source(
        "HTA ch. 1 § 4.2; AML § 10-4 and § 10-5",
        "https://www.ks.no/fagomrader/lonn-og-tariff/hovedtariffavtalen/tredelt-skift-og-turnus/",
        verified=False,
    )
    unit: ClassVar[str] = N_("minutes outside the tolerance")
    always: ClassVar[bool] = True

    def windows(self, problem: Problem, post: PostClass) -> dict[int, tuple[int, int]]:
        """Return the least and most planned minutes for each size the class may take, whatever the line."""
        return {size: post.window(size, problem.days) for size in post.sizes}

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each post whose planned hours lie outside the tolerance; `amount` is the distance to it."""
        for post in self.posts_concerned(problem, rota):
            owner = problem.classes[rota.posts[post].class_index]
            least, most = owner.window(rota.posts[post].size, problem.days, rota.credit(problem, post))
            worked = sum(problem.minutes[action] for action in rota.lines[post].tolist())
            outside = max(least - worked, worked - most, 0)
            if outside:
                yield Breach(self.id, post, None, outside, self.unit, times=outside)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the window that holds those of all the class's sizes; exact for a class of one size.

        Where hours are converted, the line program keeps the window of any line (`PostClass.window`), and
        the kind says what is left of it once the line is known.
        """
        if post.converted:
            return (converted_hours(problem, post),)
        windows = self.windows(problem, post).values()
        least, most = min(low for low, _ in windows), max(high for _, high in windows)
        return (HorizonSum(problem.minutes, least, most),)


def converted_hours(problem: Problem, post: PostClass) -> ConvertedHours:
    """Return the limits on a converted class's hours: those of its smallest size and of its largest."""

    def limit(size: int, tolerance: int) -> list[Fraction]:
        weeks = post.weeks(size, problem.days)
        return [minutes * weeks + tolerance for minutes in (UNCONVERTED, *post.full_weeks)]

    least = limit(min(post.sizes), -post.under_minutes)
    most = limit(max(post.sizes), post.over_minutes)
    parts = math.lcm(TWELFTHS, *(one.denominator for one in (*least, *most)))
    return ConvertedHours(
        problem.minutes,
        tuple(tuple(parts // TWELFTHS * one for one in day) for day in problem.credits),
        _in_parts(least, parts),
        _in_parts(most, parts),
        parts,
    )


def _in_parts(limit: list[Fraction], parts: int) -> tuple[int, int, int]:
    full, shortest, longest = (int(one * parts) for one in limit)
    return full, shortest, longest
