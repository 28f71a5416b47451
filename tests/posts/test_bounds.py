"""Bounds and plans against trying every staffing plan with every legal line, on tiny units.

The units mix named staff with present and wished sizes, pins, bans, leave, wishes, history, demand that
differs from week to week, two competences of which one covers for the other, surplus limits,
mixed weekend frequencies, cycles and calendar plans.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import numpy as np
import pytest

from tests.builders import DAY, NIGHT, person, problem, row
from tests.enumeration import least_uncovered, legal_lines, of_size, plan_values, plans
from turnus.goals import DIRECTION
from turnus.lines.cover import build_cover
from turnus.lines.master import Master
from turnus.lines.model import build_line_model
from turnus.lines.pricing import Pricer
from turnus.posts import Planner
from turnus.problem import FULL_TIME, Budget, Problem, Wish
from turnus.rules import Rule
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.agreed.whole_weekends import WholeWeekends
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.structure.fixed_shifts import FixedShifts
from turnus.rules.structure.leave import Leave
from turnus.rules.structure.personal_limits import PersonalLimits

HELTID_GOALS = (
    "full_time_posts", "full_time_share", "mean_size", "fewest_part_time", "largest_smallest_size",
    "fewest_heads",
)  # fmt: skip
SHIFTS = (DAY, NIGHT)
FULL_WEEK = 3 * 450  # minutes: three day shifts are a full week here


def tiny_unit(seed: int) -> tuple[Problem, tuple[Rule, ...], list[int]]:
    """Return a random unit, its rules, and the days on which anybody works."""
    rng = np.random.default_rng(seed)
    weeks = 1 + seed % 2
    cyclic = bool(rng.integers(2))
    days = [0, 1, 4, 5, 6] if weeks == 1 else [1, 5, 6, 9, 12, 13]
    idle = frozenset((d, a) for d in range(7 * weeks) if d not in days for a in (1, 2))
    hours = {"full_week_minutes": FULL_WEEK, "under_minutes": 450, "over_minutes": int(rng.choice([0, 200]))}
    common: dict[str, Any] = {"bans": idle, "shifts": SHIFTS, **hours}
    history = "" if cyclic else "DDN"[: int(rng.integers(4))]
    pinned = int(rng.choice(days))
    kari = person(
        "Kari", sizes=(5000, 7500, FULL_TIME), size=5000, wished=FULL_TIME, history=history,
        pins=((pinned, int(rng.integers(2))),), wishes=(Wish(days[0], frozenset({0}), 2),),
        tags=frozenset({"often"} if rng.integers(2) else ()), **common,
    )  # fmt: skip
    extra = frozenset((int(d), 2) for d in rng.choice(days, 2))
    limited = {**common, "bans": idle | extra}
    away = frozenset({days[1]} if seed % 3 == 0 else ())
    ola = person("Ola", competence=1, sizes=(7500,), size=7500, wished=7500, leave=away, **limited)
    posts = person(None, competence=int(rng.integers(2)), sizes=(2500, 5000, FULL_TIME), at_most=2, **common)
    rows = []
    for day in days:
        for action in (1, 2):
            if rng.random() < 0.75:
                need = int(rng.integers(1, 3))
                most = need + int(rng.integers(0, 2)) if rng.random() < 0.4 else None
                minutes = SHIFTS[action - 1].minutes
                rows.append(row(day, (action,), need, most=most, minutes=minutes, workers=frozenset({0, 1})))
            if rng.random() < 0.3:
                rows.append(row(day, (action,), 1, competence=1, workers=frozenset({1}), minutes=450))
    classes = (kari, ola, posts)
    unit = problem(
        *classes, weeks=weeks, cyclic=cyclic, shifts=SHIFTS, rows=tuple(rows), competences=("staff", "nurse"),
        competence_names=("staff", "nurse"),
        budget=Budget(int(rng.choice([22_500, 27_500, 32_500])), ((1, 20_000),)),
        most_open_posts=1 if seed % 5 == 4 else None,
    )  # fmt: skip
    rules: tuple[Rule, ...] = (
        DailyRest(rest_minutes=11 * 60),
        WeeklyRest(rest_minutes=35 * 60),
        MaxWorkingDaysInARow(days=3),
        WholeWeekends(),
        FixedShifts(),
        PersonalLimits(),
        Leave(),
        WeekendFrequency(worked=1, of_weeks=1 + int(rng.integers(2)), people=("often",)),
        WeekendFrequency(worked=1, of_weeks=2, people=("Ola",)),
    )
    return unit, rules, days


def all_plans(unit: Problem, rules: tuple[Rule, ...], days: list[int]) -> list[dict[str, float]]:
    """Return the goal values of every plan that has any rota, with its least uncovered demand."""
    legal = {c: legal_lines(unit, rules, c, days) for c in range(len(unit.classes))}
    found = []
    for posts in plans(unit):
        choices = [(p.class_index, of_size(unit, legal[p.class_index], p.class_index, p.size)) for p in posts]
        uncovered = least_uncovered(unit, choices)
        if uncovered is not None:
            found.append(plan_values(posts, uncovered))
    return found


def planner_of(unit: Problem, rules: tuple[Rule, ...]) -> Planner:
    model = build_line_model(unit, rules)
    return Planner(unit, Master(Pricer(model, build_cover(unit, model))))


def better_or_equal(goal: str, one: float, other: float) -> bool:
    return one >= other - 1e-6 if DIRECTION[goal] == "max" else one <= other + 1e-6


@pytest.mark.parametrize("seed", range(24))
def test_no_plan_beats_a_bound(seed: int) -> None:
    unit, rules, days = tiny_unit(seed)
    unit = dataclasses.replace(
        unit, goals=("uncovered", HELTID_GOALS[seed % len(HELTID_GOALS)], "fewest_heads")
    )
    truth = all_plans(unit, rules, days)
    planner = planner_of(unit, rules)
    plan = planner.plan()
    if plan is None:
        assert not truth
        return
    # Whatever a rota reaches, no other may do better than the bound given the same or better higher goals.
    reached = min(truth, key=lambda values: tuple(
        -values[goal] if DIRECTION[goal] == "max" else values[goal] for goal in unit.goals
    )) if truth else None  # fmt: skip
    if reached is None:
        return
    bounds = planner.bounds(reached)
    rivals = truth
    for goal in unit.goals:
        bound = bounds[goal]
        assert bound is not None
        for rival in rivals:
            assert better_or_equal(goal, bound, rival[goal]), (goal, bound, rival)
        rivals = [rival for rival in rivals if better_or_equal(goal, rival[goal], reached[goal])]


def test_bounds_are_often_the_truth() -> None:
    """A bound that is always valid could still be useless: on most tiny units it is exactly the optimum."""
    tight = 0
    for seed, goal in itertools.product(range(6), HELTID_GOALS[:2]):
        unit, rules, days = tiny_unit(seed)
        unit = dataclasses.replace(unit, goals=("uncovered", goal))
        truth = all_plans(unit, rules, days)
        planner = planner_of(unit, rules)
        if planner.plan() is None or not truth:
            continue
        best = min(truth, key=lambda values: (values["uncovered"], -values[goal]))
        bounds = planner.bounds(best)
        tight += bounds["uncovered"] == best["uncovered"] and abs((bounds[goal] or 0) - best[goal]) < 1e-6
    assert tight >= 6
