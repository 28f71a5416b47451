"""Ordinary hours a week as a mean over the whole rota."""

import pytest

from tests.builders import HOUR, person, problem, rota
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.result.sentences import breach_amount
from turnus.rules.kinds import HorizonSum
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.law.mean_weekly_hours import MeanWeeklyHours
from turnus.texts import using_language

IN_ROTA = (("full_week_minutes", 2130),)
DAYS = "-D -N -D -DN -A -D -N"
TRIALS = {
    "mean_weekly_hours": Trial(MeanWeeklyHours(rota_minutes=30 * HOUR), DAYS, "DDDD", person=IN_ROTA),
    "mean_weekly_hours: a minute below": Trial(
        MeanWeeklyHours(rota_minutes=30 * HOUR - 1), DAYS, "DDDD", person=IN_ROTA
    ),
}
FAULTS = [  # four D shifts are exactly 30 h
    ("mean_weekly_hours", HorizonSum, ("most-1",)),
    ("mean_weekly_hours: a minute below", HorizonSum, ("most+1",)),
]


@pytest.mark.parametrize(
    ("full_week", "line", "expected"),
    [
        (2250, "DDDDD--", []),  # 5 x 7.5 h = 37.5 h of 40 h
        (2250, "DDDDDD-", [(0, None, 300)]),  # 45 h - 40 h
        (2130, "DDDDDD-", [(0, None, 420)]),  # 45 h - 38 h
        (2016, "DDDDDD-", [(0, None, 540)]),  # 45 h - 36 h
        (2016, "DDDDD--", [(0, None, 90)]),  # 37.5 h - 36 h
        (2130, "DDDDDD- DDDD---", []),  # 75 h of 2 x 38 h = 76 h: one long week evens out
        (2130, "DDDDDD- DDDDD--", [(0, None, 390)]),  # 82.5 h - 76 h
    ],
)
def test_the_mean_follows_how_people_work(full_week: int, line: str, expected: list[object]) -> None:
    unit = problem(person(full_week_minutes=full_week), weeks=len(line.split()))
    assert found(MeanWeeklyHours(), unit, line) == expected


def test_the_limit_itself_passes_and_a_minute_more_does_not() -> None:
    unit = problem(person(full_week_minutes=2130))
    assert found(MeanWeeklyHours(rota_minutes=2250), unit, "DDDDD--") == []
    assert found(MeanWeeklyHours(rota_minutes=2249), unit, "DDDDD--") == [(0, None, 1)]


@pytest.mark.parametrize(
    ("full_week", "told"),
    [
        (2250, "5 h too much, at most 40 h"),
        (2130, "7 h too much, at most 38 h"),
        (2016, "9 h too much, at most 36 h"),
    ],
)
def test_a_breach_names_the_limit_that_was_used(full_week: int, told: str) -> None:
    unit = problem(person(full_week_minutes=full_week))
    for rule in (MeanWeeklyHours(), MaxHoursPerWeek()):
        (breach,) = rule.violations(unit, rota(unit, "DDDDDD-"))
        with using_language("en"):
            assert breach_amount(breach, rule).startswith(told)


def test_converted_hours_are_those_of_a_rota() -> None:
    unit = problem(person(full_week_minutes=2130, converted=True))
    assert found(MeanWeeklyHours(), unit, "NNNND--") == [(0, None, 4 * 585 + 450 - 38 * HOUR)]
