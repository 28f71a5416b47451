"""One post's line as Boolean variables, read beyond its edges like any other line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from turnus.problem import PostClass, Problem

Actions = frozenset[int]
#: A variable or its negation, or a truth that is settled.
Literal = Any
#: (day, actions) that must all hold.
Pattern = Sequence[tuple[int, Actions]]


class Line:
    """Variables `cells[day][action]`, exactly one of which is true each day."""

    def __init__(self, model: cp_model.CpModel, problem: Problem, post: PostClass, name: str = "") -> None:
        self.model = model
        self.days = problem.days
        self.cyclic = problem.cyclic
        self.actions = problem.actions
        self.history = () if problem.cyclic else post.history
        self.cells = [
            [model.new_bool_var(f"{name}[{day},{code}]") for code in problem.codes]
            for day in range(problem.days)
        ]
        self._members: dict[tuple[int, Actions], Literal] = {}
        for day in self.cells:
            model.add_exactly_one(day)

    def known(self, day: int) -> bool:
        """Whether a day lies in the horizon, wrapped round in a cycle, or in the history."""
        return self.cyclic or -len(self.history) <= day < self.days

    def on(self, day: int, members: Actions) -> Literal:
        """Return the literal "one of `members` on this day"; True or False when that is settled.

        The day must be known.
        """
        if not self.cyclic and day < 0:
            return self.history[day] in members
        day %= self.days
        inside = members & frozenset(range(self.actions))
        if not inside or len(inside) == self.actions:
            return bool(inside)
        if (day, inside) not in self._members:
            self._members[day, inside] = self._literal(day, inside)
        return self._members[day, inside]

    def _literal(self, day: int, members: Actions) -> Literal:
        others = frozenset(range(self.actions)) - members
        if len(members) == 1:
            return self.cells[day][next(iter(members))]
        if len(others) == 1:
            return self.cells[day][next(iter(others))].negated()
        literal = self.model.new_bool_var("")
        self.model.add(sum(self.cells[day][action] for action in members) == literal)
        return literal

    def total(self, weights: Sequence[int], days: Iterable[int]) -> Any:
        """Return the sum of the actions' weights over days of the horizon."""
        return sum(
            weight * cell
            for day in days
            for weight, cell in zip(weights, self.cells[day], strict=True)
            if weight
        )

    def literals(self, pattern: Pattern) -> list[Literal] | None:
        """Return the literals that make a pattern occur; None when it cannot, or a day is not known."""
        found: list[Literal] = []
        for day, members in pattern:
            literal = self.on(day, members) if self.known(day) else False
            if literal is False:
                return None
            if literal is not True and not any(literal is other for other in found):
                found.append(literal)
        return found

    def forbid(self, literals: list[Literal]) -> None:
        """Forbid that all the literals hold; an empty list makes the model infeasible."""
        self.model.add_bool_or([_negated(literal) for literal in literals])

    def happens(self, literals: list[Literal]) -> Literal:
        """Return a literal that holds exactly when all the literals do."""
        if not literals:
            return True
        if len(literals) == 1:
            return literals[0]
        happens = self.model.new_bool_var("")
        for literal in literals:
            self.model.add_implication(happens, literal)
        self.model.add_bool_or([happens, *(_negated(literal) for literal in literals)])
        return happens

    def hint(self, actions: npt.NDArray[np.int16]) -> None:
        """Suggest a whole line to the solver."""
        for day, chosen in enumerate(actions.tolist()):
            for action, cell in enumerate(self.cells[day]):
                self.model.add_hint(cell, action == chosen)


def _negated(literal: Literal) -> Literal:
    return literal.negated()
