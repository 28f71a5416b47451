"""Single working days between days off."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.health.isolated_working_days import IsolatedWorkingDays


@pytest.mark.parametrize(
    ("at_least", "line", "expected"),
    [
        (2, "-------", []),
        (2, "DDDDDDD", []),
        (2, "DA-NN--", []),
        (2, "-D-----", [(0, 1, 1)]),
        (2, "D-D-DD-", [(0, 0, 1), (0, 2, 1)]),
        (2, "D-----D", []),  # together round the end of the cycle
        (3, "D--DD--", [(0, 0, 2), (0, 3, 1)]),
        (3, "D-----D", [(0, 6, 1)]),
    ],
)
def test_short_runs_are_found_with_the_days_missing(at_least: int, line: str, expected: list[object]) -> None:
    assert found(IsolatedWorkingDays(at_least=at_least), problem(), line) == expected


def test_a_run_at_the_edge_of_what_is_known_is_not_counted() -> None:
    assert found(IsolatedWorkingDays(), problem(cyclic=False), "D-----D") == []
    assert found(IsolatedWorkingDays(), problem(person(history="-"), cyclic=False), "D------") == [(0, 0, 1)]
    assert found(IsolatedWorkingDays(), problem(person(history="-D"), cyclic=False), "-------") == [(0, 0, 1)]
