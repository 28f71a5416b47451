"""Verbs as jobs: each leaves what it says, parts answer what the whole asks, no end is unexplained."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.api.units import small_unit
from tests.dialogue.test_path import DAYS, STAFF
from tests.files import small
from turnus.jobs import JOB_KINDS, JobKind
from turnus.jobs.child import answer_to
from turnus.jobs.sweep import in_groups

DEMAND = [
    {"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 2, "weekend": 2}},
    {"block": "evening", "from": "15:00", "to": "22:00", "need": {"weekdays": 1, "weekend": 1}},
]
Answer = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a job, of a unit that has more than one best trade-off."""
    posts = {"smallest_size": 20, "sizes": [20, 40, 50, 60, 75, 80, 100]}
    content = small_unit(demand=DEMAND, open_posts=posts)
    content["budget"]["fte"] = 4
    (tmp_path / "scenario.yaml").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


@pytest.fixture
def answer(folder: Path) -> Answer:
    """Work out a job of the small unit in this process."""

    def work(kind: str, phase: str = "run", **options: Any) -> dict[str, Any]:
        asked = {
            "kind": kind,
            "phase": phase,
            "options": {"effort": 30, **options},
            "seconds": None,
            "threads": 1,
        }
        return answer_to(folder, asked, told.append, lambda: False)

    told: list[dict[str, Any]] = []
    return work


OPTIONS: dict[str, dict[str, Any]] = {
    "explain": {"goal": "full_time_posts", "value": 40, "changes": 1},
    "frontier": {"goals": ["full_time_posts", "uncovered"]},
    "path": {},
    "price": {"only": ["minimum-size"]},
    "solve": {},
}


@pytest.mark.parametrize("kind", OPTIONS)
def test_every_file_that_is_told_is_there(kind: str, answer: Answer, folder: Path) -> None:
    if kind == "path":
        staffed = small(staff=STAFF[:4], path=[{"year": 2027, "leavers": ["Di"]}], demand=DAYS)
        (folder / "scenario.yaml").write_text(json.dumps(staffed), encoding="utf-8")
    found = answer(kind, **OPTIONS[kind])
    assert found["event"] == "finished", found
    assert found["summary"]
    names = [file["name"] for file in found["files"]]
    assert sorted(names) == sorted(path.name for path in (folder / "out").iterdir())
    main = "result.json" if kind == "solve" else f"{kind}.json"
    document = json.loads((folder / "out" / main).read_text(encoding="utf-8"))
    assert document["schema"].startswith("turnus-")


@pytest.mark.parametrize("kind", ["frontier", "price"])
def test_the_parts_solve_what_the_whole_asks(kind: str, answer: Answer, folder: Path) -> None:
    options = OPTIONS[kind] if kind == "frontier" else {"only": ["budget", "minimum-size"], "rotas": True}
    divided = answer(kind, "parts", **options)["parts"]
    assert len(divided) >= 2
    if (
        kind == "price"
    ):  # today's bounds and rota, with which every part begins: its own rota is another start
        assert len(list((folder / "answers").rglob("*.json"))) == 2
    for part in divided:
        assert answer(kind, **part["options"])["event"] == "finished"
    kept = {path.name for path in (folder / "answers").rglob("*.json")}
    assert answer(kind, **options)["event"] == "finished"
    assert {path.name for path in (folder / "answers").rglob("*.json")} == kept, "nothing was solved anew"


def test_a_part_is_not_divided_again(answer: Answer) -> None:
    (first, *_others) = answer("frontier", "parts", **OPTIONS["frontier"])["parts"]
    assert answer("frontier", "parts", **first["options"])["parts"] == []


def test_a_new_attempt_begins_with_the_best_so_far(answer: Answer, folder: Path) -> None:
    first = answer("solve")
    assert (folder / "best-so-far.csv").exists()
    again = answer("solve")
    assert again["goals"][0]["value"] <= first["goals"][0]["value"]
    assert not json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))["run"]["repeatable"]
    (folder / "best-so-far.csv").write_text("nonsense", encoding="utf-8")
    assert answer("solve")["event"] == "finished"


def test_what_is_wrong_is_told_with_its_place(answer: Answer, folder: Path) -> None:
    (folder / "scenario.yaml").write_text("name: [", encoding="utf-8")
    found = answer("solve")
    assert (found["event"], found["code"]) == ("failed", "scenario-invalid")
    assert found["findings"][0]["line"] == 1


REFUSED = [
    {"person": "Ada"},
    {"goal": "full_time_posts"},
    {"day": "mon1"},
    {"person": "Ada", "day": "mon1"},
    {"goal": "full_time_posts", "value": 3, "person": "Ada", "size": 100},
    {"size": 0},
    {"size": 100},
    {"person": "Ada", "post": 1},
    {"post": 1, "goal": "full_time_posts", "value": 3},
    {"no_such": 1},
]


@pytest.mark.parametrize("options", REFUSED)
def test_questions_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        JOB_KINDS["explain"].Options.model_validate(options)


@pytest.mark.parametrize(("option", "word"), [("person", "Nobody"), ("goal", "nothing")])
def test_names_that_are_not_there_are_told(option: str, word: str, answer: Answer) -> None:
    more = {"size": 80} if option == "person" else {"value": 3}
    found = answer("explain", **{option: word}, **more)
    assert (found["event"], found["findings"][0]["path"]) == ("failed", [option])


def test_a_post_is_asked_about_by_its_number(answer: Answer, folder: Path) -> None:
    found = answer("explain", post=999)
    assert (found["event"], found["findings"][0]["path"]) == ("failed", ["post"])
    content = json.loads((folder / "scenario.yaml").read_text(encoding="utf-8"))
    named = {**content, "staff": [{"name": "Ada", "competence": "nurse", "size": 80}]}
    (folder / "scenario.yaml").write_text(json.dumps(named), encoding="utf-8")
    assert answer("explain", post=1, changes=0)["event"] == "finished"
    asked = json.loads((folder / "out" / "explain.json").read_text(encoding="utf-8"))["asked"]
    assert asked == {"post": "Ada", "size": 100}


def test_every_kind_has_its_own_name_and_says_what_its_options_are() -> None:
    for name, kind in JOB_KINDS.items():
        assert kind.id == name
        assert kind.title != JobKind.title
        for field in kind.Options.model_json_schema()["properties"].values():
            assert field["description"]


def test_groups_are_of_like_size_and_lose_nothing() -> None:
    for count in range(12):
        groups = in_groups(list(range(count)), 5)
        assert sorted(one for group in groups for one in group) == list(range(count))
        assert max(map(len, groups), default=0) - min(map(len, groups), default=0) <= 1


def test_every_verb_of_the_dialogue_that_takes_long_is_a_kind() -> None:
    assert set(OPTIONS) == set(JOB_KINDS)
