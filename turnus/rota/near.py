"""A rota near the one that people have: covered, and with few days changed.

It begins with the lines of the present rota, where they are lawful for the post. In the search a changed day
costs a part of what a missing person costs, so that cover is found beside the present rota and not anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from turnus.goals import changed_days, coverage
from turnus.lines.cover import FloatArray
from turnus.lines.halting import heeding
from turnus.lines.model import LineModel
from turnus.problem import Problem, Rota
from turnus.rota.build import HEAT, ROUND_MOVES, Watch, begun, covering, run_all
from turnus.rota.effort import Limits
from turnus.rota.state import Search, Tables
from turnus.rules.base import Rule

CHANGED_DAY = 0.1  # of a missing person in the weightiest row
MOST_ROUNDS = 24
COOLING = (1.0, 0.5, 0.2, 0.1)


def changed_days_worth(problem: Problem, rota: Rota, weight: float) -> FloatArray:
    """Return what each (post, day, action) is worth when every changed day costs `weight`."""
    worth: FloatArray = np.zeros((len(rota.posts), problem.days, problem.actions))
    for index, post in enumerate(rota.posts):
        for day, action in enumerate(problem.classes[post.class_index].present_rota):
            worth[index, day] -= weight
            worth[index, day, action] += weight
    return worth


def near_rota(
    problem: Problem,
    rules: Sequence[Rule],
    model: LineModel,
    found: Rota,
    present: Rota,
    seed: int,
    limits: Limits,
    watch: Watch = lambda _: None,
) -> Rota:
    """Return a rota with the posts of `found` that lies near the present one.

    The best one is that which breaks fewest hard rules that lines cannot hold, then leaves least uncovered,
    then changes fewest days; it is `found` itself when nothing better is met with. `watch` is called with its
    changed days, now and then.
    """
    tables = Tables(problem, model, found.posts, worth=changed_days_worth(problem, found, CHANGED_DAY))
    left_out = {left.rule for left in model.left_out}
    watched = [
        rule for rule in rules if rule.hard and (rule.lowering in ("rows", "together") or rule.id in left_out)
    ]

    def worth_of(rota: Rota) -> tuple[int, int, int]:
        broken = sum(1 for rule in watched for _ in rule.violations(problem, rota))
        short = sum(
            place.missing * problem.rows[place.row].minutes * problem.rows[place.row].value
            for place in coverage(problem, rota).places
        )
        return broken, short, changed_days(problem, rota)

    first = begun(tables, found.lines, present)
    best, best_worth = found, worth_of(found)
    searches = [Search(tables, seed * 6007 + worker, first) for worker in range(limits.workers)]

    def tell() -> None:
        watch(best_worth[2])

    style, times = covering(tables)
    rounds = max(1, min(MOST_ROUNDS, limits.moves // ROUND_MOVES)) * times
    with heeding(limits.stop, tables.programs.halt), ThreadPoolExecutor(len(searches)) as pool:
        for turn in range(rounds):
            run_all(pool, searches, HEAT * COOLING[turn % 4], style, -1.0, tell)
            for search in searches:
                for lines in (search.best_lines, search.lines):
                    rota = Rota(tables.posts, lines.copy())
                    worth = worth_of(rota)
                    if worth < best_worth:
                        best, best_worth = rota, worth
            tell()
            if limits.stop():
                break
    return best
