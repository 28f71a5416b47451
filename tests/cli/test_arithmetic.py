"""`turnus arithmetic`: what it shows, what it refuses."""

import json
from pathlib import Path

from tests.cli.conftest import Runner
from tests.result.cases import small_case, small_outcome
from turnus.formats import write_json
from turnus.result import result_document
from turnus.texts import set_language

WARD = Path(__file__).resolve().parents[2] / "scenarios" / "heltid" / "05-lower-edge-demand" / "scenario.yaml"


def test_the_steps_and_the_numbers_are_shown(turnus: Runner) -> None:
    ran = turnus("arithmetic", WARD)
    assert ran.code == 0
    assert "Saturday: 3 L (07:30–20:00) + 2 L2 (09:45–22:15) + 1 A (14:45–22:15) + 2 N" in ran.out
    assert "at most 20" in ran.out
    assert "no result to compare with" in ran.out


def test_an_override_changes_the_arithmetic(turnus: Runner) -> None:
    ran = turnus("arithmetic", WARD, "--json", "--set", "open_posts.smallest_size=50")
    assert json.loads(ran.out)["full_time_posts"] == 18


def test_norwegian_has_no_english_and_a_decimal_comma(turnus: Runner) -> None:
    set_language("nb")
    ran = turnus("arithmetic", WARD)
    assert "Helger hver måtte jobbe om alle stillinger var hele" in ran.out
    assert "48 ÷ 21 = 2,29 av 6" in ran.out


def test_a_unit_without_weekends_says_why(turnus: Runner, scenario: Path, tmp_path: Path) -> None:
    case = small_case()
    write_json(tmp_path / "result.json", result_document(case, small_outcome(case)))
    ran = turnus("arithmetic", scenario, tmp_path / "result.json")
    assert ran.code == 0
    assert "does not apply: Nobody is needed at weekends" in ran.out


def test_a_result_of_another_scenario_is_refused(turnus: Runner, tmp_path: Path) -> None:
    case = small_case()
    write_json(tmp_path / "result.json", result_document(case, small_outcome(case)))
    ran = turnus("arithmetic", WARD, tmp_path / "result.json")
    assert ran.code == 1
    assert "scenario.sha256: expected the scenario's hash" in ran.err


def test_what_is_no_result_is_refused(turnus: Runner, tmp_path: Path) -> None:
    for text in ("{", "[]", '{"schema": "turnus-check/1"}', '{"schema": "turnus-result/1", "goals": 3}'):
        (tmp_path / "r.json").write_text(text, encoding="utf-8")
        ran = turnus("arithmetic", WARD, tmp_path / "r.json")
        assert ran.code == 1
        assert "Give a result.json of `turnus solve`" in ran.err
    assert turnus("arithmetic", WARD, tmp_path / "none.json").code == 1
