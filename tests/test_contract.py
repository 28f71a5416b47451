"""Every rule is whole: registered, explained, sourced, checked, lowered, in the schema, and tested.

Rules are found by walking the package, so that a new file cannot be forgotten.
"""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import get_args

import pytest

import turnus.rules
from turnus.cpsat import ENCODERS
from turnus.lines.automata import has_automaton
from turnus.rules import PROFILES, RULES, Rule, rule_schema
from turnus.rules import kinds as kinds_module
from turnus.rules.kinds import Cells, HorizonSum, Kind

TESTS = Path(__file__).parent / "rules"
KINDS = get_args(Kind)
#: Kinds that join the line program as prices of single days or as the hours axis.
WITHOUT_STATES = {Cells, HorizonSum}


def rules_in_package() -> list[type[Rule]]:
    names = [info.name for info in pkgutil.iter_modules(turnus.rules.__path__)]
    modules = [importlib.import_module(f"turnus.rules.{name}") for name in names]
    found = {
        value
        for module in modules
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Rule) and value is not Rule
    }
    return sorted(found, key=lambda rule: rule.id)


EVERY_RULE = pytest.mark.parametrize("rule", rules_in_package(), ids=lambda rule: rule.id)


def test_every_rule_in_the_package_is_registered_once_in_order() -> None:
    assert list(RULES) == rules_in_package()


@EVERY_RULE
def test_a_rule_has_its_own_file_and_its_own_test_file(rule: type[Rule]) -> None:
    assert rule.__module__ == f"turnus.rules.{rule.id}"
    assert (TESTS / f"test_{rule.id}.py").exists()


@EVERY_RULE
def test_a_rule_can_be_read(rule: type[Rule]) -> None:
    first_line = (rule.__doc__ or "").splitlines()[0]
    assert rule.__doc__ != Rule.__doc__
    assert first_line.endswith(".")
    assert rule.title
    assert rule.sentence.endswith(".")
    assert rule.unit


@EVERY_RULE
def test_a_rule_has_a_source(rule: type[Rule]) -> None:
    assert rule.source.reference
    assert rule.source.url.startswith("https://") or not rule.source.url
    assert rule.source.url or not rule.source.verified, "a verified source says where it was read"


@EVERY_RULE
def test_a_rule_has_a_checker_and_reaches_the_engine(rule: type[Rule]) -> None:
    assert rule.violations is not Rule.violations
    lowered = rule.lower is not Rule.lower or rule.hours_cost is not Rule.hours_cost
    assert lowered == (rule.lowering == "line")


@EVERY_RULE
def test_a_checker_does_not_read_the_kinds(rule: type[Rule]) -> None:
    assert kinds_in_checker(inspect.getsource(inspect.getmodule(rule))) == set()  # type: ignore[arg-type]


def kinds_in_checker(source: str) -> set[str]:
    """Return the kinds, or `lower`, that a file names outside its imports and its `lower` method."""
    words = {kind.__name__ for kind in KINDS} | {"lower"}
    tree = ast.parse(source)
    lowering = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "lower"]
    inside = {id(node) for function in lowering for node in ast.walk(function)}
    names = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in inside
    }
    return names & words


@pytest.mark.parametrize("line", ["self.lower(problem, post)", "return RunLength(a)"])
def test_a_checker_that_reads_the_kinds_would_be_found(line: str) -> None:
    assert kinds_in_checker(f"def violations(self):\n    {line}\n\ndef lower():\n    return Cells()")


@EVERY_RULE
def test_a_rule_has_its_values_in_every_profile_and_its_place_in_the_schema(rule: type[Rule]) -> None:
    assert all(rule.id in profile.values for profile in PROFILES.values())
    assert rule.id in rule_schema()["properties"]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_a_profile_names_only_rules_and_parameters_that_exist(profile: turnus.rules.Profile) -> None:
    assert set(profile.values) == {rule.id for rule in RULES}
    by_id = {rule.id: rule for rule in RULES}
    for limit in profile.limits:
        fields = {field.alias: name for name, field in by_id[limit.rule].model_fields.items()}
        assert fields[limit.parameter].endswith("_minutes")
    for id, values in profile.values.items():
        by_id[id].model_validate(values)


def test_every_kind_has_one_encoder_and_an_automaton_or_none_by_intent() -> None:
    defined = {
        value
        for _, value in inspect.getmembers(kinds_module, inspect.isclass)
        if value.__module__ == kinds_module.__name__
    }
    assert set(KINDS) == defined
    assert set(ENCODERS) == defined
    assert {kind for kind in KINDS if not has_automaton(object.__new__(kind))} == WITHOUT_STATES
