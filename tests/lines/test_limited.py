"""Lines within limits over the whole plan: the bound holds for every such line, the line found keeps them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from turnus.lines.limited import PlanLimits, best_within
from turnus.rules.kinds import PlanShifts

DAYS, ACTIONS = 5, 4
EVERY = np.array(list(itertools.product(range(ACTIONS), repeat=DAYS)), np.int16)
LEGAL = EVERY[(np.diff(EVERY, axis=1) >= -1).all(axis=1)]  # a rule of some sort between days


def limits_of(rng: np.random.Generator) -> PlanLimits:
    kinds = [
        PlanShifts(frozenset({1}), int(rng.integers(0, 3))),
        PlanShifts(frozenset({2, 3}), int(rng.integers(0, 4))),
    ]
    return PlanLimits.of(kinds, ACTIONS)


def earned(line: np.ndarray, prices: np.ndarray) -> float:
    return float(prices[np.arange(DAYS), line].sum())


def best_of_all(dearer: np.ndarray) -> tuple[float, np.ndarray]:
    values = dearer[np.arange(DAYS), LEGAL].sum(axis=1)
    return float(values.max()), LEGAL[values.argmax()]


@pytest.mark.parametrize("seed", range(40))
def test_no_line_within_the_limits_earns_more_than_the_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    limits = limits_of(rng)
    prices = rng.integers(-20, 60, (DAYS, ACTIONS)).astype(float)
    penalty = rng.integers(0, 30, 2).astype(float) * (seed % 2)
    found = best_within(limits, prices, best_of_all, penalty, 8)
    most = max(earned(line, prices) for line in LEGAL if limits.kept(line))
    assert found.line is not None
    assert limits.kept(found.line)
    assert found.earned == earned(found.line, prices)
    assert found.earned <= most <= found.bound
    assert found.exact == (found.earned == found.bound)


def test_many_small_cases_are_exact() -> None:
    rng = np.random.default_rng(7)
    exact = 0
    for _ in range(60):
        limits, prices = limits_of(rng), rng.integers(-20, 60, (DAYS, ACTIONS)).astype(float)
        found = best_within(limits, prices, best_of_all, np.zeros(2), 8)
        exact += found.exact
    assert exact >= 30


def test_where_nobody_has_a_line_it_is_said() -> None:
    limits = PlanLimits.of([PlanShifts(frozenset({1}), 1)], ACTIONS)
    found = best_within(limits, np.zeros((DAYS, ACTIONS)), lambda _: (-np.inf, EVERY[0]), np.zeros(1), 8)
    assert found.line is None
    assert found.bound == -np.inf


def test_a_limit_that_nothing_can_keep_leaves_no_line_but_a_bound() -> None:
    limits = PlanLimits.of([PlanShifts(frozenset({0, 1, 2, 3}), 4)], ACTIONS)  # of 5 days
    found = best_within(limits, np.ones((DAYS, ACTIONS)), lambda _: (5.0, EVERY[0]), np.zeros(1), 3)
    assert found.line is None
    assert np.isfinite(found.bound)
