"""The JSON Schema of the file format."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.files import ROOT, open_unit, small
from turnus.case import scenario_schema, write_scenario_schema
from turnus.rules import RULES, Rule, rule_schema
from turnus.scenario import STARTERS, starter
from turnus.scenario.document import read_document

SCHEMA = ROOT / "scenarios" / "scenario.schema.json"
VALID = Draft202012Validator(scenario_schema())


def errors(content: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALID.iter_errors(content)]


def test_it_is_a_schema_of_the_dialect_it_names() -> None:
    schema = scenario_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def without_description(schema: Any, path: str = "") -> Iterator[str]:
    """Yield each key of the file, wherever it stands in a schema, that is not described."""
    if isinstance(schema, list):
        for at, part in enumerate(schema):
            yield from without_description(part, f"{path}[{at}]")
    if not isinstance(schema, dict):
        return
    for name, part in schema.get("properties", {}).items():
        text = part.get("description", "")
        if not text.endswith("."):
            yield f"{path}.{name}: {text!r}"
    for key, part in schema.items():
        yield from without_description(part, f"{path}.{key}")


def test_every_key_is_described_in_a_sentence() -> None:
    assert list(without_description(scenario_schema())) == []


def test_a_key_without_a_description_is_found() -> None:
    planted = {"$defs": {"One": {"properties": {"a": {"type": "string"}, "b": {"description": "Good."}}}}}
    assert list(without_description(planted)) == [".$defs.One.a: ''"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_its_sentence_its_source_and_its_default(rule: type[Rule]) -> None:
    text = rule_schema()["properties"][rule.id]["description"]
    assert text.startswith(f"{rule.sentence} Source: {rule.source.reference}")
    assert ("(not verified)" in text) is not rule.source.verified
    assert "Default with ks-lokal: " in text or text.endswith("It always holds.")


@pytest.mark.parametrize(
    ("rule", "default"),
    [
        ("daily_rest", "Default with ks-lokal: hard, rest 9 h."),
        ("max_hours_per_shift", "hard, longest 10 h, passive_extension 2 h, measure clock."),
        ("night_work", "night_from 21:00, night_to 06:00"),
        ("weekly_rest", "straddle true"),
        (
            "long_shift_limits",
            "Default with ks-lokal: off until the file sets it, then hard, in_a_row 2, most 4",
        ),
        ("forbidden_sequences", "Default with ks-lokal: hard."),
        ("quick_returns", "Default with ks-lokal: soft, weight 1, rest 11 h."),
        ("leave", "It always holds."),
        ("notice", "Default with ks-lokal: soft, days 14."),  # no rota can mend it, so that it has no weight
    ],
)
def test_the_default_that_a_rule_says(rule: str, default: str) -> None:
    assert default in rule_schema()["properties"][rule]["description"]


def test_the_file_in_the_repository_is_up_to_date(tmp_path: Path) -> None:
    """When this fails: `from turnus.case import write_scenario_schema`, and write it there again."""
    fresh = tmp_path / "fresh.json"
    write_scenario_schema(fresh)
    assert SCHEMA.read_text(encoding="utf-8") == fresh.read_text(encoding="utf-8")
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == scenario_schema()


@pytest.mark.parametrize(
    "path",
    sorted({*(ROOT / "scenarios").rglob("*.yaml")} - {*(ROOT / "scenarios").rglob("expected.yaml")}),
    ids=lambda path: path.parent.name,
)
def test_the_library_is_valid(path: Path) -> None:
    assert errors(read_document(path.read_bytes()).plain()) == []


@pytest.mark.parametrize("kind", STARTERS)
def test_the_starters_are_valid(kind: str) -> None:
    assert errors(read_document(starter(kind).encode()).plain()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"turnus": 2},
        {"extra": 1},
        {"horizon": {"weeks": 0}},
        {"shifts": []},
        {"demand": [{"block": "day", "need": {"weekdayz": 1}}]},
        {"demand": [{"block": "day", "need": "1"}]},
        {"shifts": [{"code": "D", "from": "25:00", "to": "15:00"}]},
        {"goals": ["uncoverd"]},
        {"staff": [{"name": "Ada", "competence": "nurse", "size": 101}]},
        {"rules": {"profile": "ks"}},
        {"rules": {"set": {"daily_reste": {"rest": "9 h"}}}},
        {"rules": {"set": {"daily_rest": {"reste": "9 h"}}}},
        {"rules": {"set": {"weekend_frequency": {"worked": -1}}}},
    ],
    ids=str,
)
def test_what_the_models_refuse_the_schema_refuses(change: dict[str, Any]) -> None:
    assert errors(small()) == []
    assert errors(open_unit()) == []
    assert errors(small(**change)) != []


def test_a_rule_takes_one_setting_or_a_list() -> None:
    one = {"rest": "9 h", "for": ["Ada"]}
    assert errors(small(rules={"set": {"daily_rest": one}})) == []
    assert errors(small(rules={"set": {"daily_rest": [one, {"rest": "11 h"}]}})) == []
