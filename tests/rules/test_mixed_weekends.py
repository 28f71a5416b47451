"""Day and evening in one weekend."""

import pytest

from tests.builders import problem
from tests.rules.checks import found
from turnus.rules.health.mixed_weekends import MixedWeekends


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-----DD", []),
        ("-----AA", []),
        ("-----DA", [(0, 5, 1)]),
        ("-----AD", [(0, 5, 1)]),
        ("---DADN", []),  # a weekday is no part of it, and a night neither
        ("-----DA -----AD", [(0, 5, 1), (0, 12, 1)]),
    ],
)
def test_mixed_weekends_are_found(line: str, expected: list[object]) -> None:
    assert found(MixedWeekends(), problem(weeks=len(line.split())), line) == expected


def test_a_weekend_of_one_whole_day_cannot_be_mixed() -> None:
    unit = problem(weekend=("sunday 00:00", "monday 00:00"))
    assert found(MixedWeekends(), unit, "-----DA") == []
    assert MixedWeekends().lower(unit, unit.classes[0]) == ()
