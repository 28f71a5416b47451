"""Counted shifts: days and hours in any days and in weeks, at the edges, and how a file states the rule."""

from typing import Any

import pytest

from tests.builders import HOUR, person, problem, rota
from tests.files import ADA, BO, case, impossible, only, small
from tests.rules.test_settings import built, refused
from tests.rules.three_ways import Trial
from turnus.case.usable import Usable
from turnus.problem import Problem
from turnus.rules.agreed.shift_count import ShiftCount
from turnus.rules.kinds import WindowSum
from turnus.texts import using_language

ANY_WEEK = ShiftCount(of=("night",), most_days=2, least_days=1, days=7)
WEEKS = ShiftCount(of=("any",), most_total_minutes=4500, least_total_minutes=2250, weeks=2)
THIN = "-D - -D -N - -D - - -D -N - D -D -"
TRIALS = {
    "shift_count": Trial(
        ShiftCount(of=("night", "A"), most_days=3, least_days=1, days=5), "-N A -D -N -A -D -N", "N-"
    ),
    "shift_count: hours": Trial(
        ShiftCount(of=("D", "N"), most_total_minutes=2 * 450 + 585, least_total_minutes=900, days=4),
        "-D -N -D -DN -A -D -N",
        "D-N",
    ),
    "shift_count: days and hours": Trial(
        ShiftCount(of=("any",), most_days=5, most_total_minutes=5 * 450, least_days=2, days=10), THIN, "DD-D"
    ),
    "shift_count: weeks": Trial(ShiftCount(of=("any",), most_days=6, least_days=3, weeks=2), THIN, "D--N---"),
    "shift_count: hours of weeks": Trial(
        ShiftCount(of=("D",), most_total_minutes=3 * 450, least_total_minutes=451, weeks=1),
        "-D -N -D -D -A -D -N",
        "DD",
    ),
    "shift_count: days off": Trial(
        ShiftCount(of=("off",), least_days=3, days=6), "-D -N -D -D -A -D -N", "D"
    ),
    "shift_count: beyond the cycle": Trial(
        ShiftCount(of=("any",), most_days=9, least_days=5, weeks=3), "-D -N -D -DN -A -D -N", "---- D--N---"
    ),
    "shift_count: days beyond the cycle": Trial(
        ShiftCount(of=("night",), most_days=4, least_days=2, days=10), "-N -D -N -D -N -D -", "N--N"
    ),
}
FAULTS = [
    ("shift_count", WindowSum, ("most+1", "most-1", "least+1", "least-1", "days+1", "days-1")),
    ("shift_count: hours", WindowSum, ("most-1", "least+1")),
    ("shift_count: weeks", WindowSum, ("most+1", "most-1", "least+1", "least-1")),
]
MANY, FEW, LONG, SHORT = "days too many", "days missing", "minutes too many", "minutes short"


def breaches(rule: ShiftCount, unit: Problem, line: str) -> list[tuple[int | None, int, str]]:
    """(day, amount, unit) of every breach; each is one window."""
    found = list(rule.violations(unit, rota(unit, line)))
    assert all(one.times == 1 and one.about == rule.name for one in found)
    return [(one.day, one.amount, one.unit) for one in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("NN----- NN-----", []),
        # three nights from Sunday to Tuesday: in each stretch of seven days that holds all of them
        ("NN----- N-----N", [(1, 1, MANY), (2, 1, MANY), (3, 1, MANY), (4, 1, MANY), (5, 1, MANY)]),
        ("N-----N N-----N", []),  # six days apart at least two by two
        # from Tuesday to Monday, and no other seven days, there is no night
        ("N------ -N-----", [(7, 1, FEW)]),
    ],
)
def test_any_seven_days(line: str, expected: list[object]) -> None:
    assert breaches(ANY_WEEK, problem(weeks=2), line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDDDD-- DDDDD--", []),  # 75 h exactly
        ("DDDDD-- DDDDDD-", [(6, 450, LONG), (13, 450, LONG)]),
        ("DDD---- DD-----", []),  # 37.5 h exactly
        ("DDD---- D------", [(6, 450, SHORT), (13, 450, SHORT)]),
    ],
)
def test_hours_of_two_weeks_of_the_repeated_rota(line: str, expected: list[object]) -> None:
    assert breaches(WEEKS, problem(weeks=2), line) == expected


def test_weeks_do_not_move_with_the_days() -> None:
    rule = ShiftCount(of=("night",), most_days=2, weeks=1)
    assert breaches(rule, problem(weeks=2), "-----NN NN-----") == []
    assert breaches(rule, problem(weeks=2), "----NNN NN-----") == [(6, 1, MANY)]


def test_a_stretch_longer_than_the_cycle_is_read_on_the_repeated_rota() -> None:
    rule = ShiftCount(of=("night",), most_days=7, weeks=4)
    assert breaches(rule, problem(), "N------") == []
    assert breaches(rule, problem(), "NN-----") == [(6, 1, MANY)]


@pytest.mark.parametrize(
    ("history", "line", "expected"),
    [
        ("", "N------", []),
        ("", "-------", [(6, 1, FEW)]),  # only the last stretch is known to the end
        ("-", "-------", [(5, 1, FEW), (6, 1, FEW)]),
        ("NN-", "N------", [(0, 1, MANY), (1, 1, MANY), (2, 1, MANY), (3, 1, MANY)]),
    ],
)
def test_before_a_plan(history: str, line: str, expected: list[object]) -> None:
    unit = problem(person(history=history), cyclic=False)
    assert breaches(ANY_WEEK, unit, line) == expected


def test_days_and_hours_may_be_limited_together() -> None:
    rule = ShiftCount(of=("any",), most_days=3, most_total_minutes=1900, weeks=1)
    assert breaches(rule, problem(), "NNN----") == []
    assert breaches(rule, problem(), "DDDD---") == [(6, 1, MANY)]
    assert breaches(rule, problem(), "NNNN---") == [(6, 1, MANY), (6, 440, LONG)]


def test_what_limits_nothing_is_no_kind() -> None:
    unit = problem()
    (post,) = unit.classes
    assert ShiftCount(of=("any",), most_days=7, weeks=1).lower(unit, post) == ()
    assert ShiftCount(of=("any",), least_days=0, weeks=1).lower(unit, post) == ()
    assert len(ShiftCount(of=("any",), most_days=6, least_total_minutes=1, weeks=1).lower(unit, post)) == 2


def test_a_limit_on_the_hours_of_a_few_days_caps_the_week_at_as_many_stretches_as_hold_it() -> None:
    unit = problem()
    (post,) = unit.classes
    short = ShiftCount(of=("any",), most_total_minutes=20 * HOUR, days=3)
    assert Usable.of(unit, (short,), post).minutes_cap == 3 * 20 * HOUR
    long = ShiftCount(of=("any",), most_total_minutes=90 * HOUR, weeks=3)
    assert Usable.of(unit, (long,), post).minutes_cap == 90 * HOUR


def fixed_nights(*days: str) -> dict[str, Any]:
    """Return the small unit with fixed nights for Ada, who works at most one in any three days."""
    fixed = [{"on": [f"week 1 {day}" for day in days], "shift": "N"}]
    rule = {"of": ["night"], "most": 1, "days": 3, "for": ["Ada"]}
    return small(staff=[ADA | {"fixed": fixed}, BO], rules={"set": {"shift_count": rule}})


def test_fixed_shifts_are_held_against_the_stretch_that_is_stated() -> None:
    assert len(case(fixed_nights("monday", "thursday")).problem.classes[0].pins) == 2
    with using_language("en"):
        place, told = only(impossible(fixed_nights("monday", "wednesday")))
    assert place == "staff.0.fixed.0.on.1"
    assert "Shifts or hours in a period" in told


NIGHTS = {"of": ["night"], "most": 4, "weeks": 2, "name": "netter"}
SHIFTS = [
    {"code": "D", "from": "07:30", "to": "15:00", "tags": ["day"]},
    {"code": "N", "from": "22:00", "to": "07:45", "tags": ["night"]},
]


def test_a_file_may_state_it_several_times_each_for_its_own_people() -> None:
    hours = {
        "most_hours": "80 h",
        "least_hours": "7 h 30 min",
        "days": 14,
        "for": ["new"],
        "strength": "soft",
    }
    unit, rules = built({"shift_count": [NIGHTS, hours]}, shifts=SHIFTS)
    stated = [rule for rule in rules if isinstance(rule, ShiftCount)]
    assert [(rule.of, rule.most_days, rule.most_total_minutes, rule.stretch_days) for rule in stated] == [
        (("night",), 4, None, 14), (("any",), None, 4800, 14),
    ]  # fmt: skip
    assert [(rule.every_days, rule.hard) for rule in stated] == [(7, True), (1, False)]
    assert [rule.applies_to(unit.classes[2]) for rule in stated] == [True, False]


@pytest.mark.parametrize(
    ("setting", "path", "told"),
    [
        ({"of": ["nigth"], "most": 1, "weeks": 2}, ("of", 0), "Did you mean night?"),
        ({"of": ["any", "off"], "most": 1, "weeks": 2}, ("of",), "Take out `off`"),
        ({"of": ["off"], "most_hours": "1 h", "weeks": 2}, ("of",), "count days with `most` or `least`"),
        ({"of": ["night"], "most": 1}, ("weeks",), "Write `days: 14`"),
        ({"of": ["night"], "most": 1, "days": 14, "weeks": 2}, ("days",), "found both"),
        ({"of": ["night"], "weeks": 2}, ("most",), "Write for example `most: 4`"),
        ({"most": 3, "least": 4, "weeks": 2}, ("least",), "at most 3, which is the value of most; found 4"),
        (
            {"most_hours": "30 h", "least_hours": "30 h 30 min", "weeks": 2},
            ("least_hours",),
            "at most 30 h, which is the value of most_hours; found 30 h 30 min",
        ),
        ({"most": 15, "weeks": 2}, ("most",), "at most 14, for the stretch has no more"),
        ({"least_hours": "100 h", "days": 4}, ("least_hours",), "at most 96 h"),
        ({"most_hours": 80, "weeks": 2}, ("most_hours",), "Write the hours with their unit"),
        ({"most_hours": "80", "weeks": 2}, ("most_hours",), "with its unit"),
        ({"most": "4 netter", "weeks": 2}, ("most",), "whole number"),
        ({"most": 4, "days": 57}, ("days",), "at most 56"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_a_way_out(
    setting: dict[str, Any], path: tuple[str | int, ...], told: str
) -> None:
    findings = refused({"shift_count": [NIGHTS, setting]}, shifts=SHIFTS)
    assert [finding.path for finding in findings] == [("rules", "set", "shift_count", 1, *path)]
    assert told in findings[0].sentence()
