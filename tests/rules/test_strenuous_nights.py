"""Strenuous work at night: at most 8 hours in a shift with more than 3 hours at night."""

import pytest

from tests.builders import DAY, EVENING, HOUR, NIGHT, person, problem, rota, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.clock import ClockTime
from turnus.rules.kinds import Sequence
from turnus.rules.law.strenuous_nights import StrenuousNights

EIGHT = shift("B", "22:00", "06:00", "night")
TO_MIDNIGHT, PAST_MIDNIGHT = shift("E", "15:00", "00:00"), shift("F", "15:00", "00:01")
LONG_DAY = shift("G", "08:00", "20:00", "day")
SHIFTS = (DAY, EVENING, NIGHT, EIGHT, TO_MIDNIGHT, PAST_MIDNIGHT, LONG_DAY)

TRIALS = {"strenuous_nights": Trial(StrenuousNights(), "-BN -EF - -D -G -N -A", "N", SHIFTS)}
FAULTS = [("strenuous_nights", Sequence, ("step 0 without 3", "step 0 without 6"))]


@pytest.mark.parametrize(
    ("code", "minutes"),
    [("D", 0), ("A", 0), ("B", 0), ("E", 0), ("G", 0), ("N", 105), ("F", 61)],  # 9 h 45 min, 9 h 1 min
)
def test_how_much_too_long(code: str, minutes: int) -> None:
    expected = [(0, 2, minutes)] if minutes else []
    assert found(StrenuousNights(), problem(shifts=SHIFTS), f"--{code}----") == expected


def test_only_those_it_is_set_for() -> None:
    unit = problem(person("Kari"), person("Ola"), shifts=SHIFTS)
    rule = StrenuousNights(people=("Kari",))
    assert found(rule, unit, "N------", "NNNN---") == [(0, 0, 105)]
    assert rule.applies_to(unit.classes[0])
    assert not rule.applies_to(unit.classes[1])


def test_other_values() -> None:
    unit = problem(shifts=SHIFTS)
    assert found(StrenuousNights(longest_minutes=9 * HOUR + 45), unit, "NNNN---") == []
    assert found(StrenuousNights(more_than_minutes=3 * HOUR + 1), unit, "F------") == []
    later = StrenuousNights(night_from=ClockTime(23 * 60), night_to=ClockTime(7 * 60))
    assert found(later, unit, "F------") == []
    assert found(later, unit, "N------") == [(0, 0, 105)]


def test_a_breach_names_the_value_that_it_is_measured_from() -> None:
    unit = problem(shifts=SHIFTS)
    (breach,) = StrenuousNights().violations(unit, rota(unit, "N------"))
    assert breach.parameter == "longest"
