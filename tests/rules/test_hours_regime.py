"""Whether a line has the nights and Sundays that its hours of a full position are for."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import DAY, EVENING, NIGHT, person, problem, rota, shift
from turnus.problem import Part, Problem
from turnus.result.sentences import breach_sentence
from turnus.rules.agreed.hours_regime import (
    DAYS_SHORT,
    EVENINGS_SHORT,
    NEVER_WORKED,
    NIGHTS_SHORT,
    SUNDAY_HOURS_SHORT,
    SUNDAYS_SHORT,
    HoursRegime,
    regime_of,
)
from turnus.texts import using_language

RULE = HoursRegime()
# 14:00 to 22:05 and 22:06 are 125 and 126 min after 20:00; three weeks ask for 3 * 83.4 = 250.2 min.
E, F = shift("E", "14:00", "22:05"), shift("F", "14:00", "22:06")
M = shift("M", "21:00", "06:00", "night")  # nothing but night
SHIFTS = (DAY, EVENING, NIGHT, E, F, M)
W = "-------"
ROTA: dict[str, Any] = {"full_week_minutes": 2130}
CONVERTED: dict[str, Any] = {"full_week_minutes": 2130, "converted": True}
CONTINUOUS: dict[str, Any] = {"full_week_minutes": 2016}


def unit_of(weeks: int = 3, **changes: Any) -> Problem:
    return problem(person(shifts=SHIFTS, **changes), weeks=weeks, shifts=SHIFTS)


def lacks(unit: Problem, line: str) -> list[tuple[int, str, str]]:
    """Return (amount, unit, the right week) of every breach."""
    breaches = list(RULE.violations(unit, rota(unit, line)))
    assert {(one.rule, one.post, one.day) for one in breaches} <= {("hours_regime", 0, None)}
    return [(one.amount, one.unit, one.about) for one in breaches]


def amounts(unit: Problem, line: str) -> list[tuple[int, str]]:
    return [(amount, unit) for amount, unit, _about in lacks(unit, line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"DDDDD-- DDDDD-- {W}", [(251, EVENINGS_SHORT)]),  # 250.2, a begun minute counts whole
        (f"DDDDD-- DDDDD-D {W}", []),  # every third Sunday
        ("DDDDD-- DDDDD-- -----A-", []),  # Saturday until 22:15 is work on Sunday, from 18:00
        ("DDDDD-- DDDDD-- -----E-", []),
        (f"DDDDD-- DDDDDD- {W}", [(251, EVENINGS_SHORT)]),  # Saturday by day is not
        (f"E-E---- {W} {W}", [(1, EVENINGS_SHORT)]),
        (f"E-F---- {W} {W}", []),
        (f"M------ {W} {W}", []),  # 21:00-06:00
        (f"A------ {W} {W}", [(116, EVENINGS_SHORT)]),  # 135 min of 250.2
    ],
)  # fmt: skip
def test_a_rota_has_evenings_or_every_third_sunday(line: str, expected: list[object]) -> None:
    assert amounts(unit_of(**ROTA), line) == expected


def test_six_weeks_ask_for_two_sundays_and_seven_for_three() -> None:
    two = f"------D {W} {W} ------D {W} {W}"
    assert amounts(unit_of(6, **ROTA), two) == []
    assert amounts(unit_of(7, **ROTA), f"{two} {W}") == [(584, EVENINGS_SHORT)]  # 7 * 83.4 = 583.8


def test_weeks_of_leave_ask_for_nothing() -> None:
    away = unit_of(6, **ROTA, leave=frozenset(range(21, 42)))
    assert amounts(away, f"------D {W} {W} {W} {W} {W}") == []  # 1 of the 3 Sundays at work
    assert amounts(away, f"D------ {W} {W} {W} {W} {W}") == [(251, EVENINGS_SHORT)]  # three weeks of 83.4
    throughout = unit_of(**ROTA, leave=frozenset(range(21)))
    assert amounts(throughout, f"D------ {W} {W}") == []


def test_what_is_lacking_and_the_right_week_are_told() -> None:
    assert lacks(unit_of(6, **ROTA), f"D------ {W} {W} {W} {W} {W}") == [
        (501, EVENINGS_SHORT, "the full week should be 37.5 h")
    ]


ALL = f"D-A-N-- ------D {W}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (ALL, []),
        # 22:15-07:30 is never worked: 555 min.
        (f"D-A---- ------D {W}", [(555, NEVER_WORKED)]),
        # 15:00-22:00: 420 min.
        (f"D---N-- ------D {W}", [(420, NEVER_WORKED)]),
        (f"D-A-N-- {W} {W}", [(1, SUNDAYS_SHORT)]),
        # A, N: 07:45-14:45 is never worked, 420 min, and no Sunday.
        (f"--A-N-- {W} {W}", [(420, NEVER_WORKED), (1, SUNDAYS_SHORT)]),
        # 450 + 450 + 585 + 4 * 540 = 3645 min, a quarter 911.25; 450 + 375 + 105 = 930 outside 21-06.
        ("D-A-N-- M-M---- -M---M-", []),
        ("D-A-N-- M-M-M-- -M---M-", [(117, DAYS_SHORT)]),  # 4185 / 4 = 1046.25
    ],
)  # fmt: skip
def test_converted_hours_are_for_those_who_work_round_the_clock(line: str, expected: list[object]) -> None:
    assert amounts(unit_of(**CONVERTED), line) == expected


@pytest.mark.parametrize(
    ("line", "week"),
    [
        (f"D-A---- ------D {W}", "35.5 h"),
        (f"D------ {W} {W}", "37.5 h"),
        ("M-M-M-- -M---M- -----M-", "33.6 h"),  # 6 * 540 min of 1865.8; 960 min on Sundays of 799.6
    ],
)  # fmt: skip
def test_the_right_week_is_the_shortest_that_the_line_is_for(line: str, week: str) -> None:
    told = {about.rpartition(" should be ")[2] for _amount, _unit, about in lacks(unit_of(**CONVERTED), line)}
    assert told == {week}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # 539 * 60 * 3 / 52 = 1865.77 min at night, 231 * 60 * 3 / 52 = 799.62 min from Saturday 22:00 on.
        ("M-M---- --M--M- ------D", []),  # 2160 min; 480 + 450 = 930 min
        ("M-M---- --M---- ------D", [(246, NIGHTS_SHORT), (350, SUNDAY_HOURS_SHORT)]),  # 1620; 450
        (f"M-M---- --M--M- {W}", [(320, SUNDAY_HOURS_SHORT)]),  # 480 of 799.62
        ("M-M---- --M--M- ------A", []),  # 14:45-22:00 is 435, and 480: 915 min
        ("M-M---- --M---M ------D", [(290, SUNDAY_HOURS_SHORT)]),  # Sunday 21:00 to 22:00 is 60, and 450: 510
    ],
)  # fmt: skip
def test_round_the_clock_has_its_nights_and_sundays(line: str, expected: list[object]) -> None:
    assert amounts(unit_of(**CONTINUOUS), line) == expected


def test_half_a_post_has_half_of_the_nights_and_sundays() -> None:
    half = unit_of(**CONTINUOUS, sizes=(5000,))
    assert amounts(half, f"M-M---- {W} ------D") == []  # 1080 of 932.9; 450 of 399.8
    assert amounts(half, f"M------ {W} ------D") == [(393, NIGHTS_SHORT)]  # 540


def test_converted_lines_qualify_whatever_their_size() -> None:
    assert amounts(unit_of(**CONVERTED, sizes=(1410,)), ALL) == []


def test_day_work_asks_for_nothing() -> None:
    assert amounts(unit_of(full_week_minutes=2250), f"D------ {W} {W}") == []


def test_a_post_without_shifts_is_not_judged() -> None:
    assert amounts(unit_of(**CONVERTED), f"{W} {W} {W}") == []


def test_a_rota_without_a_third_sunday_is_not_judged_and_says_so() -> None:
    with using_language("en"):
        assert (
            RULE.unjudged(unit_of(2)) == "A rota of fewer than three weeks has no third Sunday to judge by."
        )
    assert RULE.unjudged(unit_of(3)) == ""
    assert amounts(unit_of(2, **CONVERTED), f"D------ {W}") == []


def test_passive_duty_is_no_work_at_night() -> None:
    parts = (Part("active", 900, 1320), Part("passive", 1320, 1860, 0.25), Part("active", 1860, 1920))
    sleeping = replace(shift("S", "15:00", "08:00"), parts=parts)
    unit = problem(person(shifts=(DAY, sleeping), **ROTA), weeks=3, shifts=(DAY, sleeping))
    line = f"S------ -S----- {W}"  # 20:00-22:00 twice
    assert [(b.amount) for b in RULE.violations(unit, rota(unit, line))] == [11]


def test_red_days_are_no_sundays() -> None:
    easter = problem(
        person(shifts=SHIFTS, **ROTA), weeks=3, shifts=SHIFTS, cyclic=False, start=dt.date(2027, 3, 22)
    )
    assert amounts(easter, f"DDDDDD- {W} {W}") == [(251, EVENINGS_SHORT)]  # Maundy Thursday and Good Friday


@pytest.mark.parametrize(
    ("changes", "regime"),
    [
        ({"full_week_minutes": 2250}, "day"), (ROTA, "rota"), (CONVERTED, "converted"),
        (CONTINUOUS, "continuous"),
    ],
)  # fmt: skip
def test_the_hours_of_a_full_position_tell_the_regime(changes: dict[str, Any], regime: str) -> None:
    assert regime_of(person(**changes)) == regime


def test_it_is_no_health_point_and_cannot_be_hard() -> None:
    assert not RULE.counts_as_health
    assert not RULE.hard


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("en", f"D-A---- ------D {W}", "9 h 15 min of the 24 hours never worked"),
        ("nb", f"D-A---- ------D {W}", "9 t 15 min av døgnet er aldri dekket"),
        ("nb", f"D-A-N-- {W} {W}", "1 søndag for lite"),
        ("nn", "D-A-N-- M-M-M-- -M---M-", "1 t 57 min for lite på dag og kveld"),
    ],
)
def test_a_breach_is_told_in_words(language: str, line: str, said: str) -> None:
    unit = unit_of(**CONVERTED)
    plan = rota(unit, line)
    (breach,) = RULE.violations(unit, plan)
    with using_language(language):
        sentence = breach_sentence(unit, plan, breach, [RULE])
    plain = sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert plain.endswith(said)
    assert "35.5 h" in plain or "35,5 t" in plain
