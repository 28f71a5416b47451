"""The scenario library: sound, complete, and saying what its READMEs say."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from turnus.case import load_case
from turnus.problem import FULL_TIME
from turnus.problem.references import paid_minutes_by_competence
from turnus.scenario import load_scenario
from turnus.texts import using_language

LIBRARY = Path(__file__).resolve().parents[1] / "scenarios"
RULEBOOK = LIBRARY / "rulebook"  # tests/test_rulebook.py is about its small units
SCENARIOS = sorted(path for path in LIBRARY.rglob("scenario.yaml") if RULEBOOK not in path.parents)
REFERENCE = sorted((LIBRARY / "reference-ward").glob("*.yaml"))
EVERY = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.parent.name)


@EVERY
def test_a_scenario_is_sound_and_has_its_story(path: Path) -> None:
    found = load_case(path)
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# ")
    assert "synthetic" in readme, "what is not published is called synthetic"
    assert found.problem.days >= 42


@EVERY
def test_the_budget_pays_the_demand(path: Path) -> None:
    problem = load_case(path).problem
    full_week = max(post.full_week_minutes for post in problem.classes)
    least = paid_minutes_by_competence(problem.rows, problem.shifts)[None] / (full_week * problem.weeks)
    assert least < problem.budget.total / FULL_TIME < 1.15 * least


def test_only_the_scenario_about_granularity_has_notes() -> None:
    with using_language("en"):
        noted = {path.parent.name: load_case(path).notes for path in [*SCENARIOS, *REFERENCE]}
    assert {name for name, notes in noted.items() if notes} == {"home-care-south"}
    assert all("80% is 170.4 h, nearest 165 h and 172.5 h" in note.found for note in noted["home-care-south"])


def test_there_are_at_least_ten_units_besides_the_families() -> None:
    units = [path for path in SCENARIOS if path.parent.parent == LIBRARY]
    assert len(units) >= 10


def test_all_heltid_goals_are_used() -> None:
    used = {goal for path in SCENARIOS for goal in load_scenario(path).scenario.goals}
    heltid = {"full_time_posts", "full_time_share", "mean_size", "fewest_part_time", "largest_smallest_size"}
    assert heltid <= used


def test_the_readme_names_every_folder() -> None:
    text = (LIBRARY / "README.md").read_text(encoding="utf-8")
    folders = [path.name for path in LIBRARY.iterdir() if path.is_dir()]
    assert [name for name in folders if f"`{name}" not in text] == []


@pytest.mark.parametrize("family", ["heltid", "reference-ward"])
def test_the_table_of_a_family_names_every_member(family: str) -> None:
    text = (LIBRARY / family / "README.md").read_text(encoding="utf-8")
    members = [path for path in (LIBRARY / family).iterdir() if path.is_dir() or path.suffix == ".yaml"]
    assert [path.name for path in members if f"`{path.name}`" not in text] == []


def weekend_people(path: Path) -> int:
    """Return the least number of people that can cover a Saturday."""
    problem = load_case(path).problem
    rows = [row for row in problem.rows if row.day == 5 and row.competence is None]
    by_block = {row.block: row.need for row in rows}
    if "Tidlig helg" not in by_block:
        return sum(by_block.values())
    early, late, night = by_block["Tidlig helg"], by_block["Sen helg"], by_block["Natt"]
    return max(early + late, by_block["Dag helg"], by_block["Aften helg"]) + night


@pytest.mark.parametrize("line", re.findall(r"\| `(\d\d-[^`]+)` \|[^|]*\|([^|]*)\|",
                         (LIBRARY / "heltid" / "README.md").read_text(encoding="utf-8")))  # fmt: skip
def test_the_weekend_arithmetic_of_the_heltid_table(line: tuple[str, str]) -> None:
    folder, arithmetic = line
    path = LIBRARY / "heltid" / folder / "scenario.yaml"
    setting = load_scenario(path).scenario.rules.set.get("weekend_frequency", {})
    assert isinstance(setting, dict)
    heads = weekend_people(path) * setting.get("of", 3) / setting.get("worked", 1)
    assert int(re.findall(r"\d+", arithmetic.split("=")[-1])[0]) == heads


def test_each_lever_changes_only_what_it_says() -> None:
    base = load_scenario(LIBRARY / "heltid" / "00-today" / "scenario.yaml").scenario
    changed = {
        "01-long-weekend-shifts": {"shifts", "open_posts", "rules"},
        "02-every-2nd-weekend": {"rules"},
        "03-raised-base-staffing": {"demand", "budget"},
        "04-larger-smallest-size": {"open_posts"},
        "05-lower-edge-demand": {"shifts", "open_posts", "rules", "demand"},
        "06-extra-weekends": {"rules", "horizon"},
        "07-all-full-time": {"shifts", "open_posts", "rules", "demand", "budget"},
    }
    for folder, keys in changed.items():
        other = load_scenario(LIBRARY / "heltid" / folder / "scenario.yaml").scenario
        differ = {key for key in type(base).model_fields if getattr(base, key) != getattr(other, key)}
        assert differ - {"name", "description"} == keys, folder


RUNS = json.loads((LIBRARY / "reference-ward" / "expected.json").read_text(encoding="utf-8"))["runs"]


def test_the_reference_ward_has_its_32_runs() -> None:
    names = {(run["file"], *run["set"]) for run in RUNS}
    assert len(names) == len(RUNS) == 32
    assert {run["file"] for run in RUNS} == {path.name for path in REFERENCE}


@pytest.mark.parametrize("run", RUNS, ids=lambda run: " ".join([run["file"], *run["set"]]))
def test_a_run_of_the_reference_ward_sets_what_it_says(run: dict[str, list[str]]) -> None:
    problem = load_case(LIBRARY / "reference-ward" / str(run["file"]), run["set"]).problem
    smallest = next(word for word in run["set"] if "smallest" in word).split("=")[1]
    assert {min(post.sizes) for post in problem.classes} == {int(smallest) * 100}
    over = 240 if 'hours.over="4 h"' in run["set"] else 0
    assert {post.over_minutes for post in problem.classes} == {over}
    assert problem.budget.total in (240_000, 480_000)


def test_the_history_of_the_easter_plan_keeps_the_rules() -> None:
    """Nine hours between shifts, at most five days and four nights in a row, one weekend of two."""
    problem = load_case(LIBRARY / "ward-40-easter" / "scenario.yaml").problem
    for post in problem.classes:
        line = post.history
        assert len(line) == 14
        for day, (one, other) in enumerate(pairwise(line)):
            if one and other:
                assert problem.starts[other] + 1440 - problem.ends[one] >= 9 * 60, (post.id, day)
        worked = "".join("x" if action else "." for action in line)
        nights = "".join("x" if action in problem.tagged("night") else "." for action in line)
        assert "x" * 6 not in worked, post.id
        assert "x" * 5 not in nights, post.id
        weekends = [any(line[day] for day in week) for week in ((5, 6), (12, 13))]
        assert sum(weekends) <= 1, post.id
