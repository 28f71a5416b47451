"""Worked weekends in a stretch of weeks."""

import pytest

from tests.builders import person, problem, rota
from tests.rules.checks import found
from turnus.rules.agreed.weekend_frequency import WeekendFrequency

THIRD = WeekendFrequency(worked=1, of_weeks=3)
FREE, WORKED, FRIDAY, FRIDAY_NIGHT = "DDDD---", "DDD--DD", "DDDDD--", "DDD-N--"


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([FREE, FREE, FREE], []),
        ([WORKED, FREE, FREE], []),
        # week 3, two weeks after week 1, and week 1, right after week 3 of the cycle before
        ([WORKED, FREE, WORKED], [(0, 5, 1), (0, 19, 1)]),
        ([WORKED, WORKED, FREE], [(0, 5, 1), (0, 12, 1)]),
        # three in a row: the second is one too many, the third two
        ([WORKED, WORKED, WORKED, FREE, FREE, FREE], [(0, 12, 1), (0, 19, 2)]),
        ([WORKED, FRIDAY, FREE], []),
        ([WORKED, FRIDAY_NIGHT, FREE], [(0, 5, 1), (0, 12, 1)]),
        ([WORKED, FREE, FREE, WORKED, FREE, FREE], []),
        ([WORKED, FREE, FREE, FREE, FREE, WORKED], [(0, 5, 1)]),  # round the end of the cycle
    ],
)
def test_windows_with_too_many_weekends_are_found(weeks: list[str], expected: list[object]) -> None:
    assert found(THIRD, problem(weeks=len(weeks)), " ".join(weeks)) == expected


def test_a_window_longer_than_the_cycle_is_read_on_the_repeated_rota() -> None:
    rule = WeekendFrequency(worked=2, of_weeks=5)
    assert found(rule, problem(weeks=3), f"{WORKED} {FREE} {FREE}") == []
    assert found(rule, problem(weeks=2), f"{WORKED} {FREE}") == [(0, 5, 1)]


def test_volunteers_for_extra_weekends_have_their_own_frequency() -> None:
    rule = WeekendFrequency(worked=1, of_weeks=3, volunteers_worked=1, volunteers_of_weeks=2)
    unit = problem(person("Kari"), person("Ola", extra_weekends=True), weeks=4)
    line = " ".join([WORKED, FREE, WORKED, FREE])
    assert {post for post, _, _ in found(rule, unit, line, line)} == {0}


def test_weekends_of_the_history_count() -> None:
    unit = problem(person(history="D ------- -------"), cyclic=False)
    assert found(THIRD, unit, WORKED) == []
    unit = problem(person(history="D -------"), cyclic=False)
    assert found(THIRD, unit, WORKED) == [(0, 5, 1)]


def test_every_stretch_is_counted_and_each_worked_weekend_told_once() -> None:
    breaches = list(THIRD.violations(problem(weeks=3), rota(problem(weeks=3), f"{WORKED} {FREE} {WORKED}")))
    # Weeks 2-3-1 and 3-1-2 end with week 1 as their last worked one, weeks 1-2-3 with week 3.
    assert [(one.day, one.times) for one in breaches] == [(5, 2), (19, 1)]


def test_a_stretch_whose_weekends_all_lie_before_the_plan_stands_on_the_plans_first() -> None:
    # Both weeks before the plan are worked: so are two of the three that end with its free first one.
    unit = problem(person(history="-----DD -----DD"), cyclic=False)
    assert found(THIRD, unit, FREE) == [(0, 5, 1)]


def test_as_many_weekends_as_weeks_limit_nothing() -> None:
    unit = problem()
    assert WeekendFrequency(worked=1, of_weeks=1).lower(unit, unit.classes[0]) == ()
    finding, *_ = WeekendFrequency(worked=4, of_weeks=3).findings(unit)
    assert finding.path == ("worked",)
