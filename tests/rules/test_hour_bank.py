"""The hour bank, week by week."""

from fractions import Fraction

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.agreed.hour_bank import HourBank
from turnus.rules.kinds import RunningSum

EXACT = HourBank(ahead_minutes=0, behind_minutes=450)  # a post of 3 x 7.5 h a week
WEEK_MINUTES = 3 * 450
TRIALS = {
    "hour_bank": Trial(
        EXACT, "-D -D D - - - -D D -D -D - - - -D", person=(("full_week_minutes", WEEK_MINUTES),)
    )
}
FAULTS = [("hour_bank", RunningSum, ("week 1: most-1", "week 1: least+1", "week 2: most-1"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDD---- DDD----", []),
        ("DD----- DDDD---", []),  # one shift behind, then even
        ("D------ DDDDD--", [(0, 6, 450)]),
        ("DDDD--- DD-----", [(0, 6, 450)]),
        ("DDDD--- DDDD---", [(0, 6, 450), (0, 13, 900)]),
    ],
)
def test_the_balance_after_each_week(line: str, expected: list[object]) -> None:
    unit = problem(person(full_week_minutes=WEEK_MINUTES), weeks=2)
    assert found(EXACT, unit, line) == expected


def test_days_on_leave_are_no_hours_of_the_post() -> None:
    unit = problem(person(full_week_minutes=WEEK_MINUTES, leave=frozenset(range(7))), weeks=2)
    assert found(EXACT, unit, "------- DDD----") == []


def test_the_bounds_are_exact_to_the_minute() -> None:
    post = person(full_week_minutes=2130, sizes=(7550,))  # 26 h 48.15 min a week
    (least, most), *_ = HourBank(ahead_minutes=60, behind_minutes=60).bounds(post, 7550, 1)
    exact = Fraction(2130 * 7550, 10_000)
    assert least - 1 < exact - 60 <= least
    assert most <= exact + 60 < most + 1


def test_a_class_of_several_sizes_has_the_bounds_of_all() -> None:
    unit = problem(person(None, sizes=(5_000, 10_000), full_week_minutes=WEEK_MINUTES))
    (kind,) = EXACT.lower(unit, unit.classes[0])
    assert isinstance(kind, RunningSum)
    assert kind.bounds == ((675 - 450, 1350),)


def test_converted_hours_are_behind_the_shortest_week_and_ahead_of_the_longest() -> None:
    post = person(converted=True, full_week_minutes=2130)
    bounds = HourBank(ahead_minutes=60, behind_minutes=120).bounds(post, 10_000, 2)
    assert bounds == ((2016 - 120, 2130 + 60), (4032 - 120, 4260 + 60))
