"""`turnus solve`: files, exit codes, the one JSON document, and what the terminal shows."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console
from ruamel.yaml import YAML

from tests.cli.conftest import FakeSolve, Runner
from tests.result.cases import small_case, small_rota
from turnus.audit import free_days
from turnus.cli.grid import rota_grid
from turnus.errors import Finding, InternalError
from turnus.result import result_schema

NO_ROTA: dict[str, Any] = {"rota": None, "goals": ()}
REASON = Finding(("budget",), "expected posts within the budget", "found none", "Raise it.")


def test_a_solve_writes_three_files_and_ends_with_0(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path
) -> None:
    ran = turnus("solve", scenario, "--out", tmp_path / "new" / "folder", "--seed", 3, "--effort", 9)
    assert ran.code == 0
    names = sorted(path.name for path in (tmp_path / "new" / "folder").iterdir())
    assert names == ["report.html", "result.json", "rota.csv"]
    assert solver.options is not None
    assert (solver.options.seed, solver.options.effort, solver.options.time_seconds) == (3, 9, None)
    assert "Wrote" in ran.err


def test_json_puts_one_valid_document_on_stdout_and_nothing_else(
    turnus: Runner, scenario: Path, solver: FakeSolve
) -> None:
    del solver
    ran = turnus("solve", scenario, "--json")
    Draft202012Validator(result_schema()).validate(json.loads(ran.out))
    assert ran.err == ""


def test_the_summary_shows_every_part(turnus: Runner, scenario: Path, solver: FakeSolve) -> None:
    del solver
    out = turnus("solve", scenario).out
    for part in (
        "At most 1 full-time post", "2. Full-time posts", "Posts by size", "Full-time and part-time",
        "Coverage by day and competence", "− week 2 Monday, evening 14:45–22:15: 1 missing (people)",
        "01 Kari", "Quality before and after polish", "✓ Audit: every hard rule is kept",
    ):  # fmt: skip
        assert part in out
    assert "01 Kari" in out


def test_weeks_wrap_to_the_width_of_the_terminal() -> None:
    case = small_case()
    rota = small_rota(case)
    for width, lines_for_kari in ((120, 1), (60, 2)):
        console = Console(width=width, record=True, file=io.StringIO())
        console.print(rota_grid(case.problem, rota, free_days(case.problem, case.rules, rota), width))
        text = console.export_text()
        assert text.count("01 Kari") == lines_for_kari
        assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": "optimal"}, 0),
        ({"status": "feasible"}, 0),
        (NO_ROTA | {"status": "infeasible", "reasons": (REASON,)}, 2),
        (NO_ROTA | {"status": "unknown"}, 3),
    ],
)
def test_the_status_decides_the_exit_code(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path, changes: dict[str, Any], code: int
) -> None:
    solver.changes = changes
    ran = turnus("solve", scenario, "--out", tmp_path / "out")
    assert ran.code == code
    assert json.loads((tmp_path / "out" / "result.json").read_text())["status"] == changes["status"]


def test_no_rota_leaves_no_rota_of_an_earlier_run_behind(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path
) -> None:
    turnus("solve", scenario, "--out", tmp_path)
    assert (tmp_path / "rota.csv").exists()
    solver.changes = NO_ROTA | {"status": "unknown"}
    turnus("solve", scenario, "--out", tmp_path)
    assert not (tmp_path / "rota.csv").exists()


def test_set_reaches_the_scenario(turnus: Runner, scenario: Path, solver: FakeSolve) -> None:
    del solver
    ran = turnus("solve", scenario, "--json", "--set", "budget.fte=2.5", "--set", "name=Annen")
    document = json.loads(ran.out)
    assert document["scenario"]["name"] == "Annen"
    assert "2.5 FTE" in document["summary"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--time", "0"], "--time: expected a number of seconds above 0"),
        (["--time", "nan"], "--time: expected a number of seconds above 0"),
        (["--time", "soon"], "--time: expected a number of seconds above 0"),
        (["--effort", "0"], "--effort: expected a whole number"),
        (["--seed", "-1"], "--seed: expected a whole number from 0"),
        (["--workers", "0"], "--workers: expected a whole number from 1"),
        (["--sed", "1"], "there is no option --sed; did you mean --seed?"),
        (["--time"], "--time is not followed by what it needs"),
        (["--lang", "fr"], "--lang: expected one of nb, nn, en; found 'fr'"),
        (["another.yaml"], "more words than the command takes"),
    ],
)
def test_wrong_usage_ends_with_1_and_says_what_was_expected(
    turnus: Runner, scenario: Path, words: list[str], message: str
) -> None:
    ran = turnus("solve", scenario, *words)
    assert ran.code == 1
    assert message in ran.err
    assert ran.out == ""


def test_a_missing_file_word_and_an_unknown_command(turnus: Runner) -> None:
    assert "FILE is missing" in turnus("solve").err
    assert "there is no command slove" in turnus("slove").err
    assert turnus("slove").code == 1


def test_bad_input_ends_with_1_and_is_json_when_json_is_asked(turnus: Runner, scenario: Path) -> None:
    ran = turnus("solve", scenario, "--json", "--set", "horizon.weeks=0")
    document = json.loads(ran.out)
    assert ran.code == 1
    assert (document["schema"], document["error"]) == ("turnus-error/1", "bad_input")
    assert document["findings"][0]["path"] == ["horizon", "weeks"]
    assert "horizon.weeks" in ran.err


def test_what_arithmetic_proves_impossible_ends_with_2(turnus: Runner, scenario: Path) -> None:
    ran = turnus("solve", scenario, "--json", "--set", "budget.fte=0.2")
    assert ran.code in (1, 2)
    document = json.loads(ran.out)
    assert (ran.code, document["error"]) in ((1, "bad_input"), (2, "impossible"))
    assert document["findings"]


def test_a_folder_that_cannot_be_made_is_told_before_solving(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    ran = turnus("solve", scenario, "--out", tmp_path / "file" / "below")
    assert ran.code == 1
    assert "expected a place that can be written" in ran.err
    assert solver.options is None


def test_a_result_is_not_written_over_its_scenario(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path
) -> None:
    document = YAML(typ="safe", pure=True).load(scenario)
    named = tmp_path / "result.json"
    named.write_text(json.dumps(document, default=str), encoding="utf-8")
    before = named.read_text(encoding="utf-8")
    ran = turnus("solve", named, "--out", tmp_path)
    assert ran.code == 1
    assert "result.json: file: expected another file than the one that is read" in ran.err
    assert (named.read_text(encoding="utf-8"), solver.options) == (before, None)
    assert turnus("solve", scenario, "--out", tmp_path / "other").code == 0  # beside it is fine


def test_names_are_no_markup_in_the_summary(turnus: Runner, scenario: Path, solver: FakeSolve) -> None:
    del solver
    text = scenario.read_text(encoding="utf-8").replace("Lia <test>", "Lia [/red] [b]x[/b]")
    scenario.write_text(text, encoding="utf-8")
    ran = turnus("solve", scenario, "--set", "staff[Kari].name=Kari [vikar]")
    assert ran.code == 0
    assert "Lia [/red] [b]x[/b]" in ran.out
    assert "Kari [vikar]" in ran.out


def test_a_crash_loses_nothing_already_found(
    turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path
) -> None:
    solver.error = ZeroDivisionError("x")
    assert turnus("solve", scenario, "--out", tmp_path / "out").code == 70
    assert turnus("check", scenario, tmp_path / "out" / "best-so-far.csv").code == 0


@pytest.mark.parametrize("error", [InternalError("the rota breaks daily_rest"), ZeroDivisionError("x")])
def test_a_fault_of_our_own_is_no_traceback_and_asks_for_a_report(
    turnus: Runner, scenario: Path, solver: FakeSolve, error: Exception
) -> None:
    solver.error = error
    ran = turnus("solve", scenario, "--json")
    assert ran.code == 70
    assert "Traceback" not in ran.err
    assert f"{scenario} sha256 " in ran.err
    assert json.loads(ran.out)["error"] == "internal"


def test_debug_shows_where_it_happened(turnus: Runner, scenario: Path, solver: FakeSolve) -> None:
    solver.error = ZeroDivisionError("x")
    assert "Traceback" in turnus("solve", scenario, "--debug").err
