"""Which cells (day, action) a class of posts can work at all, read from its data and the rules' kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from turnus.clock import WEEK_DAYS
from turnus.problem import OFF, PostClass, Problem
from turnus.rules import Rule
from turnus.rules.kinds import ALL_WEEKDAYS, Cells, HorizonSum, Kind, RunLength, WeekEvents, WindowSum
from turnus.rules.kinds import Sequence as Steps

Cell = tuple[int, int]


def most_weekends(problem: Problem, kind: WeekEvents) -> int:
    """Return how many weeks of the horizon can have the event at most.

    In a cycle of W weeks read as repeated for ever it is floor(W · most / of_weeks), and an even spread
    reaches it.
    """
    if problem.cyclic:
        return problem.weeks * kind.most // kind.of_weeks
    whole, rest = divmod(problem.weeks, kind.of_weeks)
    return whole * kind.most + min(rest, kind.most)


def hard_kinds(problem: Problem, rules: Sequence[Rule], post: PostClass) -> Iterator[tuple[Rule, Kind]]:
    """Yield the kinds of every hard rule that is for a class of posts."""
    for rule in rules:
        if rule.hard and rule.applies_to(post):
            for kind in rule.lower(problem, post):
                yield rule, kind


@dataclass(frozen=True)
class Usable:
    """What one class of posts can work, from what it may do at all to what the rules leave."""

    problem: Problem
    post: PostClass
    kinds: tuple[tuple[Rule, Kind], ...]
    #: shifts that no plan may hold
    unplanned: frozenset[int] = frozenset()

    @classmethod
    def of(cls, problem: Problem, rules: Sequence[Rule], post: PostClass) -> Usable:
        """Return what a class can work under a set of rules."""
        unplanned = (rule.unplanned(problem) for rule in rules if rule.applies_to(post))
        kinds = tuple(hard_kinds(problem, rules, post))
        return cls(problem, post, kinds, frozenset().union(*unplanned))

    @cached_property
    def open(self) -> frozenset[Cell]:
        """Return the cells whose shift exists and is open to the class's competence and volunteering."""
        return frozenset(
            (day, index + 1)
            for index, shift in enumerate(self.problem.shifts)
            if self.post.competence in shift.competences
            if self.post.long_shifts or not shift.volunteers_only
            for day in shift.days
            if day < self.problem.days
        )

    @cached_property
    def free(self) -> frozenset[Cell]:
        """Return the open cells that leave, bans and fixed shifts do not take out."""
        fixed = dict(self.post.pins)
        return frozenset(
            (day, action)
            for day, action in self.open - self.post.bans
            if day not in self.post.leave and fixed.get(day, action) == action
        )

    @cached_property
    def without_weekend_rule(self) -> frozenset[Cell]:
        """Return the free cells that every rule but those on weeks with an event leaves."""
        return self.free.difference(*(self._shut(kind) for _rule, kind in self.kinds))

    @cached_property
    def left(self) -> frozenset[Cell]:
        """Return the cells that can stand in some line as far as one cell at a time shows."""
        return self.without_weekend_rule - {
            cell
            for _rule, kind in self.kinds
            if isinstance(kind, WeekEvents) and most_weekends(self.problem, kind) == 0
            for cell in self.without_weekend_rule
            if (cell[0] % WEEK_DAYS, cell[1]) in kind.cells
        }

    @cached_property
    def minutes_cap(self) -> int | None:
        """Return the most hours, in minutes, that limits on hours in a row leave; None without one."""
        caps = [
            kind.most * -(-self.problem.days // kind.days)  # so many windows hold every day
            for _rule, kind in self.kinds
            if isinstance(kind, WindowSum) and kind.weights == self.problem.minutes and not kind.given
        ]
        return min(caps, default=None)

    def _shut(self, kind: Kind) -> frozenset[Cell]:
        if isinstance(kind, Cells):
            return kind.forbidden
        actions: frozenset[int] = frozenset()
        weekdays = ALL_WEEKDAYS
        if isinstance(kind, WindowSum | HorizonSum):
            actions = frozenset(a for a, weight in enumerate(kind.weights) if weight > kind.most)
        elif isinstance(kind, RunLength) and kind.longest == 0:
            actions = kind.members
        elif isinstance(kind, Steps) and len(kind.steps) == 1:
            actions, weekdays = kind.steps[0], kind.weekdays
        if not actions:
            return frozenset()
        return frozenset(cell for cell in self.free if cell[1] in actions and cell[0] % WEEK_DAYS in weekdays)

    @cached_property
    def away_throughout(self) -> bool:
        """Whether leave takes every day of the horizon."""
        return len(self.post.leave) == self.problem.days

    def forced(self) -> dict[int, int]:
        """Return the worked actions that are fixed, by day."""
        return {day: action for day, action in self.post.pins if action != OFF}
