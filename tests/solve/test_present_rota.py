"""Keeping to the rota that people have now: against every pair of lawful lines, and on a whole ward."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tests.enumeration import legal_lines, of_size
from tests.solve.test_solve import SMALL, case, values, ward
from turnus.goals import changed, changed_days, goal_values
from turnus.problem import FULL_TIME, OFF, Post, Problem, Rota, present_rota
from turnus.result import Progress
from turnus.rules import Rule
from turnus.solve import solve

GOALS = ("uncovered", "changed_days")


def knowing(unit: Problem, *lines: list[int]) -> Problem:
    """Return the unit with the rota that its people have now."""
    known = [
        dataclasses.replace(one, present_rota=tuple(line), wishes=())
        for one, line in zip(unit.classes, lines, strict=True)
    ]
    return dataclasses.replace(unit, classes=tuple(known))


def best_by_trying(unit: Problem, rules: tuple[Rule, ...]) -> tuple[float, float]:
    """Return the least uncovered, and the fewest changed days with that, of every pair of lawful lines."""
    first, second = (of_size(unit, legal_lines(unit, rules, c, range(7)), c, FULL_TIME) for c in range(2))
    cells = [(row.need, row.most, row.minutes, *next(iter(row.cells))) for row in unit.rows]
    best = (np.inf, np.inf)
    for line in first:
        uncovered = np.zeros(len(second))
        fits = np.ones(len(second), bool)
        for need, most, minutes, day, action in cells:
            there = (second[:, day] == action).astype(int) + int(line[day] == action)
            uncovered += np.maximum(0, need - there) * minutes
            fits &= there <= (most or 9)
        changes = (second != np.array(unit.classes[1].present_rota)).sum(axis=1)
        changes += int((line != np.array(unit.classes[0].present_rota)).sum())
        for at in np.flatnonzero(fits & (uncovered <= best[0])):
            best = min(best, (float(uncovered[at]), float(changes[at])))
    return best


@pytest.mark.parametrize("seed", range(4))
def test_cover_and_changed_days_are_the_best_of_every_pair_of_lines(seed: int) -> None:
    unit, rules = ward(people=2, goals=GOALS)
    rng = np.random.default_rng(seed)
    unit = knowing(unit, *(rng.integers(0, 3, 7).tolist() for _person in range(2)))
    outcome = solve(case(unit, rules), SMALL)
    found = values(outcome)
    assert (found["uncovered"], found["changed_days"]) == best_by_trying(unit, rules)
    assert outcome.goals[1].bound == 0


def test_a_lawful_rota_that_covers_the_demand_is_kept_as_it_is() -> None:
    unit, rules = ward(people=5, goals=("uncovered", "fewest_heads"))
    rota = solve(case(unit, rules), SMALL).rota
    assert rota is not None
    known = knowing(dataclasses.replace(unit, goals=(*unit.goals, "changed_days")), *rota.lines.tolist())
    told: list[Progress] = []
    outcome = solve(case(known, rules), dataclasses.replace(SMALL, seed=11), told.append)
    assert ("rota", "changed_days", 0) in {(one.phase, one.goal, one.value) for one in told}
    assert values(outcome)["changed_days"] == 0
    assert outcome.goals[-1].proven
    assert outcome.rota is not None
    assert np.array_equal(outcome.rota.lines, rota.lines)
    assert outcome.repeatable


def test_little_changes_when_a_post_is_new() -> None:
    """Four keep their lines and the fifth has none: without the goal, most days would be others."""
    unit, rules = ward(people=5, goals=("uncovered", "fewest_heads"))
    rota = solve(case(unit, rules), SMALL).rota
    assert rota is not None
    known = knowing(unit, *rota.lines.tolist())
    new = dataclasses.replace(known.classes[4], present_rota=())
    known = dataclasses.replace(known, classes=(*known.classes[:4], new))
    other = dataclasses.replace(SMALL, seed=11)
    kept = solve(case(dataclasses.replace(known, goals=(*unit.goals, "changed_days")), rules), other)
    free = solve(case(known, rules), other)
    assert free.rota is not None
    assert values(kept)["changed_days"] == 0 < changed_days(known, free.rota)


def test_days_and_weekends_are_counted_for_each_person() -> None:
    unit, rules = ward(people=2)
    known = knowing(unit, [1, 1, 0, 0, 2, 0, 0], [0] * 7)
    lines = np.array([[1, 0, 0, 1, 2, 1, 0], [0, 0, 0, 0, 0, 0, 0]], np.int16)
    posts = (Post(0, FULL_TIME), Post(1, FULL_TIME))
    first, second = changed(known, Rota(posts, lines))
    # Tuesday, Thursday and Saturday are others; Friday night belongs to the weekend, so it was worked before
    assert (first.days, first.weekends) == (3, 0)
    assert (second.days, second.weekends) == (0, 0)
    lines[1, 6] = 1
    assert changed(known, Rota(posts, lines))[1].weekends == 1
    assert goal_values(known, rules, Rota(posts, lines))["changed_days"] == 4


def test_who_has_no_present_rota_changes_nothing() -> None:
    unit, _rules = ward(people=2)
    assert present_rota(unit) is None
    lines = np.full((2, 7), OFF, np.int16)
    assert changed(unit, Rota((Post(0, FULL_TIME), Post(1, FULL_TIME)), lines)) == []
