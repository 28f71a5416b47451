"""Monday off after a worked weekend."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.agreed.monday_off_after_weekend import MondayOffAfterWeekend
from turnus.rules.kinds import Sequence

TRIALS = {
    "monday_off_after_weekend": Trial(MondayOffAfterWeekend(), "-D - D - -AN -D -N", "N-"),
    "monday_off_after_weekend: two weeks": Trial(
        MondayOffAfterWeekend(), "-D - - - -N -A -D -DA - - - -N - -A", "-N--"
    ),
}
FAULTS = [("monday_off_after_weekend", Sequence, ("a day later",))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("D------ -------", []),
        ("D------ ------A", [(0, 0, 1)]),  # Sunday in week 2, Monday in week 1
        ("------D D------", [(0, 7, 1)]),
        ("-----A- D------", [(0, 7, 1)]),
        ("----N-- D------", [(0, 7, 1)]),  # the weekend begins on Friday at 21
        ("----A-- D------", []),
        ("------D -D-----", []),
    ],
)
def test_mondays_after_a_worked_weekend(line: str, expected: list[object]) -> None:
    assert found(MondayOffAfterWeekend(), problem(weeks=2), line) == expected


def test_a_plan_looks_back_at_its_history() -> None:
    unit = problem(person(history="A-"), cyclic=False)
    assert found(MondayOffAfterWeekend(), unit, "D------") == [(0, 0, 1)]
    assert found(MondayOffAfterWeekend(), problem(cyclic=False), "D------") == []
