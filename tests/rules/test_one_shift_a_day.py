"""Two shifts at once: a shift that starts before the one before it has ended."""

import pytest

from tests.builders import DAY, NIGHT, person, problem, shift
from tests.rules.checks import found
from turnus.rules.structure.one_shift_a_day import OneShiftADay

RULE = OneShiftADay()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DDDDDDD", []),
        ("ND-----", [(0, 1, 15)]),  # the night ends 07:45, the day begins 07:30
        ("NA-----", []),
        ("D-----N", [(0, 0, 15)]),  # round the end of the cycle
        ("NDND---", [(0, 1, 15), (0, 3, 15)]),
    ],
)
def test_overlaps_are_found_with_their_minutes(line: str, expected: list[object]) -> None:
    assert found(RULE, problem(), line) == expected


def test_a_shift_that_starts_when_the_last_one_ends_is_allowed() -> None:
    exact = shift("N", "22:00", "07:30", "night")
    assert found(RULE, problem(shifts=(DAY, exact)), "ND-----") == []


def test_a_known_night_before_the_plan_counts() -> None:
    unit = problem(person(history="N"), cyclic=False)
    assert found(RULE, unit, "D------") == [(0, 0, 15)]


def test_nothing_reaches_the_lines_where_no_two_days_can_overlap() -> None:
    unit = problem(shifts=(DAY,))
    assert RULE.lower(unit, unit.classes[0]) == ()
    both = problem(shifts=(DAY, NIGHT))
    assert len(RULE.lower(both, both.classes[0])) == 1
