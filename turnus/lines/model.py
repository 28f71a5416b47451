"""Which lines each class of posts may have: the rules' kinds turned into line programs.

Kinds with an automaton become states, forbidden cells become prices of minus infinity, hours of
the post become a window on the hours axis. A kind that makes the product too large is left out,
and named: bounds then hold for a relaxation, and the rota must be repaired and audited for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from turnus.lines.automata import has_automaton
from turnus.lines.graph import GraphTooLargeError, WeekGraph, free_graph, kind_graph, product, trimmed
from turnus.lines.passes import Passes, calendar_passes, cyclic_passes
from turnus.lines.program import LinePrograms
from turnus.problem import PostClass, Problem
from turnus.rules.base import Rule
from turnus.rules.kinds import Cells, Kind

MOST_LAYER_BYTES = 150_000_000  # of the layers of one line program; two of them for each worker
Weighted = tuple[Kind, float | None]  # None: hard


@dataclass(frozen=True)
class LineClass:
    """How the posts of one class get their lines.

    `program` is the index of its line program, `banned[d, a]` the cells it may not work, and
    `windows[size]` the least and most hours in units for each size that any hours can reach.
    """

    index: int
    competence: int
    program: int
    banned: npt.NDArray[np.bool_]
    windows: dict[int, tuple[int, int]]

    @cached_property
    def pricing_key(self) -> tuple[int, int, bytes]:
        """Return what classes must share to be priced together."""
        return (self.program, self.competence, self.banned.tobytes())


@dataclass(frozen=True)
class LeftOut:
    """A rule that did not fit the line program, and why."""

    rule: str
    reason: str


@dataclass(frozen=True)
class LineModel:
    """Every class with its line program, hours in units of `unit_minutes`."""

    problem: Problem
    unit_minutes: int
    classes: tuple[LineClass, ...]
    passes: tuple[Passes, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def most_units(self) -> int:
        """Return the longest hours total of any size of any class, in units."""
        return max((hi for c in self.classes for _, hi in c.windows.values()), default=0)

    def programs(self) -> LinePrograms:
        """Return the packed line programs."""
        return LinePrograms(self.passes, self.most_units)


def build_line_model(problem: Problem, rules: Sequence[Rule], soft: bool = False) -> LineModel:
    """Return the line programs of every class; with `soft`, soft rules cost their weight for each breach."""
    unit = math.gcd(*problem.minutes) or 1
    units = np.array(problem.minutes) // unit
    windows = [_windows(problem, post, unit) for post in problem.classes]
    builder = _PassesBuilder(problem, units, max((hi for w in windows for _, hi in w.values()), default=0))
    classes = []
    for index, post in enumerate(problem.classes):
        kinds, banned = _kinds_of(problem, rules, post, soft)
        program = builder.program_of(kinds, post)
        classes.append(LineClass(index, post.competence, program, banned, windows[index]))
    return LineModel(problem, unit, tuple(classes), tuple(builder.passes), tuple(builder.left_out))


def _kinds_of(
    problem: Problem, rules: Sequence[Rule], post: PostClass, soft: bool
) -> tuple[list[tuple[str, Weighted]], npt.NDArray[np.bool_]]:
    """Return (rule id, kind, weight) for every kind that becomes states, and the cells that are banned."""
    kinds: list[tuple[str, Weighted]] = []
    banned = np.zeros((problem.days, problem.actions), bool)
    for rule in rules:
        if not rule.applies_to(post) or not (rule.hard or soft):
            continue
        for kind in rule.lower(problem, post):
            if has_automaton(kind):
                kinds.append((rule.id, (kind, None if rule.hard else float(rule.weight))))
            elif isinstance(kind, Cells) and rule.hard:
                for cell in kind.forbidden:
                    banned[cell] = True
    return kinds, banned


def _windows(problem: Problem, post: PostClass, unit: int) -> dict[int, tuple[int, int]]:
    windows = {}
    for size in post.sizes:
        least, most = post.window(size, problem.days)
        lo, hi = -(-least // unit), min(most // unit, problem.days * max(problem.minutes) // unit)
        if lo <= hi:
            windows[size] = (lo, hi)
    return windows


class _PassesBuilder:
    """Builds each distinct product once; classes with the same kinds and history share a program."""

    def __init__(self, problem: Problem, units: npt.NDArray[np.int64], most_units: int) -> None:
        self.problem = problem
        self.units = units
        self.most_nodes = max(1, MOST_LAYER_BYTES // (8 * (problem.days + 1) * (most_units + 1)))
        self.passes: list[Passes] = []
        self.left_out: list[LeftOut] = []
        self.known: dict[object, int] = {}

    def program_of(self, kinds: list[tuple[str, Weighted]], post: PostClass) -> int:
        key = (frozenset(weighted for _, weighted in kinds), post.history if not self.problem.cyclic else ())
        if key not in self.known:
            self.known[key] = len(self.passes)
            self.passes.append(self._passes(kinds, post))
        return self.known[key]

    def _passes(self, kinds: list[tuple[str, Weighted]], post: PostClass) -> Passes:
        graph = self._product(kinds, post)
        if self.problem.cyclic:
            return cyclic_passes(trimmed(graph), self.units, self.problem.weeks)
        return calendar_passes(graph, self.units, self.problem.weeks, root=0)

    def _product(self, kinds: list[tuple[str, Weighted]], post: PostClass) -> WeekGraph:
        history = () if self.problem.cyclic else post.history
        distinct = {weighted: rule for rule, weighted in kinds}
        graphs: list[tuple[str, WeekGraph]] = []
        for (kind, weight), rule in distinct.items():
            try:
                graphs.append((rule, kind_graph(kind, self.problem.actions, [history], weight)))
            except GraphTooLargeError:
                self._leave_out(rule)
        joined = free_graph(self.problem.actions, roots=1)
        for rule, graph in sorted(graphs, key=lambda item: (sum(item[1].nodes), item[0])):
            try:
                larger = product(joined, graph)
                if max(larger.nodes) > self.most_nodes:
                    raise GraphTooLargeError
                joined = larger
            except GraphTooLargeError:
                self._leave_out(rule)
        return joined

    def _leave_out(self, rule: str) -> None:
        left = LeftOut(rule, "line program too large")
        if left not in self.left_out:
            self.left_out.append(left)
