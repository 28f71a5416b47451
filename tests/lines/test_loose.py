"""Lines are looked for without limits that look far, and found as if these had been there."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from tests.builders import DAY, NIGHT, person, problem, row
from tests.enumeration import Lines, legal_lines, of_size
from tests.lines.test_far_window import sums
from turnus.bench.stated import Stated
from turnus.lines.pricing import SCALE, Pricer
from turnus.lines.program import LinePrograms
from turnus.posts import Planner, lay_groundwork
from turnus.problem import FULL_TIME, Budget, Problem
from turnus.rules import Rule
from turnus.rules.kinds import WindowSum
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.structure.personal_limits import PersonalLimits

SHIFTS = (DAY, NIGHT)
DAYS = (1, 5, 8, 12, 15, 19)
NEAR: tuple[Rule, ...] = (DailyRest(rest_minutes=11 * 60), PersonalLimits())
FAMILIES = 2  # a seed with a history, after which nobody else's lines begin
ONE_NIGHT = WindowSum((0, 0, 1), 1, days=14)


def unit_of(seed: int, *, cyclic: bool) -> tuple[Problem, tuple[Rule, ...]]:
    """Return three weeks with nights, of which nobody may work two in a fortnight."""
    rng = np.random.default_rng(seed)
    idle = frozenset((day, action) for day in range(21) if day not in DAYS for action in (1, 2))
    hours: dict[str, Any] = {"full_week_minutes": 900, "under_minutes": 900, "over_minutes": 900}
    history = "" if cyclic else "-----N-"[: 7 * int(rng.integers(2))]
    sizes = (5000, FULL_TIME)
    kari = person(
        "Kari", sizes=sizes, size=5000, wished=FULL_TIME, shifts=SHIFTS, bans=idle, history=history, **hours
    )
    posts = person(None, sizes=sizes, at_most=3, shifts=SHIFTS, bans=idle, **hours)
    rows = tuple(
        row(day, (action,), int(rng.integers(1, 3)), minutes=450) for day in DAYS for action in (1, 2)
    )
    unit = problem(
        kari, posts, weeks=3, cyclic=cyclic, shifts=SHIFTS, rows=rows, budget=Budget(35_000, ()),
        goals=("uncovered", "full_time_posts", "fewest_heads"),
    )  # fmt: skip
    return unit, (*NEAR, Stated(kinds={one.id: (ONE_NIGHT,) for one in unit.classes}))


def lawful_lines(unit: Problem, index: int) -> Lines:
    """Return every line of a class, by the definition of its limit."""
    lines = legal_lines(unit, NEAR, index, DAYS)
    past = unit.classes[index].history
    kept = [max(sums(ONE_NIGHT, tuple(line), past, cyclic=unit.cyclic)) <= 1 for line in lines.tolist()]
    return lines[kept]


@pytest.mark.parametrize("cyclic", [True, False], ids=["cycle", "plan"])
@pytest.mark.parametrize("seed", range(4))
def test_lines_are_the_best_lawful_ones_and_loose_profits_no_lower(seed: int, cyclic: bool) -> None:
    unit, rules = unit_of(seed, cyclic=cyclic)
    pricer = lay_groundwork(unit, rules).master.pricer
    assert all(one.loose is not None for one in pricer.model.classes)
    rng = np.random.default_rng(seed)
    differ = 0
    for _ in range(6):
        scaled = np.round(SCALE * rng.random(pricer.cover.groups) * pricer.cover.weight)
        exact, loose = pricer.priced(scaled), pricer.loosely().priced(scaled)
        assert (exact.profits <= loose.profits).all()
        differ += int((exact.profits < loose.profits).sum())
        for kind, one in enumerate(pricer.kinds):
            lines = of_size(unit, lawful_lines(unit, one.class_index), one.class_index, one.size)
            earned = pricer.earned(kind, scaled, lines)
            assert exact.profits[kind] == earned.max()
            for each, priced in ((pricer, exact), (pricer.loosely(), loose), (pricer, None)):
                column = each.column(kind, scaled, priced)
                assert column is not None
                assert (column.line == lines[earned == earned.max()]).all(axis=1).any()
                assert column.cost == 0.0
    assert differ, "nobody wanted two nights, so that this shows nothing"


@pytest.mark.parametrize("cyclic", [True, False], ids=["cycle", "plan"])
@pytest.mark.parametrize("seed", range(6))
def test_plans_have_the_same_bounds_with_exact_profits_alone(
    seed: int, cyclic: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for _ in range(2):
        ground = lay_groundwork(*unit_of(seed, cyclic=cyclic))
        plan = Planner(ground.problem, ground.master, alike=ground.alike).plan()
        assert plan is not None
        assert plan.converged
        found.append([(stage.goal, round(stage.value, 6), stage.bound) for stage in plan.stages])
        monkeypatch.setattr(Pricer, "loosely", lambda self: self)
    assert found[0] == found[1]


def test_the_whole_program_has_every_cut_of_weeks_alike() -> None:
    """Those too that a loose round found before an exact one: a plan that they refute is not asked again."""
    for seed in range(6):
        ground = lay_groundwork(*unit_of(seed, cyclic=True))
        alike = ground.alike
        assert alike is not None
        Planner(ground.problem, ground.master, alike=alike).plan()
        lifted = {cut.prices.tobytes() for cut in ground.master.cuts}
        assert {cut.prices[alike.group_of].tobytes() for cut in alike.small.cuts} <= lifted


def test_an_evaluation_begins_with_what_cuts_have_proven() -> None:
    first, second, third = (lay_groundwork(*unit_of(1, cyclic=True)).master for _ in range(3))
    numbers = np.ones(len(first.pricer.kinds))
    proven = first.evaluate(numbers)
    second.cuts += first.cuts
    assert second.evaluate(numbers, rounds=1).bound == proven.bound
    assert third.evaluate(numbers, rounds=1).bound < proven.bound, "one round is enough anyway"


def test_more_workers_find_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[object] = []
    threads: set[str] = set()
    by_hours = LinePrograms.by_hours

    def noted(self: LinePrograms, program: int, prices: np.ndarray, lo: int = 0) -> object:
        threads.add(threading.current_thread().name)
        return by_hours(self, program, prices, lo)

    monkeypatch.setattr(LinePrograms, "by_hours", noted)
    for workers in (1, 2):
        threads.clear()
        ground = lay_groundwork(*unit_of(FAMILIES, cyclic=False))
        plan = Planner(ground.problem, ground.master, alike=ground.alike, workers=workers).plan()
        assert plan is not None
        found.append((plan.numbers.tolist(), plan.stages))
    assert found[0] == found[1]
    assert len(threads - {threading.main_thread().name}) > 1
