"""Shifts for those who accept long shifts."""

import pytest

from tests.builders import DAY, LONG, person, problem
from tests.rules.checks import found
from turnus.rules.agreed.volunteers import Volunteers


@pytest.mark.parametrize(
    ("line", "expected"),
    [("-------", []), ("DDDDDDD", []), ("-----L-", [(0, 5, 1)]), ("L-----L", [(0, 0, 1), (0, 6, 1)])],
)
def test_long_shifts_of_others_are_found(line: str, expected: list[object]) -> None:
    assert found(Volunteers(), problem(shifts=(DAY, LONG)), line) == expected


def test_a_volunteer_may_work_them() -> None:
    unit = problem(person(long_shifts=True), shifts=(DAY, LONG))
    assert found(Volunteers(), unit, "LL---LL") == []
    assert Volunteers().lower(unit, unit.classes[0]) == ()
