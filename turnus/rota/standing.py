"""A rota as a search for least cost sees it: whose lines they are, and what lines and demand cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import NO_LIMIT, Cover, FloatArray, build_cover
from turnus.lines.halting import heeding
from turnus.lines.model import LineModel
from turnus.lines.pricing import Column, OwnWorth, PostKind, Pricer
from turnus.problem import Post, Problem

Lines = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Task:
    """Given posts, of which every one gets a line; the cost is that of the demand's rows and of the lines.

    `step` is a whole number of points by which the costs of two rotas differ at least.
    """

    problem: Problem
    posts: tuple[Post, ...]
    kinds: tuple[PostKind, ...]
    pricer: Pricer
    step: float

    @property
    def cover(self) -> Cover:
        """Return the rows of demand, day by day."""
        return self.pricer.cover

    def column(self, post: int, line: npt.NDArray[np.int16]) -> Column:
        """Return a line of a post with what it contributes and costs."""
        return self.pricer.column_of(post, line)

    def cover_cost(self, counts: FloatArray, rows: npt.NDArray[np.bool_] | None = None) -> float:
        """Return what missing and surplus people cost, in points: in some rows, or in all."""
        cover = self.cover
        costs = np.maximum(0.0, cover.need - counts) * cover.weight
        costs += np.maximum(0.0, counts - cover.most) * cover.over
        return float(costs.sum() if rows is None else costs[rows].sum())

    def next_lower(self, cost: float) -> float:
        """Return the highest cost that is lower than `cost`."""
        return cost - self.step

    def rounded_up(self, bound: float) -> float:
        """Return the lowest cost that a rota can have, given that none is below `bound`."""
        return math.ceil(bound / self.step - 1e-6) * self.step if math.isfinite(bound) else bound


def build_task(
    problem: Problem,
    model: LineModel,
    posts: Sequence[Post],
    worth: OwnWorth,
    stop: Callable[[], bool] = lambda: False,
) -> Task | None:
    """Return the task of finding lines for posts; `worth` is what lines are worth beside the demand.

    None when some post has no lawful line. StoppedError when `stop` is true before that is known.
    """
    cover = build_cover(problem, model, by_day=True)
    kinds = [
        PostKind(post.class_index, post.size, *model.classes[post.class_index].windows[post.size])
        for post in posts
    ]
    with heeding(stop, model.halt):
        pricer = Pricer(model, cover, worth)
    if not set(kinds) <= set(pricer.kinds):
        return None
    return Task(problem, tuple(posts), tuple(kinds), pricer.of_posts(kinds), _step(model, cover, worth))


def _step(model: LineModel, cover: Cover, worth: OwnWorth) -> float:
    """Return the greatest whole number that divides every cost, 1 when some cost is no whole number."""
    parts = [cover.weight, cover.over[cover.most < NO_LIMIT]]
    parts += [table[np.isfinite(table)] for table in (*worth.cells.values(), *worth.hours.values())]
    parts += [passes.cost for passes in model.passes]
    found = np.unique(np.abs(np.concatenate([np.asarray(part).reshape(-1) for part in parts])))
    if (found != np.round(found)).any():
        return 1.0
    return float(max(1, math.gcd(*(int(value) for value in found))))


class Standing:
    """A whole rota with its counts and costs, kept up to date as lines are replaced."""

    def __init__(self, task: Task, columns: Sequence[Column]) -> None:
        self.task = task
        self.columns = list(columns)

    @classmethod
    def of_lines(cls, task: Task, lines: Lines) -> Standing:
        """Return the rota of given legal lines."""
        return cls(task, [task.column(post, line.copy()) for post, line in enumerate(lines)])

    @property
    def lines(self) -> Lines:
        """Return the lines of all posts."""
        return np.array([column.line for column in self.columns], np.int16)

    @property
    def counts(self) -> FloatArray:
        """Return how many people each row of demand has."""
        return np.asarray(np.sum([column.cover for column in self.columns], axis=0), np.float64)

    @property
    def cost(self) -> float:
        """Return the cost of the whole rota in points."""
        return self.task.cover_cost(self.counts) + sum(column.cost for column in self.columns)

    def without(self, posts: Sequence[int]) -> tuple[FloatArray, float]:
        """Return the counts and the lines' own costs of all other posts."""
        others = [column for post, column in enumerate(self.columns) if post not in set(posts)]
        zero = np.zeros(self.task.cover.groups)
        return sum((one.cover for one in others), zero), sum(one.cost for one in others)

    def replaced(self, columns: dict[int, Column]) -> Standing:
        """Return the rota with other lines for some posts."""
        return Standing(self.task, [columns.get(post, old) for post, old in enumerate(self.columns)])
