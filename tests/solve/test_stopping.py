"""Time limits and cancels reach the searches for lines in every phase, with the sign that they heed."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable

import pytest

from tests.solve.test_solve import SMALL, case, ward
from turnus.posts import Plan, Planner, lay_groundwork
from turnus.result import Progress
from turnus.rota.effort import Limits
from turnus.solve import _Solve, solve

GOALS = ("uncovered", "full_time_posts", "fewest_heads")
Planned = Callable[..., Plan | None]


class Run(_Solve):
    """A solve of which the plans can be asked for alone."""

    def plans(self, planner: Planner, best: Plan, limits: Limits) -> list[Plan]:
        return list(self._plans(planner, best, limits))


def comes(planner: Planner) -> bool:
    """Whether the sign comes while a plan is made, within a time after which it never would."""
    halt, waiting = planner.master.pricer.model.halt, threading.Event()
    return any(halt[0] or waiting.wait(0.01) for _ in range(1000))


def test_the_first_plan_heeds_the_users_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    unit, rules = ward(goals=GOALS)
    told: list[Progress] = []
    came: list[bool] = []
    planned: Planned = Planner.plan

    def waiting(self: Planner, *given: object) -> Plan | None:
        came.append(comes(self))
        return planned(self, *given)

    monkeypatch.setattr(Planner, "plan", waiting)
    solve(case(unit, rules), SMALL, told.append, lambda: any(one.phase == "posts" for one in told))
    assert came == [True]


def test_the_next_plans_heed_their_part_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a plan that was cut short is no next best one: lines may not be able to cover it."""
    unit, rules = ward(goals=GOALS)
    run = Run(case(unit, rules), SMALL, lambda _: None, lambda: False, lambda _: None)
    planner = Planner(unit, lay_groundwork(unit, rules).master)
    best = planner.plan()
    assert best is not None
    came: list[bool] = []

    def cut_short(self: Planner, _worse: object) -> Plan:
        came.append(comes(self))
        return dataclasses.replace(best, converged=False)

    monkeypatch.setattr(Planner, "plan", cut_short)
    looks = iter([False])
    part = Limits(1, cancelled=lambda: next(looks, True))
    assert run.plans(planner, best, part) == [best, best]
    assert came == [True]
