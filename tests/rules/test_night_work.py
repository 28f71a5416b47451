"""Hours of night workers: 8 hours in 24 as a mean over four weeks, the weekly rest not counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.builders import DAY, EVENING, HOUR, NIGHT, one_line, person, problem, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.kinds import WindowSum
from turnus.rules.law.night_work import NightWork

# Four nights and one of these are 44 h 20 min: four such weeks are 177 h 20 min, or 4 minutes more.
SHORT, LONGER = shift("K", "08:00", "13:20", "day"), shift("M", "08:00", "13:21", "day")
OVERTIME = shift("O", "08:00", "13:00", "overtime")
SHIFTS = (DAY, EVENING, NIGHT, SHORT, LONGER, OVERTIME)
HEAVY, FREE = "NNNNK--", "-------"
PAST = "NNNNK--" * 3

TRIALS = {
    "night_work": Trial(NightWork(), "-N -N N -N -KM -K -D", PAST, SHIFTS),
    # Four in four weeks are one in a week, and six days are 45 h.
    "night_work: who": Trial(NightWork(regular_nights=4), "-DN -D D D D D -DN", PAST, SHIFTS),
}
FAULTS = [
    ("night_work", WindowSum, ("most-1",)),
    ("night_work: who", WindowSum, ("given_least+1",)),
]


def test_the_limit_is_the_formula_of_the_act() -> None:
    assert NightWork().most_minutes == 177 * HOUR + 20
    assert NightWork(mean_minutes=9 * HOUR).most_minutes == 199 * HOUR + 30  # 532 h / 24 h * 9 h


@pytest.mark.parametrize(("last", "over"), [("K", 0), ("M", 1)])
def test_four_weeks_in_a_base_rota(last: str, over: int) -> None:
    unit = problem(weeks=6, shifts=SHIFTS)
    line = HEAVY * 3 + f"NNNN{last}--" + FREE * 2
    assert found(NightWork(), unit, line) == ([(0, 27, over)] if over else [])


def test_a_base_rota_is_read_repeated() -> None:
    unit = problem(weeks=6, shifts=SHIFTS)
    assert found(NightWork(), unit, HEAVY + "NNNNM--" + FREE * 2 + HEAVY * 2) == [(0, 13, 1)]
    # A rota of one week is worked four times in four weeks: 4 x 1 min.
    assert found(NightWork(), problem(shifts=SHIFTS), "NNNNM--") == [(0, 6, 4)]


def test_a_plan_is_read_after_its_history() -> None:
    after = person(history=PAST, shifts=SHIFTS)
    assert found(NightWork(), problem(after, cyclic=False, shifts=SHIFTS), "NNNNM--") == [(0, 6, 1)]
    assert found(NightWork(), problem(cyclic=False, shifts=SHIFTS), "NNNNM--") == []


# Six weeks of 45 h: once in four weeks is one and a half time in six.
@pytest.mark.parametrize(
    ("regularly", "nights", "meant"), [(1, 1, False), (1, 2, True), (2, 2, False), (2, 3, True)]
)
def test_who_works_at_night_regularly(regularly: int, nights: int, meant: bool) -> None:
    unit = problem(weeks=6, shifts=SHIFTS)
    line = ("DDDDDD-" * 6).replace("D", "N", nights)
    assert bool(found(NightWork(regular_nights=regularly), unit, line)) == meant


def test_overtime_is_not_ordinary_time() -> None:
    unit = problem(shifts=SHIFTS)
    assert found(NightWork(), unit, "NNNNKO-") == []
    assert found(NightWork(), unit, "NNNNKD-") == [(0, 6, 4 * 450)]


def test_a_plan_of_nobody_at_night_has_nothing_to_keep() -> None:
    unit = problem(shifts=(DAY, EVENING))
    assert NightWork().lower(unit, unit.classes[0]) == ()


def test_more_nights_than_days_make_nobody_a_night_worker() -> None:
    unit = problem(weeks=4, shifts=SHIFTS)
    (kind,) = NightWork(regular_nights=28).lower(unit, unit.classes[0])
    assert isinstance(kind, WindowSum)
    assert kind.given_least == 28


def test_people_with_short_shifts_cannot_come_so_far() -> None:
    unit = problem(shifts=(shift("N", "23:00", "05:00", "night"),))  # 28 x 6 h = 168 h
    assert NightWork().lower(unit, unit.classes[0]) == ()


@pytest.mark.parametrize("values", [{"regularly": 0}, {"regularly": 29}, {"mean": -1}, {"night_from": "9"}])
def test_values_that_make_no_sense_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        NightWork.model_validate(values)


def test_a_long_plan_counts_every_four_weeks_once() -> None:
    unit = problem(weeks=6, cyclic=False, start=dt.date(2027, 3, 1), shifts=SHIFTS)
    line = one_line(unit, [unit.codes.index(code) if code != "-" else 0 for code in "NNNNM--" * 6])
    breaches = list(NightWork().violations(unit, line))
    assert [(breach.day, breach.amount) for breach in breaches] == [(27, 4), (34, 4), (41, 4)]


def test_what_the_act_leaves_open_is_said() -> None:
    (said,) = NightWork().assumed()
    assert said.startswith("Not verified: how often is regularly")
