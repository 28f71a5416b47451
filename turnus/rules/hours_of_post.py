"""Hours of the post: planned hours over the whole period against the size of the post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import HorizonSum, Kind
from turnus.texts import N_


class HoursOfPost(Rule):
    r"""Planned hours over the period lie within the stated tolerance of the hours of the post.

    :math:`w \cdot s - \text{under} \le \sum_d \text{hours}_d \le w \cdot s + \text{over}`, with `w` the hours
    of a full position over the period (leave taken out in proportion) and `s` the size of the post.
    The tolerances are `hours.under` and `hours.over` of the scenario.
    """

    id: ClassVar[str] = "hours_of_post"
    title: ClassVar[str] = N_("Hours of the post")
    sentence: ClassVar[str] = N_(
        "Planned hours over the period match the size of the post within the tolerance."
    )
    source: ClassVar[Source] = Source(
        "HTA ch. 1 § 4.2; AML § 10-4 and § 10-5",
        "https://www.ks.no/fagomrader/lonn-og-tariff/hovedtariffavtalen/tredelt-skift-og-turnus/",
        verified=False,
    )
    unit: ClassVar[str] = N_("minutes outside the tolerance")
    always: ClassVar[bool] = True

    def windows(self, problem: Problem, post: PostClass) -> dict[int, tuple[int, int]]:
        """Return the least and most planned minutes for each size the class may take."""
        return {size: post.window(size, problem.days) for size in post.sizes}

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each post whose planned hours lie outside the tolerance; `amount` is the distance to it."""
        for post in self.posts_concerned(problem, rota):
            least, most = problem.classes[rota.posts[post].class_index].window(
                rota.posts[post].size, problem.days
            )
            worked = sum(problem.minutes[action] for action in rota.lines[post].tolist())
            outside = max(least - worked, worked - most, 0)
            if outside:
                yield Breach(self.id, post, None, outside, self.unit, times=outside)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the window that holds those of all the class's sizes; exact for a class of one size."""
        windows = self.windows(problem, post).values()
        least, most = min(low for low, _ in windows), max(high for _, high in windows)
        return (HorizonSum(problem.minutes, least, most),)
