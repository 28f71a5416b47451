"""What the engine makes of a unit, against the truth of `tests.bench.small`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.bench.small import Choice
from turnus.bench.named_task import task_of
from turnus.bench.unit import Unit
from turnus.lines.cover import FloatArray
from turnus.lines.limited import Line
from turnus.lines.pricing import SCALE
from turnus.rota.standing import Task

ANYTHING = -1e12  # what every line of a tiny instance earns at least, scaled
MOST_LINES = 100_000


def compared(unit: Unit, choices: Sequence[Choice], constants: Sequence[float] | None = None) -> None:
    """Check that each person's lines are those that the scorer finds lawful, at the scorer's costs.

    `constants` are what no line of a person can change, which the engine leaves out.
    """
    task = task_of(unit)
    assert (task is None) == (not all(len(choice.lines) for choice in choices))
    if task is None:
        return
    for post, choice in enumerate(choices):
        constant = 0.0 if constants is None else constants[post]
        lines, every = task.pricer.near(post, np.zeros(task.cover.groups), ANYTHING, MOST_LINES)
        found = set(map(tuple, lines.tolist()))
        assert every
        assert len(found) == len(lines)
        assert found == set(map(tuple, choice.lines.tolist())), post
        for line, own in zip(choice.lines, choice.own, strict=True):
            assert task.pricer.own_cost(post, line.astype(np.int16)) + constant == own, (post, line)
    dear_lines_compared(task, choices)


def dear_lines_compared(task: Task, choices: Sequence[Choice]) -> None:
    """Check, at prices that make lines break their limits, the most that is earned and all who earn much."""
    rng = np.random.default_rng(len(choices))
    for _ in range(3):
        prices = np.round(SCALE * task.cover.weight * rng.random(task.cover.groups))
        for quick in (True, False):
            most = task.pricer.changed(quick=quick).profits(prices)
            for post, choice in enumerate(choices):
                lines = [line.astype(np.int16) for line in choice.lines]
                earned = np.array([_earned(task, post, line, prices) for line in lines])
                assert most[post] >= earned.max()
                if not quick:
                    assert most[post] == earned.max()
                least = float(np.quantile(earned, 0.7))
                found, every = task.pricer.near(post, prices, least, MOST_LINES)
                assert every
                expected = {
                    tuple(line.tolist()) for line, one in zip(lines, earned, strict=True) if one >= least
                }
                assert set(map(tuple, found.tolist())) >= expected, post


def _earned(task: Task, post: int, line: Line, prices: FloatArray) -> float:
    column = task.column(post, line)
    return float(column.cover @ prices) - SCALE * column.cost
