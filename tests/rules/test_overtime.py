"""Overtime: in a week, in four weeks and in 52, and never as a fixed arrangement."""

from __future__ import annotations

import pytest

from tests.builders import DAY, EVENING, HOUR, NIGHT, person, problem, rota, shift
from tests.rules.checks import found
from turnus.problem import Problem
from turnus.rules.law.overtime import Overtime

FIVE, LONGER = shift("O", "15:00", "20:00", "overtime"), shift("P", "15:00", "20:01", "overtime")
SHIFTS = (DAY, EVENING, NIGHT, FIVE, LONGER)
NONE = "-------"
ONE, TWO = "O------", "OO-----"


def plan(weeks: int, history: str = "") -> Problem:
    return problem(person(history=history, shifts=SHIFTS), weeks=weeks, cyclic=False, shifts=SHIFTS)


def about(unit: Problem, line: str, rule: Overtime | None = None) -> list[tuple[str, int | None, int]]:
    """What each breach is about, its day and amount."""
    return [(b.about, b.day, b.amount) for b in (rule or Overtime()).violations(unit, rota(unit, line))]


@pytest.mark.parametrize(("line", "over"), [("OO-----", 0), ("OP-----", 1), ("OOO----", 5 * HOUR)])
def test_ten_hours_in_a_week(line: str, over: int) -> None:
    expected = [("overtime of the week", 7, over)] if over else []
    assert about(plan(2), NONE + line) == expected


@pytest.mark.parametrize(("last", "over"), [("O", 0), ("P", 1)])
def test_twenty_five_hours_in_four_weeks(last: str, over: int) -> None:
    line = TWO + ONE + ONE + f"{last}------" + NONE
    assert about(plan(5), line) == ([("overtime of four weeks", 27, over)] if over else [])


def test_a_plan_is_read_after_its_history() -> None:
    assert about(plan(1, TWO * 2 + ONE), TWO) == [("overtime of four weeks", 6, 10 * HOUR)]
    assert about(plan(1), TWO) == []


def test_the_weeks_of_a_year_are_counted_back_from_the_end() -> None:
    # 5 h a week; of 53 weeks, the last 52 are one year and the first belongs to the year before.
    rule = Overtime(year_minutes=52 * 5 * HOUR - 1)
    assert about(plan(53), ONE * 53, rule) == [("overtime of 52 weeks", 53 * 7 - 1, 1)]
    rule = Overtime(year_minutes=5 * HOUR - 1)
    assert about(plan(53), ONE + NONE * 52, rule) == [("overtime of 52 weeks", 6, 1)]


def test_a_base_rota_holds_none() -> None:
    unit = problem(weeks=4, shifts=SHIFTS)
    fixed = ("a fixed arrangement", 7, 5 * HOUR)
    assert about(unit, NONE + ONE + NONE * 2) == [fixed]
    # Read repeated: four rounds of a week with two are 40 h, 52 rounds 520 h.
    assert about(problem(shifts=SHIFTS), TWO) == [
        ("a fixed arrangement", 0, 5 * HOUR),
        ("a fixed arrangement", 1, 5 * HOUR),
        ("overtime of four weeks", 6, 15 * HOUR),
        ("overtime of 52 weeks", 6, 320 * HOUR),
    ]


def test_other_shifts_are_no_overtime() -> None:
    assert found(Overtime(), problem(shifts=SHIFTS), "DDDDDDD") == []
    assert found(Overtime(), problem(), "NNNNNNN") == []


def test_only_those_it_is_for() -> None:
    unit = problem(person("Kari"), person("Ola"), shifts=SHIFTS)
    assert [place[0] for place in found(Overtime(people=("Ola",)), unit, TWO, ONE)] == [1, 1]


def test_a_breach_names_the_value_that_it_is_measured_from() -> None:
    unit = problem(shifts=SHIFTS)
    line = "OOO----"
    named = [breach.parameter for breach in Overtime().violations(unit, rota(unit, line))]
    assert named == ["", "", "", "week", "four_weeks", "year"]
