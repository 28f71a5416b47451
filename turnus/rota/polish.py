"""Polish: with posts frozen and cover kept, make the rota one that a ward accepts.

Goals are taken in the scenario's order. In the stage of a goal, every higher goal weighs so much
more that no gain can pay for a loss there, and a rota is kept only when its true values, counted
by the hand-written goals, are no worse in any higher goal and better in this one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt

from turnus.goals import goal_values
from turnus.goals.people import SHARED_TAGS, may_work_any
from turnus.lines.halting import StoppedError, heeding
from turnus.lines.model import LineModel, build_line_model
from turnus.problem import FULL_TIME, Problem, Rota
from turnus.rota.build import ROUND_MOVES, Watch, run_all
from turnus.rota.effort import Limits
from turnus.rota.near import changed_days_worth
from turnus.rota.state import Search, Style, Tables
from turnus.rules.base import Rule

POLISH_GOALS = ("changed_days", "wishes", "health", "fairness")
STEP = 1_000.0  # how much more a unit of the next higher goal weighs
HEAT = 1.5
POLISHING = Style(growth=0.0, jitter=2.0, narrow=0.85)
ROUNDS_TO_LOOK = 4
FloatArray = npt.NDArray[np.float64]
Worth = tuple[float, ...]


def polish_rota(
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota,
    seed: int,
    limits: Limits,
    watch: Callable[[str, float], None],
    keep: Callable[[Rota], None],
) -> Rota:
    """Return a rota with the same posts and no worse cover, improved in the goals of `POLISH_GOALS`.

    `watch` is called with the goal being worked on and its value so far, `keep` with every better rota.
    """
    goals = [goal for goal in problem.goals if goal in POLISH_GOALS and _matters(goal, problem, rules)]
    if not goals or not rota.posts:
        return rota
    try:
        model = build_line_model(problem, rules, soft=True, stop=limits.stop)
    except StoppedError:
        return rota
    for rank, goal in enumerate(goals):
        if limits.stop():
            break
        stage = _Stage(problem, rules, model, goals[: rank + 1], rota)
        part = limits.part(1 / (len(goals) - rank))
        rota = stage.run(seed + rank, part, partial(watch, goal))
        keep(rota)
    return rota


def _matters(goal: str, problem: Problem, rules: Sequence[Rule]) -> bool:
    if goal == "changed_days":
        return any(post.present_rota for post in problem.classes)
    if goal == "wishes":
        return any(post.wishes for post in problem.classes)
    return goal != "health" or any(rule.counts_as_health for rule in rules)


class _Stage:
    """The search for one goal, with the higher ones kept."""

    def __init__(
        self, problem: Problem, rules: Sequence[Rule], model: LineModel, goals: list[str], rota: Rota
    ) -> None:
        self.problem, self.rules, self.goals = problem, rules, goals
        # Soft rules cost their own weight in the line program; the other goals weigh relative to that.
        rank_of_health = goals.index("health") if "health" in goals else len(goals)
        self.weight = {goal: STEP ** (rank_of_health - rank) for rank, goal in enumerate(goals)}
        # The search prices surplus but does not forbid it, and knows nothing of rules that were left out.
        left_out = {left.rule for left in model.left_out}
        hard = [rule for rule in rules if rule.hard]
        self.watched = [rule for rule in hard if rule.lowering in ("rows", "together") or rule.id in left_out]
        self.best, self.best_values = rota, self._values(rota)
        self.tables = Tables(
            problem,
            model,
            rota.posts,
            cover_worth=STEP * max(STEP, *self.weight.values()),
            worth=self._worth(rota),
            end_values=self._end_values(model, rota),
        )

    def run(self, seed: int, limits: Limits, watch: Watch) -> Rota:
        """Search until the moves or the time are used, or the goal is at zero."""
        first = self.best.lines
        searches = [Search(self.tables, seed * 7919 + worker, first) for worker in range(limits.workers)]
        rounds = max(1, limits.moves // (ROUND_MOVES * ROUNDS_TO_LOOK))
        stopping = heeding(limits.stop, self.tables.programs.halt)
        with stopping, ThreadPoolExecutor(len(searches)) as pool:
            for turn in range(rounds):
                for part in range(ROUNDS_TO_LOOK):
                    heat = HEAT * (1 - turn / rounds) * (1.0, 0.5, 0.25, 0.1)[part] + 0.02
                    run_all(pool, searches, heat, POLISHING, -1.0, lambda: watch(self.best_values[-1]))
                    if limits.stop():
                        break
                self._keep_best(searches)
                watch(self.best_values[-1])
                if self.best_values[-1] == 0 or limits.stop():
                    break
                self._go_on_from_best(searches)
        return self.best

    def _keep_best(self, searches: list[Search]) -> None:
        for search in searches:
            for lines in (search.best_lines, search.lines):
                rota = Rota(self.tables.posts, lines.copy())
                values = self._values(rota)
                if values < self.best_values:
                    self.best, self.best_values = rota, values

    def _go_on_from_best(self, searches: list[Search]) -> None:
        if "fairness" in self.goals:
            self.tables.reprice(self._worth(self.best))
        for search in searches:
            search.best[0] = np.inf
            search.adopt(self.best.lines)

    def _values(self, rota: Rota) -> Worth:
        """Return what must not get worse, most important first: hard breaches, then the goals in order."""
        values = goal_values(self.problem, self.rules, rota)
        broken = float(sum(1 for rule in self.watched for _ in rule.violations(self.problem, rota)))
        return (broken, values["uncovered"], *(values[goal] for goal in self.goals))

    def _worth(self, rota: Rota) -> FloatArray:
        worth = np.zeros((len(rota.posts), self.problem.days, self.problem.actions))
        if "changed_days" in self.goals:
            worth += changed_days_worth(self.problem, rota, self.weight["changed_days"])
        if "wishes" in self.goals:
            self._add_wishes(rota, worth)
        if "fairness" in self.goals:
            self._add_fairness(rota, worth)
        return worth

    def _add_wishes(self, rota: Rota, worth: FloatArray) -> None:
        for index, post in enumerate(rota.posts):
            for wish in self.problem.classes[post.class_index].wishes:
                refused = [a for a in range(self.problem.actions) if a not in wish.actions]
                worth[index, wish.day, refused] -= wish.strength * self.weight["wishes"]

    def _add_fairness(self, rota: Rota, worth: FloatArray) -> None:
        """Make nights and evenings dearer for posts that have more than the mean, cheaper for the others."""
        minutes = np.array(self.problem.minutes, float)
        for tag in SHARED_TAGS:
            actions = sorted(self.problem.tagged(tag))
            if not actions:
                continue
            mine = [
                may_work_any(self.problem, self.problem.classes[post.class_index], frozenset(actions))
                for post in rota.posts
            ]
            load = np.array(
                [minutes[line[np.isin(line, actions)]].sum() * FULL_TIME / post.size / 60
                 for post, line in zip(rota.posts, rota.lines, strict=True)]
            )  # fmt: skip
            mean = load[mine].mean() if any(mine) else 0.0
            price = np.where(mine, (load - mean) / max(1.0, np.abs(load - mean).max()), 0.0)
            worth[:, :, actions] -= (self.weight["fairness"] * price)[:, None, None]

    def _end_values(self, model: LineModel, rota: Rota) -> FloatArray:
        hours = np.zeros((len(rota.posts), model.most_units + 1))
        soft = [rule for rule in self.rules if not rule.hard]
        for index, post in enumerate(rota.posts):
            of_class = self.problem.classes[post.class_index]
            if of_class.converted:
                continue  # its hours follow from its line; only the values of whole rotas tell
            position = of_class.position(post.size, self.problem.days)
            apart = [
                math.floor(abs(units * model.unit_minutes - position)) for units in range(hours.shape[1])
            ]
            for rule in soft:
                if rule.applies_to(of_class):
                    hours[index] -= [rule.weight * rule.hours_cost(minutes) for minutes in apart]
        return hours
