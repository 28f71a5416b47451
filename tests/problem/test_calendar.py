"""Days by name, Norwegian holidays included."""

import datetime as dt

import pytest

from turnus.problem.calendar import Calendar

CYCLE = Calendar(2, None)
EASTER = Calendar(6, dt.date(2027, 3, 8))


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("all", list(range(14))),
        ("weekdays", [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]),
        ("weekend", [5, 6, 12, 13]),
        ("wednesday", [2, 9]),
        ("week 2", [7, 8, 9, 10, 11, 12, 13]),
        ("week 2 tuesday", [8]),
        ("week 3", []),
        ("week 0 monday", []),
        ("red_days", []),
        ("2027-03-22", []),
    ],
)
def test_days_of_a_cycle(key: str, days: list[int]) -> None:
    assert sorted(CYCLE.days_of(key)) == days


def dates(days: frozenset[int]) -> list[str]:
    assert EASTER.start is not None
    return [(EASTER.start + dt.timedelta(days=day)).isoformat() for day in sorted(days)]


def test_easter_2027() -> None:
    assert dates(EASTER.red_days) == ["2027-03-25", "2027-03-26", "2027-03-28", "2027-03-29"]
    assert dates(EASTER.eves) == ["2027-03-27"]


def test_eves_reach_over_the_end_of_the_plan() -> None:
    christmas = Calendar(1, dt.date(2027, 12, 20))
    assert sorted(christmas.eves) == [4]
    assert sorted(christmas.red_days) == [5, 6]
    new_year = Calendar(1, dt.date(2026, 12, 28))
    assert sorted(new_year.eves) == [3]
    last_day = Calendar(1, dt.date(2028, 5, 29))
    assert sorted(last_day.eves) == [5], "Whitsun Eve 2028 is 3 June, and Whit Sunday is no eve of Monday"
    eve_is_last = Calendar(1, dt.date(2027, 12, 13))
    assert sorted(eve_is_last.eves) == []


def test_a_date_outside_the_plan_is_no_day() -> None:
    assert EASTER.day_of("2027-03-08") == 0
    assert EASTER.day_of("2027-04-18") == 41
    assert EASTER.day_of("2027-03-07") is None
    assert EASTER.day_of("2027-04-19") is None
    assert CYCLE.day_of("2027-03-08") is None


def test_the_most_specific_key_counts() -> None:
    need = {"all": 9, "weekend": 8, "saturday": 7, "week 3": 6, "eves": 5, "red_days": 4, "2027-03-26": 2}
    found = EASTER.per_day(dict(reversed(need.items())))
    assert found[:7] == [9, 9, 9, 9, 9, 7, 8]
    assert found[14:21] == [6, 6, 6, 4, 2, 5, 4]
    assert found[21] == 4


def test_a_red_day_that_is_also_an_eve_is_red() -> None:
    """In 1997 the Constitution Day was Whitsun Eve."""
    assert Calendar(1, dt.date(1997, 5, 12)).per_day({"red_days": 2, "eves": 1})[5] == 2


def test_a_day_without_a_key_is_not_zero() -> None:
    assert CYCLE.per_day({"monday": 0})[:2] == [0, None]
    assert CYCLE.per_day(3) == [3] * 14
