"""Shifts a person does not work."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.structure.personal_limits import PersonalLimits

NO_NIGHTS = person(bans=frozenset((day, 3) for day in range(7)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DADADAD", []),
        ("N------", [(0, 0, 1)]),
        ("NA--N--", [(0, 0, 1), (0, 4, 1)]),
    ],
)
def test_shifts_that_are_forbidden_to_the_person_are_found(line: str, expected: list[object]) -> None:
    assert found(PersonalLimits(), problem(NO_NIGHTS), line) == expected


def test_a_ban_holds_on_its_days_only() -> None:
    unit = problem(person(bans=frozenset({(2, 1)})))
    assert found(PersonalLimits(), unit, "DDDDDDD") == [(0, 2, 1)]
