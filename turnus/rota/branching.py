"""Branch and price: all rotas in parts, each with a bound of its own, until no part can hold a better one.

A part is mixed in fractions first. Where that leaves a bound below the best rota, every line that a better
rota could have is listed; an integer program over the lists finds one or shows that there is none. Where the
lists are too long, the part is split: by how many people are missing in some rows, which is a whole number in
every rota, or by whether a post works a shift on a day.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from turnus.lines.halting import StoppedError
from turnus.lines.master import BoolArray, Cut, Evaluation
from turnus.lines.part import NOBODY, Part, PartMaster
from turnus.lines.pricing import SCALE, Column, Pricer
from turnus.rota.mixing import UNLIMITED, WHOLE, Ask, whole
from turnus.rota.standing import Standing, Task

GAP = 0.05  # of a step, within which the mix of a part is proven
CENTRAL_ROUNDS = 8
KEPT_LINES = 30  # of each post, when lines are forgotten
LOOKED_THROUGH = 2  # times as many lines of a post as a list may have, for those within every cut
FRACTION = 0.02  # by which a number must miss the next whole one to be split at

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Open:
    """A part that may still hold a better rota, what its rotas cost at least, and how often it was split."""

    bound: float
    depth: int
    part: Part


@dataclass(frozen=True)
class LookTerms:
    """The longest lists of a part and of all rotas, in lines of all posts, and how long to look.

    `nodes` and `seconds` are those of an integer program, of which only the nodes repeat. A part that was
    being looked at when `stop` became true is looked at again.
    """

    lines: int
    lines_of_all: int
    nodes: int
    seconds: float = UNLIMITED
    stop: Stop = lambda: False


@dataclass(frozen=True)
class Looked:
    """What came of looking at a part: the best rota now, and the parts that are left of it.

    `stuck` is the bound of a part that can be neither closed nor split, inf when it could be.
    """

    best: Standing
    left: tuple[Open, ...] = ()
    stuck: float = np.inf


class Tree:
    """All rotas of a task in parts, the most promising of which are looked at side by side.

    Parameters
    ----------
    columns
        Lines to begin with.
    bound
        What every rota costs at least, as far as is known.
    pricer
        Of the task's posts; exact, as bounds are not sharp otherwise.
    """

    def __init__(self, task: Task, pricer: Pricer, columns: Sequence[Column], bound: float) -> None:
        self.task, self.pricer = task, pricer
        self.columns = list(columns)
        self.lookers: list[Looker] = []
        self.serial = itertools.count()
        self.waiting: list[tuple[float, int, int, Open]] = []
        self.going_on: list[Open] = []  # what the looks of the last time go on with
        self.stuck = np.inf
        self.parts = 0
        self._put(Open(bound, 0, Part()))

    @property
    def bound(self) -> float:
        """Return what every rota of the parts that are left costs at least; inf when none is left."""
        lowest = self.waiting[0][0] if self.waiting else np.inf
        return min(self.stuck, lowest, *(part.bound for part in self.going_on))

    @property
    def over(self) -> bool:
        """Whether no part is left to be looked at."""
        return not (self.waiting or self.going_on)

    def _put(self, part: Open) -> None:
        # The lowest bound first, the largest of equal ones, and of those the oldest.
        heapq.heappush(self.waiting, (part.bound, part.depth, next(self.serial), part))

    def looks(self, count: int, best: Standing, terms: LookTerms) -> list[Callable[[], Looked]]:
        """Return up to so many looks at parts, which may be taken side by side; `learn` what came of all.

        A look goes on with a part of the part before, for a rota is found by going deep. When that comes to
        an end, the next one is as different as can be: a large part.
        """
        parts = self.going_on[:count]
        while len(parts) < count and self.waiting:
            parts.append(heapq.heappop(self.waiting)[-1])
        self.going_on = self.going_on[count:]
        while len(self.lookers) < len(parts):
            self.lookers.append(Looker(self.task, self.pricer, self.columns))
        return [
            partial(looker.look, part, best, terms) for looker, part in zip(self.lookers, parts, strict=False)
        ]

    def learn(self, looked: Sequence[Looked]) -> None:
        """Put what is left of the parts that were looked at in their place."""
        self.parts += len(looked)
        self.stuck = min(self.stuck, *(one.stuck for one in looked))
        lowest = min(self.bound, *(part.bound for one in looked for part in one.left), np.inf)
        for one in looked:
            for at, part in enumerate(one.left):
                if at == 0 and part.bound <= lowest:
                    self.going_on.append(part)
                else:
                    self._put(part)


class Looker:
    """Looks at one part after another, and keeps the lines that it has found."""

    def __init__(self, task: Task, pricer: Pricer, columns: Sequence[Column]) -> None:
        self.task = task
        self.master = PartMaster(pricer, sets_of(task))
        self.ones = np.ones(len(task.posts))
        for column in columns:
            self.master.add(column)

    def look(self, part: Open, best: Standing, terms: LookTerms) -> Looked:
        """Close a part or split it; when stopped before either, it is left as it was."""
        try:
            return self._look(part, best, terms)
        except StoppedError:
            return Looked(best, (part,))

    def _look(self, part: Open, best: Standing, terms: LookTerms) -> Looked:
        task = self.task
        if part.bound > _dearest(task, best):
            return Looked(best)
        mixed = self._mixed(part, best, terms.stop)
        if terms.stop() or not mixed.cuts:
            return Looked(best, (part,))
        bound = max(part.bound, task.rounded_up(mixed.bound))
        best = self._better(best, mixed.columns, np.flatnonzero(mixed.weights >= WHOLE))
        if bound <= _dearest(task, best):
            cuts = [mixed.cuts[-1]] if part.depth else self.with_central(mixed.cuts[-1], terms.stop)
            best, bound = self._listed_out(part, best, bound, cuts, terms)
        if bound > _dearest(task, best):
            return Looked(best)
        if terms.stop():
            return Looked(best, (replace(part, bound=bound),))
        split = self.by_missing(part.part) or self.by_cell(part.part, mixed)
        left = tuple(Open(bound, part.depth + 1, one) for one in split)
        return Looked(best, left, np.inf if left else bound)

    def _mixed(self, part: Open, best: Standing, stop: Stop) -> Evaluation:
        master = self.master
        master.restrict(part.part)
        if len(master.columns) > 3 * KEPT_LINES * len(self.task.posts):
            master.trim(self.ones > 0, KEPT_LINES)
        enough = _dearest(self.task, best)
        return master.evaluate(self.ones, stop, GAP * self.task.step, enough, used_only=True)

    def _listed_out(
        self, part: Open, best: Standing, bound: float, cuts: Sequence[Cut], terms: LookTerms
    ) -> tuple[Standing, float]:
        """Raise the bound, or find a better rota, by lists of all lines that such a rota could have.

        The lists are those of any better rota where they are short enough, or else those of a rota that
        costs no more than the bound: when there is none, the bound rises by a step.
        """
        task = self.task
        while bound <= _dearest(task, best) and not terms.stop():
            target = task.next_lower(best.cost)
            for level in dict.fromkeys((target, bound)):
                lines, proven = self._chosen(part, cuts, level, terms)
                best = self._better(best, lines, range(len(lines)))
                if proven:
                    bound = best.cost if lines else level + task.step
                    break
            else:
                break
        return best, bound

    def _chosen(
        self, part: Open, cuts: Sequence[Cut], level: float, terms: LookTerms
    ) -> tuple[list[Column], bool]:
        """Return a cheapest choice of lines if it costs at most `level`; and whether that is proven."""
        listed = self.listed(cuts, level, terms.lines if part.depth else terms.lines_of_all, terms.stop)
        if listed is None:
            return [], False
        cover = self.task.cover
        ask = Ask(level, terms.seconds, terms.nodes, terms.stop)
        lines, proven = whole(self.master.pricer, listed, cover.need, cover.most, ask, self._missing())
        return list((lines or {}).values()), proven

    def _missing(self) -> list[tuple[BoolArray, int, int]]:
        return [(self.master.sets[at], *limits) for at, limits in self.master.part.missing.items()]

    def with_central(self, cut: Cut, stop: Stop) -> list[Cut]:
        """Return a cut from the middle of the best prices too, in front, if it is as good a bound."""
        self.master.stop = stop
        central = self.master.central_cut(CENTRAL_ROUNDS)
        if central is None or central.value(self.ones) < cut.value(self.ones) - GAP * self.task.step:
            return [cut]
        return [central, cut]

    def _better(self, best: Standing, columns: Sequence[Column], chosen: Iterable[int]) -> Standing:
        """Return the rota of chosen lines, if there is one for each post and it is better."""
        lines = {columns[at].kind: columns[at] for at in chosen}
        if len(lines) < len(self.task.posts):
            return best
        found = Standing(self.task, [lines[post] for post in range(len(self.task.posts))])
        return found if found.cost < best.cost - 1e-9 else best

    def listed(self, cuts: Sequence[Cut], level: float, most: int, stop: Stop) -> list[Column] | None:
        """Return every line that a rota of the part can have which costs at most `level`; None if too many.

        Such a line earns, at the prices of any cut, hardly less than the best line of its post.
        """
        slacks = [SCALE * (level - cut.value(self.ones) + 1e-6) for cut in cuts]
        pricer = self.master.pricer
        found: list[npt.NDArray[np.int16]] = []
        for post in range(len(self.task.posts)):
            least = cuts[0].profits[post] - slacks[0]
            lines, every = pricer.near(post, cuts[0].prices, least, LOOKED_THROUGH * most)
            if not every or stop():
                return None
            for cut, slack in zip(cuts, slacks, strict=True):
                lines = lines[pricer.earned(post, cut.prices, lines) >= cut.profits[post] - slack]
            found += [lines]
            if sum(map(len, found)) > most:
                return None
        return [column for post, lines in enumerate(found) for column in pricer.columns_of(post, lines)]

    def by_missing(self, part: Part) -> list[Part]:
        """Split at a number of missing people that is not whole, in the largest set that has one."""
        missing = self.master.missing()
        off = np.abs(missing - np.round(missing))
        for at in np.flatnonzero(off > FRACTION).tolist():
            below = int(np.floor(missing[at]))
            least, most = part.missing.get(at, NOBODY)
            if not least <= below < most:
                continue  # more are missing than the part allows, at a price
            return [part.with_missing(at, most=below), part.with_missing(at, least=below + 1)]
        return []

    def by_cell(self, part: Part, mixed: Evaluation) -> list[Part]:
        """Split at whether a post works a shift on a day, where that is most open."""
        cover = self.task.cover
        used = np.flatnonzero(mixed.weights > 1e-9)
        share = np.zeros((len(self.task.posts), cover.days, cover.actions))
        for at in used.tolist():
            column = mixed.columns[at]
            share[column.kind, np.arange(cover.days), column.line] += mixed.weights[at]
        open_cells = 0.5 - np.abs(share - 0.5)
        if open_cells.max() < 1e-6:
            return []
        post, day, action = (int(one) for one in np.unravel_index(open_cells.argmax(), share.shape))
        others = [(post, day, other) for other in range(cover.actions) if other != action]
        return [part.keeping_out(others), part.keeping_out([(post, day, action)])]


def _dearest(task: Task, best: Standing) -> float:
    """Return what a rota that is better than the best costs at most, with room for what rounding does."""
    target = task.next_lower(best.cost)
    return target + 1e-6 * max(1.0, abs(target))


def sets_of(task: Task) -> list[BoolArray]:
    """Return sets of rows in which missing people are counted: all, and those that ask for the same."""
    rows = task.problem.rows
    alike: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        alike[row.block, row.competence, frozenset(action for _, action in row.cells)].append(at)
    found = [np.ones(len(rows), bool)]
    if len(alike) > 1:
        found += [np.isin(np.arange(len(rows)), members) for members in alike.values()]
    return found
