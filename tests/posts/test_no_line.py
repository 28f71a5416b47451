"""Rules that nobody can keep together: a named reason, never a crash, whatever the shape of what is left."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import person, problem
from tests.files import case, open_unit, small
from turnus.posts import lay_groundwork
from turnus.posts.reasons import reasons
from turnus.problem import Problem
from turnus.rules import Rule
from turnus.rules.agreed.fixed_pattern import FixedPattern
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.solve import SolveOptions, bound, solve
from turnus.texts import using_language

CLASHES: dict[str, tuple[Rule, ...]] = {
    "too long a stretch at work": (FixedPattern(pattern="7-7"), MaxWorkingDaysInARow(days=3)),
    "two patterns": (FixedPattern(pattern="2-12"), FixedPattern(pattern="7-7")),
    "no second day": (FixedPattern(pattern="10-4"), MaxWorkingDaysInARow(days=1)),
}
IN_A_FILE = {"set": {"fixed_pattern": {"pattern": "7-7"}, "max_working_days_in_a_row": {"days": 3}}}


def reason(unit: Problem, rules: tuple[Rule, ...]) -> str:
    found = reasons(unit, lay_groundwork(unit, rules).master.pricer, ())
    return found[0].sentence()


@pytest.mark.parametrize("cyclic", [True, False])
@pytest.mark.parametrize("clash", CLASHES)
def test_nobody_having_a_line_is_said_of_the_rules(clash: str, cyclic: bool) -> None:
    unit = problem(person(), person("Ola"), weeks=2, cyclic=cyclic)
    with using_language("en"):
        told = reason(unit, CLASHES[clash])
    assert "expected at least one lawful line for Kari; found none, whatever the hours" in told


def test_one_person_without_a_line_is_named_and_the_other_has_lines() -> None:
    """Both kinds of line programs side by side."""
    bound_by_pattern = FixedPattern(pattern="7-7", people=("Ola",))
    unit = problem(person(), person("Ola"), weeks=2)
    ground = lay_groundwork(unit, (bound_by_pattern, MaxWorkingDaysInARow(days=3)))
    assert {kind.class_index for kind in ground.master.pricer.kinds} == {0}
    with using_language("en"):
        (found,) = reasons(unit, ground.master.pricer, ())
    assert found.path == ("staff", 1)
    assert "Ola" in found.expected


@pytest.mark.parametrize("content", [small, open_unit])
def test_a_case_without_any_line_is_proven_impossible(content: Any) -> None:
    """Open posts too: no posts at all are no rota."""
    ward = case(content(horizon={"weeks": 2}, rules=IN_A_FILE))
    assert bound(ward).status == "infeasible"
    solved = solve(ward, SolveOptions(effort=10))
    assert solved.status == "infeasible"
    assert len(solved.reasons) == 2
