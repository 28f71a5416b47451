"""The rest after one that was too short."""

import pytest

from tests.builders import HOUR, THREE, person, problem, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.kinds import CompensatingRest as CompensatingRestKind
from turnus.rules.law.compensating_rest import CompensatingRest

RULE = CompensatingRest()
#: After A-D (9 h 15 min) the next shift may begin 12 h 45 min after 15:00, at 03:45.
JUST = (*THREE, shift("E", "03:45", "11:00"), shift("F", "03:44", "11:00"))
TRIALS = {
    "compensating_rest": Trial(RULE, "-A DA DA DEF -E -D -A", "AD", shifts=JUST),
    "compensating_rest: nights and days off": Trial(
        CompensatingRest(below_minutes=16 * HOUR), "-AN DAN -DA -D -N - -DN", "AD"
    ),
}
FAULTS = [("compensating_rest", CompensatingRestKind, ("minimum+1", "minimum-1"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AD-----", []),
        ("ADD----", []),  # 15:00 to 07:30 is 16 h 30 min
        ("ADE----", []),  # 12 h 45 min, just enough
        ("ADF----", [(0, 2, 1)]),  # 12 h 44 min
        ("DF-----", []),  # nothing to make up for
        ("ADA----", []),
        ("F-----A", []),  # A to F round the end: short, and the rest after it is long
        ("D-----A", []),
        ("E----AD", []),  # D to E round the end: 15:00 to 03:45
        ("F----AD", [(0, 0, 1)]),
    ],
)
def test_a_rest_that_does_not_make_up_is_found(line: str, expected: list[object]) -> None:
    assert found(RULE, problem(shifts=JUST), line) == expected


def test_two_short_rests_in_a_row() -> None:
    # A-E 22:15 to 03:45 is 5 h 30 min: 16 h 30 min required, E-D 11:00 to 07:30 is 20 h 30 min.
    assert found(RULE, problem(shifts=JUST), "AED----") == []
    # A-D 9 h 15 min, D-F 12 h 44 min; F-F is 16 h 44 min after a rest that was not short.
    assert found(RULE, problem(shifts=JUST), "ADFF---") == [(0, 2, 1)]


def test_a_short_rest_before_the_plan_counts() -> None:
    unit = problem(person(history="AD", shifts=JUST), cyclic=False, shifts=JUST)
    assert found(RULE, unit, "F------") == [(0, 0, 1)]
    unit = problem(person(history="D", shifts=JUST), cyclic=False, shifts=JUST)
    assert found(RULE, unit, "F------") == []


def test_no_hours_ask_for_nothing() -> None:
    unit = problem()
    assert CompensatingRest(below_minutes=0).lower(unit, unit.classes[0]) == ()
