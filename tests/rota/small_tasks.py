"""Tiny tasks for the search for least cost, and their truth by trying everything."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.builders import DAY, NIGHT, person, problem, row
from tests.enumeration import legal_lines
from turnus.bench.stated import Stated
from turnus.lines.model import build_line_model
from turnus.lines.pricing import OwnWorth
from turnus.problem import Post, PostClass, Problem
from turnus.rota.standing import Task, build_task
from turnus.rules import Rule
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.kinds import PlanShifts
from turnus.rules.law.daily_rest import DailyRest

Table = dict[tuple[int, ...], float]
SHIFTS = (DAY, NIGHT)
SOFT = MaxWorkingDaysInARow(days=2, strength="soft", weight=2)
HARD: tuple[Rule, ...] = (DailyRest(rest_minutes=11 * 60), MaxWorkingDaysInARow(days=4))


def task(seed: int, weeks: int = 1, counted: bool = False) -> tuple[Task, tuple[Rule, ...]]:
    """Return a random task of three people, with requests, a soft rule, missing and surplus people.

    With `counted` nobody works more than so many nights of a calendar plan; line programs do not see that.
    """
    rng = np.random.default_rng(seed)
    cyclic = bool(seed % 2) and not counted
    people = [_person(name, rng, cyclic) for name in ("Kari", "Ola", "Per")]
    rows = tuple(
        row(day, (action,), int(rng.integers(0, 3)), most=2, minutes=int(rng.integers(1, 5)),
            surplus_value=int(rng.integers(1, 3)), workers=frozenset({0}))
        for day in range(7 * weeks) for action in (1, 2) if rng.random() < 0.8
    )  # fmt: skip
    unit = problem(*people, weeks=weeks, cyclic=cyclic, shifts=SHIFTS, rows=rows)
    rules: tuple[Rule, ...] = (*HARD, SOFT)
    if counted:
        nights = PlanShifts(frozenset({2}), int(rng.integers(0, 3)))
        rules = (*rules, Stated(kinds={one.id: (nights,) for one in people}))
    model = build_line_model(unit, rules, soft=True, count_late=counted)
    worth = OwnWorth(
        {0: -rng.integers(0, 4, (unit.days, unit.actions)).astype(float)},
        {1: -rng.integers(0, 5, model.most_units + 1).astype(float)},
    )
    built = build_task(unit, model, [Post(at, one.sizes[0]) for at, one in enumerate(people)], worth)
    assert built is not None
    return built, rules


def _person(name: str, rng: np.random.Generator, cyclic: bool) -> PostClass:
    values: dict[str, Any] = {
        "shifts": SHIFTS, "full_week_minutes": 3 * 450, "under_minutes": 450,
        "over_minutes": int(rng.choice([0, 450, 600])), "history": "" if cyclic else "DDN"[: rng.integers(4)],
    }  # fmt: skip
    return person(name, **values)


def lines_of(one: Task, rules: tuple[Rule, ...], post: int) -> np.ndarray:
    """Return every line that a post may have, its hours included."""
    unit: Problem = one.problem
    lines = legal_lines(unit, [rule for rule in rules if rule.hard], post, range(unit.days))
    minutes = np.asarray(unit.minutes)[lines].sum(axis=1)
    least, most = unit.classes[post].window(one.posts[post].size, unit.days)
    lines = lines[(least <= minutes) & (minutes <= most)]
    for rule in rules:
        if isinstance(rule, Stated):
            for kind in rule.kinds[unit.classes[post].id]:
                assert isinstance(kind, PlanShifts)
                lines = lines[np.isin(lines, sorted(kind.members)).sum(axis=1) <= kind.most]
    return np.asarray(lines)


def own_cost(one: Task, post: int, line: np.ndarray) -> float:
    """Return what a line costs by the hand-written checker of the soft rule, and by the tables of worth."""
    worth = one.pricer.worth
    cost: float = SOFT.weight * _too_long(one.problem, post, line)
    if post in worth.cells:
        cost -= float(worth.cells[post][np.arange(len(line)), line].sum())
    if post in worth.hours:
        cost -= float(worth.hours[post][one.pricer.model.units_of(line)])
    return cost


def _too_long(unit: Problem, post: int, line: np.ndarray) -> int:
    from turnus.problem import Rota

    alone = Rota((Post(post, unit.classes[post].sizes[0]),), line[None, :])
    return sum(breach.times for breach in SOFT.violations(unit, alone))


def truth(one: Task, rules: tuple[Rule, ...]) -> float | None:
    """Return the least cost of all rotas; None when somebody has no line."""
    choices = [lines_of(one, rules, post) for post in range(len(one.posts))]
    if not all(map(len, choices)):
        return None
    unit = one.problem
    weight = np.array([r.minutes * r.value for r in unit.rows], float)
    over = np.array([r.minutes * (r.surplus_value or 0) for r in unit.rows], float)
    need, most = np.array([r.need for r in unit.rows]), np.array([r.most for r in unit.rows])
    tables = []
    for post, lines in enumerate(choices):
        counts = np.array(
            [[sum(line[day] == action for day, action in r.cells) for r in unit.rows] for line in lines]
        ).reshape(len(lines), len(unit.rows))
        own = np.array([own_cost(one, post, line) for line in lines])
        tables.append(_cheapest(counts, own))
    joined = _joined(tables[0], tables[1])
    last, own = np.array(list(tables[2])).reshape(len(tables[2]), -1), np.array(list(tables[2].values()))
    best = np.inf
    for of_two, cost in joined.items():
        total = last + np.array(of_two, int)
        rows = (np.maximum(0, need - total) * weight + np.maximum(0, total - most) * over).sum(axis=1)
        best = min(best, float((rows + own).min()) + cost)
    return best


def _joined(one: Table, other: Table) -> Table:
    """Return the cheapest own cost of each different contribution of two posts together."""
    counts = np.array(list(one)).reshape(len(one), 1, -1) + np.array(list(other)).reshape(1, len(other), -1)
    own = np.add.outer(list(one.values()), list(other.values()))
    return _cheapest(counts.reshape(own.size, -1), own.reshape(-1))


def _cheapest(counts: np.ndarray, own: np.ndarray) -> Table:
    """Return the cheapest own cost of each different contribution."""
    keys, which = np.unique(counts, axis=0, return_inverse=True)
    costs = np.full(len(keys), np.inf)
    np.minimum.at(costs, which.reshape(-1), own)
    return dict(zip(map(tuple, keys.tolist()), costs.tolist(), strict=True))
