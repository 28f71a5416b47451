"""The line program against trying every line: same legal lines, same best line for every hours total."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import DAY, EVENING, NIGHT, person, problem
from tests.enumeration import Lines, legal_lines
from turnus.lines.model import build_line_model
from turnus.problem import Post, Problem, Rota
from turnus.rules import Rule
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.agreed.whole_weekends import WholeWeekends
from turnus.rules.health.isolated_days_off import IsolatedDaysOff
from turnus.rules.health.quick_returns import QuickReturns
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.structure.personal_limits import PersonalLimits

WEEK = range(7)
SOME_DAYS = (0, 3, 4, 5, 6, 7, 10, 11, 12, 13)
HARD = (
    DailyRest(rest_minutes=9 * 60),
    WeeklyRest(rest_minutes=35 * 60),
    MaxWorkingDaysInARow(days=4),
    MaxNightsInARow(nights=2),
)
WEEKENDS = (*HARD, WholeWeekends(), WeekendFrequency(worked=1, of_weeks=2))
UNITS = {"DN": (DAY, NIGHT), "DAN": (DAY, EVENING, NIGHT)}


def best_by_hours(ward: Problem, lines: Lines, prices: np.ndarray, most: int, unit: int) -> np.ndarray:
    best = np.full(most + 1, -np.inf)
    for line in lines:
        hours = int(np.asarray(ward.minutes)[line].sum()) // unit
        if hours <= most:
            best[hours] = max(best[hours], prices[np.arange(ward.days), line].sum())
    return best


@pytest.mark.parametrize("cyclic", [True, False])
@pytest.mark.parametrize(
    ("shifts", "rules", "days", "weeks"),
    [
        ("DAN", HARD, WEEK, 1),
        ("DN", (*HARD, MaxHoursPerWeek.alike(30 * 60)), WEEK, 1),
        ("DN", WEEKENDS, SOME_DAYS, 2),
    ],
)
def test_every_hours_total_earns_what_enumeration_says(
    shifts: str, rules: tuple[Rule, ...], days: tuple[int, ...], weeks: int, cyclic: bool
) -> None:
    chosen = UNITS[shifts]
    kari = person(shifts=chosen, bans=_not_on(days, weeks, len(chosen)), history="" if cyclic else "DDN")
    ward = problem(kari, weeks=weeks, cyclic=cyclic, shifts=chosen)
    rules = (*rules, PersonalLimits())
    lines = legal_lines(ward, rules, 0, list(days))
    model = build_line_model(ward, rules)
    programs = model.programs()
    rng = np.random.default_rng(5)
    for _ in range(5):
        prices = rng.integers(-50, 100, (ward.days, ward.actions)).astype(float)
        prices[model.classes[0].banned] = -np.inf
        expected = best_by_hours(ward, lines, prices, model.most_units, model.unit_minutes)
        earned, vias = programs.by_hours(0, prices)
        assert np.array_equal(earned, expected)
        for hours in np.flatnonzero(np.isfinite(earned)).tolist():
            value, line = programs.best(0, prices, hours, hours, via=int(vias[hours]))
            assert value == earned[hours] == prices[np.arange(ward.days), line].sum()
            assert model.units_of(line) == hours
        value, line = programs.best(0, prices, 0, model.most_units)
        assert value == expected.max() == prices[np.arange(ward.days), line].sum()
        assert (lines == line).all(axis=1).any()


def test_soft_rules_cost_what_their_checkers_count() -> None:
    ward = problem(person(shifts=UNITS["DN"]), shifts=UNITS["DN"])
    soft = (
        IsolatedDaysOff(strength="soft", weight=3),
        QuickReturns(rest_minutes=30 * 60, strength="soft", weight=2),
        MaxNightsInARow(nights=2, strength="soft", weight=5),
    )
    model = build_line_model(ward, soft, soft=True)
    programs = model.programs()
    zero = np.zeros((ward.days, ward.actions))
    rng = np.random.default_rng(3)
    for line in rng.integers(0, ward.actions, (60, ward.days)).astype(np.int16):
        rota = Rota((Post(0, 10_000),), line[None, :])
        counted = sum(rule.weight * b.times for rule in soft for b in rule.violations(ward, rota))
        only = np.full_like(zero, -np.inf)
        only[np.arange(ward.days), line] = 0.0
        value, _ = programs.best(0, only, 0, model.most_units)
        assert -value == counted, line


def _not_on(days: tuple[int, ...], weeks: int, shifts: int) -> frozenset[tuple[int, int]]:
    return frozenset((day, a + 1) for day in range(7 * weeks) if day not in days for a in range(shifts))
