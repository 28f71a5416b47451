"""Planned hours close to the post's."""

import pytest
from pydantic import ValidationError

from tests.builders import HOUR, person, problem
from tests.rules.checks import found, times
from turnus.rules.even_hours import EvenHours

UNIT = problem(person(full_week_minutes=30 * HOUR))
RULE = EvenHours(step_minutes=HOUR)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DDDD---", []),  # exactly 30 h
        ("DDD----", [(0, None, 7)]),  # 7.5 h too few
        ("DDDDD--", [(0, None, 7)]),
        ("NN-N---", []),  # 29.25 h: less than a whole step away
        ("-------", [(0, None, 30)]),
    ],
)
def test_whole_steps_away_are_found(line: str, expected: list[object]) -> None:
    assert found(RULE, UNIT, line) == expected
    assert times(RULE, UNIT, line) == sum(amount for _, _, amount in found(RULE, UNIT, line))


def test_the_engines_are_told_the_same() -> None:
    assert [RULE.hours_cost(1800, minutes) for minutes in (1740, 1741, 1800, 1859, 1860)] == [1, 0, 0, 0, 1]


def test_it_cannot_be_hard() -> None:
    with pytest.raises(ValidationError):
        EvenHours.model_validate({"strength": "hard"})
