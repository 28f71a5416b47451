"""Every goal a scenario can name: its value in a rota, which way is better, and its unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from turnus.goals.coverage import coverage
from turnus.goals.heltid import heltid
from turnus.goals.people import changed_days, fairness, unmet_wishes
from turnus.problem import FULL_TIME, Problem, Rota
from turnus.rules.base import Rule

DIRECTION: dict[str, Literal["max", "min"]] = {
    "uncovered": "min",
    "full_time_posts": "max",
    "full_time_share": "max",
    "mean_size": "max",
    "fewest_part_time": "min",
    "largest_smallest_size": "max",
    "fewest_heads": "min",
    "changed_days": "min",
    "wishes": "min",
    "health": "min",
    "fairness": "min",
}

#: Goals decided by how many posts there are of which size; the others belong to the rota.
PLAN_GOALS = (
    "uncovered", "full_time_posts", "full_time_share", "mean_size", "fewest_part_time",
    "largest_smallest_size", "fewest_heads",
)  # fmt: skip

#: Unit of each goal as results store it; `turnus.result` has the words for people.
UNITS: dict[str, str] = {
    "uncovered": "person-minutes",
    "full_time_posts": "posts",
    "full_time_share": "percent",
    "mean_size": "percent",
    "fewest_part_time": "posts",
    "largest_smallest_size": "percent",
    "fewest_heads": "heads",
    "changed_days": "days",
    "wishes": "points",
    "health": "points",
    "fairness": "minutes",
}


def goal_values(problem: Problem, rules: Sequence[Rule], rota: Rota) -> dict[str, float]:
    """Return the value of every goal, in `UNITS`, whether or not the scenario names it.

    `uncovered` sums missing people × minutes × the row's value; `health` sums weight × times over the
    breaches of soft rules that a rota can mend. A rota without posts has shares and sizes of 0.
    """
    vector = heltid(problem, rota.posts)
    rows = problem.rows
    return {
        "uncovered": float(
            sum(
                place.missing * rows[place.row].minutes * rows[place.row].value
                for place in coverage(problem, rota).places
            )
        ),
        "full_time_posts": float(vector.full_time_posts),
        "full_time_share": vector.full_time_share or 0.0,
        "mean_size": vector.mean_size_percent or 0.0,
        "fewest_part_time": float(sum(post.size < FULL_TIME for post in rota.posts)),
        "largest_smallest_size": vector.min_size_percent or 0.0,
        "fewest_heads": float(vector.heads),
        "changed_days": float(changed_days(problem, rota)),
        "wishes": float(unmet_wishes(problem, rota)),
        "health": float(_health(problem, rules, rota)),
        "fairness": fairness(problem, rota),
    }


def _health(problem: Problem, rules: Sequence[Rule], rota: Rota) -> int:
    return sum(
        rule.weight * breach.times
        for rule in rules
        if rule.counts_as_health
        for breach in rule.violations(problem, rota)
    )
