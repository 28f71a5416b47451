"""Wished sequences: what else follows is counted."""

import pytest

from tests.builders import person, problem, rota
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.health.wished_sequences import WishedSequences
from turnus.rules.kinds import Sequence

TWO_NIGHTS_OFF = WishedSequences(sequences=(("night", "night", "off"),))
TRIALS = {
    "wished_sequences": Trial(
        WishedSequences(sequences=(("night", "night", "off"), ("A", ("D", "A")))),
        "-N -N -ND -A -AD -D -N",
        "NN",
    )
}
FAULTS = [("wished_sequences", Sequence, ("a step too few", "step 0 without 3"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("NN-----", []),
        ("NND----", [(0, 2, 1)]),
        ("NNN----", [(0, 2, 1)]),
        ("N-N----", []),
        ("N----NN", [(0, 0, 1)]),  # round the end: Saturday, Sunday, then Monday
        ("D----NN", [(0, 0, 1)]),
    ],
)
def test_what_follows_instead_is_found(line: str, expected: list[object]) -> None:
    assert found(TWO_NIGHTS_OFF, problem(), line) == expected


def test_history_counts() -> None:
    unit = problem(person(history="NN"), cyclic=False)
    assert found(TWO_NIGHTS_OFF, unit, "D------") == [(0, 0, 1)]


def test_a_breach_bears_the_name_that_the_unit_gave() -> None:
    rule = WishedSequences(sequences=(("A", "D"),), name="aften, så dag")
    (breach,) = rule.violations(problem(), rota(problem(), "A------"))
    assert breach.about == "aften, så dag"


def test_a_sequence_needs_a_wish() -> None:
    (finding,) = WishedSequences(sequences=(("night",),)).findings(problem())
    assert finding.path == ("sequences", 0)
