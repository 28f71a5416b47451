"""Limits on long shifts."""

import pytest

from tests.builders import DAY, EVENING, LONG, person, problem
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.agreed.long_shift_limits import LongShiftLimits
from turnus.rules.kinds import RunLength

SHIFTS = (DAY, EVENING, LONG)
TRIALS = {
    "long_shift_limits": Trial(
        LongShiftLimits(in_a_row=2, most=6, weeks=1), "-L -L L -L L -L -LD", "LL", shifts=SHIFTS
    ),
    "long_shift_limits: two weeks": Trial(
        LongShiftLimits(in_a_row=3, most=3, weeks=2), "-L -L D -L - - -L -L D -L - - - -L", "L", shifts=SHIFTS
    ),
}
FAULTS = [("long_shift_limits", RunLength, ("longest+1", "longest-1"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LL-LL-- -------", []),
        ("LLL---- -------", [(0, 2, 1)]),
        ("L------ -----LL", [(0, 0, 1)]),  # Saturday, Sunday and the Monday after: round the cycle
        ("LL-LL-- ----L--", [(0, 6, 1), (0, 13, 1)]),  # five in any two weeks of the repeated rota
        ("LL-LL-- LL-LL--", [(0, 6, 4), (0, 13, 4)]),
    ],
)
def test_long_shifts_beyond_the_limits(line: str, expected: list[object]) -> None:
    assert found(LongShiftLimits(), problem(weeks=2, shifts=SHIFTS), line) == expected


def test_history_counts() -> None:
    unit = problem(person(history="LL-LLLL", shifts=SHIFTS), cyclic=False, shifts=SHIFTS)
    assert found(LongShiftLimits(), unit, "L------") == [(0, 0, 1), (0, 6, 3)]


def test_what_is_long_is_a_matter_of_hours_from_start_to_end() -> None:
    unit = problem(shifts=SHIFTS)
    assert LongShiftLimits().long(unit) == {3}
    assert LongShiftLimits(longer_than_minutes=750).long(unit) == frozenset()
    assert LongShiftLimits(longer_than_minutes=750).lower(unit, unit.classes[0]) == ()


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ((2, 4, 2), False),
        ((4, 4, 2), False),
        ((5, 4, 2), True),  # five in a row always lie in some two weeks, which hold four at most
        ((2, 1, 1), False),  # Sunday and the Monday after are two weeks
        ((14, 8, 2), False),  # nine in a row can lie in three weeks, so that no two of them hold all nine
        ((14, 7, 2), True),
        ((1, 0, 2), False),  # no long shifts at all
    ],
)
def test_a_run_that_the_weeks_never_let_anybody_reach_is_refused(
    values: tuple[int, int, int], wrong: bool
) -> None:
    in_a_row, most, weeks = values
    rule = LongShiftLimits(in_a_row=in_a_row, most=most, weeks=weeks)
    assert [one.path for one in rule.findings(problem(shifts=SHIFTS))] == [("in_a_row",)] * wrong
