"""Hours between one shift and the next."""

import datetime as dt

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found
from turnus.rules.law.daily_rest import DailyRest


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
    assert found(DailyRest.model_construct(rest_minutes=hours * HOUR), problem(), line) == expected


def test_exactly_the_rest_is_enough_and_a_minute_more_is_not() -> None:
    exact = 9 * HOUR + 15
    assert found(DailyRest(rest_minutes=exact), problem(), "AD-----") == []
    assert found(DailyRest(rest_minutes=exact + 1), problem(), "AD-----") == [(0, 1, 1)]


def test_a_single_shift_in_a_short_cycle_rests_until_it_comes_round() -> None:
    # No file may ask for a rest of days; the checker reads it all the same.
    week = 7 * 24 * HOUR
    assert found(DailyRest.model_construct(rest_minutes=week - 450), problem(), "D------") == []
    assert found(DailyRest.model_construct(rest_minutes=week - 449), problem(), "D------") == [(0, 0, 1)]


def test_a_plan_reads_its_history_and_nothing_more() -> None:
    rule = DailyRest(rest_minutes=11 * HOUR)
    assert found(rule, problem(cyclic=False), "D-----A") == []
    assert found(rule, problem(person(history="A"), cyclic=False), "D------") == [(0, 0, 105)]
    assert found(rule, problem(person(history="A-"), cyclic=False), "D------") == []


@pytest.mark.parametrize("start", [dt.date(2027, 3, 22), dt.date(2027, 10, 25), dt.date(2027, 6, 7)])
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-----ND", [(0, 6, 675)]),  # Saturday night to 07:45, day from 07:30
        ("-----NA", [(0, 6, 240)]),  # 07:45 to 14:45 is 7 h by the clock
        ("-----NN", []),  # 14 h 15 min by the clock
        ("-----AD", [(0, 6, 105)]),  # 22:15 to 07:30 is 9 h 15 min, over a night of 23, 25 or 24 hours
    ],
)
def test_the_nights_when_the_clock_is_changed_are_read_by_the_clock(
    start: dt.date, line: str, expected: list[object]
) -> None:
    unit = problem(cyclic=False, start=start)
    assert found(DailyRest(rest_minutes=11 * HOUR), unit, line) == expected
    assert unit.minutes[3] == 9 * HOUR + 45
