"""Nights that stand alone."""

import pytest

from tests.builders import DAY, EVENING, person, problem
from tests.rules.checks import found
from turnus.rules.health.single_nights import SingleNights


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("NN-----", []),
        ("N------", [(0, 0, 1)]),
        ("AN-NN-N", [(0, 1, 1), (0, 6, 1)]),
        ("N-----N", []),  # together round the end of the cycle
        ("NNNNNNN", []),
    ],
)
def test_single_nights_are_found(line: str, expected: list[object]) -> None:
    assert found(SingleNights(), problem(), line) == expected


def test_a_night_at_the_start_of_a_plan_may_have_had_one_before_it() -> None:
    assert found(SingleNights(), problem(cyclic=False), "N------") == []
    assert found(SingleNights(), problem(person(history="A"), cyclic=False), "N------") == [(0, 0, 1)]


def test_a_unit_without_nights_has_nothing_to_say() -> None:
    unit = problem(shifts=(DAY, EVENING))
    assert found(SingleNights(), unit, "DA-DA--") == []
