"""The two questions of a proof check for CP-SAT: whether a line earns more, and whether posts do better.

Both are asked as "find one": when the solver proves that there is none, the claim is re-derived; when it
finds one, the claim is refuted and the find is shown. Everything is in whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from ortools.sat.python import cp_model

from turnus.cpsat.encoders import encode
from turnus.cpsat.line import Line
from turnus.problem import FULL_TIME, PostClass, Problem
from turnus.rules.kinds import Kind

Answer = Literal["none", "found", "open"]
#: A kind of post: index of its class, size in hundredths of a percent.
PostKind = tuple[int, int]
_MILLION = 10**6  # shares closer than a millionth of a percent count as equal
#: Goals that are a share of the heads: millionths of a percent that one unit of what they sum is worth.
_RATIO_SCALE = {"full_time_share": 100 * _MILLION, "mean_size": _MILLION // 100}
_MORE_IS_BETTER = frozenset({"full_time_posts", "full_time_share", "mean_size", "largest_smallest_size"})
_NEAR = 1e-6


@dataclass(frozen=True)
class Limit:
    """What one question may cost: wall seconds, or deterministic seconds for a repeatable answer."""

    seconds: float | None = None
    deterministic_seconds: float | None = None


@dataclass(frozen=True)
class PricedCut:
    """`scale · uncovered ≥ constant − Σ profit · n`; a kind whose profit is None has no legal line."""

    constant: int
    profits: Mapping[PostKind, int | None]


@dataclass(frozen=True)
class FoundLine:
    """The answer about lines; `actions`, their hours and what they earn only when one is found."""

    answer: Answer
    actions: tuple[int, ...] = ()
    minutes: int = 0
    earned: int = 0


@dataclass(frozen=True)
class FoundPosts:
    """The answer about posts; `numbers` has the kinds with at least one post when some are found."""

    answer: Answer
    numbers: tuple[tuple[PostKind, int], ...] = ()


def line_earning(
    problem: Problem,
    post: PostClass,
    kinds: Sequence[Kind],
    windows: Sequence[tuple[int, int]],
    prices: Mapping[tuple[int, int], int],
    at_least: int | None,
    limit: Limit,
) -> FoundLine:
    """Look for a legal line that earns `at_least`; any legal line when that is None.

    Parameters
    ----------
    kinds
        What the line must keep, its hours aside.
    windows
        Least and most planned minutes; the line's hours lie in one of them.
    prices
        What one person in (day, action) earns.
    """
    model = cp_model.CpModel()
    line = Line(model, problem, post)
    for kind in kinds:
        encode(line, kind, hard=True)
    hours = cp_model.Domain.from_intervals([list(window) for window in windows if window[0] <= window[1]])
    model.add_linear_expression_in_domain(line.total(problem.minutes, range(problem.days)), hours)
    worth = [price * line.cells[day][action] for (day, action), price in sorted(prices.items()) if price]
    if at_least is not None and not worth and at_least > 0:
        return FoundLine("none")
    if at_least is not None and worth:
        model.add(sum(worth) >= at_least)
        model.maximize(sum(worth))
    solver = _solver(limit)
    answer = _ask(solver, model)
    if answer != "found":
        return FoundLine(answer)
    actions = tuple(
        next(action for action, cell in enumerate(day) if solver.boolean_value(cell)) for day in line.cells
    )
    earned_there = sum(prices.get((day, action), 0) for day, action in enumerate(actions))
    return FoundLine("found", actions, sum(problem.minutes[action] for action in actions), earned_there)


def posts_beating(
    problem: Problem,
    cuts: Sequence[PricedCut],
    scale: int,
    without_line: frozenset[PostKind],
    given: Sequence[tuple[str, float]],
    goal: str,
    bound: float,
    limit: Limit,
    conditions: Sequence[tuple[str, str, float]] = (),
) -> FoundPosts:
    """Look for numbers of posts, within staff, budget and cuts, that are better in `goal` than `bound`.

    Parameters
    ----------
    without_line
        Kinds that have no legal line, and so no posts.
    given
        The higher goals, each to be kept at its value or better.
    conditions
        Goals to be kept at `least` or at `most` a value, whichever way is better.
    """
    program = _Posts(problem, without_line)
    for condition in conditions:
        program.hold(*condition)
    for cut in cuts:
        program.add_cut(cut, scale)
    for higher, value in given:
        program.keep(higher, value)
    program.beat(goal, bound)
    solver = _solver(limit)
    answer = _ask(solver, program.model)
    if answer != "found":
        return FoundPosts(answer)
    numbers = ((kind, solver.value(number)) for kind, number in program.numbers.items())
    return FoundPosts("found", tuple((kind, number) for kind, number in numbers if number))


class _Posts:
    """The whole-number program over n, the posts of each kind, and the uncovered demand in whole rows."""

    def __init__(self, problem: Problem, without_line: frozenset[PostKind]) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.numbers = {
            (index, size): self.model.new_int_var(
                0, 0 if (index, size) in without_line else post.at_most, f"{post.id} {size}"
            )
            for index, post in enumerate(problem.classes)
            for size in post.sizes
        }
        worth = [row.minutes * row.value for row in problem.rows]
        self.step = math.gcd(*worth) or 1
        most = sum(row.need * one for row, one in zip(problem.rows, worth, strict=True)) // self.step
        self.uncovered = self.step * self.model.new_int_var(0, most, "uncovered")
        self._add_staff()
        self._add_budget()

    def _sum(self, weight: Mapping[PostKind, int]) -> Any:
        return sum((weight[kind] * number for kind, number in self.numbers.items() if weight.get(kind)), 0)

    def _add_staff(self) -> None:
        for index, post in enumerate(self.problem.classes):
            theirs = self._sum({(index, size): 1 for size in post.sizes})
            self._add(theirs - 1 if post.named else theirs - post.at_most, above=False)
            if post.named:
                self._add(theirs - 1, above=True)
        if self.problem.most_open_posts is not None:
            opened = {kind: 1 for kind in self.numbers if not self.problem.classes[kind[0]].named}
            self._add(self._sum(opened) - self.problem.most_open_posts, above=False)

    def _add_budget(self) -> None:
        budget = self.problem.budget
        self._add(self._sum({kind: kind[1] for kind in self.numbers}) - budget.total, above=False)
        for competence, most in budget.by_competence:
            theirs = {
                kind: kind[1]
                for kind in self.numbers
                if self.problem.classes[kind[0]].competence == competence
            }
            self._add(self._sum(theirs) - most, above=False)

    def _add(self, difference: Any, *, above: bool) -> None:
        """Keep a difference at 0 or above, or at 0 or below, also when it is a plain number."""
        if not isinstance(difference, int):
            self.model.add(difference >= 0 if above else difference <= 0)
        elif difference < 0 if above else difference > 0:
            self.model.add_bool_or([])

    def add_cut(self, cut: PricedCut, scale: int) -> None:
        """Add what a cut says about the uncovered demand at any numbers of posts."""
        profits = {kind: profit or 0 for kind, profit in cut.profits.items()}
        self._add(scale * self.uncovered + self._sum(profits) - cut.constant, above=True)

    def _total(self, goal: str) -> tuple[Any, bool]:
        """Return a goal that is a plain sum, and whether more of it is better."""
        full = {kind: 1 for kind in self.numbers if kind[1] >= FULL_TIME}
        match goal:
            case "uncovered":
                return self.uncovered, False
            case "full_time_posts":
                return self._sum(full), True
            case "fewest_part_time":
                return self._sum({kind: 1 for kind in self.numbers if kind not in full}), False
            case "fewest_heads":
                return self._heads(), False
        raise AssertionError(goal)

    def _heads(self) -> Any:
        return self._sum(dict.fromkeys(self.numbers, 1))

    def keep(self, goal: str, value: float) -> None:
        """Keep a higher goal at its value or better."""
        if goal == "largest_smallest_size":
            self._no_smaller(round(value * 100))
        elif goal in _RATIO_SCALE:
            self._ratio(goal, math.floor(value * _MILLION) - 1, above=True)
        else:
            total, more_is_better = self._total(goal)
            least = math.ceil(value - _NEAR) if more_is_better else math.floor(value + _NEAR)
            self._add(total - least, above=more_is_better)

    def hold(self, goal: str, bound: str, value: float) -> None:
        """Keep a goal at `least` or at `most` a value."""
        if (bound == "least") == (goal in _MORE_IS_BETTER):
            self.keep(goal, value)
        elif goal == "largest_smallest_size":
            most = round(value * 100)
            self._add(self._sum({kind: 1 for kind in self.numbers if kind[1] <= most}) - 1, above=True)
        elif goal in _RATIO_SCALE:
            self._ratio(goal, math.ceil(value * _MILLION) + 1, above=False)
        else:
            total, more_is_better = self._total(goal)
            most = math.floor(value + _NEAR) if more_is_better else math.ceil(value - _NEAR)
            self._add(total - most, above=not more_is_better)

    def beat(self, goal: str, bound: float) -> None:
        """Ask for better than a bound."""
        if goal == "largest_smallest_size":
            self._no_smaller(round(bound * 100) + 1)
            self._add(self._heads() - 1, above=True)
        elif goal in _RATIO_SCALE:
            self._ratio(goal, math.ceil(bound * _MILLION) + 1, above=True)
            self._add(self._heads() - 1, above=True)
        else:
            total, more_is_better = self._total(goal)
            better = math.floor(bound + _NEAR) + 1 if more_is_better else math.ceil(bound - _NEAR) - 1
            self._add(total - better, above=more_is_better)

    def _no_smaller(self, size: int) -> None:
        for kind, number in self.numbers.items():
            if kind[1] < size:
                self.model.add(number == 0)

    def _ratio(self, goal: str, millionths: int, *, above: bool) -> None:
        """Keep what is summed at `percent · heads` or above, or at or below it; nothing is divided."""
        if goal == "full_time_share":
            top = {kind: 1 for kind in self.numbers if kind[1] >= FULL_TIME}
        else:
            top = {kind: kind[1] for kind in self.numbers}
        self._add(_RATIO_SCALE[goal] * self._sum(top) - millionths * self._heads(), above=above)


def _solver(limit: Limit) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    if limit.seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.0, limit.seconds)
    if limit.deterministic_seconds is not None:
        solver.parameters.max_deterministic_time = limit.deterministic_seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False
    return solver


def _ask(solver: cp_model.CpSolver, model: cp_model.CpModel) -> Answer:
    """Solve beside the main thread, so that Ctrl-C is heard at once."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(solver.solve, model)
        try:
            status = waiting.result()
        except KeyboardInterrupt:
            solver.stop_search()
            raise
    if status == cp_model.INFEASIBLE:
        return "none"
    return "found" if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else "open"
