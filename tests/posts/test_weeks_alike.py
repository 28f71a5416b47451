"""The small program over weeks alike, and what a like unit hands on: quicker, and never another answer."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from tests.builders import DAY, NIGHT, person, problem, row
from tests.enumeration import legal_lines
from tests.posts.test_bounds import planner_of, tiny_unit
from turnus.lines.master import Master
from turnus.lines.pricing import SCALE
from turnus.posts import Experience, Groundwork, Plan, Planner, lay_groundwork
from turnus.problem import FULL_TIME, Budget, Problem
from turnus.rules import Rule
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.whole_weekends import WholeWeekends
from turnus.rules.law.daily_rest import DailyRest

TWO_WEEKS = range(1, 24, 2)


def asked(seed: int) -> tuple[Problem, tuple[Rule, ...], list[int]]:
    unit, rules, days = tiny_unit(seed)
    return dataclasses.replace(unit, goals=("uncovered", "full_time_posts", "fewest_heads")), rules, days


def stages(unit: Problem, ground: Groundwork) -> object:
    return bounds_of(Planner(unit, ground.master, alike=ground.alike).plan())


def bounds_of(plan: Plan | None) -> object:
    return plan and [(one.goal, round(one.bound, 6)) for one in plan.stages]


def assert_cuts_are_cuts(master: Master) -> int:
    """Every cut is the one that its prices give in the whole program."""
    for cut in master.cuts:
        again, _ = master.cut(cut.prices / SCALE)
        assert again.constant == cut.constant
        assert (again.profits == cut.profits).all()
    return len(master.cuts)


def fortnights_over_midnight() -> tuple[Problem, tuple[Rule, ...]]:
    """Four weeks of two and two alike, with nights that reach into the next morning."""
    shifts = (DAY, NIGHT)
    idle = frozenset((d, a) for d in range(28) if d % 14 not in (0, 5, 6, 7, 12, 13) for a in (1, 2))
    free = frozenset((d, 2) for d in range(28) if d % 14 == 5)
    rows = []
    for day in range(28):
        if day % 14 in (0, 5, 6, 7, 12, 13):
            rows.append(row(day, (1,), 1 + (day % 14 == 6), minutes=450))
            rows.append(row(day, (2,), 1, block="night", begins=1320, ends=1440, minutes=120))
        before = (day - 1) % 28
        if before % 14 in (0, 5, 6, 7, 12, 13):
            early = {"block": "early", "begins": 0, "ends": 465, "minutes": 465}
            rows.append(row(day, (), 1, cells=frozenset({(before, 2)}), **early))
    common: dict[str, Any] = {"shifts": shifts, "full_week_minutes": 3 * 450, "over_minutes": 900}
    posts = person(None, sizes=(5000, FULL_TIME), at_most=3, bans=idle | free, **common)
    kari = person("Kari", sizes=(5000,), size=5000, wished=5000, bans=idle, **common)
    unit = problem(
        kari, posts, weeks=4, shifts=shifts, rows=tuple(rows), budget=Budget(20_000, ()),
        goals=("uncovered", "full_time_posts", "fewest_heads"),
    )  # fmt: skip
    rules = (DailyRest(rest_minutes=11 * 60), MaxWorkingDaysInARow(days=3), WholeWeekends())
    return unit, rules


def test_early_hours_belong_to_the_last_night_of_the_cycle() -> None:
    unit, rules = fortnights_over_midnight()
    ground = lay_groundwork(unit, rules)
    assert ground.alike is not None
    assert 7 < ground.master.cover.period_weeks * 7 < unit.days
    found = stages(unit, ground)
    assert assert_cuts_are_cuts(ground.master)
    assert found == bounds_of(planner_of(unit, rules).plan())


@pytest.mark.parametrize("seed", [21, *range(101, 131, 2)])
def test_ground_used_again_changes_no_answer(seed: int) -> None:
    unit, rules, _ = asked(seed)
    expected = bounds_of(planner_of(unit, rules).plan())
    ground = lay_groundwork(unit, rules)
    assert stages(unit, ground) == expected
    assert stages(unit, ground) == expected
    given = lay_groundwork(unit, rules, like=ground.experience())
    assert stages(unit, given) == expected


@pytest.mark.parametrize("seed", range(1, 40, 2))
def test_a_worse_plan_is_worse_than_what_the_whole_program_reaches(seed: int) -> None:
    unit, rules, _ = asked(seed)
    for goal in ("full_time_posts", "fewest_heads"):
        ground = lay_groundwork(unit, rules)
        found = Planner(unit, ground.master, alike=ground.alike).plan({goal: 1})
        alone = planner_of(unit, rules).plan({goal: 1})
        assert (found is None) == (alone is None)
        if found is not None and alone is not None:
            assert [one.value for one in found.stages] == pytest.approx([one.value for one in alone.stages])


@pytest.mark.parametrize("seed", TWO_WEEKS)
def test_weeks_alike_change_no_answer(seed: int) -> None:
    unit, rules, _ = asked(seed)
    assert stages(unit, lay_groundwork(unit, rules)) == bounds_of(planner_of(unit, rules).plan())


def test_a_lifted_cut_is_a_cut_of_the_whole() -> None:
    lifted = 0
    for seed in TWO_WEEKS:
        unit, rules, _ = asked(seed)
        ground = lay_groundwork(unit, rules)
        if ground.alike is None:
            continue
        stages(unit, ground)
        lifted += assert_cuts_are_cuts(ground.master)
    assert lifted


@pytest.mark.parametrize("seed", range(12))
def test_what_is_handed_on_changes_no_answer(seed: int) -> None:
    unit, rules, days = asked(seed)
    looser = tuple(rule for rule in rules if not isinstance(rule, WholeWeekends))
    first = lay_groundwork(unit, looser)
    stages(unit, first)
    alone = stages(unit, lay_groundwork(unit, rules))
    given = lay_groundwork(unit, rules, like=first.experience())
    for column in given.quick.columns:
        of_class = given.quick.pricer.kinds[column.kind].class_index
        assert tuple(column.line) in {tuple(line) for line in legal_lines(unit, rules, of_class, days)}
    assert stages(unit, given) == alone


def test_an_unlawful_line_is_not_taken() -> None:
    unit, rules, _ = asked(1)
    first = lay_groundwork(unit, rules)
    stages(unit, first)
    found = first.experience()
    assert found.lines
    always = tuple((post, size, np.ones_like(line)) for post, size, line in found.lines)
    given = lay_groundwork(unit, rules, like=Experience(unit, always, ()))
    assert not given.quick.columns
