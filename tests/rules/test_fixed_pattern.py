"""Fixed patterns of days at work and days off."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.agreed.fixed_pattern import FixedPattern
from turnus.rules.kinds import Cells, PeriodicPattern

THREE_FOUR = FixedPattern(pattern="3-4")
TRIALS = {
    "fixed_pattern": Trial(THREE_FOUR, "-D -D -N -D -D -D -D", "DDD--"),
    "fixed_pattern: broken before": Trial(THREE_FOUR, "-D -D -N -D -D -D -D", "DD-D-D"),
    "fixed_pattern: two weeks": Trial(
        FixedPattern(pattern="2-2-3"), "-D -D -N - - D -D D -D - D D - -D", "--"
    ),
    "fixed_pattern: begins": Trial(
        FixedPattern(pattern="3-4", begins="week 1 tuesday"), "-D -D -N -D -D - -", "D"
    ),
}
FAULTS = [("fixed_pattern: begins", Cells, ("without (1, 0)", "without (4, 1)"))]


@pytest.mark.parametrize(
    ("pattern", "line", "expected"),
    [
        ("3-4", "DAN----", []),
        ("3-4", "--DDD--", []),
        ("3-4", "D----DD", []),  # round the end of the cycle
        ("3-4", "DDDD---", [(0, 3, 1)]),
        ("3-4", "DD-----", [(0, 2, 1)]),
        ("3-4", "-------", [(0, 0, 3)]),
        ("2-2-3", "DD--DDD --DD---", []),
        ("2-2-3", "--DDD-- DD---DD", []),
        ("2-2-3", "DD--DDD --DDD--", [(0, 11, 1)]),
        ("3-7-4-7", "DDD---- ---DDDD -------", []),
        ("3-7-4-7", "DDD---- ---DDD- -------", [(0, 13, 1)]),
        ("3-3", "DDD---DDD---DDD---DDD---DDD---DDD---DDD---", []),
    ],
)
def test_days_outside_the_pattern(pattern: str, line: str, expected: list[object]) -> None:
    unit = problem(weeks=len(line.replace(" ", "")) // 7)
    assert found(FixedPattern(pattern=pattern), unit, line) == expected


def test_a_plan_goes_on_with_the_round_of_its_history() -> None:
    unit = problem(person(history="DD"), cyclic=False)
    assert found(THREE_FOUR, unit, "D----DD") == []
    assert found(THREE_FOUR, unit, "-------") == [(0, 0, 1), (0, 5, 2)]
    assert found(THREE_FOUR, problem(cyclic=False), "-DDD---") == []


def test_a_stated_first_day_leaves_no_choice() -> None:
    rule = FixedPattern(pattern="3-4", begins="week 1 tuesday")
    assert found(rule, problem(), "-DDD---") == []
    assert found(rule, problem(), "DDD----") == [(0, 0, 1), (0, 3, 1)]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"pattern": "3-3"}, ("pattern",)),  # one week is no whole number of six days
        ({"pattern": "60-60"}, ("pattern",)),
        ({"pattern": "3-4", "begins": "week 2 monday"}, ("begins",)),
    ],
)
def test_a_pattern_that_does_not_fit_the_period_is_refused(
    values: dict[str, str], path: tuple[str, ...]
) -> None:
    (finding,) = FixedPattern.model_validate(values).findings(problem())
    assert finding.path == path


def test_the_kind_says_what_may_stand_where() -> None:
    unit = problem()
    (kind,) = THREE_FOUR.lower(unit, unit.classes[0])
    assert isinstance(kind, PeriodicPattern)
    assert kind.steps == (unit.worked,) * 3 + (frozenset({0}),) * 4
