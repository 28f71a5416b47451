"""`turnus check --proof`: what it says and its exit codes, on the record of a small unit with weekends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Runner
from tests.cpsat.test_proof import cuts, solved
from tests.result.cases import SCENARIO
from turnus.case import load_case
from turnus.cpsat import proof
from turnus.cpsat.proof import FoundLine

#: Both blocks are staffed at weekends too, so that a bound on full-time posts rests on a cut.
WEEKENDS = (
    SCENARIO.replace("weeks: 2", "weeks: 3")
    .replace("weekdays: 1", "weekdays: 1, saturday: 1, sunday: 1")
    .replace("fte: 3", "fte: 4")
)
Document = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "lia.yaml"
    path.write_text(WEEKENDS, encoding="utf-8")
    return path


@pytest.fixture
def document(unit: Path) -> Document:
    case = load_case(unit)
    found = solved(case)
    assert cuts(found)
    return found | {"scenario": {"sha256": case.sha256}}


@pytest.fixture
def result(document: Document, tmp_path: Path) -> Path:
    return written(document, tmp_path)


def written(document: Document, folder: Path) -> Path:
    path = folder / "result.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_bounds_that_hold_are_re_derived(turnus: Runner, unit: Path, result: Path) -> None:
    ran = turnus("check", unit, "--proof", result)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("Uncovered demand: bound ")
    assert [line.split(" – ")[1] for line in lines[:3]] == ["re-derived"] * 3
    assert lines[3].startswith("Cuts: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "result.json: file: expected a result.json; found JSON nested too deeply. "),
        ("{\n  no", "result.json:2:3: file: expected a result.json; found something else. "),
    ],
)
def test_what_is_no_result_is_told_with_its_place(
    turnus: Runner, unit: Path, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "result.json"
    path.write_text(text, encoding="utf-8")
    for words in (("check", unit, "--proof", path), ("check", unit, path), ("arithmetic", unit, path)):
        ran = turnus(*words)
        assert ran.code == 1
        assert said in ran.err


def test_as_json_it_is_one_document(turnus: Runner, unit: Path, result: Path) -> None:
    ran = turnus("check", unit, "--proof", result, "--json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert (found["schema"], found["verdict"]) == ("turnus-proof-check/1", "re-derived")
    assert [goal["verdict"] for goal in found["goals"]] == ["re-derived"] * 3
    assert found["goals"][0]["found"] is None
    assert found["cuts"][0]["claims"] >= 1


def test_a_planted_fault_ends_with_4_and_shows_the_line(
    turnus: Runner, unit: Path, document: Document, tmp_path: Path
) -> None:
    profits = cuts(document)[0]["profits"]
    kind = max((k for k, profit in enumerate(profits) if profit), key=lambda k: profits[k])
    profits[kind] -= 1
    ran = turnus("check", unit, "--proof", written(document, tmp_path))
    assert ran.code == 4
    assert f"is said to earn at most {profits[kind]}, but earns {profits[kind] + 1} with " in ran.out


def test_a_tightened_bound_ends_with_4(
    turnus: Runner, unit: Path, document: Document, tmp_path: Path
) -> None:
    for part in (document["goals"][1],):
        part["bound"] -= 1
        document["run"]["proof"][0]["bounds"][part["id"]] -= 1
    ran = turnus("check", unit, "--proof", written(document, tmp_path), "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["verdict"]) == (4, "REFUTED")
    assert [goal["verdict"] for goal in found["goals"]] == ["re-derived", "REFUTED", "re-derived"]


def test_too_little_time_ends_with_3(
    turnus: Runner, unit: Path, result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "line_earning", lambda *_: FoundLine("open"))
    ran = turnus("check", unit, "--proof", result)
    assert ran.code == 3
    assert "not re-checked in time: the time was up for a cut it rests on" in ran.out


def test_what_was_left_out_is_said(turnus: Runner, unit: Path, document: Document, tmp_path: Path) -> None:
    document["run"]["proof"][0]["left_out"] = [{"rule": "backward_rotation", "reason": "too large"}]
    ran = turnus("check", unit, "--proof", written(document, tmp_path))
    assert "Left out, which only makes the bounds weaker: Backward rotation." in ran.out


def test_another_scenario_is_bad_input_and_both_hashes_are_said(
    turnus: Runner, unit: Path, result: Path, document: Document
) -> None:
    ran = turnus("check", unit, "--proof", result, "--set", "budget.fte=4.5")
    assert ran.code == 1
    assert document["scenario"]["sha256"] in ran.err
    assert load_case(unit, ["budget.fte=4.5"]).sha256 in ran.err


@pytest.mark.parametrize(
    "text", ["no json", "[]", '{"scenario": {"sha256": 1}, "run": {"proof": []}, "goals": []}']
)
def test_what_is_no_result_is_bad_input(turnus: Runner, unit: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    ran = turnus("check", unit, "--proof", path, "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["error"] == "bad_input"


def test_a_missing_result_is_bad_input(turnus: Runner, unit: Path, tmp_path: Path) -> None:
    ran = turnus("check", unit, "--proof", tmp_path / "nowhere.json")
    assert ran.code == 1
    assert "nowhere.json" in ran.err


@pytest.mark.parametrize("words", [(), ("rota.csv", "--proof", "result.json")])
def test_either_a_rota_or_a_proof_is_checked(turnus: Runner, unit: Path, words: tuple[str, ...]) -> None:
    ran = turnus("check", unit, *words)
    assert ran.code == 1
    assert "give either a rota or --proof with a result.json" in ran.err


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_time_must_be_a_number_above_0(turnus: Runner, unit: Path, result: Path, seconds: str) -> None:
    ran = turnus("check", unit, "--proof", result, f"--time={seconds}")
    assert ran.code == 1
    assert "--time: expected a number of seconds above 0" in ran.err


def test_nothing_that_found_the_bounds_takes_part(unit: Path, result: Path) -> None:
    """In a process of its own the check loads no line program, no posts program, no rota search."""
    script = (
        "import sys; from turnus.cli.run import run; code = run(sys.argv[1:]);"
        "engines = ('turnus.lines', 'turnus.posts', 'turnus.rota', 'turnus.solve', 'highspy', 'numba');"
        "print(code, [name for name in sys.modules if name.startswith(engines)])"
    )
    command = [sys.executable, "-c", script, "check", str(unit), "--proof", str(result), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == "0 []"
