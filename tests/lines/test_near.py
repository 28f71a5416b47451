"""Lines near the best: exactly those that enumeration finds, in cycles and in plans."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import DAY, EVENING, NIGHT, person, problem
from tests.enumeration import legal_lines
from turnus.lines.model import LineModel, build_line_model
from turnus.problem import Problem
from turnus.rules import Rule
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.weekly_rest import WeeklyRest

RULES: tuple[Rule, ...] = (
    DailyRest(rest_minutes=9 * 60),
    WeeklyRest(rest_minutes=35 * 60),
    MaxWorkingDaysInARow(days=4),
    MaxNightsInARow(nights=2),
)
UNITS = {"DN": (DAY, NIGHT), "DAN": (DAY, EVENING, NIGHT)}


def ward(shifts: str, cyclic: bool) -> tuple[Problem, LineModel]:
    chosen = UNITS[shifts]
    kari = person(shifts=chosen, history="" if cyclic else "DDN")
    unit = problem(kari, cyclic=cyclic, shifts=chosen)
    return unit, build_line_model(unit, RULES)


@pytest.mark.parametrize("shifts", UNITS)
@pytest.mark.parametrize("cyclic", [True, False])
@pytest.mark.parametrize("slack", [0.0, 3.0, 9.0])
def test_near_lines_are_those_of_enumeration(shifts: str, cyclic: bool, slack: float) -> None:
    unit, model = ward(shifts, cyclic)
    programs = model.programs()
    rng = np.random.default_rng(int(slack) + cyclic)
    prices = rng.integers(-3, 6, (unit.days, unit.actions)).astype(float)
    hours = rng.integers(0, 3, model.most_units + 1).astype(float)
    everything = legal_lines(unit, RULES, 0, range(7))
    units = np.array([model.units_of(line) for line in everything])
    earned = prices[np.arange(unit.days), everything].sum(axis=1) + hours[np.minimum(units, model.most_units)]
    meant = {line.tobytes() for line in everything[earned >= earned.max() - slack]}
    lines, every = programs.near(0, prices, 0, model.most_units, hours, earned.max() - slack, 10_000)
    assert every
    assert len(lines) == len(meant) or cyclic  # a cycle may be seen from several days
    assert {line.tobytes() for line in lines} == meant


def test_too_many_lines_are_cut_and_that_is_told() -> None:
    unit, model = ward("DAN", cyclic=False)
    prices = np.zeros((unit.days, unit.actions))
    hours = np.zeros(model.most_units + 1)
    lines, every = model.programs().near(0, prices, 0, model.most_units, hours, 0.0, 5)
    assert not every
    assert len({line.tobytes() for line in lines}) == 5


def test_nothing_is_near_when_no_line_is_legal() -> None:
    unit, model = ward("DN", cyclic=False)
    prices = np.full((unit.days, unit.actions), -np.inf)
    lines, every = model.programs().near(
        0, prices, 0, model.most_units, np.zeros(model.most_units + 1), 1.0, 5
    )
    assert (len(lines), every) == (0, True)


def test_the_cost_of_a_line_is_that_of_its_soft_rules() -> None:
    unit = problem(person(shifts=UNITS["DN"]), shifts=UNITS["DN"], cyclic=False)
    soft = MaxWorkingDaysInARow(days=2, strength="soft", weight=3)
    programs = build_line_model(unit, (soft,), soft=True).programs()
    line = np.array([1, 1, 1, 1, 0, 1, 1], np.int16)
    assert programs.cost_of(0, line) == 2 * 3
