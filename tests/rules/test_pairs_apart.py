"""Two people who are never at work at the same time, by the clock."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import DAY, EVENING, NIGHT, person, problem, shift
from tests.rules.checks import found
from turnus.problem import Part, Post, Problem
from turnus.rules.agreed.pairs_apart import PairsApart

RULE = PairsApart(pairs=(("Kari", "Ola"),))


def unit(**changes: Any) -> Problem:
    return problem(person("Kari"), person("Ola"), **changes)


@pytest.mark.parametrize(
    ("kari", "ola", "expected"),
    [
        ("D------", "D------", [(0, 0, 450)]),
        ("D------", "A------", [(0, 0, 15)]),  # 14:45 to 15:00
        ("D------", "-D-----", []),
        ("A------", "N------", [(0, 0, 15)]),  # 22:00 to 22:15
        ("D------", "N------", []),
        ("-D-----", "N------", [(0, 1, 15)]),  # 07:30 to 07:45 the next morning
        ("N------", "-D-----", [(0, 1, 15)]),
        ("N------", "-A-----", []),
        ("D------", "------N", [(0, 0, 15)]),  # round the end of the cycle
        ("DD-----", "DD-----", [(0, 0, 450), (0, 1, 450)]),
    ],
)
def test_overlap_by_the_clock(kari: str, ola: str, expected: list[object]) -> None:
    assert found(RULE, unit(), kari, ola) == expected


def test_the_night_before_a_plan_is_known_or_not() -> None:
    with_history = problem(person("Kari"), person("Ola", history="N"), cyclic=False)
    assert found(RULE, with_history, "D------", "-------") == [(0, 0, 15)]
    assert found(RULE, unit(cyclic=False), "D------", "------N") == []


@pytest.mark.parametrize(("minutes", "expected"), [(14, [(0, 0, 15)]), (15, [])])
def test_a_handover_is_left_out_of_account(minutes: int, expected: list[object]) -> None:
    rule = PairsApart(pairs=RULE.pairs, handover_minutes=minutes)
    assert found(rule, unit(), "D------", "A------") == expected


def test_standby_at_home_meets_nobody_and_passive_duty_does() -> None:
    for kind, expected in (("standby", []), ("passive", [(0, 0, 450)])):
        parts = (Part("active", 480, 720), Part(kind, 720, 1440))  # type: ignore[arg-type]
        long = replace(shift("S", "08:00", "24:00"), parts=parts)
        people = [person(name, shifts=(EVENING, long)) for name in ("Kari", "Ola")]
        ward = problem(*people, shifts=(EVENING, long))
        assert found(RULE, ward, "A------", "S------") == expected  # 14:45 to 22:15


def test_somebody_without_a_line_meets_nobody() -> None:
    assert found(RULE, unit(), "D------", posts=[Post(0, 10000)]) == []


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"pairs": [["Kari", "Per"]]}, ("pairs", 0, 1)),
        ({"pairs": [["Kari", "Ola"], ["Ola", "Ola"]]}, ("pairs", 1, 1)),
        ({}, ("pairs",)),
        ({"pairs": [["Kari", "Ola"]], "for": ["Kari"]}, ("for",)),
    ],
)
def test_pairs_that_are_none_are_refused(values: dict[str, Any], path: tuple[object, ...]) -> None:
    (finding,) = PairsApart.model_validate(values).findings(unit())
    assert finding.path == path


def test_good_pairs_are_not_refused() -> None:
    assert list(RULE.findings(unit(shifts=(DAY, NIGHT)))) == []
