"""The longest shift, by the clock or by the hours that count."""

import pytest

from tests.builders import DAY, HOUR, LONG, problem, shift
from tests.rules.checks import found
from turnus.rules.max_hours_per_shift import MaxHoursPerShift

BROKEN = shift("P", "08:00", "20:00", minutes=9 * HOUR)


@pytest.mark.parametrize(
    ("hours", "line", "expected"),
    [
        (10, "-------", []),
        (10, "DDDDDDD", []),
        (10, "-L-----", [(0, 1, 150)]),
        (12.5, "-L-----", []),
        (10, "P------", [(0, 0, 120)]),
        (7.5, "D-----L", [(0, 6, 300)]),
    ],
)
def test_shifts_that_are_too_long_by_the_clock_are_found(
    hours: float, line: str, expected: list[object]
) -> None:
    rule = MaxHoursPerShift(longest_minutes=round(hours * HOUR))
    assert found(rule, problem(shifts=(DAY, LONG, BROKEN)), line) == expected


def test_counted_hours_leave_out_the_unpaid_break() -> None:
    unit = problem(shifts=(DAY, LONG, BROKEN))
    rule = MaxHoursPerShift(longest_minutes=9 * HOUR, measure="counted")
    assert found(rule, unit, "P-L----") == [(0, 2, 210)]
