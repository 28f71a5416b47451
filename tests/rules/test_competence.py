"""Who may work a shift, and on which days it exists."""

from dataclasses import replace

import pytest

from tests.builders import DAY, EVENING, NIGHT, person, problem
from tests.rules.checks import found
from turnus.rules.structure.competence import Competence

NURSES_ONLY = replace(NIGHT, competences=frozenset({1}))
WEEKDAYS_ONLY = replace(EVENING, days=frozenset(range(5)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("DDDDD--", []),
        ("--N----", [(0, 2, 1)]),
        ("AAAAA--", []),
        ("AAAAAA-", [(0, 5, 1)]),
        ("N-----A", [(0, 0, 1), (0, 6, 1)]),
    ],
)
def test_shifts_closed_to_the_post_are_found(line: str, expected: list[object]) -> None:
    unit = problem(shifts=(DAY, WEEKDAYS_ONLY, NURSES_ONLY))
    assert found(Competence(), unit, line) == expected


def test_the_competence_it_is_open_to_may_work_it() -> None:
    unit = problem(person(competence=1), shifts=(DAY, WEEKDAYS_ONLY, NURSES_ONLY))
    assert found(Competence(), unit, "NN-----") == []


def test_each_post_is_judged_by_its_own_class() -> None:
    unit = problem(person("Kari", competence=1), person("Ola"), shifts=(DAY, EVENING, NURSES_ONLY))
    assert found(Competence(), unit, "N------", "-N-----") == [(1, 1, 1)]
