"""Covered demand: for each row of the demand, how many are there and how many are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from turnus.problem import Problem, Rota, Row


class Place(NamedTuple):
    """A row of `problem.rows` that is short, and how many people it lacks."""

    row: int
    missing: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Person-minutes needed, uncovered and above the need."""

    needed_minutes: int
    uncovered_minutes: int
    over_minutes: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a rota covers the demand over the whole horizon, in person-minutes.

    `uncovered_minutes` sums every row, headcount and competence alike, without the rows' values;
    `over_minutes` is what stands above the headcount. `headcount` and `by_competence` (by the
    competence's key) show the two kinds of rows apart; `by_block` shares the headcount out over the blocks
    of the day. `present` has one number for each row.
    """

    uncovered_minutes: int
    over_minutes: int
    headcount: Tally
    by_competence: dict[str, Tally]
    by_block: dict[str, Tally]
    places: tuple[Place, ...]
    present: tuple[int, ...]


def coverage(problem: Problem, rota: Rota) -> Coverage:
    """Return how far a rota covers the demand, row by row and in all."""
    present = _present(problem, rota)
    pairs = list(zip(problem.rows, present, strict=True))
    heads = [pair for pair in pairs if pair[0].competence is None]
    headcount = _tally(heads)
    inside = {
        name: _tally([pair for pair in pairs if pair[0].competence == index])
        for index, name in enumerate(problem.competences)
        if any(row.competence == index for row in problem.rows)
    }
    return Coverage(
        uncovered_minutes=sum(tally.uncovered_minutes for tally in (headcount, *inside.values())),
        over_minutes=headcount.over_minutes,
        headcount=headcount,
        by_competence=inside,
        by_block={
            block: _tally([pair for pair in heads if pair[0].block == block])
            for block in dict.fromkeys(row.block for row, _ in heads)
        },
        places=tuple(
            Place(index, row.need - there) for index, (row, there) in enumerate(pairs) if there < row.need
        ),
        present=present,
    )


def _tally(found: list[tuple[Row, int]]) -> Tally:
    return Tally(
        needed_minutes=sum(row.need * row.minutes for row, _ in found),
        uncovered_minutes=sum(max(0, row.need - there) * row.minutes for row, there in found),
        over_minutes=sum(max(0, there - row.need) * row.minutes for row, there in found),
    )


def _present(problem: Problem, rota: Rota) -> tuple[int, ...]:
    """Return how many people stand in each row's cells."""
    counts = _counts(problem, rota)
    return tuple(
        int(sum(counts[competence, day, action] for competence in row.workers for day, action in row.cells))
        for row in problem.rows
    )


def _counts(problem: Problem, rota: Rota) -> npt.NDArray[np.int64]:
    """Return the number of posts per competence, day and action."""
    counts = np.zeros((len(problem.competences), problem.days, problem.actions), dtype=np.int64)
    days = np.arange(problem.days)
    for post, line in zip(rota.posts, rota.lines, strict=True):
        counts[problem.classes[post.class_index].competence, days, line] += 1
    return counts
