"""Sequences of shifts that must not occur."""

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.forbidden_sequences import ForbiddenSequences

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
