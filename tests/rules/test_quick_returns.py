"""Little sleep between two shifts."""

import pytest

from tests.builders import HOUR, person, problem
from tests.rules.checks import found
from turnus.rules.health.quick_returns import QuickReturns


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DDDAAA-", []),
        ("AD-----", [(0, 1, 105)]),
        ("DADAD--", [(0, 2, 105), (0, 4, 105)]),
        ("D-----A", [(0, 0, 105)]),
    ],
)
def test_quick_returns_are_found(line: str, expected: list[object]) -> None:
    assert found(QuickReturns(), problem(), line) == expected


def test_exactly_the_hours_are_enough() -> None:
    assert found(QuickReturns(rest_minutes=9 * HOUR + 15), problem(), "AD-----") == []


def test_an_evening_of_the_history_counts() -> None:
    assert found(QuickReturns(), problem(person(history="A"), cyclic=False), "D------") == [(0, 0, 105)]
