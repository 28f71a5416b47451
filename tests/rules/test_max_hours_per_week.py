"""Hours in a single week."""

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found
from turnus.rules.max_hours_per_week import MaxHoursPerWeek


@pytest.mark.parametrize(
    ("hours", "line", "expected"),
    [
        (30, "-------", []),
        (30, "DDDD---", []),  # exactly 4 x 7.5 h
        (30, "DDDDD--", [(0, 0, 450)]),
        (37.5, "DDDDD-- DDDDDD-", [(0, 7, 450)]),
        (37.5, "DDD---- DDDD--N", [(0, 7, 135)]),  # a Sunday night counts where it starts
    ],
)
def test_weeks_above_the_limit_are_found(hours: float, line: str, expected: list[object]) -> None:
    rule = MaxHoursPerWeek(most_minutes=round(hours * HOUR))
    assert found(rule, problem(weeks=len(line.split())), line) == expected


def test_history_before_monday_is_no_part_of_the_week() -> None:
    unit = problem(person(history="DDDDDD"), cyclic=False)
    assert found(MaxHoursPerWeek(most_minutes=30 * HOUR), unit, "DDDD---") == []


def test_a_limit_that_no_week_can_reach_asks_for_nothing() -> None:
    unit = problem()
    assert MaxHoursPerWeek(most_minutes=7 * 585).lower(unit, unit.classes[0]) == ()
    assert len(MaxHoursPerWeek(most_minutes=7 * 585 - 1).lower(unit, unit.classes[0])) == 1
