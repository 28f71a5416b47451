"""The library: every scenario gives again what its `expected.json` says, lawful and within its bounds."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.expected import (
    ASKED,
    EXPECTED,
    GIVEN,
    asked,
    content,
    derive,
    differences,
    folders,
    name_of,
    pretty,
    run_name,
)
from turnus.audit import audit
from turnus.case import Case, load_case
from turnus.formats import read_rota
from turnus.goals import DIRECTION, goal_values
from turnus.problem import Rota

REFERENCE = "reference-ward"
FOLDERS = folders()
RUNS = [
    pytest.param(folder, entry, id=run_name(folder, entry))
    for folder in FOLDERS
    for entry in content(folder)["runs"]
]
EXIT_OF = {"optimal": 0, "feasible": 0, "infeasible": 2, "unknown": 3}


def numbers(given: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Value and bound of every goal."""
    return {goal["id"]: (goal["value"], goal["bound"]) for goal in given["goals"]}


def beyond(given: dict[str, Any]) -> list[str]:
    """Goals whose value is better than their bound."""
    known = {goal: pair for goal, pair in numbers(given).items() if None not in pair}
    return [
        goal
        for goal, (value, bound) in known.items()
        if (value > bound if DIRECTION[goal] == "max" else value < bound)
    ]


def wrongly_proven(given: dict[str, Any]) -> list[str]:
    """Goals called proven whose value misses the bound, or that stand below one that is not proven."""
    found, above = [], True
    for goal in given["goals"]:
        meets = goal["value"] is not None and goal["value"] == goal["bound"]
        if goal["proven"] != (above and meets):
            found.append(goal["id"])
        above = above and goal["proven"]
    return found


def check_rota(case: Case, rota: Rota, given: dict[str, Any]) -> None:
    """The rota on disk keeps every hard rule and is worth what was said, by the checkers alone."""
    assert audit(case.problem, case.rules, rota).hard == ()
    values = goal_values(case.problem, case.rules, rota)
    for goal in given["goals"]:
        assert goal["value"] == pytest.approx(values[goal["id"]], abs=1e-6), goal["id"]
    assert len(rota.posts) == given["heads"]


def check_stated(entry: dict[str, Any], given: dict[str, Any]) -> None:
    """Everything is covered, and what was stated by hand is found and proven."""
    found = numbers(given)
    assert found["uncovered"] == (0, 0)
    if entry["stated_full_time_posts"] is not None:
        assert found["full_time_posts"] == (entry["stated_full_time_posts"],) * 2
        assert given["status"] == "optimal"
    if entry["stated_heads"] is not None:
        assert found["fewest_heads"] == (entry["stated_heads"],) * 2


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "entry"), RUNS)
def test_a_scenario_gives_again_what_was_recorded(
    folder: Path, entry: dict[str, Any], tmp_path: Path
) -> None:
    given = derive(folder, entry, tmp_path).given
    assert list(differences(entry, given)) == []
    assert given["exit_code"] == EXIT_OF[given["status"]]
    assert beyond(given) == []
    assert wrongly_proven(given) == []
    if given["heads"] is not None:
        case = load_case(folder / entry["file"], entry["set"])
        check_rota(case, read_rota(tmp_path / "rota.csv", case.problem), given)
    if name_of(folder) == REFERENCE:
        check_stated(entry, given)


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_file_of_a_folder_is_expected(folder: Path) -> None:
    found = content(folder)
    assert {entry["file"] for entry in found["runs"]} == {path.name for path in folder.glob("*.yaml")}
    assert len(found["recorded"]["seconds"]) == len(found["runs"])
    for entry in found["runs"]:
        assert set(ASKED) | set(GIVEN) <= set(entry)
    assert {"machine", "cpus", "versions", "date"} <= set(found["recorded"])


def test_the_library_is_large_enough_and_has_the_whole_reference_ward() -> None:
    assert len(FOLDERS) >= 12
    ward = content(next(folder for folder in FOLDERS if name_of(folder) == REFERENCE))
    assert len({(entry["file"], *entry["set"]) for entry in ward["runs"]}) == 32
    assert sum(entry["stated_full_time_posts"] is not None for entry in ward["runs"]) >= 26


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_files_are_written_as_the_tool_writes_them(folder: Path) -> None:
    text = (folder / EXPECTED).read_text(encoding="utf-8")
    assert pretty(json.loads(text)) + "\n" == text


GOAL = {"id": "full_time_posts", "value": 9, "bound": 9, "proven": True}
ENTRY = {
    "file": "a.yaml",
    "status": "optimal",
    "exit_code": 0,
    "goals": [GOAL],
    "heads": 20,
    "hard_breaches": 0,
}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"heads": 21}, "heads: expected 20, found 21"),
        ({"status": "feasible"}, "status: expected optimal, found feasible"),
        ({"goals": [GOAL | {"value": 8}]}, "full_time_posts: expected value 9, found 8"),
        ({"goals": [GOAL | {"bound": 10}]}, "full_time_posts: expected bound 9, found 10"),
        ({"goals": [GOAL | {"proven": False}]}, "full_time_posts: expected proven True, found False"),
        ({"goals": []}, "goals: expected full_time_posts, found none"),
        ({"hard_breaches": None}, "hard_breaches: expected 0, found None"),
    ],
)
def test_a_difference_is_named(changed: dict[str, Any], sentence: str) -> None:
    assert list(differences(ENTRY, ENTRY | changed)) == [sentence]
    assert list(differences(ENTRY, ENTRY)) == []


@pytest.mark.parametrize(
    ("goal", "value", "bound", "found"),
    [
        ("full_time_posts", 10, 9, True),
        ("full_time_posts", 8, 9, False),
        ("fewest_heads", 10, 9, False),
        ("fewest_heads", 8, 9, True),
        ("health", None, 0, False),
    ],
)
def test_a_value_beyond_its_bound_is_seen(goal: str, value: int | None, bound: int, found: bool) -> None:
    given = {"goals": [{"id": goal, "value": value, "bound": bound, "proven": False}]}
    assert beyond(given) == [goal] * found


def test_a_goal_below_one_that_is_not_proven_is_not_proven() -> None:
    above = GOAL | {"value": 8, "proven": False}
    assert wrongly_proven({"goals": [above, GOAL | {"id": "fewest_heads"}]}) == ["fewest_heads"]
    assert wrongly_proven({"goals": [above, GOAL | {"id": "fewest_heads", "proven": False}]}) == []
    assert wrongly_proven({"goals": [above | {"proven": True}]}) == ["full_time_posts"]


def test_what_an_entry_leaves_out_is_filled_in() -> None:
    assert asked({"file": "a.yaml"}) == {"file": "a.yaml", "set": [], "effort": 1500, "seed": 1, "workers": 2}


def test_a_file_that_cannot_be_read_is_recorded_as_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("turnus: 1\n", encoding="utf-8")
    given = derive(tmp_path, {"file": "bad.yaml", "set": []}, tmp_path / "out").given
    assert given == dict.fromkeys(GIVEN) | {"status": "refused", "exit_code": 1, "goals": []}
