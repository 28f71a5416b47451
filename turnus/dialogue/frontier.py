"""What is given up for what: the exact Pareto front of goals that the posts decide, by ε-constraint.

Every point is first proven by the lines alone: no rota is better in one goal without being worse in another.
A rota is then looked for at each point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from turnus.dialogue.answer import Answer
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.goals import DIRECTION, PLAN_GOALS, UNITS
from turnus.scenario.messages import found as found_text
from turnus.texts import _

SCHEMA = "turnus-frontier/1"
FEWEST, MOST = 2, 3
NEAR = 1e-6
#: Other words for goals, as people type them.
ALIASES = {"heads": "fewest_heads", "part_time_posts": "fewest_part_time"}
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

    `answer` is None where only bounds were asked for, or it was stopped.
    """

    number: int
    limit: Values
    answer: Answer | None = None

    @property
    def values(self) -> Values | None:
        """Return what the rota found has; None without one."""
        held = {} if self.answer is None else {one.id: one.value for one in self.answer.goals}
        found = {goal: value for goal in self.limit if (value := held.get(goal)) is not None}
        return found if len(found) == len(self.limit) else None

    @property
    def proven(self) -> bool:
        """Whether the rota found reaches the proven limit in every goal."""
        values = self.values
        return values is not None and all(abs(values[goal] - self.limit[goal]) < NEAR for goal in values)


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
            "goals": [{"id": goal, "unit": UNITS[goal], "better": DIRECTION[goal]} for goal in self.goals],
            "uncovered_at_most": self.uncovered,
            "whole": self.whole,
            "points": [
                {
                    "number": one.number,
                    "bound": dict(one.limit),
                    "value": None if one.values is None else dict(one.values),
                    "proven": one.proven,
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


def asked_goals(text: str) -> tuple[str, ...]:
    """Return the goals named in a text such as `full_time_posts,heads`.

    Raises
    ------
    InputError
        Naming the goals that can be asked for.
    """
    goals = tuple(ALIASES.get(word, word) for word in (part.strip() for part in text.split(",")) if word)
    wrong = [goal for goal in goals if goal not in PLAN_GOALS]
    expected = _("expected goals that the posts decide: {known}").format(known=", ".join(PLAN_GOALS))
    hint = _("What a rule or a lever says, such as weekends or long shifts, is priced by `turnus price`.")
    if wrong:
        raise InputError([Finding(("--goals",), expected, found_text(goal), hint) for goal in wrong])
    if not FEWEST <= len(goals) <= MOST or len(set(goals)) < len(goals):
        expected = _("expected {fewest} or {most} different goals").format(fewest=FEWEST, most=MOST)
        hint = _("Such as --goals full_time_posts,fewest_heads.")
        raise InputError([Finding(("--goals",), expected, found_text(text), hint)])
    return goals


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
    order = sorted(goals, key=lambda goal: _FINEST.index(goal) if goal in _FINEST else len(_FINEST))
    search = _OfRuns(variant, order, runs, watch, stop or (lambda: False))
    limits, whole = search.limits()
    first = goals[0]
    limits.sort(key=lambda one: [one[goal] for goal in goals], reverse=DIRECTION[first] == "max")
    points = [Point(number, {goal: one[goal] for goal in goals}) for number, one in enumerate(limits, 1)]
    if rotas and whole:
        asked = [one for one in points if only is None or one.number in only]
        answers = runs.many([search.ask(one.limit, seconds) for one in asked], jobs, watch, stop)
        got = {one.number: answer for one, answer in zip(asked, answers, strict=True)}
        points = [Point(one.number, one.limit, got.get(one.number)) for one in points]
    return Frontier(variant, tuple(goals), tuple(points), search.most_uncovered, whole, rotas)


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

    def __post_init__(self) -> None:
        own = self.variant.loaded.scenario.goals
        others = [goal for goal in own if goal not in self.order]
        self.first = self.variant.with_data(
            self.variant.name, self.variant.data | {"goals": [*self.order, *others]}
        )

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
        self.found.append({goal: bounds[goal] for goal in self.order})
        return self.found[-1]

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
        kept = {goal: point[goal] for goal in self.order[1:]}
        asked = self._ask(kept)
        return Ask(asked.variant, "rota", None, seconds, asked.at_least, asked.at_most)

    def _ask(self, limits: Values) -> Ask:
        most = {} if self.most_uncovered is None else {"uncovered": self.most_uncovered}
        least = {goal: value for goal, value in limits.items() if DIRECTION[goal] == "max"}
        most |= {goal: value for goal, value in limits.items() if DIRECTION[goal] == "min"}
        return Ask(self.first, at_least=least, at_most=most)


def grain(goal: str, variant: Variant) -> float:
    """Return how far apart two values of a goal are at least, in its unit."""
    if goal == "uncovered" and variant.case is not None:
        rows = variant.case.problem.rows
        return float(math.gcd(*(row.minutes * row.value for row in rows)) or 1)
    return _PERCENT_STEP if UNITS[goal] == "percent" else 1.0


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
    sign = 1.0 if DIRECTION[goal] == "max" else -1.0
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
    return one >= other - NEAR if DIRECTION[goal] == "max" else one <= other + NEAR


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
