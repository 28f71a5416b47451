"""Hours of each week: both limits, leave, and how a file states the rule."""

from typing import Any

import pytest

from tests.builders import HOUR, person, problem, rota
from tests.rules.test_settings import built, refused
from tests.rules.three_ways import Trial
from turnus.problem import Problem
from turnus.result.sentences import breach_amount
from turnus.rules.agreed.week_hours_band import WeekHoursBand
from turnus.rules.kinds import WeekSums, WindowSum
from turnus.texts import using_language

# Two D are 900 minutes, five 2250.
BAND = WeekHoursBand(least_minutes=900, most_minutes=2250)
TWO_WEEKS = "-D -D - -D -D - -D D -D - D -D D -D"
# Away Saturday and Sunday in week 1 and Monday in week 2: 900 * 5/7 = 642.86, 900 * 6/7 = 771.43.
AWAY = (("leave", frozenset({5, 6, 7})),)
PARTLY = "-D -N - -D -D - - - -D -N -D -D -D -D"
TRIALS = {
    "week_hours_band": Trial(BAND, TWO_WEEKS, "DDDD"),
    "week_hours_band: leave": Trial(
        WeekHoursBand(least_minutes=1642, most_minutes=2000), PARTLY, "D", person=AWAY
    ),
    "week_hours_band: a week of leave": Trial(
        BAND, "- - - - - - - -D -D - -D D -D D", "DDD", person=(("leave", frozenset(range(7))),)
    ),
    # Away on Sunday: 1576 * 6/7 = 1350.86, of which whole minutes are three D.
    "week_hours_band: least alone": Trial(
        WeekHoursBand(least_minutes=1576), "-D -N -D -N -D - -", person=(("leave", frozenset({6})),)
    ),
}
FAULTS = [
    ("week_hours_band", WindowSum, ("most-1", "least+1")),
    ("week_hours_band: least alone", WeekSums, ("week 1: least+1",)),
]
FEW, MANY = "minutes short", "minutes too many"


def breaches(rule: WeekHoursBand, unit: Problem, line: str) -> list[tuple[int | None, int, str]]:
    return [(one.day, one.amount, one.unit) for one in rule.violations(unit, rota(unit, line))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DD----- DDDDD--", []),  # 15 h and 37.5 h exactly
        ("D------ DDDDD--", [(0, 450, FEW)]),
        ("DD----- DDDDDD-", [(7, 450, MANY)]),
        ("------- DDDDDDD", [(0, 900, FEW), (7, 900, MANY)]),
    ],
)
def test_each_week_by_itself(line: str, expected: list[object]) -> None:
    assert breaches(BAND, problem(weeks=2), line) == expected


@pytest.mark.parametrize(
    ("leave", "least"),
    [
        (range(0), 1440),
        (range(7), 0),
        (range(3), 822),  # 1440 * 4/7 = 822.86
        (range(6), 205),  # 1440 * 1/7 = 205.71
        (range(5, 9), 1028),  # two days of this week: 1440 * 5/7 = 1028.57
    ],
)
def test_leave_takes_the_least_down_in_proportion(leave: range, least: int) -> None:
    rule = WeekHoursBand(least_minutes=24 * HOUR)
    unit = problem(person(leave=frozenset(leave)), weeks=2)
    assert rule.least_of(unit.classes[0], 0) == least
    week = breaches(rule, unit, "------- NNNNNNN")
    assert week == ([(0, least, FEW)] if least else [])


def test_leave_changes_nothing_about_the_most() -> None:
    unit = problem(person(leave=frozenset({6})))
    assert breaches(BAND, unit, "DDDDDD-") == [(0, 450, MANY)]


def test_a_class_without_leave_has_one_limit_for_every_week() -> None:
    unit = problem(person(), person("Ola", leave=frozenset({0})))
    alike, apart = (BAND.lower(unit, post) for post in unit.classes)
    assert alike == (WindowSum((0, 450, 450, 585), 2250, least=900),)
    assert apart == (
        WindowSum((0, 450, 450, 585), 2250),
        WeekSums((0, 450, 450, 585), ((771, 7 * 585),)),
    )


def test_a_breach_is_said_with_the_limit_that_it_passes() -> None:
    unit = problem(weeks=2)
    few, many = BAND.violations(unit, rota(unit, "D------ DDDDDD-"))
    with using_language("en"):
        assert breach_amount(few, BAND) == "7 h 30 min too little, required 15 h"
        assert breach_amount(many, BAND) == "7 h 30 min too much, at most 37 h 30 min allowed"
        (alone,) = WeekHoursBand(least_minutes=900).violations(unit, rota(unit, "D------ DDDDDD-"))
        assert (
            breach_amount(alone, WeekHoursBand(least_minutes=900)) == "7 h 30 min too little, required 15 h"
        )


SETTING = {"least": "20 h", "most": "45 h"}


def test_a_file_may_state_it_for_different_people() -> None:
    unit, rules = built({"week_hours_band": [SETTING, {"most": "30 h", "for": ["Per"]}]})
    stated = [rule for rule in rules if isinstance(rule, WeekHoursBand)]
    assert [(rule.least_minutes, rule.most_minutes) for rule in stated] == [(1200, 2700), (None, 1800)]
    assert [[rule.applies_to(one) for one in unit.classes] for rule in stated] == [
        [True, True, False], [False, False, True],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "path", "told"),
    [
        ({"strength": "soft"}, ("least",), "expected `least`, `most` or both"),
        ({"least": "30 h", "most": "29 h 59 min"}, ("least",), "at most 29 h 59 min, which is the value of"),
        ({"least": 20}, ("least",), "Write the hours with their unit"),
        ({"most": "45"}, ("most",), "with its unit"),
        ({"mst": "45 h"}, ("mst",), "Did you mean most?"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_a_way_out(
    setting: dict[str, Any], path: tuple[str | int, ...], told: str
) -> None:
    findings = refused({"week_hours_band": setting})
    assert [finding.path for finding in findings] == [("rules", "set", "week_hours_band", *path)]
    assert told in findings[0].sentence()
