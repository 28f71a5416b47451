"""Two small results beside each other: every frame by hand, nothing unknown shown as 0."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.result.cases import LINES, SCENARIO, goal, small_outcome, small_rota
from turnus.case import Case, load_case
from turnus.dialogue.alternatives import Alternative, alternatives
from turnus.dialogue.compare import compare
from turnus.dialogue.compare_page import comparison_html, write_frames
from turnus.dialogue.compare_tables import tables
from turnus.errors import InputError
from turnus.formats import write_json
from turnus.result import Outcome, result_document
from turnus.texts import using_language

BETTER = ("DDDD... DDD....", "AA..A.. AAAAA..", "..AAD.. ..DD...")
GOALS = (
    goal("uncovered", 0.0, 0.0, proven=True, unit="person-minutes"),
    goal("full_time_posts", 1.0, 1.0, proven=True),
)


def never(case: Case) -> Outcome:
    raise AssertionError(f"{case.source} was solved again")


def stored(folder: Path, name: str, *, lines: tuple[str, ...] = LINES, **changes: Any) -> Path:
    """Write a scenario and its result into a folder of their own."""
    where = folder / name
    where.mkdir(parents=True)
    text = SCENARIO.replace('name: "Lia <test> & co"', f"name: Lia – {name}")
    for old, new in changes.pop("replace", {}).items():
        text = text.replace(old, new)
    (where / "scenario.yaml").write_text(text, encoding="utf-8")
    case = load_case(where / "scenario.yaml")
    outcome = small_outcome(case, rota=small_rota(case, lines), **changes)
    write_json(where / "result.json", result_document(case, outcome))
    return where


@pytest.fixture
def pair(tmp_path: Path) -> list[Alternative]:
    first = stored(tmp_path, "today")
    change = {
        "need: {weekdays: 1}}\nstaff": "need: {weekdays: 1, weekend: 0}}\nstaff",
        "rest: 9 h": "rest: 10 h",
    }
    second = stored(tmp_path, "better", lines=BETTER, goals=GOALS, replace=change)
    with using_language("en"):
        return alternatives([first, second / "scenario.yaml"], never)


def value(frame: Any, column: str, **where: str) -> Any:
    for key, wanted in where.items():
        frame = frame[frame[key] == wanted]
    assert len(frame) == 1
    return frame[column].iloc[0]


def test_alternatives_are_named_apart_and_keep_their_letters(pair: list[Alternative]) -> None:
    assert [(one.letter, one.name, one.solved) for one in pair] == [
        ("A", "today", False),
        ("B", "better", False),
    ]
    assert all(one.loaded is not None for one in pair)


def test_measures_carry_bounds_and_nothing_unknown_is_0(pair: list[Alternative]) -> None:
    found = compare(pair).measures
    assert value(found, "value", measure="uncovered", alternative="A") == 450
    assert value(found, "bound", measure="uncovered", alternative="A") == 0
    assert not value(found, "proven", measure="uncovered", alternative="A")
    assert value(found, "proven", measure="full_time_posts", alternative="B")
    assert found[(found["measure"] == "wishes") & (found["alternative"] == "B")].empty  # no goal there
    assert str(value(found, "bound", measure="mean_size", alternative="A")) == "nan"
    assert value(found, "value", measure="wish_more", alternative="A") == 1


def test_cover_is_told_for_all_by_competence_and_by_block(pair: list[Alternative]) -> None:
    found = compare(pair).coverage
    parts = list(dict.fromkeys(zip(found["kind"], found["part"], strict=True)))
    assert parts == [("all", ""), ("competence", "nurse"), ("block", "day"), ("block", "evening")]
    missing = value(found, "uncovered_minutes", kind="block", part="evening", alternative="A")
    assert missing == value(found, "uncovered_minutes", kind="all", alternative="A") == 450


def test_loads_fall_on_posts_and_the_worst_off_are_named(pair: list[Alternative]) -> None:
    found = compare(pair)
    ola = found.loads[(found.loads["person"] == "Ola") & (found.loads["alternative"] == "A")].iloc[0]
    assert (ola["evenings_worked"], ola["nights_worked"], ola["longest_run"]) == (7, 0, 4)
    evenings = found.spread[
        (found.spread["load"] == "evenings_worked") & (found.spread["alternative"] == "A")
    ].iloc[0]
    assert (evenings["least"], evenings["most"], evenings["worst_off"]) == (0, 7, ["Ola"])
    assert evenings["distribution"] == {0: 1, 2: 1, 7: 1}


def test_rules_that_differ_and_the_agreement_they_rest_on(pair: list[Alternative]) -> None:
    found = compare(pair)
    assert set(found.rules["rule"]) == {"daily_rest"}
    assert [values["rest"] for values in found.rules["values"]] == [540, 600]
    named = found.exceptions[found.exceptions["rule"] == "daily_rest"]
    assert list(named["agreement"]) == ["K-7", "K-7"]


def test_scenarios_are_compared_by_path_and_in_words(pair: list[Alternative]) -> None:
    with using_language("en"):
        found = compare(pair).scenarios
    assert found is not None
    assert [(one.written, one.part, one.values) for one in found] == [
        ("demand[evening].need", "Demand", ("weekdays 1", "weekdays 1, weekend 0")),
        ("rules.set.daily_rest.rest", "Rules", ("9 h", "10 h")),
    ]


def test_people_are_met_by_name_and_open_posts_by_size(pair: list[Alternative]) -> None:
    found = compare(pair).people
    assert found is not None
    assert list(found["person"].fillna("")) == ["Ola", "Kari", ""]
    ola = found[found["person"] == "Ola"].iloc[0]
    assert (ola["evenings_worked_A"], ola["evenings_worked_B"], ola["days_changed"]) == (7, 8, 1)
    assert found["days_changed"].isna().sum() == 1  # an open post is nobody


def test_three_alternatives_have_no_pairs(tmp_path: Path) -> None:
    folders = [stored(tmp_path, name) for name in ("a", "b", "c")]
    found = compare(alternatives(folders, never))
    assert found.people is None
    assert [len(table.columns) for table in tables(found)] == [3] * len(tables(found))


def test_a_result_alone_is_compared_without_its_scenario(tmp_path: Path) -> None:
    one = stored(tmp_path / "x", "one")
    two = stored(tmp_path / "y", "two")
    (two / "scenario.yaml").unlink()
    found = compare(alternatives([one, two / "result.json"], never))
    assert found.scenarios is None
    with using_language("en"):
        told = next(table for table in tables(found) if table.id == "scenarios")
    assert [cell.text for cell in told.lines[0].cells] == ["–", "scenario not at hand"]


def test_an_older_result_shows_what_it_does_not_hold_as_unknown(tmp_path: Path) -> None:
    one, two = stored(tmp_path, "one"), stored(tmp_path, "two")
    document = json.loads((two / "result.json").read_text(encoding="utf-8"))
    for post in document["posts"]:
        for key in ("nights_worked", "evenings_worked", "long_shifts_worked", "quick_returns", "longest_run"):
            del post[key]
    del document["coverage"]["by_block"]
    write_json(two / "result.json", document)
    with using_language("en"):
        found = tables(compare(alternatives([one, two], never)))
    evenings = next(
        line for table in found if table.id == "spread" for line in table.lines if line.title == "Evenings"
    )
    assert [cell.text for cell in evenings.cells] == ["0–7", "unknown"]


def test_a_scenario_that_has_changed_is_solved_again(tmp_path: Path) -> None:
    one, two = stored(tmp_path, "one"), stored(tmp_path, "two")
    path = two / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fte: 3", "fte: 2.5"), encoding="utf-8")
    solved = []

    def solver(case: Case) -> Outcome:
        solved.append(case.problem.budget.total)
        return small_outcome(case)

    found = alternatives([one, path], solver)
    assert solved == [25_000]
    assert [each.solved for each in found] == [False, True]


@pytest.mark.parametrize("count", [0, 1, 7])
def test_too_few_and_too_many_are_refused(count: int, tmp_path: Path) -> None:
    with using_language("en"), pytest.raises(InputError, match="expected 2 to 6 alternatives"):
        alternatives([tmp_path] * count, never)


def test_a_folder_without_either_is_refused(tmp_path: Path) -> None:
    with using_language("en"), pytest.raises(InputError, match="found 0 scenario files"):
        alternatives([tmp_path, tmp_path], never)


def test_the_tables_say_what_is_proven_and_what_is_better(pair: list[Alternative]) -> None:
    with using_language("en"):
        found = {table.id: table for table in tables(compare(pair))}
    lines = {line.title: line.cells for line in found["measures"].lines}
    assert [(cell.text, cell.note, cell.tone) for cell in lines["Uncovered demand"]] == [
        ("7.5 h", "bound 0 h, not proven", ""),
        ("0 h", "✓ proven best", "better"),
    ]
    assert [cell.text for cell in lines["Wishes not met"]] == ["0 points", "unknown"]
    who = {line.title: line.cells for line in found["people"].lines}
    assert who["Ola, Health workers"][0].text == "50%"
    assert (who["Ola, Health workers"][1].text, who["Ola, Health workers"][1].tone) == ("7 → 8", "worse")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_is_escaped_and_in_the_language(language: str, tmp_path: Path) -> None:
    change = {"name: Kari,": 'name: "<b>Kari</b>",'}
    folders = [stored(tmp_path, name, replace=change) for name in ("a", "b")]
    with using_language(language):
        html = comparison_html(compare(alternatives(folders, never)))
    assert f'<html lang="{language}">' in html
    assert "<b>Kari</b>" not in html
    assert "&lt;b&gt;Kari" in html
    if language != "en":
        assert not [
            word
            for word in ("proven", "weekdays", "Demand", "unknown", "bound")
            if word in html.split("</style>")[1]
        ]


def test_every_frame_is_a_csv_file(pair: list[Alternative], tmp_path: Path) -> None:
    files = write_frames(tmp_path / "csv", compare(pair))
    assert [path.name for path in files] == [
        "measures.csv", "weekend_arithmetic.csv", "coverage.csv", "loads.csv", "spread.csv", "exceptions.csv",
        "rules.csv", "scenarios.csv", "people.csv",
    ]  # fmt: skip
    assert "uncovered,A,450.0,0.0,False,person-minutes" in files[0].read_text(encoding="utf-8")


def test_rotas_of_different_lengths_are_set_beside_each_other_week_by_week(tmp_path: Path) -> None:
    one = stored(tmp_path, "one")
    twice = tuple(f"{line} {line}" for line in LINES)
    two = stored(tmp_path, "two", lines=twice, replace={"weeks: 2": "weeks: 4"})
    with using_language("en"):
        found = {table.id: table for table in tables(compare(alternatives([one, two], never)))}
    for name in ("measures", "spread"):
        assert [cell.text for cell in found[name].lines[0].cells] == ["2 weeks", "4 weeks"]
    evenings = next(line for line in found["spread"].lines if line.title == "Evenings")
    assert [(cell.text, cell.tone) for cell in evenings.cells] == [("0–7", ""), ("0–14", "")]


def test_people_with_the_same_change_stand_in_one_line(tmp_path: Path) -> None:
    one = stored(tmp_path, "one")
    change = {
        f"name: {name}, ": f"name: {name}, accepts: {{extra_weekends: true}}, " for name in ("Kari", "Ola")
    }
    two = stored(tmp_path, "two", replace=change)
    with using_language("en"):
        found = {table.id: table for table in tables(compare(alternatives([one, two], never)))}
    assert [(line.title, [cell.text for cell in line.cells]) for line in found["scenarios"].lines] == [
        ("Staff › Kari, Ola › accepts › extra weekends", ["no", "yes"])
    ]


def test_what_rests_on_a_draft_is_marked_a_draft(tmp_path: Path) -> None:
    one, two = stored(tmp_path, "one"), stored(tmp_path, "two")
    document = json.loads((two / "result.json").read_text(encoding="utf-8"))
    rule = next(rule for rule in document["rules"] if rule["rule"] == "daily_rest")
    need = {"parameter": "rest", "value": "9 h", "levels": ["local"], "reference": "AML § 10-8 (3)"}
    rule |= {"agreement": None, "draft": True, "not_named": [need | {"verified": True, "note": None}]}
    write_json(two / "result.json", document)
    with using_language("en"):
        html = comparison_html(compare(alternatives([one, two], never)))
        plain = comparison_html(compare(alternatives([one, one], never)))
    assert "<li>B two: Daily rest, 9 h</li>" in html
    assert 'class="draft"' in html
    assert 'class="draft"' not in plain
