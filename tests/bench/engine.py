"""What the engine makes of a unit, against the truth of `tests.bench.small`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.bench.small import Choice
from turnus.bench.named_task import task_of
from turnus.bench.unit import Unit

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
