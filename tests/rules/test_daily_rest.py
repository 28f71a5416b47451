"""Hours between one shift and the next."""

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found
from turnus.rules.daily_rest import DailyRest


@pytest.mark.parametrize(
    ("hours", "line", "expected"),
    [
        (11, "-------", []),
        (11, "DDDDDDD", []),
        (11, "AD-----", [(0, 1, 105)]),  # 22:15 to 07:30 is 9 h 15 min
        (9, "AD-----", []),
        (11, "D-----A", [(0, 0, 105)]),  # round the end of the cycle
        (11, "ND-----", [(0, 1, 675)]),  # the night ends after the day has begun
        (34, "A-D----", [(0, 2, 45)]),  # across a day off: 33 h 15 min
    ],
)
def test_short_rests_are_found(hours: int, line: str, expected: list[object]) -> None:
    assert found(DailyRest(rest_minutes=hours * HOUR), problem(), line) == expected


def test_exactly_the_rest_is_enough_and_a_minute_more_is_not() -> None:
    exact = 9 * HOUR + 15
    assert found(DailyRest(rest_minutes=exact), problem(), "AD-----") == []
    assert found(DailyRest(rest_minutes=exact + 1), problem(), "AD-----") == [(0, 1, 1)]


def test_a_single_shift_in_a_short_cycle_rests_until_it_comes_round() -> None:
    week = 7 * 24 * HOUR
    assert found(DailyRest(rest_minutes=week - 450), problem(), "D------") == []
    assert found(DailyRest(rest_minutes=week - 449), problem(), "D------") == [(0, 0, 1)]


def test_a_plan_reads_its_history_and_nothing_more() -> None:
    rule = DailyRest(rest_minutes=11 * HOUR)
    assert found(rule, problem(cyclic=False), "D-----A") == []
    assert found(rule, problem(person(history="A"), cyclic=False), "D------") == [(0, 0, 105)]
    assert found(rule, problem(person(history="A-"), cyclic=False), "D------") == []
