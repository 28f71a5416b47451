"""Working days in a row."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found, times
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow

RULE = MaxWorkingDaysInARow(days=5)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DANDA--", []),
        ("DANDAD-", [(0, 5, 1)]),
        ("DDD-DDD", [(0, 2, 1)]),  # six round the end of the cycle
        ("DDDDDDD", [(0, 0, 7)]),  # for ever
        ("DDDDDDD -------", [(0, 5, 2)]),
        ("D------ DDDDDDD", [(0, 0, 1), (0, 12, 2)]),
    ],
)
def test_days_beyond_the_limit_are_found(line: str, expected: list[object]) -> None:
    unit = problem(weeks=len(line.split()))
    assert found(RULE, unit, line) == expected
    assert times(RULE, unit, line) == sum(amount for _, _, amount in found(RULE, unit, line))


def test_a_plan_continues_the_run_of_its_history() -> None:
    assert found(RULE, problem(person(history="-DDD"), cyclic=False), "DD-----") == []
    assert found(RULE, problem(person(history="-DDD"), cyclic=False), "DDD----") == [(0, 2, 1)]
    assert found(RULE, problem(cyclic=False), "DD---DD") == []
