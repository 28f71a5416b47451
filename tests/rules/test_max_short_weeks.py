"""Short weeks."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.health.max_short_weeks import MaxShortWeeks
from turnus.rules.kinds import ShortWeeks

ONE_OF_TWO = MaxShortWeeks(days=3, most=1, weeks=2)
TRIALS = {
    "max_short_weeks": Trial(ONE_OF_TWO, "-D D -D - - - - -D -D -D - - - -D", "D-----D"),
    "max_short_weeks: history in part": Trial(ONE_OF_TWO, "-D D -D - - - - -D -D - - - - -D", "-D"),
}
FAULTS = [("max_short_weeks", ShortWeeks, ("most+1", "most-1", "fewer_than+1", "fewer_than-1"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DD----- DDD----", []),
        ("DD----- D------", [(0, 0, 1), (0, 7, 1)]),  # both weeks, round the cycle too
        ("DD----- -------", []),  # a free week is not short
        ("DDD---- DDD----", []),
    ],
)
def test_weeks_with_few_days_at_work(line: str, expected: list[object]) -> None:
    assert found(ONE_OF_TWO, problem(weeks=2), line) == expected


def test_a_known_week_before_the_plan_counts() -> None:
    unit = problem(person(history="D------"), cyclic=False)
    assert found(ONE_OF_TWO, unit, "DD-----") == [(0, 0, 1)]
    assert found(ONE_OF_TWO, problem(person(history="D-----"), cyclic=False), "DD-----") == []


def test_a_limit_that_nothing_breaks_asks_for_nothing() -> None:
    unit = problem()
    assert MaxShortWeeks(most=6, weeks=6).lower(unit, unit.classes[0]) == ()
