"""One encoder for each kind that ties several named people's lines together.

A hard kind adds constraints and counts nothing. A soft kind returns a linear expression that equals,
in every solution, the number of breaches that the kind counts. A line may be a fixed one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ortools.sat.python import cp_model

from turnus.cpsat.encoders import Count
from turnus.cpsat.line import Actions, Literal
from turnus.problem import PostClass, Problem
from turnus.rules.group_kinds import Apart, Balance, GroupKind, With


class Readable(Protocol):
    """A line whose days can be asked for, chosen by the solver or fixed."""

    def known(self, day: int) -> bool:
        """Whether a day lies in the horizon, wrapped round in a cycle, or in the history."""
        ...

    def on(self, day: int, members: Actions) -> Literal:
        """Return whether the day has one of `members`: a literal, or True or False when settled."""
        ...


class FixedLine:
    """A line that stands as it is."""

    def __init__(self, problem: Problem, post: PostClass, actions: Sequence[int]) -> None:
        self.actions = [int(action) for action in actions]
        self.cyclic = problem.cyclic
        self.history = () if problem.cyclic else post.history

    def known(self, day: int) -> bool:
        """Whether a day lies in the horizon, wrapped round in a cycle, or in the history."""
        return self.cyclic or -len(self.history) <= day < len(self.actions)

    def on(self, day: int, members: Actions) -> bool:
        """Return whether the day, which must be known, has one of `members`."""
        if not self.cyclic and day < 0:
            return self.history[day] in members
        return self.actions[day % len(self.actions)] in members


@dataclass(frozen=True)
class Person:
    """One named person's line and the size of the post."""

    line: Readable
    size: int


#: The people of a rota by their class's index.
People = Mapping[int, Person]


def encode_together(
    model: cp_model.CpModel, problem: Problem, people: People, kind: GroupKind, *, hard: bool
) -> Count:
    """Add a kind over several lines; return its count of breaches when soft, 0 when hard."""
    return GROUP_ENCODERS[type(kind)](model, problem, people, kind, hard)


def encode_apart(model: cp_model.CpModel, problem: Problem, people: People, kind: Apart, hard: bool) -> Count:
    """Encode each pair of shifts that would bring the two together, on the later of their days."""
    if not {kind.first, kind.second} <= people.keys():
        return 0
    first, second = people[kind.first].line, people[kind.second].line
    groups: dict[tuple[int, int], set[int]] = {}
    for earlier, days, later in kind.meetings:
        groups.setdefault((days, earlier), set()).add(later)
    count: Count = 0
    for last in range(problem.days):
        for (days, earlier), those in sorted(groups.items()):
            day = last - max(0, days)
            if not (first.known(day) and second.known(day + days)):
                continue
            both = (first.on(day, frozenset({earlier})), second.on(day + days, frozenset(those)))
            if hard:
                _one_of(model, map(_not, both))
            else:
                count += _all(model, both)
    return count


def encode_with(model: cp_model.CpModel, problem: Problem, people: People, kind: With, hard: bool) -> Count:
    """Encode each day on which the person works and none of the others is there."""
    if kind.who not in people:
        return 0
    who = people[kind.who].line
    others = [people[other].line for other in kind.others if other in people]
    alone: list[Literal] = []
    for day in sorted(day for day in kind.days if day < problem.days):
        for company, actions in _by_company(kind).items():
            works = who.on(day, frozenset(actions))
            there = [_there(other, day + days, those) for other in others for days, those in company]
            if hard and not kind.most:
                _one_of(model, (_not(works), *there))
            else:
                alone.append(_all(model, (works, *map(_not, there))))
    if hard and not kind.most:
        return 0
    if hard:
        _require(model, sum(alone), 0, kind.most)
        return 0
    return _excess(model, sum(alone), kind.most, problem.days)


def _by_company(kind: With) -> dict[tuple[tuple[int, Actions], ...], set[int]]:
    """Return the person's actions by the company they take: (days later, actions of the other)."""
    groups: dict[tuple[tuple[int, Actions], ...], set[int]] = {}
    for action in sorted(kind.when):
        company = kind.company[action]
        by_day = tuple(
            (days, frozenset(other for at, other in company if at == days))
            for days in sorted({days for days, _ in company})
        )
        groups.setdefault(by_day, set()).add(action)
    return groups


def _there(other: Readable, day: int, actions: Actions) -> Literal:
    return other.on(day, actions) if other.known(day) else True


def encode_balance(
    model: cp_model.CpModel, problem: Problem, people: People, kind: Balance, hard: bool
) -> Count:
    """Encode how many whole days each person lies beside the share, cross-multiplied with the weights."""
    del problem
    held = [
        (people[post], days) for post, days in zip(kind.posts, kind.present, strict=True) if post in people
    ]
    weights = [person.size * days for person, days in held]
    scale = math.gcd(*weights) or 1
    weights = [weight // scale for weight in weights]
    whole = sum(weights)
    if not whole:
        return 0
    worked = [_worked(person.line, kind) for person, _ in held]
    most = len(kind.cells) * whole * max(1, len(held))
    count: Count = 0
    for mine, weight in zip(worked, weights, strict=True):
        beside = whole * mine - weight * sum(worked)
        if hard:
            limit = (kind.within + 1) * whole - 1
            _require(model, beside, -limit, limit)
        elif isinstance(beside, int):
            count += max(0, abs(beside) // whole - kind.within)
        else:
            size = model.new_int_var(0, most, "")
            model.add_abs_equality(size, beside)
            days = model.new_int_var(0, most // whole, "")
            model.add_division_equality(days, size, whole)
            count += _excess(model, days, kind.within, most // whole)
    return count


def _worked(line: Readable, kind: Balance) -> Count:
    """Return on how many days a line works one of the cells."""
    by_day: dict[int, set[int]] = {}
    for day, action in kind.cells:
        by_day.setdefault(day, set()).add(action)
    return sum(_number(line.on(day, frozenset(actions))) for day, actions in sorted(by_day.items()))


def _number(literal: Literal) -> Count:
    return int(literal) if isinstance(literal, bool) else literal


def _not(literal: Literal) -> Literal:
    return not literal if isinstance(literal, bool) else literal.negated()


def _one_of(model: cp_model.CpModel, literals: Iterable[Literal]) -> None:
    """Require that one of the literals holds."""
    chosen = list(literals)
    if not any(literal is True for literal in chosen):
        model.add_bool_or([literal for literal in chosen if literal is not False])


def _all(model: cp_model.CpModel, literals: Iterable[Literal]) -> Count:
    """Return a literal, or 0 or 1, that holds exactly when all the literals do."""
    chosen = list(literals)
    if any(literal is False for literal in chosen):
        return 0
    chosen = [literal for literal in chosen if literal is not True]
    if not chosen:
        return 1
    happens = model.new_bool_var("")
    for literal in chosen:
        model.add_implication(happens, literal)
    model.add_bool_or([happens, *map(_not, chosen)])
    return happens


def _require(model: cp_model.CpModel, total: Count, least: int, most: int) -> None:
    if not isinstance(total, int):
        model.add_linear_constraint(total, least, most)
    elif not least <= total <= most:
        model.add_bool_or([])  # fixed lines alone break the rule


def _excess(model: cp_model.CpModel, total: Count, allowed: int, largest: int) -> Count:
    """Return how far a total lies above what is allowed."""
    if isinstance(total, int):
        return max(0, total - allowed)
    if not allowed:
        return total
    excess = model.new_int_var(0, max(0, largest), "")
    model.add_max_equality(excess, [0, total - allowed])
    return excess


#: The encoder of each kind over several lines.
GROUP_ENCODERS: dict[type[GroupKind], Callable[[cp_model.CpModel, Problem, People, Any, bool], Count]] = {
    Apart: encode_apart,
    Balance: encode_balance,
    With: encode_with,
}
