"""Extra weekends a year: what falls to a rota, which weekends count, and what a file is told."""

from typing import Any

import pytest

from tests.builders import person, problem
from tests.files import ADA, BO, case, small
from tests.rules.checks import found, times
from tests.rules.test_settings import built, refused
from tests.rules.three_ways import Trial
from turnus.rules.agreed.extra_weekends import ExtraWeekends
from turnus.rules.kinds import PlanWeeks, WeekEvents
from turnus.texts import using_language

# 18 * 3/52 = 1.04: with the usual weekend 2 of 3 weeks.
RULE = ExtraWeekends(a_year=18)
WEEKENDS = " ".join(["- - - - -N -D -"] * 3)
TRIALS = {
    "extra_weekends": Trial(RULE, WEEKENDS, "-----D-"),
    "extra_weekends: none": Trial(ExtraWeekends(usual=0, a_year=17), "- - - - -N -DA -N - - - - -N -D -"),
}
FAULTS = [("extra_weekends", WeekEvents, ("most+1", "most-1", "of_weeks+1", "of_weeks-1", "without (4, 3)"))]
FREE, WORKED, FRIDAY, FRIDAY_NIGHT = "DDDD---", "DDD--DD", "DDDDD--", "DDD-N--"


@pytest.mark.parametrize(
    ("weeks", "usual", "of", "a_year", "most"),
    [
        (12, 1, 3, 6, 5),  # 4 + floor(1.38)
        (12, 1, 3, 4, 4),  # 4 + floor(0.92)
        (13, 1, 3, 4, 5),  # floor(4.33) + 1
        (26, 1, 2, 4, 15),
        (6, 1, 4, 0, 1),  # floor(1.5)
        (52, 1, 3, 4, 21),  # floor(17.33) + 4
    ],
)
def test_how_many_weekends_fall_to_a_rota(weeks: int, usual: int, of: int, a_year: int, most: int) -> None:
    rule = ExtraWeekends(usual=usual, of_weeks=of, a_year=a_year)
    for cyclic in (True, False):
        assert rule.most(problem(weeks=weeks, cyclic=cyclic)) == most


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([FREE, FREE, FREE], []),
        ([WORKED, FREE, WORKED], []),
        ([WORKED, WORKED, WORKED], [(0, 19, 1)]),
        ([WORKED, FRIDAY_NIGHT, WORKED], [(0, 19, 1)]),
        ([WORKED, FRIDAY, WORKED], []),
    ],
)
@pytest.mark.parametrize("cyclic", [True, False])
def test_weekends_beyond_are_dated_on_the_first_one_too_many(
    weeks: list[str], expected: list[object], cyclic: bool
) -> None:
    assert found(RULE, problem(weeks=3, cyclic=cyclic), " ".join(weeks)) == expected


def test_a_cycle_is_found_too_full_once_from_each_of_its_weeks() -> None:
    none = ExtraWeekends(usual=0, a_year=0)
    line = f"{WORKED} {FREE} {WORKED}"
    assert found(none, problem(weeks=3), line) == [(0, 5, 2)]
    assert times(none, problem(weeks=3), line) == 2 * 3
    assert times(none, problem(weeks=3, cyclic=False), line) == 2


def test_weekends_before_a_plan_do_not_count() -> None:
    unit = problem(person(history="DDD--DD"), weeks=3, cyclic=False)
    assert found(RULE, unit, f"{WORKED} {WORKED} {FREE}") == []


def test_it_is_a_limit_on_the_weeks_of_the_rota() -> None:
    cycle, plan = problem(weeks=3), problem(weeks=3, cyclic=False)
    assert RULE.lower(cycle, cycle.classes[0]) == (WeekEvents(cycle.weekend_cells, 2, 3),)
    assert RULE.lower(plan, plan.classes[0]) == (PlanWeeks(plan.weekend_cells, 2),)
    assert ExtraWeekends(usual=1, of_weeks=1).lower(cycle, cycle.classes[0]) == ()


def test_a_file_may_state_it_for_different_people() -> None:
    unit, rules = built({"extra_weekends": [{"a_year": 0}, {"a_year": 9, "for": ["new"]}]})
    stated = [rule for rule in rules if isinstance(rule, ExtraWeekends)]
    assert [(rule.a_year, [rule.applies_to(one) for one in unit.classes]) for rule in stated] == [
        (0, [False, False, True]), (9, [True, True, False]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "path", "told"),
    [
        ({"usual": 4}, ("usual",), "expected at most 3 weekends of 3 weeks"),
        ({"a_year": "4 helger"}, ("a_year",), "whole number"),
        ({"of": 0}, ("of",), "at least 1"),
        ({"ayear": 4}, ("ayear",), "Did you mean a_year?"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_a_way_out(
    setting: dict[str, Any], path: tuple[str | int, ...], told: str
) -> None:
    findings = refused({"extra_weekends": setting})
    assert [finding.path for finding in findings] == [("rules", "set", "extra_weekends", *path)]
    assert told in findings[0].sentence()


def notes(setting: dict[str, Any], weeks: int) -> dict[str, str]:
    """Return what a valid file is told about the rule, by the place it points to."""
    content = small(
        horizon={"weeks": weeks}, staff=[ADA, BO], rules={"set": {"extra_weekends": [{}, setting]}}
    )
    with using_language("en"):
        told = {".".join(map(str, note.path)): note.sentence() for note in case(content).notes}
    return {place: text for place, text in told.items() if place.startswith("rules.set.extra_weekends.1")}


def test_extra_weekends_that_come_to_none_are_told_and_not_refused() -> None:
    told = notes({"a_year": 4, "for": ["Ada"]}, weeks=12)  # 4 * 12/52 = 0.92
    assert list(told) == ["rules.set.extra_weekends.1.a_year"]
    (text,) = told.values()
    assert "at least 13 weeks, for with 4 a year fewer leave no whole extra weekend; found 12 weeks" in text
    assert notes({"a_year": 5, "for": ["Ada"]}, weeks=12) == {}  # 5 * 12/52 = 1.15


def test_a_usual_frequency_that_the_rota_does_not_divide_is_told() -> None:
    told = notes({"of": 5, "a_year": 9, "for": ["Ada"]}, weeks=6)
    assert list(told) == ["rules.set.extra_weekends.1.of"]
    (text,) = told.values()
    assert "that 1 of 5 weekends divides evenly" in text
    assert "found 6 weeks, so that the number of usual weekends is 1" in text
