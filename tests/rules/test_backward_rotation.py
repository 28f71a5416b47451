"""Shifts that move backward from one day to the next."""

import pytest

from tests.builders import DAY, EVENING, person, problem, shift
from tests.rules.checks import found
from turnus.rules.health.backward_rotation import BackwardRotation


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDAANN-", []),
        ("AD-----", [(0, 0, 1)]),
        ("NA-----", [(0, 0, 1)]),
        ("NAD----", [(0, 0, 1), (0, 1, 1)]),
        ("A-D----", []),  # a day off between
        ("D-----A", [(0, 6, 1)]),
    ],
)
def test_steps_backward_are_found(line: str, expected: list[object]) -> None:
    assert found(BackwardRotation(), problem(), line) == expected


def test_a_shift_of_day_and_evening_both_is_left_out() -> None:
    whole = shift("W", "07:30", "20:00", "day", "evening")
    unit = problem(shifts=(DAY, EVENING, whole))
    assert found(BackwardRotation(), unit, "WDWWAW-") == []


def test_the_last_day_of_the_history_counts() -> None:
    unit = problem(person(history="N"), cyclic=False)
    assert found(BackwardRotation(), unit, "A-----N") == [(0, 0, 1)]
