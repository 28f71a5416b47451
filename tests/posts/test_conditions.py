"""Conditions on goals: against trying every plan, both ways, and re-derived by the proof check."""

from __future__ import annotations

import dataclasses
from typing import Literal, cast

import pytest

from tests.posts.test_bounds import HELTID_GOALS, all_plans, better_or_equal, tiny_unit
from turnus.case import Case
from turnus.errors import InputError
from turnus.goals import DIRECTION, Condition, conditions_of
from turnus.posts import Planner, lay_groundwork
from turnus.problem import Problem
from turnus.rules import Rule
from turnus.solve import SolveOptions, bound
from turnus.texts import using_language
from turnus.verify import DERIVED, REFUTED, record_of, verify

Bound = Literal["least", "most"]


def planner(unit: Problem, rules: tuple[Rule, ...], *conditions: Condition) -> Planner:
    return Planner(unit, lay_groundwork(unit, rules).master, conditions=conditions)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("side", ["least", "most"])
def test_no_plan_that_keeps_a_condition_beats_a_bound_under_it(seed: int, side: Bound) -> None:
    unit, rules, days = tiny_unit(seed)
    unit = dataclasses.replace(unit, goals=("uncovered", "fewest_heads"))
    truth = all_plans(unit, rules, days)
    goal = HELTID_GOALS[seed % len(HELTID_GOALS)]
    for value in sorted({plan[goal] for plan in truth}):
        condition = Condition(goal, side, value)
        kept = [plan for plan in truth if condition.holds(plan[goal])]
        plan = planner(unit, rules, condition).plan()
        assert plan is not None
        uncovered, heads = plan.stages
        assert uncovered.bound <= min(rival["uncovered"] for rival in kept) + 1e-6
        rivals = [rival for rival in kept if rival["uncovered"] <= uncovered.value + 1e-6]
        assert all(better_or_equal("fewest_heads", heads.bound, rival["fewest_heads"]) for rival in rivals)


@pytest.mark.parametrize("goal", HELTID_GOALS)
def test_a_plan_keeps_its_condition(goal: str) -> None:
    """What is best without the condition is given up where it must be."""
    unit, rules, _days = tiny_unit(3)
    unit = dataclasses.replace(unit, goals=(goal,))
    best = planner(unit, rules).plan()
    assert best is not None
    reached = best.stages[0].value
    worse = reached - 1 if DIRECTION[goal] == "max" else reached + 1
    side: Bound = "most" if DIRECTION[goal] == "max" else "least"
    held = planner(unit, rules, Condition(goal, side, worse)).plan()
    assert held is None or Condition(goal, side, worse).holds(held.stages[0].value)
    assert planner(unit, rules, Condition(goal, side, reached)).plan() is not None


def test_what_no_plan_keeps_is_proven_impossible() -> None:
    unit, rules, _days = tiny_unit(4)
    assert planner(unit, rules, Condition("full_time_posts", "least", 9)).plan() is None
    assert planner(unit, rules, Condition("fewest_heads", "most", 1)).plan() is None
    assert planner(unit, rules, Condition("fewest_heads", "most", 9)).plan() is not None


def test_uncovered_demand_can_be_limited() -> None:
    unit, rules, _days = tiny_unit(2)
    unit = dataclasses.replace(unit, goals=("uncovered",))
    plan = planner(unit, rules).plan()
    assert plan is not None
    least = plan.stages[0].value
    assert least > 0
    assert planner(unit, rules, Condition("uncovered", "most", least)).plan() is not None
    assert planner(unit, rules, Condition("uncovered", "most", least - 10)).plan() is None


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        ({"wishes": 1}, {}, "expected one of"),
        ({"uncovered": 5}, {}, "a limit on"),
        ({}, {"mean_size": -1}, "from 0"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    least: dict[str, float], most: dict[str, float], told: str
) -> None:
    with using_language("en"), pytest.raises(InputError, match=told):
        conditions_of(least, most)


@pytest.mark.parametrize("seed", [0, 5])
def test_a_bound_under_conditions_is_re_derived_and_told(seed: int) -> None:
    """Taking the condition out of the record, which claims more than it proves, is seen."""
    unit, rules, _days = tiny_unit(seed)
    unit = dataclasses.replace(unit, goals=("full_time_posts",))
    case = Case(cast("object", None), unit, rules, "0" * 64, "tiny.yaml")  # type: ignore[arg-type]
    free = bound(case).goals[0].bound
    assert free is not None
    assert free >= 1
    conditions = conditions_of({}, {"full_time_posts": free - 1})
    outcome = bound(case, SolveOptions(conditions=conditions))
    assert outcome.goals[0].bound == free - 1
    document = {
        "scenario": {"sha256": case.sha256},
        "run": {"proof": list(outcome.proof)},
        "goals": [dataclasses.asdict(goal) for goal in outcome.goals],
    }
    found = verify(case, record_of(document, case), 20)
    assert found.verdict == DERIVED
    assert found.conditions == (("full_time_posts", "most", free - 1),)
    outcome.proof[0]["conditions"] = []
    assert verify(case, record_of(document, case), 20).verdict == REFUTED


def test_a_stop_ends_at_once_with_bounds_that_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once told to stop, no line is priced any more; what the cuts so far say is still true."""
    unit, rules, days = tiny_unit(2)
    unit = dataclasses.replace(unit, goals=("uncovered", "full_time_posts"))
    master = lay_groundwork(unit, rules).master
    monkeypatch.setattr(master, "evaluate", lambda *_given: pytest.fail("priced after the stop"))
    plan = Planner(unit, master, stop=lambda: True).plan()
    assert plan is not None
    uncovered, full_time = plan.stages
    truth = all_plans(unit, rules, days)
    assert uncovered.bound <= min(rival["uncovered"] for rival in truth)
    assert full_time.bound >= max(rival["full_time_posts"] for rival in truth)
