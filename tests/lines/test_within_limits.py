"""Limits over the whole plan against every line: priced or counted, best lines and all lines near them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rota.small_tasks import lines_of, own_cost, task
from turnus.lines import within_limits
from turnus.lines.pricing import SCALE

PRICED, COUNTED = 0, 20  # how many times as large a line program may be that counts at once


@pytest.mark.parametrize("times", [PRICED, COUNTED])
@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_best_and_near_lines_are_those_of_enumeration(
    seed: int, quick: bool, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(within_limits, "COUNTED_TIMES", times)
    one, rules = task(seed, counted=True)
    pricer = one.pricer.changed(quick=quick)
    rng = np.random.default_rng(seed)
    every = [lines_of(one, rules, post) for post in range(3)]
    for _ in range(4):  # what was learned at the prices before must not matter
        scaled = np.round(SCALE * one.cover.weight * rng.random(one.cover.groups))
        priced = pricer.priced(scaled)
        for post in range(3):
            earned = [
                float(one.column(post, line).cover @ scaled) - SCALE * own_cost(one, post, line)
                for line in every[post]
            ]
            best, line = priced.profits[post], priced.lines[post]
            assert line.tobytes() in {other.tobytes() for other in every[post]}
            assert best >= max(earned)
            if not quick or times == COUNTED:
                assert best == max(earned)
            near, complete = pricer.near(post, scaled, max(earned) - SCALE, 10_000)
            assert complete
            meant = {
                line.tobytes()
                for line, value in zip(every[post], earned, strict=True)
                if value >= max(earned) - SCALE
            }
            listed = [line.tobytes() for line in near]  # with prices on limits a few others too
            assert meant <= set(listed) <= {line.tobytes() for line in every[post]}
            assert len(listed) == len(set(listed))


def test_what_is_learned_apart_stays_there() -> None:
    one, _ = task(10, counted=True)
    learned = one.pricer.within
    learned.broken.clear()
    learned.penalties.clear()
    apart = one.pricer.apart()
    apart.profits(np.zeros(one.cover.groups))
    assert apart.within.penalties
    assert apart.within.broken
    assert not learned.penalties
    assert not learned.broken
