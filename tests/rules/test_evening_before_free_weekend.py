"""A late Friday before a free weekend."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.health.evening_before_free_weekend import EveningBeforeFreeWeekend

RULE = EveningBeforeFreeWeekend()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("----D--", []),
        ("----A--", [(0, 4, 1)]),
        ("----AD-", []),
        ("----A-D", []),
        ("---A---", []),
        ("----A-- ----A--", [(0, 4, 1), (0, 11, 1)]),
    ],
)
def test_evenings_before_a_free_weekend_are_found(line: str, expected: list[object]) -> None:
    assert found(RULE, problem(weeks=len(line.split())), line) == expected


def test_the_unit_says_when_its_weekend_begins() -> None:
    unit = problem(weekend=("sunday 00:00", "monday 00:00"))
    assert found(RULE, unit, "-----A-") == [(0, 5, 1)]
    assert found(RULE, unit, "----A--") == []


def test_a_weekend_at_the_start_of_the_week_reads_the_history() -> None:
    unit = problem(person(history="A"), cyclic=False, weekend=("monday 00:00", "wednesday 00:00"))
    assert found(RULE, unit, "--DDDDD") == [(0, 0, 1)]
