"""A day off inside a long rest, every week."""

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found
from turnus.rules.weekly_rest import WeeklyRest

RULE = WeeklyRest(rest_minutes=35 * HOUR)
INSIDE = WeeklyRest(rest_minutes=35 * HOUR, straddle=False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DDDDDD-", []),  # Saturday 15:00 to Monday 07:30
        ("DDDDDDD", [(0, 0, 35 * HOUR)]),
        ("DDDA-DD", [(0, 0, 105)]),  # evening, off, day is 33 h 15 min
        ("DDDA-AA", []),
        ("DDDA-DD DDDDDD-", [(0, 0, 105)]),
        ("DDDDDA- DDD-DDD", [(0, 0, 105)]),  # 33 h 15 min across Monday belongs to the first week
        ("DDDDDDA -DDD-DD", [(0, 0, 35 * HOUR)]),  # the rest across Monday holds no day off of the first week
    ],
)
def test_weeks_without_their_rest_are_found(line: str, expected: list[object]) -> None:
    assert found(RULE, problem(weeks=len(line.split())), line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDD--DD", []),
        ("DDDDDD-", [(0, 0, 2 * HOUR)]),  # Saturday 15:00 to Sunday 24:00 is 33 h
        ("-DDDDDD", [(0, 0, 3 * HOUR + 30)]),  # Monday 00:00 to Tuesday 07:30 is 31 h 30 min
        ("-ADDDDD", []),
        ("-ADDDDN", [(0, 0, 4 * HOUR)]),  # the Sunday night reaches into Monday
    ],
)
def test_without_straddling_only_the_part_inside_the_week_counts(line: str, expected: list[object]) -> None:
    assert found(INSIDE, problem(), line) == expected


def test_exactly_the_rest_is_enough_and_a_minute_more_is_not() -> None:
    exact = 33 * HOUR + 15
    assert found(WeeklyRest(rest_minutes=exact), problem(), "DDDA-DD") == []
    assert found(WeeklyRest(rest_minutes=exact + 1), problem(), "DDDA-DD") == [(0, 0, 1)]


def test_what_is_not_known_beside_a_plan_counts_in_the_posts_favour() -> None:
    assert found(RULE, problem(cyclic=False), "-DDDDDD") == []
    assert found(RULE, problem(cyclic=False), "DDDDDA-") == []
    assert found(RULE, problem(person(history="A"), cyclic=False), "-DDDDDD") == [(0, 0, 105)]


def test_a_week_of_the_past_is_counted_when_the_plan_closes_it_too_early() -> None:
    unit = problem(person(history="DDDDDA-"), cyclic=False)
    assert found(RULE, unit, "DDDD---") == [(0, 0, 105)]
    assert found(RULE, unit, "ADDD---") == []
    half_known = problem(person(history="DDA-"), cyclic=False)
    assert found(RULE, half_known, "DDDD---") == []
