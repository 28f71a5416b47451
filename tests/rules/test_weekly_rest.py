"""A day off inside a long rest, every week."""

import datetime as dt

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.kinds import RestInWeek
from turnus.rules.law.weekly_rest import WeeklyRest

RULE = WeeklyRest(rest_minutes=35 * HOUR)
INSIDE = WeeklyRest(rest_minutes=35 * HOUR, straddle=False)

#: Weeks from Wednesday; what stood in the trials of `trials.py` begins on Monday.
FROM_WEDNESDAY = WeeklyRest(rest_minutes=33 * HOUR + 15, week_begins="wednesday")
SUNDAY_TO_SATURDAY = WeeklyRest(rest_minutes=23 * HOUR + 45, straddle=False, week_begins="sunday")
OPEN = "-A -D A A -A -D -A -A A A A -A -D -A"
TRIALS = {
    "weekly_rest: from Wednesday": Trial(FROM_WEDNESDAY, OPEN, "DDA-A-"),
    "weekly_rest: from Wednesday, whole week known": Trial(FROM_WEDNESDAY, OPEN, "AAAAAAAAADDDAA"),
    "weekly_rest: from Wednesday, last week open": Trial(FROM_WEDNESDAY, OPEN, "AAAAAAAAAA--"),
    "weekly_rest: from Sunday, last week open": Trial(
        WeeklyRest(rest_minutes=55 * HOUR, week_begins="sunday"), OPEN, "AAAAAAAAAA--"
    ),
    "weekly_rest: from Sunday, not straddling": Trial(
        SUNDAY_TO_SATURDAY, "-A -D A A -A -DN -N -A A A A -A -D -N", "DDDDDDDDN"
    ),
}
FAULTS = [
    ("weekly_rest: from Wednesday", RestInWeek, ("minimum+1",)),
    ("weekly_rest: from Sunday, not straddling", RestInWeek, ("minimum+1",)),
]


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


@pytest.mark.parametrize(
    ("begins", "line", "expected"),
    [
        ("monday", "--DDDDD DDDDDDD", [(0, 7, 35 * HOUR)]),
        ("wednesday", "--DDDDD --DDDDD", []),  # Monday and Tuesday end the week from Wednesday
        ("wednesday", "--DDDDD DDDDDDD", [(0, 2, 35 * HOUR)]),
        ("tuesday", "-DDDDDD -DDDDDD", []),  # 24 h and 16 h 30 min round each Monday
        ("tuesday", "-DDDDDD DDDDDDD", [(0, 1, 35 * HOUR)]),
        ("tuesday", "DDDDDDD -DDDDDD", [(0, 8, 35 * HOUR)]),
    ],
)
def test_a_week_may_begin_on_another_weekday(begins: str, line: str, expected: list[object]) -> None:
    rule = WeeklyRest.model_validate({"rest": "35 h", "week_begins": begins})
    assert found(rule, problem(weeks=2), line) == expected


def test_a_week_that_began_before_the_plan_counts_when_it_is_known() -> None:
    rule = WeeklyRest(rest_minutes=35 * HOUR, week_begins="wednesday")
    known = problem(person(history="DDDDD"), cyclic=False)
    assert found(rule, known, "DD-----") == [(0, 0, 35 * HOUR)]
    assert found(rule, known, "D------") == []
    assert found(rule, problem(person(history="DDDD"), cyclic=False), "DD-----") == []


@pytest.mark.parametrize("start", [dt.date(2027, 3, 22), dt.date(2027, 10, 25)])
def test_the_sunday_when_the_clock_is_changed_has_24_hours(start: dt.date) -> None:
    unit = problem(weeks=2, cyclic=False, start=start)
    line = "DDDDDA- DDDDD--"  # Saturday 22:15 to Monday 07:30: 33 h 15 min by the clock
    assert found(WeeklyRest(rest_minutes=33 * HOUR + 15), unit, line) == []
    assert found(WeeklyRest(rest_minutes=33 * HOUR + 16), unit, line) == [(0, 0, 1)]
