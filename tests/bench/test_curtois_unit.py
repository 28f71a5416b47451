"""Curtois & Qu as a unit: the engine's lines are the lawful ones, and each costs what the scorer says."""

from dataclasses import replace

import numpy as np
import pytest

from tests.bench.engine import compared
from tests.bench.randomly import curtois_instance
from tests.bench.small import DATA, alone, curtois_choices
from turnus.bench.curtois import Cover, Instance, read
from turnus.bench.curtois_unit import assignment_of, unit_of


@pytest.mark.parametrize("name", ["Tiny1", "Tiny2"])
def test_every_lawful_line_of_everybody(name: str) -> None:
    instance = read(DATA / "curtois" / f"{name}.txt")
    compared(unit_of(instance), curtois_choices(instance))


@pytest.mark.parametrize("seed", range(20))
def test_every_lawful_line_of_random_people(seed: int) -> None:
    instance = curtois_instance(seed)
    compared(unit_of(instance), curtois_choices(instance))


def test_a_person_without_a_lawful_line_has_none_in_the_engine() -> None:
    # Seed 7's first person has none, alone as well as with the others.
    instance: Instance = curtois_instance(7)
    assert not len(curtois_choices(instance)[0].lines)
    compared(unit_of(alone(instance, 0)), curtois_choices(alone(instance, 0)))


def test_lines_are_written_as_the_set_does() -> None:
    assert assignment_of(np.array([[0, 1, 2], [2, 0, 0]], np.int16)) == [[-1, 0, 1], [1, -1, -1]]


def test_rows_price_what_the_cover_says() -> None:
    instance = read(DATA / "curtois" / "Tiny1.txt")
    rows = unit_of(instance).problem.rows
    for cover, row in zip(instance.cover, rows, strict=True):
        assert row.cells == frozenset({(cover.day, cover.shift + 1)})
        for present in range(4):
            cost = row.value * max(0, row.need - present) + (row.surplus_value or 0) * max(
                0, present - (row.most if row.most is not None else 99)
            )
            wanted = cover.under * max(0, cover.need - present) + cover.over * max(0, present - cover.need)
            assert cost == wanted, cover


def test_a_cover_that_nobody_can_miss_still_prices_too_many() -> None:
    # Weight 0 for too few: two of three missing cost nothing, one too many costs 7.
    instance = replace(read(DATA / "curtois" / "Tiny1.txt"), cover=(Cover(0, 0, 3, 0, 7),))
    (row,) = unit_of(instance).problem.rows
    assert (row.need, row.most, row.surplus_value) == (0, 3, 7)
