"""`turnus frontier`: its forms, a folder for each point, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner
from tests.dialogue.test_runs import variant


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    variant(tmp_path)
    return tmp_path / "ward.yaml"


def test_every_form_and_a_rota_for_each_point(turnus: Runner, ward: Path, tmp_path: Path) -> None:
    asked = (
        "frontier",
        ward,
        "--goals",
        "full_time_posts,heads",
        "--effort",
        2,
        "--cache",
        tmp_path / "kept",
    )
    forms = ("--html", tmp_path / "f.html", "--svg", tmp_path / "f.svg", "--out", tmp_path / "front")
    ran = turnus(*asked, *forms)
    assert ran.code == 0
    assert "Full-time posts, at most" in ran.out
    page = (tmp_path / "f.html").read_text(encoding="utf-8")
    assert (tmp_path / "f.svg").read_text(encoding="utf-8") in page
    document = json.loads(turnus(*asked, "--json").out)
    assert json.loads((tmp_path / "front" / "frontier.json").read_text(encoding="utf-8"))["goals"]
    for point in document["points"]:
        written = tmp_path / "front" / f"point-{point['number']}" / "result.json"
        assert written.is_file() == (point["value"] is not None and not point["dominated"])


def test_bad_input_is_told(turnus: Runner, ward: Path) -> None:
    ran = turnus("frontier", ward, "--goals", "full_time_posts,happiness")
    assert ran.code == 1
    assert "full_time_posts, full_time_share" in ran.err
    assert "different goals" in turnus("frontier", ward, "--goals", "heads").err
    assert turnus("frontier", ward, "--goals", "heads,uncovered", "--svg", ward).code == 1
    assert "the tag long" in turnus("frontier", ward, "--goals", "heads,long_shifts").err


def test_without_goals_the_unit_has_a_pair_of_its_own(turnus: Runner, ward: Path, tmp_path: Path) -> None:
    ran = turnus("frontier", ward, "--bounds", "--json", "--cache", tmp_path / "kept")
    assert ran.code == 0
    assert [one["id"] for one in json.loads(ran.out)["goals"]] == ["full_time_posts", "fewest_heads"]
