"""`turnus explain`: each question on the command line, in every form, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.dialogue.test_explain import open_ward
from tests.files import small
from turnus.cli.run import run
from turnus.texts import using_language

OFF = {"on": ["week 1 monday"], "shift": "off"}


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a file where Ada and Bo are both off on a Monday that needs one of them."""
    monkeypatch.setenv("TURNUS_CACHE", str(tmp_path / "cache"))
    ada = {"name": "Ada", "competence": "nurse", "size": 50, "fixed": [OFF]}
    content = small(
        horizon={"weeks": 1},
        competences={"nurse": {}},
        staff=[ada, {**ada, "name": "Bo"}],
        hours={"under": "18 h", "over": "18 h"},
        goals=["uncovered"],
    )
    path = tmp_path / "ward.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_conflict_in_every_form(ward: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert run(["explain", ward, "--changes", "0", "--json", "--html", str(page)]) == 0
    found = document(capsys)
    assert (found["schema"], found["reply"]) == ("turnus-explanation/1", "impossible")
    assert found["conflict"]["minimal"]
    assert {one["kind"] for one in found["conflict"]["elements"]} == {"person", "demand"}
    assert all(one["without_it"] != "impossible" for one in found["conflict"]["elements"])
    with using_language("nb"):
        assert run(["explain", ward, "--changes", "0"]) == 0
    shown = capsys.readouterr().out
    assert "Kan alt behov dekkes?" in shown
    assert "Nei: det er bevist umulig" in shown
    assert "Ada" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("day", ["mon1", "man 1", "week 1 monday"])
def test_a_person_in_the_words_of_people(ward: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--person", "ada", "--day", day, "--shift", "d", "--changes", "0", "--effort", "20", "--json"]
    assert run(["explain", ward, *words]) == 0
    found = document(capsys)
    assert found["asked"] == {"person": "Ada", "day": "week 1 monday", "shift": "D"}
    assert [one["id"] for one in found["conflict"]["elements"]] == ["person/Ada/fixed/0/week 1 monday"]


def test_a_post_by_its_number(ward: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", ward, "--post", "2", "--json"]) == 0
    found = document(capsys)
    assert found["asked"] == {"post": "Bo", "size": 100.0}
    assert [one["id"] for one in found["conflict"]["elements"]] == ["budget/all"]
    assert found["changes"][0]["budget_more_fte"] == pytest.approx(0.5)


def test_an_open_post_by_its_number_in_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The posts are those of the result beside the file, and what would have to give is told."""
    ward = tmp_path / "open.json"
    open_ward(tmp_path)
    assert run(["solve", str(ward), "--effort", "50", "--out", str(tmp_path / "out"), "--json"]) == 0
    posts = document(capsys)["posts"]
    assert [one["size_percent"] for one in posts] == [100, 100, 50]
    assert run(["explain", str(ward), "--post", "3", "--changes", "0", "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert str(tmp_path / "out" / "result.json") in told.err
    assert found["asked"] == {"number": 3, "size": 100.0, "competence": "nurse", "present_size": 50.0}
    assert found["gives"] == [{"what": "others", "goal": "full_time_posts", "before": 2.0, "at_best": 1.0}]


@pytest.mark.parametrize(
    "words",
    [
        ["--goal", "happiness=3"],
        ["--goal", "full_time_posts"],
        ["--goal", "full_time_posts=many"],
        ["--goal", "uncovered=0", "--post", "1"],
        ["--person", "Ada"],
        ["--day", "mon1"],
        ["--person", "Nobody", "--day", "mon1", "--shift", "off"],
        ["--person", "Ada", "--day", "mon9", "--shift", "off"],
        ["--person", "Ada", "--day", "someday", "--shift", "off"],
        ["--person", "Ada", "--day", "mon1", "--shift", "Q"],
        ["--post", "9"],
        ["--post", "1", "--size", "0"],
        ["--changes", "-1"],
        ["--html", "WARD"],
    ],
)
def test_what_it_refuses(ward: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", ward, *(ward if word == "WARD" else word for word in words)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err
