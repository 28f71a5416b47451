"""The longest shift, by the clock or by the hours that count."""

from typing import Any

import pytest

from tests.builders import DAY, HOUR, LONG, problem, rota, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.problem import Part
from turnus.rules.kinds import Cells, Kind
from turnus.rules.law.max_hours_per_shift import MaxHoursPerShift
from turnus.texts import using_language

BROKEN = shift("P", "08:00", "20:00", minutes=9 * HOUR)


@pytest.mark.parametrize(
    ("hours", "line", "expected"),
    [
        (10, "-------", []),
        (10, "DDDDDDD", []),
        (10, "-L-----", [(0, 1, 150)]),
        (12.5, "-L-----", []),
        (10, "P------", [(0, 0, 120)]),
        (7.5, "D-----L", [(0, 6, 300)]),
    ],
)
def test_shifts_that_are_too_long_by_the_clock_are_found(
    hours: float, line: str, expected: list[object]
) -> None:
    rule = MaxHoursPerShift(longest_minutes=round(hours * HOUR))
    assert found(rule, problem(shifts=(DAY, LONG, BROKEN)), line) == expected


def test_counted_hours_leave_out_the_unpaid_break() -> None:
    unit = problem(shifts=(DAY, LONG, BROKEN))
    rule = MaxHoursPerShift(longest_minutes=9 * HOUR, measure="counted")
    assert found(rule, unit, "P-L----") == [(0, 2, 210)]


# 8 h of work and 4 h of passive duty, which half of lets it be 2 h longer; X is one minute longer.
PASSIVE = shift("R", "08:00", "20:00", parts=(Part("active", 480, 960), Part("passive", 960, 1200)))
LONGER = shift("X", "07:59", "20:00", parts=(Part("active", 479, 960), Part("passive", 960, 1200)))
COUNTED = shift(
    "Y", "08:00", "20:00", parts=(Part("active", 480, 960), Part("passive", 960, 1200, 0.5)), minutes=600
)
WITH_PASSIVE = (DAY, PASSIVE, LONGER, COUNTED)


@pytest.mark.parametrize(
    ("values", "line", "expected"),
    [
        ({}, "-R-----", []),
        ({}, "-X-----", [(0, 1, 1)]),
        ({}, "-Y-----", []),
        ({"passive_extension_minutes": 90}, "-R-----", [(0, 1, 30)]),
        ({"passive_extension_minutes": 0}, "-R-----", [(0, 1, 120)]),
        ({"measure": "counted"}, "-RX----", [(0, 2, 1)]),
        # The hours leave out 2 h already, half of the passive duty.
        ({"measure": "counted", "longest_minutes": 599}, "-Y-----", [(0, 1, 1)]),
    ],
)
def test_half_of_the_passive_duty_may_be_added(
    values: dict[str, Any], line: str, expected: list[object]
) -> None:
    assert found(MaxHoursPerShift(**values), problem(shifts=WITH_PASSIVE), line) == expected


def test_a_breach_says_what_the_passive_duty_adds() -> None:
    unit = problem(shifts=WITH_PASSIVE)
    written = rota(unit, "DX-----")
    (breach,) = MaxHoursPerShift().violations(unit, written)
    with using_language("en"):
        told = MaxHoursPerShift().told(unit, written, breach)
    assert breach.parameter == "longest"
    assert told == "1 min too long, at most 10 h allowed and 2 h more for passive duty"


def test_a_breach_without_passive_duty_has_no_words_of_its_own() -> None:
    unit = problem(shifts=(DAY, LONG))
    written = rota(unit, "L------")
    (breach,) = MaxHoursPerShift().violations(unit, written)
    assert MaxHoursPerShift().told(unit, written, breach) == ""


TRIALS = {
    "max_hours_per_shift: passive": Trial(MaxHoursPerShift(), "-R -DX -RX -D -X -DRY -", shifts=WITH_PASSIVE),
    "max_hours_per_shift: passive counted": Trial(
        MaxHoursPerShift(longest_minutes=599, measure="counted", passive_extension_minutes=121),
        "-R -DX -RY -D -X -DRY -",
        shifts=WITH_PASSIVE,
    ),
}
FAULTS: list[tuple[str, type[Kind], tuple[str, ...]]] = [
    ("max_hours_per_shift: passive", Cells, ("without (1, 3)", "without (4, 3)")),
    ("max_hours_per_shift: passive counted", Cells, ("without (2, 4)", "without (1, 3)")),
]
