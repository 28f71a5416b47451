"""Placing tasks, against every placement there is on days small enough to try them all."""

from __future__ import annotations

import random
from itertools import combinations_with_replacement, product

import pytest

from turnus.cpsat import placing
from turnus.cpsat.placing import place
from turnus.problem.tasks import Placement, Work

Stretches = list[tuple[int, int]]
Starts = tuple[tuple[int, ...], ...]
STRETCHES: Stretches = [(0, 20), (20, 30), (30, 60)]


def needs(works: list[Work], starts: Starts, stretches: Stretches, group: int) -> list[int]:
    """Count minute by minute, which the model does not."""
    busy = [0] * 90
    for work, chosen in zip(works, starts, strict=True):
        for start in chosen if group in work.groups else ():
            for minute in range(start, start + work.minutes):
                busy[minute] += work.people
    return [max(busy[begins:ends]) for begins, ends in stretches]


def goals(works: list[Work], starts: Starts, stretches: Stretches) -> tuple[int, ...]:
    """Return what a placement is judged by, the first above all others."""
    groups = sorted({0}.union(*(work.groups for work in works)))
    found = [needs(works, starts, stretches, group) for group in groups]
    minutes = [
        sum(n * (ends - begins) for n, (begins, ends) in zip(need, stretches, strict=True)) for need in found
    ]
    sums = [sum(chosen) for chosen in starts]
    in_order = sum((len(sums) - at) * one for at, one in enumerate(sums))
    return max(found[0]), *minutes, sum(sums), in_order


def every_placement(works: list[Work]) -> list[Starts]:
    return list(product(*(combinations_with_replacement(work.starts, work.times) for work in works)))


def a_day(seed: int) -> list[Work]:
    draw = random.Random(seed)
    works = []
    for _ in range(draw.randint(2, 4)):
        first, minutes = draw.choice((0, 5, 15, 20)), draw.choice((7, 10, 20, 25))
        last = draw.randint(first, 60 - minutes)
        works.append(
            Work(
                tuple(range(first, last + 1, 10)),
                minutes,
                draw.randint(1, 2),
                draw.randint(1, 2),
                frozenset({0, *draw.choice(((), (1,), (1, 2)))}),
            )
        )
    return works


@pytest.mark.parametrize("seed", range(12))
def test_no_placement_is_better_and_the_one_found_is_what_it_says(seed: int) -> None:
    works = a_day(seed)
    found = place(works, STRETCHES)
    tried = every_placement(works)
    assert found.proven
    assert found.starts in tried
    assert goals(works, found.starts, STRETCHES) == min(goals(works, one, STRETCHES) for one in tried)
    assert place(works, STRETCHES) == found


def test_two_that_would_meet_are_put_one_after_the_other() -> None:
    works = [Work((0, 10, 20), 20, 1, 1, frozenset({0})), Work((0, 10, 20), 20, 2, 1, frozenset({0}))]
    assert place(works, [(0, 40)]) == Placement(((0,), (20,)), proven=True)


def test_all_starts_together_are_early_before_those_that_stand_first() -> None:
    works = [Work((0, 10), 15, 1, 1, frozenset({0})), Work((0, 15), 10, 1, 1, frozenset({0}))]
    assert place(works, [(0, 25)]).starts == ((10,), (0,))


def test_without_the_effort_to_prove_it_nothing_is_called_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "MOST_EFFORT", 0.0)
    works = a_day(3)
    found = place(works, STRETCHES)
    assert not found.proven
    assert found.starts in every_placement(works)
