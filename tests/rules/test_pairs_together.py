"""Two people who work the same shifts."""

from typing import Any

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.rules.agreed.pairs_together import PairsTogether

PAIR = (("Kari", "Ola"),)
RULE = PairsTogether(pairs=PAIR)


@pytest.mark.parametrize(
    ("kari", "ola", "expected"),
    [
        ("DAN----", "DAN----", []),
        ("DA-----", "D------", [(0, 1, 1)]),
        ("D------", "DA-----", [(1, 1, 1)]),
        ("D------", "A------", [(0, 0, 1), (1, 0, 1)]),  # both are without the other
        ("-------", "-------", []),
    ],
)
def test_shifts_without_the_other(kari: str, ola: str, expected: list[object]) -> None:
    assert found(RULE, problem(person("Kari"), person("Ola")), kari, ola) == expected


def test_only_the_stated_shifts_are_shared() -> None:
    rule = PairsTogether(pairs=PAIR, shifts=("night",))
    assert found(rule, problem(person("Kari"), person("Ola")), "DN-----", "AA-----") == [(0, 1, 1)]


def test_days_of_leave_do_not_count() -> None:
    unit = problem(person("Kari", leave=frozenset({1})), person("Ola"))
    assert found(RULE, unit, "D-D----", "DDD----") == []
    assert found(RULE, unit, "D------", "DDD----") == [(1, 2, 1)]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"pairs": [["Kari", "Per"]]}, ("pairs", 0, 1)),
        ({"pairs": [["Kari", "Kari"]]}, ("pairs", 0, 1)),
        ({"pairs": [["Kari", "Ola"]], "shifts": ["D", "X"]}, ("shifts", 1)),
    ],
)
def test_what_does_not_exist_is_refused(values: dict[str, Any], path: tuple[object, ...]) -> None:
    (finding,) = PairsTogether.model_validate(values).findings(problem(person("Kari"), person("Ola")))
    assert finding.path == path
