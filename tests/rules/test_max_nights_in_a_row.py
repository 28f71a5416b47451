"""Nights in a row."""

import pytest

from tests.builders import DAY, EVENING, person, problem
from tests.rules.checks import found
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow

RULE = MaxNightsInARow(nights=3)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("NNN----", []),
        ("NNNN---", [(0, 3, 1)]),
        ("NN-NNA-", []),
        ("NN---NN", [(0, 1, 1)]),  # four round the end of the cycle
        ("NNNNNNN", [(0, 0, 7)]),
    ],
)
def test_nights_beyond_the_limit_are_found(line: str, expected: list[object]) -> None:
    assert found(RULE, problem(), line) == expected


def test_a_plan_continues_the_nights_of_its_history() -> None:
    assert found(RULE, problem(person(history="DNN"), cyclic=False), "NN-----") == [(0, 1, 1)]


def test_a_unit_without_nights_has_nothing_to_say() -> None:
    unit = problem(shifts=(DAY, EVENING))
    assert RULE.lower(unit, unit.classes[0]) == ()
    assert found(RULE, unit, "DDDDDDD") == []
