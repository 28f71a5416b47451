"""Saturday and Sunday both or neither; Friday night only before a worked weekend."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.agreed.whole_weekends import WholeWeekends


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDDDD--", []),
        ("-----DA", []),
        ("-----D-", [(0, 5, 1)]),
        ("------D", [(0, 5, 1)]),
        ("----N--", [(0, 4, 1)]),
        ("----NNN", []),
        ("----N-N", [(0, 4, 1), (0, 5, 1)]),
        ("----A--", []),  # a Friday evening is before the weekend
    ],
)
def test_broken_weekends_are_found(line: str, expected: list[object]) -> None:
    assert found(WholeWeekends(), problem(), line) == expected


def test_a_shift_that_belongs_to_the_weekend_on_the_day_after_needs_the_last_day() -> None:
    unit = problem(person(history="-"), cyclic=False, weekend=("thursday 00:00", "saturday 12:00"))
    assert unit.weekend_days == (3, 4)
    assert found(WholeWeekends(), unit, "---DDD-") == []
    assert found(WholeWeekends(), unit, "---D-D-") == [(0, 3, 1), (0, 4, 1)]
    assert found(WholeWeekends(), unit, "-----D-") == [(0, 4, 1)]
    assert found(WholeWeekends(), unit, "-----A-") == []  # starts 14:45, after the weekend


def test_a_weekend_without_a_whole_day_is_refused() -> None:
    unit = problem(weekend=("saturday 15:00", "sunday 22:00"))
    assert [finding.path for finding in WholeWeekends().findings(unit)] == [()]
    assert list(WholeWeekends().findings(problem())) == []
