"""The nurse rostering competition as a unit: every line of a nurse costs what the scorer says."""

from dataclasses import replace

import numpy as np
import pytest

from tests.bench.engine import compared
from tests.bench.randomly import inrc2_instance
from tests.bench.small import DATA, inrc2_choices, nurse_alone
from turnus.bench.inrc2 import Instance, read
from turnus.bench.inrc2_unit import assignment_of, unit_of


def compare(instance: Instance) -> None:
    constants = [unit_of(nurse_alone(instance, at)).constant for at in range(len(instance.nurses))]
    unit = unit_of(instance)
    assert unit.constant == sum(constants)
    compared(unit, inrc2_choices(instance), constants)


@pytest.mark.parametrize(("dataset", "weeks"), [("n003w1", [0]), ("n002w2", [0, 1])])
def test_every_lawful_line_of_everybody(dataset: str, weeks: list[int]) -> None:
    compare(read(DATA / "inrc2" / dataset, 0, weeks))


@pytest.mark.parametrize("seed", range(21))
def test_every_lawful_line_of_random_nurses(seed: int) -> None:
    compare(inrc2_instance(seed))


def test_what_the_history_alone_costs_is_the_constant() -> None:
    # n002w2: nobody has too much. With 12 shifts of 9 and 3 weekends of 1 before: 3 x 20 + 2 x 30.
    instance = read(DATA / "inrc2" / "n002w2", 0, [0, 1])
    assert unit_of(instance).constant == 0
    dora, erna = instance.nurses
    late = replace(dora, shifts_before=12, weekends_before=3)
    assert unit_of(replace(instance, nurses=(late, erna))).constant == 60 + 60


def test_lines_are_written_as_shift_and_skill() -> None:
    # Two shifts and two skills: actions 1 and 2 are the first shift with the first and second skill.
    instance = read(DATA / "inrc2" / "n003w1", 0, [0])
    lines = np.array([[0, 1, 2, 3, 4]], np.int16)
    assert assignment_of(instance, lines) == [[None, (0, 0), (0, 1), (1, 0), (1, 1)]]
