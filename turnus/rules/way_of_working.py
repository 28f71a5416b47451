"""How people work, and the ordinary week that AML § 10-4 gives each way of working."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field

from turnus.problem import PostClass
from turnus.rules.base import Minutes, Rule
from turnus.rules.levels import Level, Limit

Way = Literal["day", "rota", "continuous"]
#: The ordinary week of each way of working by § 10-4 (1), (4) and (5), in minutes.
BY_LAW: dict[Way, int] = {"day": 40 * 60, "rota": 38 * 60, "continuous": 36 * 60}
#: Hours of a full position by the tariff, in minutes a week, up to which a way of working is the shorter one.
CONTINUOUS, ROTA = 33 * 60 + 36, 35 * 60 + 30


def way_of(post: PostClass) -> Way:
    """Return how posts of a class work, read from the hours of a full position: 37.5, 35.5 or 33.6 h."""
    if post.full_week_minutes <= CONTINUOUS:
        return "continuous"
    return "rota" if post.full_week_minutes <= ROTA else "day"


def limits_by_way(by: Mapping[Level, int | None], reference: str = "") -> tuple[Limit, ...]:
    """Return the limits of a week for each way of working, with what agreements open for alike."""
    return tuple(Limit(way, "most", minutes, by, reference) for way, minutes in BY_LAW.items())


class WeekByWay(Rule):
    """A rule about hours a week, as many as the law or an agreement gives each way of working."""

    day_minutes: Minutes = Field(
        BY_LAW["day"], alias="day", description="Most hours a week in day work, a full position of 37.5 h."
    )
    rota_minutes: Minutes = Field(
        BY_LAW["rota"], alias="rota", description="Most hours a week in a rota, a full position of 35.5 h."
    )
    continuous_minutes: Minutes = Field(
        BY_LAW["continuous"],
        alias="continuous",
        description="Most hours a week round the clock, a full position of 33.6 h.",
    )

    @classmethod
    def alike(cls, minutes: int, **others: int) -> Self:
        """Return the rule with the same week for every way of working, and other values as fields."""
        return cls(day_minutes=minutes, rota_minutes=minutes, continuous_minutes=minutes, **others)

    @property
    def follows_the_way(self) -> bool:
        """Whether it must be known how people work, because their weeks differ."""
        return len({self.day_minutes, self.rota_minutes, self.continuous_minutes}) > 1

    def week_minutes(self, post: PostClass) -> int:
        """Return the most minutes a week for a class of posts."""
        weeks = {"day": self.day_minutes, "rota": self.rota_minutes, "continuous": self.continuous_minutes}
        return weeks[way_of(post)]
