"""`turnus price`: its forms, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner
from tests.dialogue.test_runs import variant


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    variant(tmp_path)
    return tmp_path / "ward.yaml"


def test_every_form(turnus: Runner, ward: Path, tmp_path: Path) -> None:
    asked = ("price", ward, "--only", "budget,surplus", "--cache", tmp_path / "kept")
    ran = turnus(*asked, "--html", tmp_path / "p.html", "--csv", tmp_path / "p.csv")
    assert ran.code == 0
    for text in ("Today", "Budget", "at most", "Does not apply here"):
        assert text in ran.out
    assert (tmp_path / "p.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len((tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()) == 4
    document = json.loads(turnus(*asked, "--json").out)
    assert document["schema"] == "turnus-prices/1"
    assert all(row["bound"]["cached"] for row in document["rows"])


def test_bad_input_is_told(turnus: Runner, ward: Path) -> None:
    assert "did you mean" in turnus("price", ward, "--only", "bugdet").err.lower()
    assert "--rows: expected" in turnus("price", ward, "--rows", 0).err
    assert "--workers: expected" in turnus("price", ward, "--workers", 0).err
    assert turnus("price", ward, "--html", ward).code == 1
