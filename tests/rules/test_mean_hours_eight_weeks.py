"""Hours a week as a mean over eight weeks."""

from dataclasses import replace

import pytest

from tests.builders import DAY, HOUR, person, problem, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial, disagreements
from turnus.rules.kinds import WindowSum
from turnus.rules.law.mean_hours_eight_weeks import MeanHoursEightWeeks

LONG, SHORT = "DDDDDDD", "DDDDD--"  # 52.5 h and 37.5 h, 45 h as a mean

# E is one minute longer than D and S one minute shorter, so that bounds are met and missed to the minute.
SHIFTS = (DAY, shift("E", "07:29", "15:00"), shift("S", "07:31", "15:00"))
FIVE_WEEKS = "-DE - - - - - -  - D - - -D - -  -DS - - - - - -  - - -D - - - -D  D - - - - - -D"
TRIALS = {
    # One week is read eight times; after seven weeks of 30 h each it is the eighth.
    "mean_hours_eight_weeks": Trial(
        MeanHoursEightWeeks(mean_minutes=30 * HOUR), "-D D -D - -DE - -DE", "DDDD--- " * 7, SHIFTS
    ),
    # Of five weeks read on, eight in a row hold the last three twice; the limit is eight times D. After seven
    # weeks of eight shifts, one week of them leaves the window with each week of the plan.
    "mean_hours_eight_weeks: five weeks": Trial(
        MeanHoursEightWeeks(mean_minutes=450), FIVE_WEEKS, "D------ DD----- " + "D------ " * 5, SHIFTS
    ),
    # Of the first known week only the Sunday is known; the weeks before it add nothing.
    "mean_hours_eight_weeks: unknown weeks": Trial(
        MeanHoursEightWeeks(mean_minutes=450),
        "-D - D -E - - -D - -D - D - -S -",
        "D DDD---- D------",
        SHIFTS,
    ),
}
FAULTS = [
    ("mean_hours_eight_weeks", WindowSum, ("most-1",)),
    ("mean_hours_eight_weeks: five weeks", WindowSum, ("most+1", "most-1")),
]


@pytest.mark.parametrize(
    ("mean", "over"),
    [(45 * HOUR, 0), (45 * HOUR - 1, 8)],  # 4 x 52.5 h + 4 x 37.5 h = 360 h = 8 x 45 h
)
def test_a_cycle_of_two_weeks_is_read_on(mean: int, over: int) -> None:
    expected = [(0, 6, over), (0, 13, over)] if over else []
    assert found(MeanHoursEightWeeks(mean_minutes=mean), problem(weeks=2), f"{LONG} {SHORT}") == expected


@pytest.mark.parametrize("edge", ["cycle", "after"])
@pytest.mark.parametrize("weeks", [7, 9])
def test_seven_or_nine_weeks_in_the_place_of_eight_are_noticed(weeks: int, edge: str) -> None:
    trial = TRIALS["mean_hours_eight_weeks: five weeks"]
    (kind,) = trial.kinds(edge)
    assert isinstance(kind, WindowSum)
    wrong = disagreements(trial, edge, (replace(kind, days=7 * weeks),))
    assert set(wrong) == {"cpsat", "hard cpsat", "automata"}


def test_known_weeks_before_a_plan_count_and_unknown_ones_do_not() -> None:
    rule = MeanHoursEightWeeks(mean_minutes=30 * HOUR)  # 240 h in eight weeks
    seven = problem(person(history="DDDDD-- " * 7), cyclic=False)  # 7 x 37.5 h = 262.5 h
    assert found(rule, seven, "-------") == [(0, 6, round(22.5 * HOUR))]
    six = problem(person(history="DDDDD-- " * 6), cyclic=False)  # 225 h
    assert found(rule, six, "DD-----") == []  # 15 h more are exactly 240 h
    assert found(rule, six, "DDD----") == [(0, 6, 450)]


def test_a_week_eight_weeks_back_has_left_the_window() -> None:
    unit = problem(weeks=9, cyclic=False)
    week, off = "DDDD---", "-------"
    rule = MeanHoursEightWeeks(mean_minutes=30 * HOUR)
    assert found(rule, unit, f"{LONG} {' '.join([week] * 7)} {off}") == [(0, 55, round(22.5 * HOUR))]
    assert found(rule, unit, f"{off} {' '.join([week] * 8)}") == []


def test_a_limit_that_no_eight_weeks_can_reach_asks_for_nothing() -> None:
    unit = problem()  # N, 9 h 45 min, is the longest: 7 x 585 min a week
    assert MeanHoursEightWeeks(mean_minutes=7 * 585).lower(unit, unit.classes[0]) == ()
    assert len(MeanHoursEightWeeks(mean_minutes=7 * 585 - 1).lower(unit, unit.classes[0])) == 1
