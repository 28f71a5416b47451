"""Planned hours against the size of the post."""

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found, times
from turnus.problem import Post
from turnus.rules.hours_of_post import HoursOfPost
from turnus.rules.kinds import HorizonSum

RULE = HoursOfPost()
PART_TIMER = person(sizes=(5000, 7500), full_week_minutes=40 * HOUR, under_minutes=2 * HOUR, over_minutes=0)


@pytest.mark.parametrize(
    ("size", "line", "expected"),
    [
        (7500, "DDDD---", []),  # 30 h of 30
        (7500, "DDD----", [(0, None, 330)]),  # 22.5 h of at least 28
        (7500, "DDDDD--", [(0, None, 450)]),
        (5000, "DDD----", [(0, None, 150)]),  # 22.5 h of at most 20
        (5000, "-------", [(0, None, 18 * HOUR)]),
    ],
)
def test_minutes_outside_the_tolerance_are_found(size: int, line: str, expected: list[object]) -> None:
    assert found(RULE, problem(PART_TIMER), line, posts=[Post(0, size)]) == expected


def test_each_minute_outside_is_counted() -> None:
    assert times(RULE, problem(PART_TIMER), "DDD----") == 150


def test_days_of_leave_take_their_part_of_the_hours_away() -> None:
    away = person(
        sizes=(10000,), full_week_minutes=35 * HOUR, under_minutes=0, over_minutes=0, leave=frozenset({0, 1})
    )
    assert RULE.windows(problem(away), away) == {10000: (25 * HOUR, 25 * HOUR)}


def test_the_lowering_holds_every_size_of_the_class() -> None:
    unit = problem(PART_TIMER)
    assert RULE.windows(unit, PART_TIMER) == {5000: (18 * HOUR, 20 * HOUR), 7500: (28 * HOUR, 30 * HOUR)}
    (kind,) = RULE.lower(unit, PART_TIMER)
    assert isinstance(kind, HorizonSum)
    assert (kind.least, kind.most) == (18 * HOUR, 30 * HOUR)
