"""Planned hours close to the post's."""

import pytest
from pydantic import ValidationError

from tests.builders import HOUR, person, problem
from tests.rules.checks import found, times
from turnus.rules.health.even_hours import EvenHours

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
    assert [RULE.hours_cost(apart) for apart in (0, 59, 60, 119, 120)] == [0, 0, 1, 1, 2]


def test_it_cannot_be_hard() -> None:
    with pytest.raises(ValidationError):
        EvenHours.model_validate({"strength": "hard"})


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("DDA-N--", 2),  # 2250 - 480 / 4 - 75 / 4 = 2111.25 min; 1935 planned, 176.25 away
        ("DDDDD--", 2),  # 2130 min at most; 2250 planned
        ("NNN----", 4),  # 2016 min at least; 1755 planned, 261 away
    ],
)
def test_converted_hours_are_those_of_the_line(line: str, steps: int) -> None:
    unit = problem(person(converted=True, full_week_minutes=2130))
    assert found(RULE, unit, line) == [(0, None, steps)]
