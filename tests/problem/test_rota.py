"""What a rota says about a day: inside, wrapped round, or before the plan."""

from tests.builders import actions, person, problem, rota

LINE = "DD-AAN-"


def test_a_cycle_wraps_round() -> None:
    unit = problem()
    found = rota(unit, LINE)
    assert [found.action(unit, 0, day) for day in range(-7, 14)] == [*actions(LINE)] * 3


def test_before_a_calendar_plan_lies_the_history_and_after_it_nothing() -> None:
    unit = problem(person(history="N-"), cyclic=False)
    found = rota(unit, LINE)
    assert [found.action(unit, 0, day) for day in (-3, -2, -1, 0, 6, 7)] == [None, 3, 0, 1, 0, None]


def test_hours_and_days_off() -> None:
    unit = problem()
    found = rota(unit, LINE)
    assert found.worked_minutes(unit, 0) == 4 * 450 + 585
    assert [found.is_off(0, day) for day in range(7)] == [letter == "-" for letter in LINE]
