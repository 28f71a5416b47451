"""What is given up for what: the exact Pareto front of some goals, by ε-constraint.

Every point is first proven by the lines alone: no rota is better in one goal without being worse in another.
A rota is then looked for at each point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from turnus.dialogue.answer import Answer
from turnus.dialogue.frontier_goals import PAIRS, direction, pairs_of, refuse_missing, unit_of
from turnus.dialogue.frontier_loads import LOADS, carried, counted_exactly, limited, most_there_can_be
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import ImpossibleError
from turnus.goals import PLAN_GOALS

SCHEMA = "turnus-frontier/1"
NEAR = 1e-6
#: The goals with the finest scales first: what is optimised is never stepped through, only the others are.
_FINEST = ("uncovered", "mean_size", "full_time_share", "largest_smallest_size")
#: Steps of goals that are no whole numbers: values closer than this are one point.
_PERCENT_STEP = 0.01

Values = Mapping[str, float]
Best = Callable[[Values], Values | None]
Document = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """One trade-off; `limit` is what is proven to be possible at best, `answer` the rota looked for there.

    `answer` is None where only bounds were asked for, or it was stopped. `exact` is False where the bounds
    could not hold a limit on what people carry, so that nothing is proven of the point.
    """

    number: int
    limit: Values
    answer: Answer | None = None
    exact: bool = True

    @property
    def values(self) -> Values | None:
        """Return what the rota found has; None without one."""
        held = {} if self.answer is None else {one.id: one.value for one in self.answer.goals}
        held |= _carried(self.answer)
        found = {goal: value for goal in self.limit if (value := held.get(goal)) is not None}
        return found if len(found) == len(self.limit) else None

    @property
    def proven(self) -> bool:
        """Whether the rota found reaches the proven limit in every goal."""
        values = self.values
        return (
            self.exact
            and values is not None
            and all(abs(values[goal] - self.limit[goal]) < NEAR for goal in values)
        )


def _carried(answer: Answer | None) -> dict[str, float | None]:
    """Return what people carry in the rota of an answer; nothing without one."""
    if answer is None or answer.case is None or answer.outcome is None or answer.outcome.rota is None:
        return {}
    problem, rota = answer.case.problem, answer.outcome.rota
    return {goal: carried(goal, problem, rota) for goal in LOADS}


@dataclass(frozen=True)
class Frontier:
    """The front: goals as asked for, its points by falling first goal, and what all of them keep.

    `whole` is False when it was stopped before every point was known. `uncovered` is the most that any point
    may leave uncovered, in person-minutes; None when that is one of the goals.
    """

    variant: Variant
    goals: tuple[str, ...]
    points: tuple[Point, ...]
    uncovered: float | None
    whole: bool
    rotas: bool

    def document(self) -> Document:
        """Return everything as plain data after `SCHEMA`; what is not known is None."""
        return {
            "schema": SCHEMA,
            "scenario": {"name": self.variant.loaded.scenario.name, "sha256": self.variant.sha256},
            "goals": [{"id": goal, "unit": unit_of(goal), "better": direction(goal)} for goal in self.goals],
            "uncovered_at_most": self.uncovered,
            "whole": self.whole,
            "points": [
                {
                    "number": one.number,
                    "bound": dict(one.limit),
                    "value": None if one.values is None else dict(one.values),
                    "proven": one.proven,
                    "exact": one.exact,
                    "dominated": one.number in self.dominated,
                    "rota": None if one.answer is None else one.answer.document(),
                }
                for one in self.points
            ],
        }

    @property
    def dominated(self) -> frozenset[int]:
        """Return the numbers of points whose rota found is beaten by another point's."""
        found = [(one.number, values) for one in self.points if (values := one.values) is not None]
        return frozenset(number for number, mine in found if any(_beats(other, mine) for _at, other in found))


def frontier(
    variant: Variant,
    goals: Sequence[str],
    runs: Runs,
    *,
    rotas: bool = True,
    only: Container[int] | None = None,
    seconds: float | None = None,
    jobs: int = 2,
    watch: Callable[[Batch], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Frontier:
    """Return the front of two or three goals; with `rotas`, a rota is looked for at each point.

    Parameters
    ----------
    only
        Numbers of the points whose rotas are looked for; all when left out.

    Raises
    ------
    ImpossibleError
        When there is no rota at all.
    """
    if variant.case is None:
        raise ImpossibleError(variant.impossible, variant.loaded.source)
    refuse_missing(tuple(goals), variant)
    order = sorted(goals, key=_coarseness)
    search = _OfRuns(variant, order, runs, watch, stop or (lambda: False))
    limits, whole = search.limits()
    first = goals[0]
    limits.sort(key=lambda one: [one[goal] for goal in goals], reverse=direction(first) == "max")
    exact = search.exact
    points = [
        Point(number, {goal: one[goal] for goal in goals}, exact=exact)
        for number, one in enumerate(limits, 1)
    ]
    if rotas and whole:
        asked = [one for one in points if only is None or one.number in only]
        answers = runs.many([search.ask(one.limit, seconds) for one in asked], jobs, watch, stop)
        got = {one.number: answer for one, answer in zip(asked, answers, strict=True)}
        points = [replace(one, answer=got.get(one.number)) for one in points]
    return Frontier(variant, tuple(goals), tuple(points), search.most_uncovered, whole, rotas)


def _coarseness(goal: str) -> int:
    """Return a goal's place in the order in which they are optimised: what people carry comes last."""
    if goal in LOADS:
        return len(_FINEST) + 1
    return _FINEST.index(goal) if goal in _FINEST else len(_FINEST)


def liveliest(
    variant: Variant, find: Callable[[tuple[str, str]], Frontier], stop: Callable[[], bool] = lambda: False
) -> Frontier | None:
    """Return the front of the first pair of the unit's goals that has something to trade.

    Where none has more than one point, it is the first pair's; None when the unit has no pair, or `stop`.
    """
    best = None
    for pair in pairs_of(variant):
        if stop():
            break
        tried = find(pair)
        if best is None or len(tried.points) > len(best.points):
            best = tried
        if len(best.points) > 1:
            break
    return best


def frontier_of(
    variant: Variant,
    goals: Sequence[str] | None,
    runs: Runs,
    *,
    rotas: bool = True,
    only: Container[int] | None = None,
    seconds: float | None = None,
    jobs: int = 2,
    watch: Callable[[Batch], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Frontier:
    """Return the front of some goals as `frontier` does; without any, of the unit's liveliest pair."""
    if goals is None:

        def by_bounds(pair: tuple[str, str]) -> Frontier:
            return frontier(variant, pair, runs, rotas=False, jobs=jobs, watch=watch, stop=stop)

        best = liveliest(variant, by_bounds, stop or (lambda: False))
        goals = PAIRS[0] if best is None else best.goals
    return frontier(
        variant, goals, runs,
        rotas=rotas, only=only, seconds=seconds, jobs=jobs, watch=watch, stop=stop,
    )  # fmt: skip


class _Stopped(Exception):
    """The search was told to stop; what was found until then is kept."""


@dataclass
class _OfRuns:
    """Asks the runs for the best plan under limits, with the asked goals before all others."""

    variant: Variant
    order: Sequence[str]
    runs: Runs
    watch: Callable[[Batch], None] | None
    stop: Callable[[], bool]
    most_uncovered: float | None = None
    done: int = 0
    found: list[Values] = field(default_factory=list)
    exact: bool = True

    def __post_init__(self) -> None:
        own = self.variant.loaded.scenario.goals
        self.plan = [goal for goal in self.order if goal not in LOADS]
        self.loads = [goal for goal in self.order if goal in LOADS]
        others = [goal for goal in own if goal not in self.plan]
        self.first = self.variant.with_data(
            self.variant.name, self.variant.data | {"goals": [*self.plan, *others]}
        )
        assert self.variant.case is not None
        self.exact = not self.loads or counted_exactly(self.variant.case)

    def limits(self) -> tuple[list[Values], bool]:
        """Return every point of the front, and whether that is all of them."""
        assert self.variant.case is not None
        try:
            if "uncovered" not in self.order:
                self.most_uncovered = self._least_uncovered()
            grains = {goal: grain(goal, self.variant) for goal in self.order}
            return undominated(list(front(self.order, grains, self.best))), True
        except _Stopped:  # what is best under some limits is a point of the front already
            return undominated(self.found), False

    def _least_uncovered(self) -> float:
        goals = ["uncovered", *(goal for goal in self.first.data["goals"] if goal != "uncovered")]
        asked = self.variant.with_data(self.variant.name, self.variant.data | {"goals": goals})
        answer = self._told(Ask(asked))
        if answer.impossible:
            raise ImpossibleError(answer.reasons, self.variant.loaded.source)
        held = answer.goal("uncovered")
        assert held is not None
        assert held.bound is not None
        return held.bound

    def best(self, limits: Values) -> Values | None:
        """Return the best plan's goals under limits; None when it is proven that there is none."""
        answer = self._told(self._ask(limits))
        if answer.impossible:
            return None
        bounds = {goal.id: goal.bound for goal in answer.goals if goal.bound is not None}
        values = {goal: bounds[goal] for goal in self.plan}
        for goal in self.loads:
            values[goal] = self._least(goal, {**limits, **values})
        self.found.append(values)
        return values

    def _least(self, goal: str, limits: Values) -> float:
        """Return how little whoever carries most can carry under limits that can be kept, by bisection."""
        assert self.variant.case is not None
        low, high = -1, int(limits.get(goal, most_there_can_be(goal, self.variant.case.problem)))
        while high - low > 1:
            middle = (low + high) // 2
            answer = self._told(self._ask({**limits, goal: middle}))
            if LOADS[goal].rule in answer.left_out:
                self.exact = False
            if answer.impossible:
                low = middle
            else:
                high = middle
        return float(high)

    def _told(self, ask: Ask) -> Answer:
        if self.watch is not None:
            self.watch(Batch(self.done + 1, self.done, {self.variant.name: None}))
        answer = self.runs.answer(ask, stop=self.stop)
        self.done += 1
        if self.stop() or not answer.whole:
            raise _Stopped
        return answer

    def ask(self, point: Values, seconds: float | None) -> Ask:
        """Return the question for a rota at a point: the other goals are kept where they are."""
        asked = self._ask({goal: point[goal] for goal in (*self.plan[1:], *self.loads)})
        return Ask(asked.variant, "rota", None, seconds, asked.at_least, asked.at_most)

    def _ask(self, limits: Values) -> Ask:
        most = {} if self.most_uncovered is None else {"uncovered": self.most_uncovered}
        kept = {goal: value for goal, value in limits.items() if goal in PLAN_GOALS}
        least = {goal: value for goal, value in kept.items() if direction(goal) == "max"}
        most |= {goal: value for goal, value in kept.items() if direction(goal) == "min"}
        carried_at_most = {goal: value for goal, value in limits.items() if goal in LOADS}
        return Ask(limited(self.first, carried_at_most), at_least=least, at_most=most)


def grain(goal: str, variant: Variant) -> float:
    """Return how far apart two values of a goal are at least, in its unit."""
    if goal == "uncovered" and variant.case is not None:
        rows = variant.case.problem.rows
        return float(math.gcd(*(row.minutes * row.value for row in rows)) or 1)
    return _PERCENT_STEP if unit_of(goal) == "percent" else 1.0


def front(goals: Sequence[str], grains: Values, best: Best) -> Iterator[Values]:
    """Yield every point that is better than all others in something, and some points beside them.

    Parameters
    ----------
    goals
        By their order, the first is optimised and the others are stepped through.
    grains
        How far apart two values of each goal are at least.
    best
        Given the worst that goals may be, returns the values that are best goal after goal, or None when
        there are none.

    Notes
    -----
    For a front of two goals: the best, then the best whose second goal is better than that, until there is
    none. With a third, the front of the first two is found under ever stricter limits on the third; the next
    limit is one grain better than the worst third goal of the front before.
    """
    yield from _layer(list(goals), dict(grains), _Remembered(list(goals), best), {})


def _layer(goals: list[str], grains: dict[str, float], best: Best, limits: Values) -> Iterator[Values]:
    if len(goals) == 1:
        found = best(limits)
        if found is not None:
            yield found
        return
    goal, held = goals[-1], dict(limits)
    sign = 1.0 if direction(goal) == "max" else -1.0
    while True:
        part = list(_layer(goals[:-1], grains, best, held))
        yield from part
        if not part:
            return
        worst = min(sign * one[goal] for one in part)
        held[goal] = sign * (worst + grains[goal])
        if held[goal] < 0:
            return


@dataclass
class _Remembered:
    """Answers from what is known: the best under weaker limits is best where it keeps stricter ones."""

    goals: list[str]
    best: Best
    known: list[tuple[Values, Values | None]] = field(default_factory=list)

    def __call__(self, limits: Values) -> Values | None:
        for weaker, found in self.known:
            if _implied(limits, weaker) and (found is None or _implied(found, limits)):
                return found
        found = self.best(limits)
        self.known.append((dict(limits), found))
        return found


def _implied(values: Values, limits: Values) -> bool:
    """Whether values, or limits, are at least as good as every one of some limits."""
    return all(goal in values and _no_worse(goal, values[goal], limit) for goal, limit in limits.items())


def _no_worse(goal: str, one: float, other: float) -> bool:
    return one >= other - NEAR if direction(goal) == "max" else one <= other + NEAR


def _beats(one: Values, other: Values) -> bool:
    """Whether one point is no worse than another in every goal, and better in some."""
    return _implied(one, other) and not _implied(other, one)


def undominated(points: Sequence[Values]) -> list[Values]:
    """Return the points that no other beats, each once."""
    alone: list[Values] = []
    for one in points:
        if not any(_implied(other, one) and _implied(one, other) for other in alone):
            alone.append(one)
    beaten = {id(two) for one, two in combinations(alone, 2) if _beats(one, two)}
    beaten |= {id(one) for one, two in combinations(alone, 2) if _beats(two, one)}
    return [one for one in alone if id(one) not in beaten]
