"""Papers that name nobody, claim nothing unproven, and say `not computed` where nothing is stored."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dialogue.test_compare import BETTER, GOALS, stored
from tests.result.cases import PROOF, SCENARIO, goal
from turnus.cli.run import run
from turnus.dialogue import papers_facts
from turnus.dialogue.alternatives import stored_runs
from turnus.dialogue.anonymous import Anonymous
from turnus.dialogue.lever_registry import single_steps
from turnus.dialogue.levers.budget import Budget
from turnus.dialogue.papers import KINDS, Basis, Kind, basis_of, paper
from turnus.dialogue.papers_facts import (
    PartTime,
    bound_of,
    claim_of,
    lever_lines,
    proven_bound,
    step_in_words,
)
from turnus.dialogue.papers_page import markdown_html, paper_html, write_papers
from turnus.dialogue.runs import Runs
from turnus.dialogue.stored import read_result
from turnus.dialogue.variant import Variant
from turnus.scenario import read_scenario
from turnus.texts import LANGUAGES, using_language

DAY = dt.date(2026, 11, 27)
NOBODY = Runs(folder=None)
RECORD = {**PROOF, "bounds": {"uncovered": 0.0, "full_time_posts": 0.0, "fewest_heads": 3.0}}
PROVEN = (
    GOALS[0],
    goal("full_time_posts", 0.0, 0.0, proven=True),
    goal("fewest_heads", 3.0, 3.0, proven=True, unit="heads"),
)
UNKNOWN = {"nb": "ikke beregnet", "nn": "ikkje rekna ut", "en": "not computed"}
#: Words that stand in English only; a Norwegian paper must not have them.
ENGLISH = re.compile(
    r"\b(the|and|with|not|posts?|rules?|weeks?|hours|demand|agreement|union|employee|at most|bound|need)\b",
    re.IGNORECASE,
)
NURSING_HOME = Path(__file__).resolve().parents[2] / "scenarios" / "nursing-home-24" / "scenario.yaml"


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave most levers out, for each of them is a scenario to check."""
    monkeypatch.setattr(papers_facts, "single_steps", lambda variant: single_steps(variant)[::12])


def basis(*folders: Path, file: Path | None = None) -> Basis:
    """Return what papers are made from: the first folder's scenario, and what all folders hold."""
    variant = Variant.of_file(file or folders[0] / "scenario.yaml")
    assert variant.case is not None
    return basis_of(variant, variant.case, stored_runs(folders) if folders else [], NOBODY, DAY)


@pytest.fixture
def today(tmp_path: Path) -> Path:
    return stored(tmp_path, "today", proof=(RECORD,), goals=PROVEN, lines=BETTER)


@pytest.fixture
def open_case(tmp_path: Path) -> Path:
    """Return a result whose first goal is not proven, so that nothing below it is."""
    return stored(tmp_path, "open", proof=(RECORD,))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_names_anybody(kind: Any, language: str, today: Path) -> None:
    with using_language(language):
        text = paper(kind, basis(today))
    assert "Kari" not in text
    assert "Ola" not in text
    assert text.startswith("# ")
    assert str(DAY.year) in text


names = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=4, max_size=12)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=names, second=names)
def test_a_name_in_any_text_of_the_scenario_is_hidden(first: str, second: str) -> None:
    people = (f"Qz{first} N.", f"Qz{second}x")
    text = SCENARIO.replace("name: Kari", f'name: "{people[0]}"').replace("name: Ola", f'name: "{people[1]}"')
    text = text.replace("parties: Lia and NSF", f'parties: "Lia and NSF by {people[0]}"')
    text = text.replace("block: evening", f'block: "evening with {people[1]}"')
    loaded = read_scenario(text, (), "lia.yaml")
    variant = Variant.of_file(_written(text))
    assert variant.case is not None
    for kind in KINDS:
        told = paper(kind, basis_of(variant, variant.case, [], NOBODY, DAY))
        assert not [one for one in people if one in told or one.rstrip(".") in told], kind
    hidden = Anonymous.of([loaded.scenario]).text(f"{people[1]}, {people[0]}")
    assert "Qz" not in hidden


def _written(text: str) -> Path:
    import tempfile

    path = Path(tempfile.mkdtemp()) / "lia.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_word_that_only_begins_like_a_name_stays() -> None:
    with using_language("en"):
        assert Anonymous(("Dag",)).text("Dagvakt, Dag") == "Dagvakt, an employee"


def test_post_ids_do_not_appear(today: Path) -> None:
    file = today / "result.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    for at, post in enumerate(document["posts"]):
        post["id"] = f"secret-{at}"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert "secret" not in "".join(paper(kind, basis(today)) for kind in KINDS)


def test_at_most_is_said_with_a_proof_and_the_line_that_checks_it(today: Path) -> None:
    with using_language("en"):
        text = paper("need", basis(today))
    assert "At most 0 full-time posts" in text
    assert "`turnus check scenario.yaml --proof result.json`" in text
    assert "but not yet re-checked" in text
    assert "at least 3" in text  # three heads, none of them full-time


@pytest.mark.parametrize(
    "change",
    [
        {"goals": (goal("uncovered", 450.0, 0.0, proven=False, unit="person-minutes"), *PROVEN[1:])},
        {"proof": ()},
        {"proof": ({**RECORD, "bounds": {"uncovered": 0.0}},)},
        {"goals": (PROVEN[0], goal("full_time_posts", 0.0, None, proven=False))},
    ],
    ids=["a goal above is open", "no record", "not in the record", "no bound"],
)
def test_at_most_is_not_said_without_a_proof(tmp_path: Path, change: dict[str, Any]) -> None:
    folder = stored(tmp_path, "open", **({"proof": (RECORD,), "goals": PROVEN} | change))
    result = read_result(folder / "result.json")
    assert proven_bound(result, "full_time_posts") is None
    kinds: tuple[Kind, ...] = ("need", "protocol")
    for kind in kinds:
        with using_language("en"):
            text = paper(kind, basis(folder))
        assert not re.search(r"at most \d", text, re.IGNORECASE)
        assert "--proof" not in text
        assert "not proven" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_result_figures_are_not_computed_and_none_is_0(language: str, tmp_path: Path) -> None:
    file = tmp_path / "lia.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    with using_language(language):
        need, soundness = paper("need", basis(file=file)), paper("soundness", basis(file=file))
        comparison = paper("comparison", basis(file=file))
    unknown = UNKNOWN[language]
    assert need.count(unknown) >= 5
    assert soundness.count(unknown) >= 18
    assert unknown in comparison
    assert not re.search(r"\| 0 \|", soundness)


def test_part_time_is_counted_by_wish_and_what_nobody_stated_stays_unknown() -> None:
    scenario = read_scenario(SCENARIO, (), "lia.yaml").scenario
    assert PartTime.of(scenario) == PartTime(2, 2, 1, 0.25, 0, 1)
    assert PartTime.of(scenario.model_copy(update={"staff": ()})) is None
    content = scenario.staff[1].model_copy(update={"wished_size": 50.0})
    counted = PartTime.of(scenario.model_copy(update={"staff": (scenario.staff[0], content)}))
    assert counted == PartTime(2, 2, 1, 0.25, 1, 0)


def test_the_agreement_list_tells_listed_from_missing(today: Path) -> None:
    with using_language("en"):
        text = paper("agreements", basis(today))
    line = next(one for one in text.splitlines() if one.startswith("| Daily rest"))
    assert "9 h" in line
    assert "AML § 10-8 (3)" in line
    assert "K-7, Dec 31, 2027" in line
    assert "the local union representatives" in line
    with using_language("nb"):
        assert "| **mangler** |" in paper("agreements", basis(file=NURSING_HOME))
    assert "not verified" in text.lower()


def test_soundness_shows_least_mean_and_most(open_case: Path) -> None:
    with using_language("en"):
        text = paper("soundness", basis(open_case))
    assert "| Evenings | 0 | 3 | 7 | 1 |" in text


def test_a_stored_run_of_a_pulled_lever_is_found_by_its_hash(
    today: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_facts, "single_steps", lambda variant: list(Budget.steps(variant)))
    made = basis(today)
    before = lever_lines(made.variant, made.stored, NOBODY, made.claim)
    assert before
    assert not any(line.known for line in before)
    loosened = stored(
        tmp_path, "looser", proof=(RECORD,), goals=PROVEN, lines=BETTER,
        replace={"Lia – looser": "Lia – today", "budget: {fte: 3}": "budget: {fte: 3.5}"},
    )  # fmt: skip
    made = basis(today, loosened)
    known = [line for line in lever_lines(made.variant, made.stored, NOBODY, made.claim) if line.known]
    assert [(line.at_most, line.change) for line in known] == [(0, "0")]


def test_bounds_count_only_when_all_demand_can_be_covered() -> None:
    assert bound_of(None) is None
    assert claim_of(None).at_most is None


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("kind", KINDS)
def test_norwegian_papers_have_no_english(kind: Any, language: str) -> None:
    with using_language(language):
        text = paper(kind, basis(file=NURSING_HOME))
    assert not ENGLISH.findall(re.sub(r"`[^`]*`", "", text))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_norwegian_steps_of_levers_have_no_english(language: str) -> None:
    variant = Variant.of_file(NURSING_HOME)
    with using_language(language):
        told = [" ".join(step_in_words(one, variant.loaded.scenario)) for one in single_steps(variant)]
    assert len(told) > 50
    assert not ENGLISH.findall("\n".join(told))
    assert not [text for text in told if "_" in text]  # a key of the file


def test_the_languages_have_the_same_papers_with_the_same_parts() -> None:
    folder = Path(__file__).resolve().parents[2] / "turnus" / "dialogue" / "paper_texts"
    for kind in KINDS:
        shapes = []
        for language in LANGUAGES:
            text = (folder / f"{kind}.{language}.md").read_text(encoding="utf-8")
            tags = [" ".join(tag.split()) for tag in re.findall(r"\{[{%].*?[%}]\}", text)]
            shapes.append((tags, text.count("\n## "), text.count("|")))
        assert shapes[0] == shapes[1] == shapes[2], kind


def test_pages_hold_text_and_no_markup_of_the_scenario(today: Path) -> None:
    with using_language("nb"):
        page = paper_html(paper("need", basis(today)))
    assert "<test>" not in page
    assert "<table>" in page
    assert "<b>" not in str(markdown_html("<b>x</b>"))


def test_every_paper_is_written_as_markdown_and_as_a_page(today: Path, tmp_path: Path) -> None:
    written = write_papers(tmp_path / "out", KINDS, basis(today))
    assert [path.name for path in written] == [f"{k}{e}" for k in KINDS for e in (".md", ".html")]
    assert all(path.stat().st_size for path in written)


def test_need_on_the_command_line(today: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(today / "scenario.yaml")
    assert run(["need", file, "--lang", "nb"]) == 0
    assert capsys.readouterr().out.startswith("# Behov for deltidsstillinger")
    assert run(["need", file, "--kind", "all", "--out", str(tmp_path / "papers"), "--lang", "nb"]) == 0
    assert len(list((tmp_path / "papers").iterdir())) == 2 * len(KINDS)
    assert run(["need", file, "--kind", "contract", "--lang", "nb"]) == 1
    assert "contract" in capsys.readouterr().err
