"""Converted hours: what a minute is credited, to the clock, and what is left of the post's hours."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOUR, THREE, actions, one_line, person, problem, shift
from tests.files import ADA, BO, case, small
from turnus.problem import Part, Problem, Shift
from turnus.problem.conversion import active_spans, minutes_by_clock

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CONVERTED: dict[str, Any] = {"converted": True, "full_week_minutes": 2130}


# D 07:30-15:00, A 14:45-22:15, N 22:00-07:45; a minute on a Sunday is 2 twelfths, at night 3.
@pytest.mark.parametrize(
    ("day", "code", "credit"),
    [
        ("monday", "D", 0),
        ("monday", "A", 75 * 3),  # 21:00-22:15
        ("monday", "N", 8 * 60 * 3),  # 22:00-06:00
        ("friday", "A", 75 * 3),
        ("friday", "N", 8 * 60 * 3),  # until Saturday 07:45, long before 18:00
        ("saturday", "D", 0),
        ("saturday", "A", 3 * 60 * 2 + 75 * 3),  # Sunday from 18:00, night from 21:00
        ("saturday", "N", 8 * 60 * 3 + 105 * 2),  # 06:00-07:45 on Sunday
        ("sunday", "D", 450 * 2),
        ("sunday", "A", 375 * 2 + 75 * 3),  # 14:45-21:00; the hour until 22:00 is night, and counts once
        ("sunday", "N", 8 * 60 * 3),  # 22:00 is the end of the zone, and Monday morning is none
    ],
)
def test_credits_in_a_base_rota(day: str, code: str, credit: int) -> None:
    unit = problem(weeks=2)
    (action,) = actions(code)
    week = WEEKDAYS.index(day)
    assert [unit.credits[week][action], unit.credits[week + 7][action]] == [credit, credit]
    assert all(row[0] == 0 for row in unit.credits)


# Monday 22 March 2027: Maundy Thursday is day 3, Good Friday 4, Easter Sunday 6, Easter Monday 7.
@pytest.mark.parametrize(
    ("day", "code", "credit"),
    [
        (1, "A", 75 * 3),
        (2, "A", 3 * 60 * 2 + 75 * 3),  # the evening before Maundy Thursday, from 18:00
        (2, "N", 8 * 60 * 3 + 105 * 2),
        (3, "D", 450 * 2),
        (3, "A", 375 * 2 + 75 * 3),
        (3, "N", 8 * 60 * 3 + 105 * 2),  # into Good Friday
        (4, "A", 375 * 2 + 75 * 3),
        (4, "N", 8 * 60 * 3),  # from 22:00 on Good Friday into Saturday
        (5, "D", 0),  # until 15:00 on Easter Eve
        (5, "A", 6 * 60 * 2 + 75 * 3),  # the zone of Easter begins at 15:00
        (6, "A", 375 * 2 + 75 * 3),
        (6, "N", 8 * 60 * 3 + 105 * 2),  # Easter Monday morning
        (7, "D", 450 * 2),
        (7, "N", 8 * 60 * 3),
        (8, "D", 0),
    ],
)
def test_credits_over_easter(day: int, code: str, credit: int) -> None:
    unit = problem(weeks=2, cyclic=False, start=dt.date(2027, 3, 22))
    (action,) = actions(code)
    assert unit.credits[day][action] == credit


def test_passive_duty_is_not_credited_and_a_break_is_not_taken_out() -> None:
    parts = (Part("active", 20 * HOUR, 23 * HOUR), Part("passive", 23 * HOUR, 31 * HOUR, 0.25))
    sleeping = replace(shift("S", "20:00", "07:00"), parts=parts)
    with_break = replace(shift("N", "22:00", "07:45"), minutes=585 - 30, break_minutes=30)
    unit = problem(shifts=(sleeping, with_break))
    assert unit.credits[0] == (0, 2 * HOUR * 3, 8 * HOUR * 3)
    assert active_spans(sleeping) == ((1200, 1380),)


TWELVE_WEEKS = 12 * 7


# 12 weeks, 12 nights of 8 h and 36 h on Sundays: 450 h - 24 h - 6 h = 420 h, 35.0 h a week.
@pytest.mark.parametrize(
    ("size", "nights", "sunday_hours", "hours_a_week"),
    [
        (10_000, 12, 36, Fraction(35)),
        (10_000, 0, 0, Fraction("35.5")),  # 37.5 h, and never longer than 35.5
        (10_000, 60, 36, Fraction("33.6")),  # 450 h - 120 h - 6 h = 27 h a week, never shorter than 33.6
        # Half a post, half of each: the same 35.0 h of a full one.
        (5_000, 6, 18, Fraction(35, 2)),
    ],
)
def test_the_week_of_a_post(size: int, nights: int, sunday_hours: int, hours_a_week: Fraction) -> None:
    credit = nights * 8 * HOUR * 3 + sunday_hours * HOUR * 2
    post = person(sizes=(size,), **CONVERTED)
    assert post.position(size, TWELVE_WEEKS, credit) == 12 * HOUR * hours_a_week


def test_leave_is_taken_out_in_proportion() -> None:
    # One week of two is leave: 37.5 h less eight evenings of 75 min, 8 * 75 / 4 = 150 min, is 2100 min.
    post = person(leave=frozenset(range(7)), **CONVERTED)
    assert post.position(10_000, 14, 8 * 75 * 3) == 2100
    assert person(leave=frozenset(range(14)), **CONVERTED).position(10_000, 14) == 0


def test_the_window_is_exact_with_a_credit_and_holds_every_line_without() -> None:
    post = person(under_minutes=240, over_minutes=10, **CONVERTED)
    # One week, one night and one evening: 2250 - 1440/12 - 225/12 = 2111.25 min.
    assert post.window(10_000, 7, 1665) == (1872, 2121)  # 1871.25 and 2121.25
    assert post.window(10_000, 7) == (2016 - 240, 2130 + 10)
    assert person(under_minutes=240, over_minutes=10).window(10_000, 7, 1665) == (1890, 2140)


def test_a_line_tells_its_posts_hours() -> None:
    unit = problem(person(**CONVERTED), weeks=1)
    rota = one_line(unit, actions("DDA-N--"))  # Monday to Friday
    assert rota.credit(unit, 0) == 225 + 1440
    assert rota.position_minutes(unit, 0) == rota.full_week_minutes(unit, 0) == 2111.25
    half = problem(person(sizes=(5_000,), leave=frozenset({5, 6}), **CONVERTED))
    # 2250 * 5/14 - 18.75 = 784.82 min, more than the longest: 2130 * 5/14 = 760.71 min.
    rota = one_line(half, actions("--A----"))
    assert rota.full_week_minutes(half, 0) == pytest.approx(2130)
    assert rota.position_minutes(half, 0) == pytest.approx(2130 * 5 / 14)


def test_other_posts_have_no_credit() -> None:
    unit = problem(person(full_week_minutes=2016))
    rota = one_line(unit, actions("NNNNN--"))
    assert (rota.credit(unit, 0), rota.position_minutes(unit, 0)) == (0, 2016)
    assert rota.full_week_minutes(unit, 0) == 2016


def minute_by_minute(unit: Problem, day: int, one: Shift) -> int:
    """Return a shift's credit by looking at each of its minutes in a base rota."""
    credit = 0
    for minute in range(one.start, one.end):
        weekday, clock = divmod((day % 7) * 1440 + minute, 1440)
        if clock >= 21 * HOUR or clock < 6 * HOUR:
            credit += 3
        elif weekday % 7 == 6 or (weekday % 7 == 5 and clock >= 18 * HOUR):
            credit += 2
    assert unit.cyclic
    return credit


@settings(max_examples=100)
@given(st.integers(0, 1439), st.integers(1, 2880), st.integers(0, 6))
def test_any_shift_is_credited_minute_by_minute(start: int, length: int, day: int) -> None:
    one = replace(THREE[0], start=start, end=start + length, minutes=length)
    unit = problem(shifts=(one,))
    assert unit.credits[day][1] == minute_by_minute(unit, day, one)


@pytest.mark.parametrize(
    ("begins", "ends", "minutes"), [(1200, 1800, 600), (1260, 1800, 540), (0, 1440, 1440), (360, 1020, 0)]
)
def test_minutes_by_the_clock(begins: int, ends: int, minutes: int) -> None:
    night = shift("N", "18:00", "06:00")
    assert minutes_by_clock(active_spans(night), begins, ends) == min(minutes, night.end - night.start)


def test_the_file_says_converted() -> None:
    unit = case(small(staff=[ADA | {"hours": {"full_week": "converted"}}, BO])).problem
    assert [(one.converted, one.full_weeks) for one in unit.classes] == [
        (True, (2016, 2130)),
        (False, (2130, 2130)),
    ]
