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


def test_posts_that_begin_with_a_line_are_not_forgotten_and_the_rota_is_no_worse_than_without_rounds() -> (
    None
):
    one, rules = task(5)
    begun = {post: one.column(post, lines_of(one, rules, post)[0]) for post in (0, 2)}
    found = first_rota(one, np.random.default_rng(1), lambda: False, begun=begun)
    assert found is not None
    lawful = [set(map(tuple, lines_of(one, rules, post).tolist())) for post in range(3)]
    assert all(tuple(line) in lawful[post] for post, line in enumerate(found.lines.tolist()))
    assert found.cost == pytest.approx(Standing.of_lines(one, found.lines).cost)
    asked = iter(range(100))
    stopped = first_rota(one, np.random.default_rng(1), lambda: next(asked) > 0, begun=begun)
    assert stopped is not None
    assert all((stopped.lines[post] == column.line).all() for post, column in begun.items())
