"""Hours in a single week."""

import pytest

from tests.builders import DAY, HOUR, person, problem, rota, shift
from tests.rules.checks import found, times
from tests.rules.three_ways import Trial
from turnus.problem import Part
from turnus.rules.kinds import Kind, WindowSum
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.texts import using_language


@pytest.mark.parametrize(
    ("hours", "line", "expected"),
    [
        (30, "-------", []),
        (30, "DDDD---", []),  # exactly 4 x 7.5 h
        (30, "DDDDD--", [(0, 0, 450)]),
        (37.5, "DDDDD-- DDDDDD-", [(0, 7, 450)]),
        (37.5, "DDD---- DDDD--N", [(0, 7, 135)]),  # a Sunday night counts where it starts
    ],
)
def test_weeks_above_the_limit_are_found(hours: float, line: str, expected: list[object]) -> None:
    rule = MaxHoursPerWeek.alike(round(hours * HOUR))
    assert found(rule, problem(weeks=len(line.split())), line) == expected


def test_history_before_monday_is_no_part_of_the_week() -> None:
    unit = problem(person(history="DDDDDD"), cyclic=False)
    assert found(MaxHoursPerWeek.alike(30 * HOUR), unit, "DDDD---") == []


def test_a_limit_that_no_week_can_reach_asks_for_nothing() -> None:
    unit = problem()
    assert MaxHoursPerWeek.alike(7 * 585).lower(unit, unit.classes[0]) == ()
    assert len(MaxHoursPerWeek.alike(7 * 585 - 1).lower(unit, unit.classes[0])) == 1


@pytest.mark.parametrize(
    ("full_week", "line", "expected"),
    [
        (2250, "DDDDD--", []),  # day work: 37.5 h of 40 h
        (2250, "DDDDDD-", [("day", 300)]),  # 45 h - 40 h
        (2130, "DDDDDD-", [("rota", 420)]),  # 45 h - 38 h
        (2016, "DDDDDD-", [("continuous", 540)]),  # 45 h - 36 h
        (2016, "DDDDD--", [("continuous", 90)]),  # 37.5 h - 36 h
    ],
)
def test_without_an_agreement_the_week_follows_how_people_work(
    full_week: int, line: str, expected: list[object]
) -> None:
    unit = problem(person(full_week_minutes=full_week))
    breaches = list(MaxHoursPerWeek().violations(unit, rota(unit, line)))
    assert [(one.parameter, one.amount) for one in breaches] == expected
    (kind,) = MaxHoursPerWeek().lower(unit, unit.classes[0])
    assert isinstance(kind, WindowSum)
    assert kind.most == {2250: 40, 2130: 38, 2016: 36}[full_week] * HOUR


# R: 8 h, all of it passive; S: one minute more. P: 11 h with 4 h passive; H: the same, of which half counts.
REST = shift("R", "08:00", "16:00", parts=(Part("passive", 480, 960),))
LONGER = shift("S", "08:00", "16:01", parts=(Part("passive", 480, 961),))
PASSIVE = shift("P", "08:00", "19:00", parts=(Part("active", 480, 900), Part("passive", 900, 1140)))
HALF = shift(
    "H", "08:00", "19:00", parts=(Part("active", 480, 900), Part("passive", 900, 1140, 0.5)), minutes=540
)
EARLY = shift("E", "07:29", "15:00")
WITH_PASSIVE = (DAY, REST, LONGER, PASSIVE, HALF, EARLY)


@pytest.mark.parametrize(
    ("week", "values", "line", "expected"),
    [
        (36, {}, "PPPP---", []),  # 44 h, 8 h of them half of the passive duty
        (36, {}, "PPPPD--", [(0, 0, 450)]),
        (36, {"passive_extension_minutes": 0}, "PPPP---", [(0, 0, 480)]),
        (34, {}, "RRRRPP-", [(0, 0, 600)]),  # 54 h - 34 h - 10 h at most, though 20 h are half of it
        (30, {"passive_extension_minutes": 120}, "RRRR---", []),  # 32 h
        (30, {"passive_extension_minutes": 120}, "RRRS---", [(0, 0, 1)]),
        (36, {}, "HHHH---", []),
        (36, {}, "HHHHD--", [(0, 0, 450)]),  # half of it is left out of the hours already
        (40, {}, "RRRRRR-", []),  # 48 h
        (40, {}, "RRRRRS-", [(0, 0, 1)]),  # above 48 h, although 10 h more than 40 h would be 50 h
        (54, {}, "PPPPP--", [(0, 0, 60)]),  # an agreed week of more than 48 h is not made longer
    ],
)
def test_half_of_the_passive_duty_may_be_added(
    week: int, values: dict[str, int], line: str, expected: list[object]
) -> None:
    rule = MaxHoursPerWeek.alike(week * HOUR, **values)
    assert found(rule, problem(shifts=WITH_PASSIVE), line) == expected


def test_a_week_counts_once_for_each_limit_that_it_passes() -> None:
    unit = problem(shifts=WITH_PASSIVE)
    rule = MaxHoursPerWeek.alike(30 * HOUR)
    assert times(rule, unit, "PPPP---") == 2  # 36 h without half of the passive duty, and 44 h > 40 h
    assert times(rule, unit, "PDDD---") == 1  # 31.5 h without, and 33.5 h
    assert times(rule, unit, "RRRRRD-") == 1  # 27.5 h without, and 47.5 h > 40 h


def test_without_passive_duty_nothing_is_added() -> None:
    unit = problem()
    rule = MaxHoursPerWeek.alike(38 * HOUR)
    assert rule.lower(unit, unit.classes[0]) == (WindowSum(unit.minutes, 38 * HOUR),)
    switched_off = MaxHoursPerWeek.alike(38 * HOUR, passive_extension_minutes=0)
    with_passive = problem(shifts=WITH_PASSIVE)
    own = with_passive.classes[0]
    assert switched_off.lower(with_passive, own) == (WindowSum(with_passive.minutes, 38 * HOUR),)
    assert MaxHoursPerWeek.alike(48 * HOUR).lower(with_passive, own) == (
        WindowSum(with_passive.minutes, 48 * HOUR),
    )
    assert len(rule.lower(with_passive, own)) == 2


def test_a_breach_says_what_the_passive_duty_adds() -> None:
    unit = problem(shifts=WITH_PASSIVE)
    rule = MaxHoursPerWeek.alike(36 * HOUR)
    with_passive, without = rota(unit, "PPPPD--"), rota(unit, "DDDDDD-")
    (one,) = rule.violations(unit, with_passive)
    (other,) = rule.violations(unit, without)
    with using_language("en"):
        told = rule.told(unit, with_passive, one)
        nothing = rule.told(unit, without, other)
    assert told == "7 h 30 min too much, at most 36 h allowed and 8 h more for passive duty"
    assert nothing == ""


TRIALS = {
    "max_hours_per_week: passive": Trial(
        MaxHoursPerWeek.alike(30 * HOUR), "-D -PD -PH -D -P -DE -P", "PPPP", WITH_PASSIVE
    ),
    # Without half of the passive duty seven days are 28 h 7 min, so that only 35 h + 5 h is a limit.
    "max_hours_per_week: passive at most": Trial(
        MaxHoursPerWeek.alike(35 * HOUR, passive_extension_minutes=5 * HOUR),
        "-R -RS -R -RS R -RS R",
        "RRRR",
        (REST, LONGER),
    ),
}
FAULTS: list[tuple[str, type[Kind], tuple[str, ...]]] = [
    ("max_hours_per_week: passive", WindowSum, ("most+1", "most-1")),
    ("max_hours_per_week: passive at most", WindowSum, ("most+1", "most-1")),
]
