"""A plan that is told to stop half-way: what was not found out is not kept and not claimed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from tests.posts.test_bounds import all_plans, tiny_unit
from turnus.lines.master import Evaluation, Master
from turnus.posts import Plan, Planner, lay_groundwork
from turnus.posts.program import PostsProgram
from turnus.problem import Problem
from turnus.rules import Rule

GOALS = ("uncovered", "full_time_posts", "fewest_heads")
STOPPED_SEEDS = (2, 3, 4)


@cache
def least_uncovered_of(seed: int) -> float:
    return min(rival["uncovered"] for rival in all_plans(*asked(seed)))


def asked(seed: int) -> tuple[Problem, tuple[Rule, ...], list[int]]:
    unit, rules, days = tiny_unit(seed)
    return dataclasses.replace(unit, goals=GOALS), rules, days


def sign_in_evaluation(monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
    """Give the sign in the middle of one question about lines; return the optima asked for since then."""
    evaluate, optimum = Master.evaluate, PostsProgram.optimum
    evaluations, since = [0], [0]

    def stopped(self: Master, *given: object) -> Evaluation:
        evaluations[0] += 1
        self.pricer.model.halt[0] |= evaluations[0] == at
        return evaluate(self, *given)  # type: ignore[arg-type]

    def counted(self: PostsProgram, *given: object) -> object:
        since[0] += evaluations[0] >= at
        return optimum(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Master, "evaluate", stopped)
    monkeypatch.setattr(PostsProgram, "optimum", counted)
    return since


def bounds_of(plan: Plan | None) -> object:
    return plan and [(one.goal, round(one.bound, 6)) for one in plan.stages]


@pytest.mark.parametrize("seed", STOPPED_SEEDS)
@pytest.mark.parametrize("at", [1, 2])
def test_the_sign_alone_ends_the_plan_and_nothing_half_done_is_kept(
    seed: int, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planner's own question says nothing here: a part of the time is over, and not all of it."""
    unit, rules, _ = asked(seed)
    ground = lay_groundwork(unit, rules)
    planner = Planner(unit, ground.master, alike=ground.alike)
    with monkeypatch.context() as patched:
        optima = sign_in_evaluation(patched, at)
        stopped = planner.plan()
    assert stopped is not None
    assert not stopped.converged
    assert optima[0] <= 2 * (len(GOALS) + 2) * 2  # two for each goal, the two ties, and both programs
    assert stopped.stages[0].bound <= least_uncovered_of(seed)
    ground.model.halt[0] = False
    again = lay_groundwork(unit, rules)
    assert bounds_of(planner.plan()) == bounds_of(Planner(unit, again.master, alike=again.alike).plan())


class RoughHalfDone(Planner):
    """A planner whose rough plan is never finished, though the whole program would reach what it promises."""

    finished: list[bool]

    def _planned(self, worse_by: Mapping[str, int] | None) -> tuple[Plan | None, float]:
        plan, _ = super()._planned(worse_by)
        assert plan is not None
        self.finished.append(not self.weeks_alike)
        return dataclasses.replace(plan, converged=not self.weeks_alike), np.inf


def test_a_rough_plan_that_was_not_finished_is_not_the_answer() -> None:
    """Rounds were left that may have changed it."""
    unit, rules, _ = asked(1)
    ground = lay_groundwork(unit, rules)
    assert ground.alike is not None
    planner = RoughHalfDone(unit, ground.master, alike=ground.alike)
    planner.finished = []
    plan = planner.plan()
    assert planner.finished == [False, True]
    assert plan is not None
    assert plan.converged


def test_rounds_that_run_out_are_no_convergence(monkeypatch: pytest.MonkeyPatch) -> None:
    unit, rules, _ = asked(3)
    monkeypatch.setattr("turnus.posts.plan._MOST_ROUNDS", 1)
    plan = Planner(unit, lay_groundwork(unit, rules).master).plan()
    assert plan is not None
    assert not plan.converged
    assert plan.stages[0].bound <= least_uncovered_of(3)
