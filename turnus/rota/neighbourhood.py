"""A neighbourhood of a rota: some posts, on some days, given the best lines there are, or shown to have none.

The free posts' lines are mixed in fractions first. When even the mix costs too much, nothing better exists
here, exactly. Otherwise every line that could be part of something better is listed, as far as there are
not too many, and an integer program chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import FloatArray
from turnus.lines.master import Cut
from turnus.lines.pricing import SCALE, Column
from turnus.rota.mixing import Ask, Mix, Stop, dive, straight, whole
from turnus.rota.standing import Standing, Task

GAP = 0.05  # of a step, within which a mix is proven
FALLING = (1.0, 0.5, 0.25, 0.1, 0.03, 0.0)  # shares of the slack for which lines are listed, until few enough
MOST_PIVOTS = 15_000  # for the mix of a neighbourhood; what is not proven by then is dived into
POOL_LINES = 24  # remembered of each post

Days = npt.NDArray[np.bool_]


#: Lines chosen exactly among all that matter, or by a dive: into the mix, or straight to a better rota.
Way = Literal["exact", "dive", "straight"]


@dataclass(frozen=True)
class Choice:
    """Which posts and days are free, and how lines are chosen from their mix."""

    posts: tuple[int, ...]
    days: Days
    origin: str = ""
    way: Way = "exact"


@dataclass(frozen=True)
class Finding:
    """What was found: the better rota if there is one, a bound on all rotas of the neighbourhood, and how.

    `exact` says that nothing better than what is returned exists in the neighbourhood; `pruned` that the
    mix alone showed it; `pivots` is what the mixes cost.
    """

    standing: Standing | None
    bound: float
    exact: bool
    pruned: bool = False
    pivots: int = 0


@dataclass
class Pool:
    """Lines that were good lately, by post, the latest last; and the best prices of the rows, if known."""

    prices: FloatArray | None = None
    lines: dict[int, list[Column]] = field(default_factory=lambda: defaultdict(list))

    def remember(self, columns: dict[int, Column]) -> None:
        """Add each post's line, and forget its oldest."""
        for post, column in columns.items():
            kept = self.lines[post]
            kept.append(column)
            del kept[:-POOL_LINES]


def explored(
    task: Task,
    standing: Standing,
    choice: Choice,
    pool: Pool,
    most_lines: int,
    seconds: float,
    nodes: int,
    stop: Stop,
) -> Finding:
    """Return the best rota in a neighbourhood of the standing one.

    Parameters
    ----------
    most_lines
        Lines listed for each post before the integer program; with more, the answer is not exact.
    seconds, nodes
        The longest the integer program may take; only the nodes repeat.
    """
    target = task.next_lower(standing.cost)
    rows = rows_of(task, choice)
    mix = mix_of(task, standing, choice, rows)
    mix.add(_known(choice, standing, pool, rows))
    begin = None if pool.prices is None else pool.prices[rows]
    found = _explored(task, standing, choice, mix, begin, most_lines, seconds, nodes, target, stop)
    return replace(found, pivots=mix.master.pivots)


def _explored(
    task: Task,
    standing: Standing,
    choice: Choice,
    mix: Mix,
    begin: FloatArray | None,
    most_lines: int,
    seconds: float,
    nodes: int,
    target: float,
    stop: Stop,
) -> Finding:
    def enough() -> bool:
        return stop() or mix.master.pivots > MOST_PIVOTS

    found = mix.evaluated(enough, GAP * task.step, target + 0.5 * GAP * task.step, begin=begin)
    bound = found.bound + mix.fixed
    if bound > target + 1e-6 * max(1.0, abs(target)):
        return Finding(None, bound, exact=True, pruned=True)
    if stop() or not found.cuts:
        return Finding(None, bound, exact=False)
    if choice.way != "exact" or mix.master.pivots > MOST_PIVOTS:
        deep = choice.way == "dive"
        lines = dive(mix, task.step, stop, target) if deep else straight(mix, target, stop)
        return Finding(_better(task, standing, choice, lines, target), bound, exact=False)
    columns, complete = worth_listing(mix, found.cuts[-1], target - bound, most_lines, found.columns)
    chosen, proven = whole(
        mix.pricer, columns, mix.need, mix.most, Ask(target - mix.fixed, seconds, nodes, stop)
    )
    return Finding(_better(task, standing, choice, chosen, target), bound, exact=complete and proven)


def _better(
    task: Task, standing: Standing, choice: Choice, lines: dict[int, Column] | None, target: float
) -> Standing | None:
    """Return the rota with new lines for the free posts, if it costs no more than the target."""
    if lines is None:
        return None
    new = {choice.posts[kind]: task.column(choice.posts[kind], one.line) for kind, one in lines.items()}
    better = standing.replaced(new)
    return better if better.cost <= target + 1e-6 * max(1.0, abs(target)) else None


def mix_of(task: Task, standing: Standing, choice: Choice, rows: Days) -> Mix:
    """Return the mix of the free posts' lines; rows of other days cost what they cost now.

    It learns for itself alone: what is found side by side does not depend on who was first.
    """
    counts, own = standing.without(choice.posts)
    held = () if choice.days.all() else [standing.columns[post].line for post in choice.posts]
    cover = task.cover if rows.all() else task.cover.part(rows)
    kinds = [task.kinds[post] for post in choice.posts]
    pricer = task.pricer.apart().changed(quick=True).of_posts(kinds, held, choice.days, cover)
    left = counts[rows]
    return Mix(pricer, cover.need - left, cover.most - left, own + task.cover_cost(standing.counts, ~rows))


def rows_of(task: Task, choice: Choice) -> Days:
    """Return the rows of demand that lines with other free days may change."""
    if choice.days.all():
        return np.ones(task.cover.groups, bool)
    return np.array([choice.days[[day for day, _ in row.cells]].any() for row in task.problem.rows])


def _known(choice: Choice, standing: Standing, pool: Pool, rows: Days) -> list[Column]:
    """Return the present lines and remembered ones that keep the days which are not free."""
    found = []
    for at, post in enumerate(choice.posts):
        present = standing.columns[post]
        others = pool.lines.get(post, [])
        for column in (present, *others):
            if (column.line == present.line)[~choice.days].all():
                found.append(replace(column, kind=at, cover=column.cover[rows]))
    return found


def worth_listing(
    mix: Mix, cut: Cut, slack: float, most: int, known: Sequence[Column]
) -> tuple[list[Column], bool]:
    """Return the lines that may be part of a rota within `slack` of the bound; and whether all are there.

    A line that earns so much less than its post's best at the prices of the bound cannot be.
    """
    complete = True
    columns = {(one.kind, one.line.tobytes()): one for one in known}
    for kind in range(len(mix.pricer.kinds)):
        for share in FALLING:
            least = cut.profits[kind] - SCALE * (share * slack + 1e-6)
            lines, every = mix.pricer.near(kind, cut.prices, least, most)
            if every or share == FALLING[-1]:
                break
        complete &= every and share == 1.0
        for line in lines:
            key = (kind, line.tobytes())
            if key not in columns:
                columns[key] = mix.pricer.column_of(kind, line.copy())
    return list(columns.values()), complete
