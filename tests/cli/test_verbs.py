"""`new`, `validate`, `check`, the help, and the languages."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FakeSolve, Runner
from tests.result.cases import SCENARIO
from turnus.texts import set_language

ROOT = Path(__file__).resolve().parents[2]


def test_new_without_a_kind_lists_the_kinds(turnus: Runner) -> None:
    ran = turnus("new")
    assert ran.code == 0
    assert "nursing-home-ward" in ran.out.split()


def test_new_refuses_an_unknown_kind_and_suggests_a_close_one(turnus: Runner) -> None:
    ran = turnus("new", "nursing-home")
    assert ran.code == 1
    assert "Did you mean nursing-home-ward?" in ran.err


def test_new_writes_a_scenario_that_validates_and_never_overwrites(turnus: Runner, tmp_path: Path) -> None:
    target = tmp_path / "wards" / "mine.yaml"
    assert turnus("new", "dementia-unit", "--out", target).code == 0
    assert target.read_text(encoding="utf-8").startswith("#")
    assert turnus("validate", target).code == 0
    ran = turnus("new", "dementia-unit", "--out", target)
    assert ran.code == 1
    assert "found a file that exists" in ran.err


def test_new_says_how_an_editor_learns_the_keys(turnus: Runner, tmp_path: Path) -> None:
    said = turnus("new", "dementia-unit", "--out", tmp_path / "mine.yaml").err
    assert "turnus rules --schema > turnus.schema.json" in said
    assert "# yaml-language-server: $schema=turnus.schema.json" in said
    assert turnus("new", "dementia-unit").err == ""


def test_new_without_out_writes_the_same_to_stdout(turnus: Runner, tmp_path: Path) -> None:
    turnus("new", "dementia-unit", "--out", tmp_path / "mine.yaml")
    assert turnus("new", "dementia-unit").out == (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_validate_puts_every_mistake_of_every_file_on_stdout(
    turnus: Runner, scenario: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SCENARIO.replace("size: 50, wished", "size: 150, wished").replace("fte: 3", "fte: -3"))
    ran = turnus("validate", scenario, wrong)
    assert ran.code == 1
    lines = ran.out.splitlines()
    mistakes = [line for line in lines if line.startswith(f"{wrong}:")]
    assert len(mistakes) == 2
    place, path = mistakes[0].split(" ")[:2]
    line = int(place.split(":")[-3])
    assert "size: 150" in wrong.read_text().splitlines()[line - 1]
    assert path == "staff.0.size:"
    assert f"{wrong}: 2 mistakes" in ran.err
    assert f"{scenario}: in order, this demand, 3.0 FTE" in ran.err


def test_validate_applies_overrides(turnus: Runner, scenario: Path) -> None:
    assert turnus("validate", scenario).code == 0
    assert turnus("validate", scenario, "--set", "horizon.weeks=0").code == 1


def test_a_missing_file_is_bad_input(turnus: Runner, tmp_path: Path) -> None:
    ran = turnus("validate", tmp_path / "nowhere.yaml")
    assert ran.code == 1
    assert "nowhere.yaml" in ran.out


@pytest.fixture
def solved(turnus: Runner, scenario: Path, solver: FakeSolve, tmp_path: Path) -> Path:
    del solver
    turnus("solve", scenario, "--out", tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize("name", ["rota.csv", "result.json"])
def test_check_of_a_lawful_rota_ends_with_0(turnus: Runner, scenario: Path, solved: Path, name: str) -> None:
    ran = turnus("check", scenario, solved / name)
    assert ran.code == 0
    assert "every hard rule is kept" in ran.out
    assert "7.5 h of demand is uncovered" in ran.out


def test_check_of_a_rota_that_breaks_a_hard_rule_ends_with_4(
    turnus: Runner, scenario: Path, solved: Path
) -> None:
    ran = turnus("check", scenario, solved / "rota.csv", "--set", "rules.set.daily_rest.rest=11 h")
    assert ran.code == 4
    assert "Audit: 1 breach of hard rules" in ran.out
    told = (
        "✗ Daily rest (AML § 10-8 (1) and (3)) – 03 open post, week 1 Friday: "
        "1 h 45 min too little, required 11 h"
    )
    assert told in " ".join(ran.out.split())


def test_check_as_json_says_the_same(turnus: Runner, scenario: Path, solved: Path) -> None:
    words = ("check", scenario, solved / "rota.csv", "--json", "--set", "rules.set.daily_rest.rest=11 h")
    ran = turnus(*words)
    document = json.loads(ran.out)
    assert ran.code == 4
    assert (document["schema"], document["lawful"], document["audit"]["hard"]) == ("turnus-check/1", False, 1)
    assert document["audit"]["breaches"][0]["source"] == "AML § 10-8 (1) and (3)"
    assert document["notes"] == []
    assert document["coverage"]["uncovered_minutes"] == 450
    assert document["goals"][0] == {"id": "uncovered", "value": 450.0, "unit": "person-minutes"}


def test_check_tells_of_free_day_codes_that_are_misplaced(
    turnus: Runner, scenario: Path, solved: Path
) -> None:
    path = solved / "rota.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert "D;D;D;D;;F2;F1;" in text
    path.write_text(text.replace("D;D;D;D;;F2;F1;", "D;D;D;D;;F2;;"), encoding="utf-8")
    ran = turnus("check", scenario, path)
    assert ran.code == 0
    assert "! line 2: expected one F1 a week for Kari" in ran.out
    (note,) = json.loads(turnus("check", scenario, path, "--json").out)["notes"]
    assert (note["path"], note["found"], note["line"]) == (["posts", 0], "found week 1: 0 F1", 2)


def test_check_tells_where_a_rota_is_wrong(turnus: Runner, scenario: Path, solved: Path) -> None:
    path = solved / "rota.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("75;D;", "75;Q;"), encoding="utf-8")
    ran = turnus("check", scenario, path)
    assert ran.code == 1
    assert f"{path}:2:5: " in ran.err


def test_help_ends_with_0_and_lists_every_verb(turnus: Runner) -> None:
    ran = turnus("--help")
    assert ran.code == 0
    for verb in ("new", "validate", "solve", "check"):
        assert verb in ran.out
    assert turnus().out == ran.out


def test_version(turnus: Runner) -> None:
    assert turnus("--version").out == "turnus 0.1.0\n"


@pytest.mark.parametrize(
    ("language", "usage", "options"),
    [
        ("nb", "Bruk: turnus solve", "Valg"),
        ("nn", "Bruk: turnus solve", "Val"),
        ("en", "Usage: turnus solve", "Options"),
    ],
)
def test_the_help_is_in_the_language_in_use(turnus: Runner, language: str, usage: str, options: str) -> None:
    set_language(language)
    out = turnus("solve", "--help").out
    assert usage in out
    assert f"─ {options} ─" in out


def test_validate_shows_the_tasks_and_the_demand_built_from_them(turnus: Runner) -> None:
    unit = ROOT / "scenarios" / "home-care-tasks"
    ran = turnus("validate", "--tasks", unit / "scenario.yaml")
    assert ran.code == 0
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "Tasks: weekend" in lines
    assert "Dusj 45 1 09:00 (3)" in lines
    assert "08–09 5 h 5 ▇▇▇▇▇" in lines
    weekend = lines[lines.index("Tasks: weekend") :]
    assert weekend[weekend.index("Demand People Of which") :][1:3] == [
        "07:30–15:00 5 Sykepleier 1",  # what is asked for: the hand-over at 14:45 is counted with the day
        "15:00–22:15 3 Sykepleier 1",
    ]
    told = " ".join(weekend)
    assert "the demand is 59.25 h, of which they fill 53.6%. 0.25 h of the demand is hand-over" in told
    assert "Proven, of starts every 5 minutes and before hand-overs: no other placement needs less." in told
    assert "! Matombringing is done by service staff and is no demand here." in lines
    stated = turnus("validate", "--tasks", ROOT / "scenarios" / "home-care-north" / "scenario.yaml")
    assert "The scenario has no tasks: its demand is stated." in stated.out
