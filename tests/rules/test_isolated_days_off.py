"""Single days off between working days."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.health.isolated_days_off import IsolatedDaysOff


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DDDDD--", []),
        ("DDDDDDD", []),
        ("DDD-DD-", [(0, 3, 1), (0, 6, 1)]),
        ("-DDDDD-", []),  # together round the end of the cycle
    ],
)
def test_single_days_off_are_found(line: str, expected: list[object]) -> None:
    assert found(IsolatedDaysOff(), problem(), line) == expected


def test_days_off_at_the_edge_of_what_is_known_are_not_counted() -> None:
    assert found(IsolatedDaysOff(), problem(cyclic=False), "-DDDDD-") == []
    assert found(IsolatedDaysOff(), problem(person(history="D"), cyclic=False), "-DDDDDD") == [(0, 0, 1)]
