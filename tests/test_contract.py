"""Rules, kinds and engines fit together: checkers know no kinds, kinds have engines, profiles fit.

That every rule is whole, from its texts to its folder in the rule book: `tests/rules/test_discovery.py`.
"""

import ast
import inspect
from types import ModuleType
from typing import get_args

import pytest

from turnus.cpsat import ENCODERS
from turnus.lines.automata import AUTOMATA
from turnus.rules import PROFILES, RULES, Profile, Rule
from turnus.rules import group_kinds as group_kinds_module
from turnus.rules import kinds as kinds_module
from turnus.rules.group_kinds import GroupKind
from turnus.rules.kinds import Cells, ConvertedHours, DayEvents, HorizonSum, Kind, RunningSum, WeekSums

KINDS = get_args(Kind)
GROUP_KINDS = get_args(GroupKind)
#: Kinds that join the line program as prices of single days or as the hours axis; or, by dates and by what
#: the whole line is, not at all.
WITHOUT_STATES = {Cells, ConvertedHours, DayEvents, HorizonSum, RunningSum, WeekSums}
LOWERING = {"lower", "lower_together"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_checker_does_not_read_the_kinds(rule: type[Rule]) -> None:
    module = inspect.getmodule(rule)
    assert module is not None
    assert kinds_in_checker(inspect.getsource(module)) == set()


def kinds_in_checker(source: str) -> set[str]:
    """Return the kinds, or lowerings, that a file names outside its imports and its own lowerings."""
    words = {kind.__name__ for kind in (*KINDS, *GROUP_KINDS)} | LOWERING
    tree = ast.parse(source)
    lowering = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _lowers(node)]
    inside = {id(node) for function in lowering for node in ast.walk(function)}
    names = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in inside
    }
    return names & words


def _lowers(function: ast.FunctionDef) -> bool:
    """Whether a function only serves the engines: `lower`, `lower_together`, or one that returns a kind."""
    if function.name in LOWERING:
        return True
    returned = function.returns
    named = {node.id for node in ast.walk(returned) if isinstance(node, ast.Name)} if returned else set()
    return bool(named & {kind.__name__ for kind in (*KINDS, *GROUP_KINDS)} | named & {"Kind", "GroupKind"})


@pytest.mark.parametrize(
    "line",
    ["self.lower(problem, post)", "self.lower_together(problem)", "return RunLength(a)", "return Apart(a)"],
)
def test_a_checker_that_reads_the_kinds_would_be_found(line: str) -> None:
    assert kinds_in_checker(f"def violations(self):\n    {line}\n\ndef lower():\n    return Cells()")


@pytest.mark.parametrize(
    "source",
    ["def lower(self):\n    return Cells(a)", "def _gap(a) -> ClockGap:\n    return ClockGap(a)"],
)
def test_a_lowering_may_read_the_kinds(source: str) -> None:
    assert kinds_in_checker(source) == set()


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_a_profile_names_only_rules_and_values_that_exist(profile: Profile) -> None:
    assert set(profile.values) <= {rule.id for rule in RULES}
    for rule in RULES:
        values = profile.values_of(rule)
        values.pop("enabled", None)
        if profile.holds(rule):
            rule.model_validate(values)


def test_every_kind_has_one_encoder_and_an_automaton_or_none_by_intent() -> None:
    assert set(KINDS) == defined_in(kinds_module)
    assert set(ENCODERS) == set(KINDS)
    assert set(KINDS) - set(AUTOMATA) == WITHOUT_STATES
    assert set(AUTOMATA) <= set(KINDS)


def test_every_kind_over_several_lines_is_one_of_the_group_kinds() -> None:
    assert set(GROUP_KINDS) == defined_in(group_kinds_module)


def defined_in(module: ModuleType) -> set[type]:
    """Return the classes that a module defines itself."""
    members = inspect.getmembers(module, inspect.isclass)
    return {value for _, value in members if value.__module__ == module.__name__}
