"""Which lines each class of posts may have: the rules' kinds turned into line programs.

Kinds with an automaton become states, forbidden cells become prices of minus infinity, limits on all
the hours become a window on the hours axis. What the rest keeps anyway needs no states of its own. A kind
that makes the product too large, or that cannot be read day by day, is left out, and named: bounds then
hold for a relaxation, and the rota must be repaired and audited for it. So are converted hours, for which the
window runs from their shortest week to their longest; the rota search then keeps them line by line.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from turnus.clock import WEEK_DAYS
from turnus.lines.automata import has_automaton
from turnus.lines.far_window import can_be_added, with_far_window
from turnus.lines.graph import (
    BoolArray,
    GraphTooLargeError,
    WeekGraph,
    free_graph,
    kind_graph,
    product,
    trimmed,
)
from turnus.lines.halting import Halt, StoppedError, new_halt
from turnus.lines.implied import keeps, may_hold_for_all, without_implied
from turnus.lines.limited import PlanLimits
from turnus.lines.most_in_days import without_closed
from turnus.lines.passes import Passes, calendar_passes, cyclic_passes
from turnus.lines.program import LinePrograms
from turnus.problem import PostClass, Problem
from turnus.rules.base import Rule
from turnus.rules.kinds import Cells, ConvertedHours, HorizonSum, Kind, PlanShifts, WindowSum

MOST_LAYER_BYTES = 150_000_000  # of the layers of one line program; two of them for each worker
MOST_COUNTING_BYTES = 600_000_000  # of those that count over a whole plan
MOST_TRIED = 8  # times as many nodes as fit: the product of limits is mostly much smaller than its factors
TOO_LARGE = "line program too large"
NOT_BY_DAYS = "cannot be read day by day"
CONVERTED = "bounded by the shortest and the longest week of converted hours"
Weighted = tuple[Kind, float | None]  # None: hard
Windows = dict[int, tuple[int, int]]


@dataclass(frozen=True)
class LineClass:
    """How the posts of one class get their lines.

    `program` is the index of its line program, `banned[d, a]` the cells it may not work, and
    `windows[size]` the least and most hours in units for each size that any hours can reach. `counted` are
    limits over the whole plan that are no part of the program. `loose` is a smaller program with all these
    lines and some more: without limits that look far and are seldom reached, if there are any.
    """

    index: int
    competence: int
    program: int
    banned: npt.NDArray[np.bool_]
    windows: Windows
    counted: tuple[PlanShifts, ...] = ()
    loose: int | None = None

    @cached_property
    def limits(self) -> PlanLimits:
        """Return the limits that are no part of the program, as arrays."""
        return PlanLimits.of(self.counted, self.banned.shape[1])

    def broken(self, line: npt.NDArray[np.int16]) -> frozenset[PlanShifts]:
        """Return those of these limits that a line breaks."""
        excess = self.limits.excess(line)
        return frozenset(kind for kind, beyond in zip(self.counted, excess, strict=True) if beyond > 0)

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
    """Every class with its line program, hours in units of `unit_minutes`.

    `halt` ends every search for lines under way, but those of `programs()`, which have their own.
    """

    problem: Problem
    unit_minutes: int
    classes: tuple[LineClass, ...]
    passes: tuple[Passes, ...]
    left_out: tuple[LeftOut, ...]
    counting: Counting | None = None
    halt: Halt = field(default_factory=new_halt, compare=False)

    @property
    def most_units(self) -> int:
        """Return the longest hours total of any size of any class, in units."""
        return max((hi for c in self.classes for _, hi in c.windows.values()), default=0)

    def units_of(self, line: npt.NDArray[np.int16]) -> int:
        """Return the hours of a line in units."""
        return int(np.array(self.problem.minutes)[line].sum()) // self.unit_minutes

    def units_by_line(self, lines: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
        """Return the hours of each of some lines in units."""
        return np.asarray(np.array(self.problem.minutes)[lines].sum(axis=1) // self.unit_minutes, np.int64)

    def programs(self) -> LinePrograms:
        """Return the packed line programs."""
        return LinePrograms(self.passes, self.most_units)


def build_line_model(
    problem: Problem,
    rules: Sequence[Rule],
    soft: bool = False,
    count_late: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> LineModel:
    """Return the line programs of every class; with `soft`, soft rules cost their weight for each breach.

    With `count_late` hard limits on how often shifts are worked in a plan are no part of the programs: lines
    are looked for without them, and once more with them when they are broken (`Counting`).

    Raises
    ------
    StoppedError
        When `stop`, which is asked before each step, is true.
    """
    unit = math.gcd(*problem.minutes) or 1
    units = np.array(problem.minutes) // unit
    read = [_kinds_of(problem, rules, post, soft) for post in problem.classes]
    windows = [_windows(problem, one, of, unit) for one, of in zip(problem.classes, read, strict=True)]
    most_units = max((hi for w in windows for _, hi in w.values()), default=0)
    closed = _closed_weekdays(problem, read)
    most_bytes = MOST_COUNTING_BYTES if count_late else MOST_LAYER_BYTES
    builder = _PassesBuilder(problem, units, most_units, most_units * unit, closed, most_bytes, stop)
    classes = []
    for index, post in enumerate(problem.classes):
        counted = _counted(read[index]) if count_late else ()
        program = builder.program_of([one for one in read[index].kinds if one[1][0] not in counted], post)
        loose = builder.loose.get(program)
        for rule in read[index].converted:
            builder.leave_out(rule, CONVERTED)
        classes.append(
            LineClass(index, post.competence, program, read[index].banned, windows[index], counted, loose)
        )
    halt = new_halt()
    counting = Counting(builder, tuple(read), most_units, halt) if count_late else None
    left_out = tuple(builder.left_out)
    return LineModel(problem, unit, tuple(classes), tuple(builder.passes), left_out, counting, halt)


def _counted(read: _Read) -> tuple[PlanShifts, ...]:
    """Return the hard limits on how often shifts are worked in the plan."""
    return tuple(kind for _, (kind, weight) in read.kinds if isinstance(kind, PlanShifts) and weight is None)


@dataclass(frozen=True)
class _Read:
    """What the rules say about one class: kinds that may become states, hours in all, and banned cells."""

    kinds: list[tuple[str, Weighted]]  # by rule id
    hours: list[HorizonSum]
    banned: npt.NDArray[np.bool_]
    converted: list[str]  # rules about hours that follow from the line itself


def _kinds_of(problem: Problem, rules: Sequence[Rule], post: PostClass, soft: bool) -> _Read:
    """Return what the rules say about a class; a soft kind that cannot be read day by day costs nothing."""
    found = _Read([], [], np.zeros((problem.days, problem.actions), bool), [])
    for rule in rules:
        if not rule.applies_to(post) or not (rule.hard or soft):
            continue
        for kind in rule.lower(problem, post):
            if isinstance(kind, Cells) and rule.hard:
                for cell in kind.forbidden:
                    found.banned[cell] = True
            elif isinstance(kind, HorizonSum) and rule.hard and kind.weights == problem.minutes:
                found.hours.append(kind)
            elif isinstance(kind, ConvertedHours):
                found.converted.append(rule.id)
            elif rule.hard or has_automaton(kind):
                found.kinds.append((rule.id, (kind, None if rule.hard else float(rule.weight))))
    return found


def _closed_weekdays(problem: Problem, read: Sequence[_Read]) -> BoolArray:
    """Return the actions that no class may work on a weekday in any week, by weekday and action."""
    closed = np.ones((WEEK_DAYS, problem.actions), bool)
    for one in read:
        for day in range(problem.days):
            closed[day % WEEK_DAYS] &= one.banned[day]
    return closed


def _windows(problem: Problem, post: PostClass, read: _Read, unit: int) -> Windows:
    """Return the least and most units for each size that any hours can reach, within what the rules say."""
    windows = {}
    for size in post.sizes:
        least, most = post.window(size, problem.days)
        least = max([least, *(kind.least for kind in read.hours)])
        most = min([most, problem.days * max(problem.minutes), *(kind.most for kind in read.hours)])
        lo, hi = -(-least // unit), most // unit
        if lo <= hi:
            windows[size] = (lo, hi)
    return windows


class Counting:
    """Line programs with some of the limits over the whole plan, each made when it is first asked for."""

    def __init__(self, builder: _PassesBuilder, read: tuple[_Read, ...], most_units: int, halt: Halt) -> None:
        self.builder, self.read, self.most_units = builder, read, most_units
        self.halt = halt
        builder.stop = lambda: bool(halt[0])
        self.known: dict[tuple[int, frozenset[PlanShifts]], LinePrograms | None] = {}
        self.by_passes: dict[int, LinePrograms] = {}
        self.too_large: set[int] = set()
        self.lock = threading.Lock()

    def programs(
        self, line_class: LineClass, kinds: frozenset[PlanShifts], scale: float
    ) -> LinePrograms | None:
        """Return the program of a class with some of its limits, as the only one of its `LinePrograms`.

        None when it would be too large.
        """
        key = (line_class.index, kinds)
        with self.lock:
            if key not in self.known:
                self.known[key] = self._built(line_class, kinds, scale)
            return self.known[key]

    def _built(
        self, line_class: LineClass, kinds: frozenset[PlanShifts], scale: float
    ) -> LinePrograms | None:
        base = self.builder.passes[line_class.program]
        largest = base.widest * math.prod(kind.most + 1 for kind in kinds)
        if largest > MOST_TRIED * self.builder.most_nodes:
            return None
        post = self.builder.problem.classes[line_class.index]
        of_class = self.read[line_class.index].kinds
        used = [one for one in of_class if one[1][0] not in line_class.counted or one[1][0] in kinds]
        left_out = len(self.builder.left_out)
        at = self.builder.program_of(used, post)
        if len(self.builder.left_out) > left_out:
            self.too_large.add(at)
        if at in self.too_large:
            return None
        if at not in self.by_passes:
            self.by_passes[at] = LinePrograms([self.builder.passes[at]], self.most_units, scale, self.halt)
        return self.by_passes[at]


class _PassesBuilder:
    """Builds each distinct product once; classes with the same kinds and history share a program."""

    def __init__(
        self,
        problem: Problem,
        units: npt.NDArray[np.int64],
        most_units: int,
        most_minutes: int,
        closed: BoolArray,
        most_bytes: int = MOST_LAYER_BYTES,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.stop = stop
        self.problem = problem
        self.closed = closed
        self.units = units
        self.most_minutes = most_minutes
        self.most_nodes = max(1, most_bytes // (8 * (problem.days + 1) * (most_units + 1)))
        self.passes: list[Passes] = []
        self.left_out: list[LeftOut] = []
        self.known: dict[object, int] = {}
        self.loose: dict[int, int] = {}  # by program, the one without limits that look far
        #: kinds that were too large after one history, and are not tried again after the next
        self.too_large: set[Weighted] = set()

    def program_of(self, kinds: list[tuple[str, Weighted]], post: PostClass) -> int:
        key = (frozenset(weighted for _, weighted in kinds), post.history if not self.problem.cyclic else ())
        if key not in self.known:
            graph, loose = self._product(kinds, post)
            self.known[key] = self._added(graph)
            if loose is not None:
                self.loose[self.known[key]] = self._added(loose)
        return self.known[key]

    def _added(self, graph: WeekGraph) -> int:
        """Return the index of the program of a graph, which is made."""
        self._check_stop()
        if self.problem.cyclic:
            self.passes.append(cyclic_passes(trimmed(graph), self.units, self.problem.weeks))
        else:
            self.passes.append(calendar_passes(graph, self.units, self.problem.weeks, root=0))
        return len(self.passes) - 1

    def _product(
        self, kinds: list[tuple[str, Weighted]], post: PostClass
    ) -> tuple[WeekGraph, WeekGraph | None]:
        """Return the product of the kinds that look at days and weeks, and of the longer ones it needs.

        Where it needs some, the product without them comes with it.
        """
        rules = {weighted: rule for rule, weighted in kinds}
        hard = [kind for kind, weight in rules if weight is None]
        needed = set(without_implied(self.problem, post, hard))
        distinct = {one: rule for one, rule in rules.items() if one[1] is not None or one[0] in needed}
        graphs: list[tuple[str, WeekGraph]] = []
        for (kind, weight), rule in distinct.items():
            if not _is_late(kind, weight):
                graphs += self._graph(rule, kind, weight, post)
        joined = free_graph(self.problem.actions, roots=1)
        for rule, graph in sorted(graphs, key=lambda item: (sum(item[1].nodes), item[0])):
            joined = self._joined(joined, rule, graph)
        near = joined
        for (kind, weight), rule in distinct.items():
            if _is_late(kind, weight):
                joined = self._with_late(joined, rule, kind, post)
        return joined, None if joined is near else near

    def _with_late(self, joined: WeekGraph, rule: str, kind: Kind, post: PostClass) -> WeekGraph:
        """Return the product with a kind that looks far, unless its lines keep it anyway."""
        possible = without_closed(joined, self.closed)
        if self.problem.cyclic:
            possible = trimmed(possible)
        about = (self.problem, post, possible, self.most_minutes)
        if keeps(*about, kind):
            return joined
        if not has_automaton(kind) and isinstance(kind, WindowSum) and may_hold_for_all(*about, kind):
            kind = replace(kind, given=frozenset(), given_least=0)
            if can_be_added(kind):
                return self._with_far_window(joined, possible, rule, kind, post)
        for _, graph in self._graph(rule, kind, None, post):
            joined = self._joined(joined, rule, graph)
        return joined

    def _with_far_window(
        self, joined: WeekGraph, possible: WeekGraph, rule: str, kind: WindowSum, post: PostClass
    ) -> WeekGraph:
        try:
            narrower = with_far_window(possible, kind, () if self.problem.cyclic else post.history)
            if max(narrower.nodes) > self.most_nodes:
                raise GraphTooLargeError
            return narrower
        except GraphTooLargeError:
            self.leave_out(rule, TOO_LARGE)
            return joined

    def _graph(
        self, rule: str, kind: Kind, weight: float | None, post: PostClass
    ) -> list[tuple[str, WeekGraph]]:
        """Return the graph of a kind by its rule; none when the kind has to be left out."""
        self._check_stop()
        history = () if self.problem.cyclic else post.history
        if not has_automaton(kind):
            self.leave_out(rule, NOT_BY_DAYS)
            return []
        try:
            if (kind, weight) in self.too_large:
                raise GraphTooLargeError
            return [(rule, kind_graph(kind, self.problem.actions, [history], weight))]
        except GraphTooLargeError:
            self.too_large.add((kind, weight))
            self.leave_out(rule, TOO_LARGE)
            return []

    def _joined(self, joined: WeekGraph, rule: str, graph: WeekGraph) -> WeekGraph:
        """Return the product with one more graph, or without it when that is too large."""
        self._check_stop()
        try:
            larger = product(joined, graph)
            if max(larger.nodes) > self.most_nodes:
                raise GraphTooLargeError
            return larger
        except GraphTooLargeError:
            self.leave_out(rule, TOO_LARGE)
            return joined

    def _check_stop(self) -> None:
        if self.stop():
            raise StoppedError

    def leave_out(self, rule: str, reason: str) -> None:
        """Name a rule that the line programs do not keep in full."""
        left = LeftOut(rule, reason)
        if left not in self.left_out:
            self.left_out.append(left)


def _is_late(kind: Kind, weight: float | None) -> bool:
    """Whether a hard kind is asked about last: when it looks far, most often the others keep it already."""
    far = isinstance(kind, WindowSum) and kind.days > WEEK_DAYS
    return weight is None and (far or not has_automaton(kind))
