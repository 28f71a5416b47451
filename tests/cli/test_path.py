"""`turnus path`: its forms, a folder for each step, and what it refuses."""

import json
from pathlib import Path

from tests.cli.conftest import Runner
from tests.dialogue.test_path import unit


def test_every_form_and_a_rota_for_each_step(turnus: Runner, tmp_path: Path) -> None:
    year = {"year": 2027, "leavers": ["Di"]}
    unit(tmp_path, path=[year], goals=["uncovered", "full_time_posts"])
    asked = ("path", tmp_path / "ward.yaml", "--rotas", "--effort", 2, "--cache", tmp_path / "kept")
    ran = turnus(*asked, "--html", tmp_path / "p.html", "--out", tmp_path / "path")
    assert ran.code == 0
    assert "1 (2027)" in ran.out
    assert "Di" in (tmp_path / "p.html").read_text(encoding="utf-8")
    document = json.loads(turnus(*asked, "--json").out)
    written = json.loads((tmp_path / "path" / "path.json").read_text(encoding="utf-8"))
    assert document["steps"][1]["sizes_percent"] == written["steps"][1]["sizes_percent"]
    assert document["steps"][1]["plan"]["cached"]
    for number in (0, 1):
        assert (tmp_path / "path" / f"step-{number}" / "result.json").is_file()


def test_a_rota_of_today_is_read_as_check_reads_it(turnus: Runner, tmp_path: Path) -> None:
    year = {"year": 2027, "leavers": ["Di"]}
    unit(tmp_path, path=[year], goals=["uncovered", "full_time_posts"])
    ward, today = tmp_path / "ward.yaml", tmp_path / "today"
    assert turnus("solve", ward, "--effort", 2, "--out", today).code == 0
    asked = ("path", ward, "--effort", 2, "--cache", tmp_path / "kept", "--json")
    document = json.loads(turnus(*asked, "--present", today / "rota.csv").out)
    assert document["steps"][1]["changed"]["Ada"]["days"] >= 0
    assert turnus(*asked, "--present", tmp_path / "none.csv").code == 1


def test_bad_input_is_told(turnus: Runner, tmp_path: Path) -> None:
    unit(tmp_path, path=None)
    ran = turnus("path", tmp_path / "ward.yaml")
    assert ran.code == 1
    assert "path: [{year: 2027, leavers: [Kari]}]" in ran.err
    assert turnus("path", tmp_path / "ward.yaml", "--html", tmp_path / "ward.yaml").code == 1
    ran = turnus("path", tmp_path / "ward.yaml", "--set", 'path=[{"year": 1, "leavers": ["Nobody"]}]')
    assert "path.0.leavers.0" in ran.err
