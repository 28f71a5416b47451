"""Sequences of shifts that must not occur."""

import pytest

from tests.builders import person, problem, rota
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.rules.agreed.forbidden_sequences import ForbiddenSequences
from turnus.rules.kinds import Sequence

TRIALS = {
    "forbidden_sequences: on weekdays": Trial(
        ForbiddenSequences(sequences=(("A", ("D", "N")),), on=("sunday", "tuesday")),
        "-D -A -AD -D -A -D -A",
        "A",
    )
}
FAULTS = [("forbidden_sequences: on weekdays", Sequence, ("a day later",))]
NIGHT_OFF_DAY = ForbiddenSequences(sequences=(("night", "off", "day"),))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("N-D----", [(0, 0, 1)]),
        ("N-A----", []),
        ("N--D---", []),
        ("N-D-N-D", [(0, 0, 1), (0, 4, 1)]),
        ("D----N-", [(0, 5, 1)]),  # round the end of the cycle
    ],
)
def test_occurrences_are_found(line: str, expected: list[object]) -> None:
    assert found(NIGHT_OFF_DAY, problem(), line) == expected


def test_a_step_may_be_a_code_a_list_or_any_shift() -> None:
    rule = ForbiddenSequences(sequences=(("A", "any"), (("D", "off"), "N")))
    assert found(rule, problem(), "AAA----") == [(0, 0, 1), (0, 1, 1)]
    assert found(rule, problem(), "DN----N") == [(0, 0, 1), (0, 5, 1)]


def test_a_plan_matches_from_its_history() -> None:
    unit = problem(person(history="N"), cyclic=False)
    assert found(NIGHT_OFF_DAY, unit, "-D-----") == [(0, 0, 1)]
    assert found(NIGHT_OFF_DAY, unit, "-----N-") == []


def test_a_word_that_is_no_code_and_no_tag_is_named_with_its_place() -> None:
    rule = ForbiddenSequences(sequences=(("N", "off"), ("D", ("A", "nite"))))
    (finding,) = rule.findings(problem())
    assert finding.path == ("sequences", 1, 1)
    assert "nite" in finding.found


def test_with_weekdays_only_those_count_that_begin_there() -> None:
    rule = ForbiddenSequences(sequences=(("A", "D"),), on=("friday", "sunday"), name="aften før helg")
    assert found(rule, problem(), "AD--AD-") == [(0, 4, 1)]
    assert found(rule, problem(), "D-----A") == [(0, 6, 1)]
    (breach,) = rule.violations(problem(), rota(problem(), "----AD-"))
    assert breach.about == "aften før helg"
