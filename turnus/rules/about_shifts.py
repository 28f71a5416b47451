"""Rules about a shift as such: whoever works it, on whatever day, breaks the rule or does not."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule
from turnus.rules.kinds import Kind, Sequence
from turnus.rules.reading import reader


class ShiftRule(Rule):
    """A rule that some shifts break by themselves; those are not worked."""

    @abstractmethod
    def beyond(self, problem: Problem, action: int) -> int:
        """Return by how much a shift breaks the rule, in the rule's unit; 0 when it keeps it."""

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that breaks the rule, on the day it is worked."""
        amounts = [0, *(self.beyond(problem, action) for action in range(1, problem.actions))]
        if not any(amounts):
            return
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days):
                amount = amounts[read(day) or OFF]
                if amount:
                    yield Breach(self.id, post, day, amount, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return that none of these shifts is worked."""
        del post
        shut = frozenset(action for action in range(1, problem.actions) if self.beyond(problem, action))
        return (Sequence((shut,)),) if shut else ()


def codes_of(problem: Problem, actions: Iterator[int]) -> str:
    """Return the codes of some shifts, separated by commas."""
    return ", ".join(problem.codes[action] for action in actions)
