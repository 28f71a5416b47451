"""The first rota: lawful lines, better from round to round, the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rota.small_tasks import lines_of, task
from turnus.rota.first import first_rota
from turnus.rota.standing import Standing


@pytest.mark.parametrize("seed", range(10))
def test_every_line_is_lawful_and_no_round_is_worse(seed: int) -> None:
    one, rules = task(seed)
    shown: list[Standing] = []
    found = first_rota(one, np.random.default_rng(seed), lambda: False, shown.append)
    assert found is not None
    costs = [standing.cost for standing in (*shown, found)]
    assert costs == sorted(costs, reverse=True)
    for post, line in enumerate(found.lines):
        assert (lines_of(one, rules, post) == line).all(axis=1).any()


def test_the_same_seed_gives_the_same_rota() -> None:
    found = [first_rota(task(4)[0], np.random.default_rng(2), lambda: False) for _ in range(2)]
    assert found[0] is not None
    assert found[1] is not None
    assert (found[0].lines == found[1].lines).all()


def test_none_when_stopped_before_everybody_has_a_line() -> None:
    assert first_rota(task(4)[0], np.random.default_rng(2), lambda: True) is None
