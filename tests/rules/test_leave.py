"""Days of leave."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.structure.leave import Leave

AWAY = person(leave=frozenset({2, 3}))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DD--DDD", []),
        ("DN--DDD", []),  # the night before the first day of leave ends on it; no shift starts there
        ("--D----", [(0, 2, 1)]),
        ("--AN---", [(0, 2, 1), (0, 3, 1)]),
    ],
)
def test_worked_days_of_leave_are_found(line: str, expected: list[object]) -> None:
    assert found(Leave(), problem(AWAY), line) == expected


def test_only_the_person_on_leave_is_concerned() -> None:
    unit = problem(AWAY, person("Ola"))
    assert found(Leave(), unit, "-------", "DDDDDDD") == []
