"""Fixed shifts and fixed days off."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.structure.fixed_shifts import FixedShifts

PINNED = person(pins=((0, 1), (3, 0)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("D------", []),
        ("DAA-NNN", []),
        ("A------", [(0, 0, 1)]),
        ("-------", [(0, 0, 1)]),
        ("---D---", [(0, 0, 1), (0, 3, 1)]),
    ],
)
def test_days_that_differ_from_what_is_fixed_are_found(line: str, expected: list[object]) -> None:
    assert found(FixedShifts(), problem(PINNED), line) == expected


def test_two_shifts_fixed_on_one_day_leave_no_action() -> None:
    torn = person(pins=((0, 1), (0, 2)))
    unit = problem(torn)
    assert found(FixedShifts(), unit, "D------") == [(0, 0, 1)]
    (kind,) = FixedShifts().lower(unit, torn)
    assert {action for day, action in kind.forbidden if day == 0} == set(range(unit.actions))  # type: ignore[union-attr]
