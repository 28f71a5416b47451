"""A new person and those who guide."""

from typing import Any

import pytest

from tests.builders import person, problem
from tests.rules.checks import found
from turnus.problem import Problem
from turnus.rules.agreed.mentor import Mentor

RULE = Mentor(new=("Kari",), mentors=("Ola", "guide"))


def unit(**changes: Any) -> Problem:
    guide = person("Ada", tags=frozenset({"guide"}))
    return problem(person("Kari"), person("Ola"), guide, **changes)


@pytest.mark.parametrize(
    ("kari", "ola", "ada", "expected"),
    [
        ("DA-----", "D------", "-A-----", []),
        ("DA-----", "DD-----", "-------", [(0, 1, 1)]),
        ("N------", "-N-----", "-------", [(0, 0, 1)]),
        ("-------", "D------", "-------", []),
    ],
)
def test_shifts_without_a_mentor(kari: str, ola: str, ada: str, expected: list[object]) -> None:
    assert found(RULE, unit(), kari, ola, ada) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(15, []), (16, [(0, 0, 1)])])
def test_time_together_is_enough(minutes: int, expected: list[object]) -> None:
    rule = Mentor(new=("Kari",), mentors=("Ola",), overlap_minutes=minutes)
    assert found(rule, unit(), "D------", "A------", "-------") == expected  # 14:45 to 15:00
    assert found(rule, unit(), "D------", "------N", "-------") == expected  # 07:30 to 07:45
    assert found(rule, unit(cyclic=False), "D------", "------N", "-------") == expected  # may have a night


def test_so_many_shifts_may_be_alone() -> None:
    rule = Mentor(new=("Kari",), mentors=("Ola",), alone=2)
    assert found(rule, unit(), "DD-----", "-------", "-------") == []
    assert found(rule, unit(), "DD--D--", "-------", "-------") == [(0, 4, 1)]


def test_only_the_stated_shifts_need_a_mentor() -> None:
    rule = Mentor(new=("Kari",), mentors=("Ola",), shifts=("night",))
    assert found(rule, unit(), "DAN----", "-------", "-------") == [(0, 2, 1)]


def test_nobody_is_their_own_mentor_by_a_tag() -> None:
    rule = Mentor(new=("Ada",), mentors=("guide",))
    assert found(rule, unit(), "-------", "-------", "D------") == [(2, 0, 1)]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"new": ["Per"], "mentors": ["Ola"]}, ("new", 0)),
        ({"new": ["Kari"], "mentors": ["Ola", "boss"]}, ("mentors", 1)),
        ({"new": ["Kari"], "mentors": ["Ola", "Kari"]}, ("mentors", 1)),
        ({"new": ["Kari"]}, ("mentors",)),
        ({"mentors": ["Ola"]}, ("new",)),
        ({"new": ["Kari"], "mentors": ["Ola"], "shifts": ["X"]}, ("shifts", 0)),
        ({"new": ["Kari"], "mentors": ["Ola"], "for": ["Kari"]}, ("for",)),
    ],
)
def test_what_does_not_exist_is_refused(values: dict[str, Any], path: tuple[object, ...]) -> None:
    (finding,) = Mentor.model_validate(values).findings(unit())
    assert finding.path == path
