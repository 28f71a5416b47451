"""`turnus compare`: what it writes where, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FakeSolve, Runner
from tests.dialogue.test_compare import stored


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return [stored(tmp_path, "one"), stored(tmp_path, "two")]


def test_every_table_is_shown(turnus: Runner, two: list[Path]) -> None:
    ran = turnus("compare", *two)
    assert ran.code == 0
    for title in ("Full-time, cover and quality", "What each person carries", "Person by person", "Ola"):
        assert title in ran.out


def test_json_is_one_document_and_nothing_else(turnus: Runner, two: list[Path]) -> None:
    ran = turnus("compare", *two, "--json")
    document = json.loads(ran.out)
    assert document["schema"] == "turnus-comparison/1"
    assert [one["letter"] for one in document["alternatives"]] == ["A", "B"]
    assert {"measures", "coverage", "loads", "rules", "scenarios", "people"} <= document.keys()
    bounds = [line["bound"] for line in document["measures"] if line["measure"] == "mean_size"]
    assert bounds == [None, None]


def test_page_and_tables_are_written(turnus: Runner, two: list[Path], tmp_path: Path) -> None:
    ran = turnus("compare", *two, "--html", tmp_path / "c.html", "--csv", tmp_path / "csv")
    assert ran.code == 0
    assert (tmp_path / "c.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "csv" / "measures.csv").is_file()
    assert f"Wrote {tmp_path / 'c.html'}" in ran.err


def test_a_scenario_without_a_result_is_solved(turnus: Runner, two: list[Path], solver: FakeSolve) -> None:
    (two[1] / "result.json").unlink()
    ran = turnus("compare", *two, "--effort", 7)
    assert ran.code == 0
    assert solver.options is not None
    assert solver.options.effort == 7
    assert "which has no stored result" in ran.err
    assert "solved for this comparison" in " ".join(ran.out.split())


def test_the_page_never_overwrites_what_is_read(turnus: Runner, two: list[Path]) -> None:
    path = two[0] / "scenario.yaml"
    assert turnus("compare", path, two[1], "--html", path).code == 1


def test_bad_input_is_told(turnus: Runner, two: list[Path], tmp_path: Path) -> None:
    assert "expected 2 to 6 alternatives" in turnus("compare", two[0]).err
    assert turnus("compare", two[0], tmp_path / "none.yaml").code == 1
    (two[1] / "result.json").write_text('{"schema": "turnus-result/1"}', encoding="utf-8")
    ran = turnus("compare", two[0], two[1] / "result.json")
    assert ran.code == 1
    assert "expected what `turnus solve` writes" in ran.err
    assert "--effort: expected" in turnus("compare", *two, "--effort", 0).err


def test_a_value_set_is_set_in_each_scenario(turnus: Runner, two: list[Path], solver: FakeSolve) -> None:
    """A stored result is of another value, so that each is solved."""
    ran = turnus("compare", *two, "--set", "budget.fte=2.5", "--effort", 1, "--json")
    assert ran.code == 0
    assert solver.options is not None
    sources = json.loads(ran.out)["alternatives"]
    assert [one["solved"] for one in sources] == [True, True]
