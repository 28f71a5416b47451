"""Sundays and red days off."""

import datetime as dt

import pytest

from tests.builders import THREE, person, problem, shift
from tests.rules.checks import found, times
from tests.rules.three_ways import Trial
from turnus.problem import Problem
from turnus.rules.kinds import DayEvents, WeekEvents
from turnus.rules.law.sundays_off import SundaysOff

PLAIN, AVERAGED = SundaysOff(), SundaysOff(in_a_row=3)
FREE, SUNDAY, SATURDAY, EVENING, NIGHT, SUNDAY_NIGHT = (
    "DDDD---", "DDDD--D", "DDDD-D-", "DDDD-A-", "DDDD-N-", "DDDD--N",
)  # fmt: skip
TRIALS = {
    "sundays_off": Trial(PLAIN, "- - - - - -AD -DN - - - - - -AD -DN - - - - - -A -DN", "-----A-"),
    "sundays_off: averaged": Trial(
        AVERAGED, "- - - - - -A - - - - - - - -DN - - - - - - -D - - - - - - -D - - - - - - -D", "-----A-"
    ),
}
FAULTS = [("sundays_off", WeekEvents, ("most+1", "most-1", "of_weeks-1"))]


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([SUNDAY, FREE], []),
        ([SUNDAY, SUNDAY, FREE, FREE], [(0, 13, 1)]),
        ([SUNDAY, EVENING, FREE, FREE], [(0, 13, 1)]),  # Saturday to 22:15 reaches beyond 18:00
        ([SUNDAY, SATURDAY, FREE, FREE], []),  # Saturday to 15:00 does not
        ([SUNDAY, NIGHT, FREE, FREE], [(0, 13, 1)]),
        ([SUNDAY, SUNDAY_NIGHT, FREE, FREE], []),  # Sunday from 22:00 is not Sunday work
        ([SUNDAY, FREE, SUNDAY], [(0, 6, 1)]),  # round the end of the cycle
    ],
)
def test_the_sunday_after_one_worked_is_off(weeks: list[str], expected: list[object]) -> None:
    assert found(PLAIN, problem(weeks=len(weeks)), " ".join(weeks)) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [
        ("10:30", "18:00", False), ("10:31", "18:01", True),  # on Saturday
    ],
)  # fmt: skip
def test_the_zone_begins_at_18_on_saturday(begins: str, ends: str, counts: bool) -> None:
    shifts = (*THREE, shift("M", begins, ends))
    unit = problem(weeks=2, shifts=shifts)
    assert bool(found(PLAIN, unit, "-----M- ------D")) == counts


def test_the_zone_ends_at_22_on_sunday() -> None:
    for begins, counts in (("21:59", True), ("22:00", False)):
        unit = problem(weeks=2, shifts=(*THREE, shift("M", begins, "06:00")))
        assert bool(found(PLAIN, unit, "------M ------D")) == counts


def test_averaged_half_of_26_weeks_and_three_in_a_row() -> None:
    assert found(AVERAGED, problem(weeks=2), f"{SUNDAY} {FREE}") == []  # 13 of 26
    every_other = " ".join([SUNDAY, FREE] * 13)
    assert found(AVERAGED, problem(weeks=26), every_other) == []
    one_more = every_other[:-1] + "D"
    # 14 of 26 in every one of the 26 stretches, 1 too many; each of the 14 Sundays is the last of some
    assert found(AVERAGED, problem(weeks=26), one_more) == [
        (0, week * 7 + 6, 1) for week in (*range(0, 26, 2), 25)
    ]
    assert times(AVERAGED, problem(weeks=26), one_more) == 26
    three = " ".join([SUNDAY] * 3 + [FREE] * 3)
    assert found(AVERAGED, problem(weeks=6), three) == [
        (0, day, amount) for day, amount in _above_half([1, 1, 1, 0, 0, 0])
    ]
    four = " ".join([SUNDAY] * 4 + [FREE] * 22)
    assert found(AVERAGED, problem(weeks=26), four) == [(0, 27, 1)]


def _above_half(worked: list[int]) -> list[tuple[int, int]]:
    """Return the Sundays that end 26 weeks with more than 13 worked, counted one by one."""
    sums = [(at, sum(worked[(at - back) % len(worked)] for back in range(26))) for at in range(len(worked))]
    return [(at * 7 + 6, total - 13) for at, total in sums if total > 13]


def test_six_weeks_with_three_sundays_in_a_row_pass_half_in_the_worst_26() -> None:
    # four rounds of 3 are 12 in 24 weeks; two more weeks hold 2 Sundays at the worst: 14
    assert max(amount for _, amount in _above_half([1, 1, 1, 0, 0, 0])) == 1


EASTER = dt.date(2027, 3, 22)  # Maundy Thursday is day 3, Easter Sunday day 6, Easter Monday day 7
RED = frozenset({3, 4, 6, 7})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("D-D---- -------", []),
        ("---DD-- -------", [(0, 4, 1)]),  # Thursday, then Friday
        ("---D--D -------", []),  # Friday between is off
        ("--AD--- -------", []),  # Wednesday to 22:15 is already Thursday's
        ("--A-D-- -------", [(0, 4, 1)]),
        ("-----DD D------", [(0, 7, 1)]),  # Saturday to 15:00 is not
        ("----DA- -------", [(0, 6, 1)]),  # Saturday from 14:45, zone from 15:00
        ("------N -------", [(0, 7, 1)]),  # a night from red day to red day is on both
        ("------- N------", []),  # Easter Monday from 22:00, before a working Tuesday
        ("------- D-----D", [(0, 13, 1)]),
    ],
)
def test_red_days_of_easter(line: str, expected: list[object]) -> None:
    unit = problem(person(), weeks=2, cyclic=False, start=EASTER, red_days=RED)
    assert found(PLAIN, unit, line) == expected
    without_dates = problem(person(), weeks=2, cyclic=False, red_days=RED)
    assert found(PLAIN, without_dates, line) == expected


def test_easter_eve_begins_at_15() -> None:
    shifts = (*THREE, shift("M", "08:00", "15:01"), shift("K", "08:00", "15:00"))
    unit = problem(person(shifts=shifts), weeks=2, cyclic=False, start=EASTER, red_days=RED, shifts=shifts)
    assert found(PLAIN, unit, "----DM- -------") == [(0, 6, 1)]
    assert found(PLAIN, unit, "----DK- -------") == []


def test_the_last_red_day_before_the_plan_counts() -> None:
    unit = problem(person(history="D"), cyclic=False)
    assert found(PLAIN, unit, "------D") == [(0, 6, 1)]
    assert found(PLAIN, problem(cyclic=False), "------D") == []
    unit = problem(person(history="D-------"), cyclic=False)  # the Sunday between was off
    assert found(PLAIN, unit, "------D") == []


def dated(unit: Problem) -> list[DayEvents]:
    return [kind for kind in AVERAGED.lower(unit, unit.classes[0]) if isinstance(kind, DayEvents)]


def test_half_of_the_red_days_of_26_weeks_of_a_plan() -> None:
    start = dt.date(2027, 1, 4)
    unit = problem(person(), weeks=26, cyclic=False, start=start)
    every_other = " ".join([SUNDAY, FREE] * 13)
    # 26 Sundays, and 25, 26 and 29 March, 1, 6 and 17 May (Whit Monday too): 32, of which half is 16.
    assert [(k.most, k.of_groups) for k in dated(unit)] == [(16, 32)]
    # 13 Sundays and the days at work of 25 and 29 March, 6 and 17 May are 17: one too many. The last
    # of them is Sunday 27 June, for 4 July is off.
    assert found(AVERAGED, unit, every_other) == [(0, 174, 1)]
    monday_off = every_other.replace(" ", "")
    monday_off = monday_off[:84] + "-" + monday_off[85:]  # 29 March
    assert found(AVERAGED, unit, monday_off) == []
    short = problem(person(), weeks=25, cyclic=False, start=start)
    assert dated(short) == []


def test_both_forms_have_events_by_week_in_a_cycle_and_by_date_in_a_plan() -> None:
    cycle, plan = problem(weeks=2), problem(cyclic=False, weeks=27)
    kinds = {
        (rule.in_a_row, unit.cyclic): [
            (type(kind).__name__, kind.most) for kind in rule.lower(unit, unit.classes[0])
            if isinstance(kind, WeekEvents | DayEvents)
        ]
        for rule in (PLAIN, AVERAGED)
        for unit in (cycle, plan)
    }  # fmt: skip
    assert kinds == {
        (1, True): [("WeekEvents", 1)],
        (1, False): [("DayEvents", 1)],
        (3, True): [("WeekEvents", 3), ("WeekEvents", 13)],
        (3, False): [("WeekEvents", 3), ("DayEvents", 13), ("DayEvents", 13)],
    }
