"""`--draft`: a value whose agreement is missing is let through, and everything made from it says so."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import FakeSolve, Runner
from turnus.result import result_schema
from turnus.result.check_document import check_schema
from turnus.texts import set_language

#: 8 h takes a local agreement, 7 h a central one; the file lists K-7, which is local.
SHORT = ("--set", "rules.set.daily_rest={rest: 7 h}")
LAWFUL = ("--set", "rules.set.daily_rest={rest: 8 h}")
MARK = "DRAFT – takes an agreement"
VALUE = "Daily rest: 7 h (central, AML § 10-12 (4), not verified)"
ENTRY = {
    "rule": "daily_rest", "parameter": "rest", "value": "7 h", "levels": ["central"],
    "reference": "AML § 10-12 (4)", "verified": False, "note": None,
}  # fmt: skip


@pytest.mark.parametrize("verb", ["validate", "solve"])
def test_without_the_option_the_value_is_refused_with_its_paragraph(
    turnus: Runner, scenario: Path, solver: FakeSolve, verb: str
) -> None:
    ran = turnus(verb, scenario, *SHORT)
    assert ran.code == 1
    assert solver.options is None
    told = ran.out + ran.err
    expected = "at least 8 h, or an agreement under `agreements`: central (AML § 10-12 (4), not verified)"
    assert f"{expected}; found 7 h" in told
    assert "--draft" in told


def test_validate_says_that_it_is_a_draft(turnus: Runner, scenario: Path) -> None:
    ran = turnus("validate", scenario, *SHORT, "--draft")
    assert ran.code == 0
    assert f"{scenario}: {MARK}\n" in ran.err
    assert "rules.set.daily_rest.rest: expected an agreement under `agreements`: central" in ran.out


@pytest.fixture
def folder(turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path) -> Path:
    del solver
    assert turnus("solve", scenario, *SHORT, "--draft", "--out", tmp_path / "out").code == 0
    return tmp_path / "out"


def test_every_file_of_a_result_is_marked(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["draft-rota.csv", "report.html", "result.json"]
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    Draft202012Validator(result_schema()).validate(document)
    assert document["draft"] == [ENTRY]
    assert [rule["rule"] for rule in document["rules"] if rule["draft"]] == ["daily_rest"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count(MARK) >= 3  # in the title, on top, and at the rule
    assert VALUE in page


def test_the_summary_begins_with_the_mark(turnus: Runner, scenario: Path, solver: FakeSolve) -> None:
    del solver
    out = turnus("solve", scenario, *SHORT, "--draft").out
    assert MARK in out.splitlines()[0]
    assert VALUE in out


def test_the_mark_is_said_in_norwegian(turnus: Runner, scenario: Path, solver: FakeSolve) -> None:
    del solver
    for code, words in (("nb", "UTKAST – krever avtale"), ("nn", "UTKAST – krev avtale")):
        set_language(code)
        assert words in turnus("solve", scenario, *SHORT, "--draft").out


def test_a_check_is_marked_too(turnus: Runner, scenario: Path, folder: Path, tmp_path: Path) -> None:
    rota, page = folder / "draft-rota.csv", tmp_path / "check.html"
    assert turnus("check", scenario, rota, *SHORT).code == 1
    ran = turnus("check", scenario, rota, *SHORT, "--draft", "--html", page)
    assert MARK in ran.out.splitlines()[0]
    assert page.read_text(encoding="utf-8").count(MARK) >= 2
    document = json.loads(turnus("check", scenario, rota, *SHORT, "--draft", "--json").out)
    Draft202012Validator(check_schema()).validate(document)
    assert document["draft"] == [ENTRY]
    assert [rule["rule"] for rule in document["rules"] if rule["draft"]] == ["daily_rest"]


def test_a_rule_set_aside_is_in_the_draft_though_it_is_among_the_rules_no_more(
    turnus: Runner, scenario: Path, solver: FakeSolve
) -> None:
    del solver
    words = ("--set", "rules.set.weekly_rest={enabled: false}", "--draft", "--json")
    document: dict[str, Any] = json.loads(turnus("solve", scenario, *words).out)
    assert [(one["rule"], one["parameter"], one["value"]) for one in document["draft"]] == [
        ("weekly_rest", "enabled", "false")
    ]
    assert "weekly_rest" not in [rule["rule"] for rule in document["rules"]]


def test_with_every_agreement_listed_nothing_is_marked(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path
) -> None:
    del solver
    ran = turnus("solve", scenario, *LAWFUL, "--draft", "--out", tmp_path / "out")
    assert ran.code == 0
    assert "DRAFT" not in ran.out
    assert (tmp_path / "out" / "rota.csv").exists()
    assert MARK not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    document = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert document["draft"] == []
    assert {rule["agreement"] for rule in document["rules"] if rule["rule"] == "daily_rest"} == {"K-7"}


def test_a_result_says_which_agreements_the_file_does_not_name(
    turnus: Runner, scenario: Path, solver: FakeSolve
) -> None:
    del solver
    document = json.loads(turnus("solve", scenario, "--set", "agreements=[]", "--set",
                                 "rules.set.daily_rest={rest: 9 h}", "--json").out)  # fmt: skip
    (rest,) = [rule for rule in document["rules"] if rule["rule"] == "daily_rest"]
    assert rest["not_named"] == [
        {"parameter": "rest", "value": "9 h", "levels": ["local", "central"], "reference": "AML § 10-8 (3)",
         "verified": True, "note": "With compensating rest or other suitable protection."}
    ]  # fmt: skip
    assert (rest["agreement"], rest["draft"], document["draft"]) == (None, False, [])
    (note,) = [note for note in document["notes"] if note["path"] == ["rules", "profile"]]
    assert "Daily rest: 9 h (local, AML § 10-8 (3))" in note["found"]


def test_a_rota_without_a_scenario_is_never_a_draft(turnus: Runner, tmp_path: Path) -> None:
    ran = turnus("check", "--profile", "ks-lokal", tmp_path / "rota.csv", "--draft")
    assert ran.code == 1
    assert "--draft is for a scenario" in ran.err
