"""The heltid vector: how many posts are full-time, how large the others are, who got the size they wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from turnus.problem import FULL_TIME, Post, Problem, Rota

SIZE_STEPS = (20, 50, 80)
_HUNDREDTHS = FULL_TIME // 100


@dataclass(frozen=True, slots=True)
class WishedIncrease:
    """Named people who wish a larger post: how many, how many got all of it, and the FTE still wished."""

    people: int
    granted: int
    unmet_fte: float


@dataclass(frozen=True, slots=True)
class Heltid:
    """The whole vector, because each number alone can be gamed. Shares and sizes are percent.

    `full_time_share` is full-time posts as a percentage of heads; `fte` sums the posts' sizes and
    `planned_fte` the hours in the rota over a full post's (None without a rota). Sizes are None
    when there are no posts.
    """

    full_time_posts: int
    full_time_named: int
    full_time_open: int
    heads: int
    full_time_share: float | None
    mean_size_percent: float | None
    min_size_percent: float | None
    posts_below: dict[str, int]
    fte: float
    planned_fte: float | None
    wished_increase: WishedIncrease


def heltid(problem: Problem, posts: Sequence[Post], rota: Rota | None = None) -> Heltid:
    """Return the heltid vector of a set of posts; with their rota also the FTE it plans."""
    sizes = [post.size for post in posts]
    full = [post for post in posts if post.size >= FULL_TIME]
    named = sum(problem.classes[post.class_index].named for post in full)
    return Heltid(
        full_time_posts=len(full),
        full_time_named=named,
        full_time_open=len(full) - named,
        heads=len(sizes),
        full_time_share=100 * len(full) / len(sizes) if sizes else None,
        mean_size_percent=sum(sizes) / len(sizes) / _HUNDREDTHS if sizes else None,
        min_size_percent=min(sizes) / _HUNDREDTHS if sizes else None,
        posts_below={str(step): sum(size < step * _HUNDREDTHS for size in sizes) for step in SIZE_STEPS},
        fte=sum(sizes) / FULL_TIME,
        planned_fte=None if rota is None else _planned_fte(problem, rota),
        wished_increase=_wished_increase(problem, posts),
    )


def _planned_fte(problem: Problem, rota: Rota) -> float:
    return sum(
        rota.worked_minutes(problem, index) / (rota.full_week_minutes(problem, index) * problem.weeks)
        for index in range(len(rota.posts))
    )


def _wished_increase(problem: Problem, posts: Sequence[Post]) -> WishedIncrease:
    wishers = [
        (post.size, post_class.wished)
        for post in posts
        if (post_class := problem.classes[post.class_index]).named and post_class.wished > post_class.size
    ]
    return WishedIncrease(
        people=len(wishers),
        granted=sum(size >= wished for size, wished in wishers),
        unmet_fte=sum(max(0, wished - size) for size, wished in wishers) / FULL_TIME,
    )
