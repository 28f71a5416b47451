"""Working time in all, of a shift and of a week."""

import pytest

from tests.builders import HOUR, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.kinds import WindowSum
from turnus.rules.law.total_hours import TotalHours

TRIALS = {"total_hours": Trial(TotalHours(week_minutes=30 * HOUR), "-D -N -D -DN -A -D -N", "DDDD")}
FAULTS = [("total_hours", WindowSum, ("most-1",))]  # four D shifts are exactly 30 h


@pytest.mark.parametrize(
    ("week", "line", "expected"),
    [
        (30 * HOUR, "DDDD---", []),  # exactly 4 x 7.5 h
        (30 * HOUR - 1, "DDDD---", [(0, 0, 1)]),
        (30 * HOUR, "------- DDDDD--", [(0, 7, 450)]),
    ],
)
def test_a_week_above_the_limit_stands_on_its_monday(week: int, line: str, expected: list[object]) -> None:
    unit = problem(weeks=len(line.split()))
    assert found(TotalHours(week_minutes=week), unit, line) == expected


def test_a_shift_above_the_limit_stands_on_its_day() -> None:
    night = problem()  # N is 9 h 45 min
    assert found(TotalHours(shift_minutes=585), night, "-N-----") == []
    assert found(TotalHours(shift_minutes=584), night, "-N-----") == [(0, 1, 1)]
