"""A first rota, quickly: post after post gets the line that is worth most beside the others' lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from turnus.lines.cover import NO_LIMIT, FloatArray
from turnus.lines.halting import StoppedError
from turnus.lines.pricing import SCALE, Column, Pricer
from turnus.rota.standing import Standing, Task

#: Of a missing person's worth where nearly all others are there, while lines are still to come.
EARLY_SHARE = 0.3
NOISE = 0.1  # of each price, so that lines that earn the same are not all alike
ENOUGH = 0.002  # of the cost: a round that gains less is the last

Stop = Callable[[], bool]
Seen = Callable[[Standing], None]


def first_rota(
    task: Task,
    rng: np.random.Generator,
    stop: Stop,
    seen: Seen = lambda _: None,
    begun: Mapping[int, Column] = MappingProxyType({}),
) -> Standing | None:
    """Return a rota in which hardly any single line could be better.

    None when stopped before everybody has a line, or when no lawful line was found for somebody.

    Each round takes every post's line out and puts in the best there is, at what one person more is worth in
    each row; a line is kept when no better one is found. `seen` is shown the rota after each round. `begun`
    are lines that some posts begin with.
    """
    quick = task.pricer.changed(quick=True)
    counts = np.zeros(task.cover.groups)
    columns: dict[int, Column] = dict(begun)
    for column in columns.values():
        counts += column.cover
    for post in rng.permutation(len(task.posts)).tolist():
        if post in columns:
            continue
        found = None if stop() else _column(quick, post, _early_prices(task, counts, rng))
        if found is None:
            return None
        columns[post] = found
        counts += found.cover
    before = np.inf
    standing = _standing(task, columns)
    while not stop() and before - standing.cost > ENOUGH * abs(standing.cost):
        seen(standing)
        before = standing.cost
        for post in rng.permutation(len(task.posts)).tolist():
            if stop():
                break
            counts -= columns[post].cover
            better = _column(quick, post, _prices(task, counts, rng))
            if better is not None and _cost(task, counts, better) < _cost(task, counts, columns[post]):
                columns[post] = better
            counts += columns[post].cover
        standing = _standing(task, columns)
    return standing


def _column(quick: Pricer, post: int, prices: FloatArray) -> Column | None:
    """Return a post's best line; None when there is none, or when stopped in mid-search."""
    try:
        return quick.column(post, prices)
    except StoppedError:
        return None


def _standing(task: Task, columns: dict[int, Column]) -> Standing:
    return Standing(task, [columns[post] for post in range(len(task.posts))])


def _cost(task: Task, counts: FloatArray, column: Column) -> float:
    return task.cover_cost(counts + column.cover) + column.cost


def _early_prices(task: Task, counts: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return what one person more is worth in each row while most are still missing: more where more are."""
    cover = task.cover
    missing = np.clip((cover.need - counts) / np.maximum(cover.need, 1.0), 0.0, 1.0)
    worth = cover.weight * (EARLY_SHARE + (1 - EARLY_SHARE) * missing)
    return _scaled(task, np.where(counts < cover.need, worth, _surplus(task, counts)), rng)


def _prices(task: Task, counts: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return what one person more is worth in each row."""
    cover = task.cover
    return _scaled(task, np.where(counts < cover.need, cover.weight, _surplus(task, counts)), rng)


def _surplus(task: Task, counts: FloatArray) -> FloatArray:
    cover = task.cover
    return np.where((counts >= cover.most) & (cover.most < NO_LIMIT), -cover.over, 0.0)


def _scaled(task: Task, worth: FloatArray, rng: np.random.Generator) -> FloatArray:
    return np.round(SCALE * worth * (1 - NOISE * rng.random(task.cover.groups)))
