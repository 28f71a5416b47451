"""The small program over weeks alike, and what a like unit hands on: quicker, and never another answer."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tests.enumeration import legal_lines
from tests.posts.test_bounds import planner_of, tiny_unit
from turnus.posts import Experience, Groundwork, Planner, lay_groundwork
from turnus.problem import Problem
from turnus.rules import Rule
from turnus.rules.agreed.whole_weekends import WholeWeekends

TWO_WEEKS = range(1, 24, 2)


def asked(seed: int) -> tuple[Problem, tuple[Rule, ...], list[int]]:
    unit, rules, days = tiny_unit(seed)
    return dataclasses.replace(unit, goals=("uncovered", "full_time_posts", "fewest_heads")), rules, days


def stages(unit: Problem, ground: Groundwork) -> object:
    plan = Planner(unit, ground.master, alike=ground.alike).plan()
    return plan and [(one.goal, round(one.bound, 6)) for one in plan.stages]


@pytest.mark.parametrize("seed", TWO_WEEKS)
def test_weeks_alike_change_no_answer(seed: int) -> None:
    unit, rules, _ = asked(seed)
    alone = planner_of(unit, rules).plan()
    expected = alone and [(one.goal, round(one.bound, 6)) for one in alone.stages]
    assert stages(unit, lay_groundwork(unit, rules)) == expected


def test_a_lifted_cut_is_a_cut_of_the_whole() -> None:
    lifted = 0
    for seed in TWO_WEEKS:
        unit, rules, _ = asked(seed)
        ground = lay_groundwork(unit, rules)
        if ground.alike is None:
            continue
        stages(unit, ground)
        for cut in ground.master.cuts:
            again, _ = ground.master.cut(cut.prices / 1024)
            assert again.constant == cut.constant
            assert (again.profits == cut.profits).all()
            lifted += 1
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
