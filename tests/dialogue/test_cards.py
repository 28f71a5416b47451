"""Decks that can be read in three languages, and cards that show stored figures and invent none."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.dialogue.test_compare import GOALS, stored
from tests.dialogue.test_task_levers import CARE, SHOWER, WATCH, variant
from tests.result.cases import goal
from turnus.dialogue.alternatives import Alternative, stored_runs
from turnus.dialogue.cards import figures, matches
from turnus.dialogue.cards_page import cards_html
from turnus.dialogue.compare import LOADS
from turnus.dialogue.decks import DECKS, Card, Deck, Measure, Text, load_deck, said
from turnus.dialogue.differences import scenario_differences
from turnus.dialogue.lever import pull
from turnus.dialogue.lever_registry import LEVERS
from turnus.dialogue.measures import ORDER
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.rules import RULES
from turnus.scenario import Scenario
from turnus.texts import LANGUAGES, using_language

LOCAL = """
deck: 1
id: ours
title: Våre kort
intro: {nb: Laget her, en: Made here}
cards:
  - id: one
    title: Ett
    about: helg
    question: Hva nå?
    show: [full_time_posts]
"""


def texts(deck: Deck) -> Iterator[Text]:
    yield from (deck.title, deck.intro)
    for card in deck.cards:
        yield from (card.title, card.about, card.question, *card.ask)


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_says_everything_in_three_languages(name: str) -> None:
    deck = load_deck(name)
    assert deck.id == name
    assert len(deck.cards) >= 5
    for text in texts(deck):
        assert isinstance(text, dict), text
        assert set(text) == set(LANGUAGES), text


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_names_paths_and_rules_that_there_are(name: str) -> None:
    rules = {rule.id for rule in RULES}
    for card in load_deck(name).cards:
        for pattern in (*card.touches, *card.along):
            part = re.split(r"[.\[*]", pattern)[0]
            assert part in {*Scenario.model_fields, "units"}, pattern
            found = re.match(r"rules\.set\.(\w+)", pattern)
            assert found is None or found[1] in rules, pattern


TODAY = Path(__file__).resolve().parents[2] / "scenarios" / "heltid" / "00-today" / "scenario.yaml"


@pytest.mark.parametrize(
    "one", [one for name in DECKS for one in load_deck(name).cards if one.lever], ids=lambda one: one.id
)
def test_a_card_sees_what_its_lever_changes(one: Card) -> None:
    of_tasks = one.lever in ("move-task", "hand-over-task")
    today = variant(CARE, SHOWER, WATCH) if of_tasks else Variant.of_file(TODAY)
    steps = list(LEVERS[one.lever or ""].steps(today))
    for step in steps:
        changed = scenario_differences([today.loaded.scenario, pull(step, today).loaded.scenario])
        if one.lever != "rule-value":  # which is about every rule
            assert any(matches(each, one.touches) for each in changed), step.name()
        if one.per is None and one.lever not in ("rule-value", "budget"):
            beside = [each.written for each in changed if not matches(each, (*one.touches, *one.along))]
            assert beside == [], step.name()
    assert steps or not of_tasks


def test_a_card_can_show_every_measure_that_has_a_title() -> None:
    assert set(get_args(Measure)) == {*ORDER, *LOADS}


def test_absence_and_adapted_lines_are_asked_about() -> None:
    assert {card.per for card in load_deck("absence").cards} == {None, "absence", "adapted_lines"}


@pytest.mark.parametrize(
    ("language", "shown"), [("nb", "Laget her"), ("nn", "Laget her"), ("en", "Made here")]
)
def test_a_text_falls_back_on_the_languages_it_has(language: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(LOCAL, encoding="utf-8")
    deck = load_deck(str(tmp_path / "ours.yaml"))
    with using_language(language):
        assert (said(deck.title), said(deck.intro)) == ("Våre kort", shown)


@pytest.mark.parametrize(("old", "new", "told"), [
    ("show: [full_time_posts]", "show: [full_time]", "Did you mean full_time_"),
    ("question: Hva nå?", "", "expected the key question"),
    ("id: one", "id: One card", "id"),
    ("about: helg", "about: {de: Wochenende}", "about"),
    ("about: helg", "about: helg\n    abuot: helg", "abuot"),
    ("[full_time_posts]", "[]\n  - {id: one, title: a, about: b, question: c}", "each card once"),
    ("about: helg", "about: helg\n    lever: long-weekends", "Did you mean long-weekend-shifts?"),
    ("deck: 1", "deck: [", "ours.yaml:"),
])  # fmt: skip
def test_a_mistake_in_a_deck_is_told_with_its_place(old: str, new: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(LOCAL.replace(old, new), encoding="utf-8")
    with using_language("en"), pytest.raises(InputError) as error:
        load_deck(str(path))
    line = error.value.lines()[0]
    assert re.match(rf"{re.escape(str(path))}:\d+:\d+: ", line)
    assert told in line


def test_an_unknown_deck_is_refused_with_what_there_is() -> None:
    with using_language("en"), pytest.raises(InputError, match="Did you mean absence"):
        load_deck("absense")


def card(**values: Any) -> Card:
    return Card.model_validate(
        {
            "id": "x",
            "title": "t",
            "about": "a",
            "question": "q",
            "show": ("full_time_posts", "evenings_worked"),
        }
        | values
    )


@pytest.fixture
def runs(tmp_path: Path) -> list[Alternative]:
    """Return today, a smaller change of the rest alone, and one of rest and budget."""
    stored(tmp_path, "0-today", goals=GOALS)
    stored(tmp_path, "1-rest-and-budget", replace={"rest: 9 h": "rest: 10 h", "fte: 3}": "fte: 3.3}"})
    more = (GOALS[0], goal("full_time_posts", 2.0, 2.0, proven=True))
    stored(tmp_path, "2-rest", replace={"rest: 9 h": "rest: 10 h"}, goals=more)
    stored(tmp_path, "3-budget", replace={"fte: 3}": "fte: 3.03}"}, goals=more)
    adapted = {"name: Kari,": "name: Kari, arrangement: {no_nights: true},"}
    stored(tmp_path, "4-adapted", replace=adapted, goals=more)
    return stored_runs([tmp_path])


def test_only_runs_that_touch_what_the_card_is_about_stand_on_it(runs: list[Alternative]) -> None:
    with using_language("en"):
        found = figures(card(touches=["rules.set.daily_rest*"]), runs)
    assert found.columns == (
        "0-today",
        "2-rest",
        "1-rest-and-budget",
    )  # the one that changes nothing else first
    posts, evenings = found.lines
    assert [cell.text for cell in posts.cells] == ["1", "2", "0"]
    assert [cell.note for cell in posts.cells] == ["✓ proven best", "✓ proven best", "bound 1, not proven"]
    assert [cell.text for cell in evenings.cells] == ["0–7"] * 3
    assert found.remarks == ("1-rest-and-budget also changes: Budget",)


def test_what_no_run_changes_is_not_computed(runs: list[Alternative]) -> None:
    with using_language("en"):
        found = figures(card(touches=["rules.set.weekend_frequency*"]), runs)
    assert found.columns == ("0-today", "With the change")
    assert [cell.text for cell in found.lines[0].cells] == ["1", "not computed"]


def test_a_load_of_nobody_is_0_and_not_unknown(runs: list[Alternative]) -> None:
    with using_language("en"):
        found = figures(card(show=["nights_worked", "weekends_worked", "wishes"]), runs)
    assert [line.cells[0].text for line in found.lines][:1] == ["0"]
    assert found.lines[2].cells[0].text == "not computed"  # no goal of this run


def test_without_runs_nothing_is_computed() -> None:
    with using_language("en"):
        found = figures(card(per="adapted_lines"), [])
    assert [cell.text for line in found.lines for cell in line.cells] == ["not computed"] * 2
    assert found.remarks == ("What k adapted lines mean for full-time posts: not computed",)


def test_adapted_lines_are_counted_from_the_variant(runs: list[Alternative]) -> None:
    with using_language("en"):
        found = figures(card(touches=["staff[*].arrangement*"], per="adapted_lines"), runs)
    assert found.columns == ("0-today", "4-adapted")
    assert found.remarks == ("1 line changed: 1 → 2 full-time posts, proven",)


def test_absence_is_told_from_a_change_of_the_budget_alone(runs: list[Alternative]) -> None:
    with using_language("en"):
        found = figures(card(touches=["budget.fte"], per="absence"), runs)
        assert found.remarks[-1] == (
            "+0.03 FTE in the budget, as much as 1 percentage points of absence of 3 FTE: "
            "1 → 2 full-time posts, proven"
        )
        others = [one for one in runs if one.name != "3-budget"]
        mixed = figures(card(touches=["budget.fte"], per="absence"), others)
    assert (
        mixed.remarks[-1] == "What one percentage point lower absence means for full-time posts: not computed"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_every_card_is_a_sheet(language: str, paper: Any, runs: list[Alternative]) -> None:
    decks = [load_deck(name) for name in DECKS]
    with using_language(language):
        html = cards_html(decks, runs, paper)
    cards = sum(len(deck.cards) for deck in decks)
    assert html.count('<article class="sheet"') == cards
    assert html.count('<article class="sheet cover"') == len(DECKS)
    assert f"size: {paper} landscape" in html
    assert {"nb": "ikke beregnet", "nn": "ikkje rekna ut", "en": "not computed"}[language] in html
    if language != "en":
        body = re.sub(r'class="[^"]*"', "", html.split("</style>")[-1])
        assert not [word for word in ("proven", "not computed", "About", "bound") if word in body]


def test_another_units_run_stands_on_no_card(tmp_path: Path) -> None:
    stored(tmp_path, "a")
    stored(tmp_path, "b", replace={"unit: Lia": "unit: Solsiden"})
    with using_language("en"):
        html = cards_html([load_deck("values")], stored_runs([tmp_path / "a", tmp_path / "b"]))
    assert "Left out, because they are of another unit: b." in html
    assert '<th scope="col">b</th>' not in html


def test_runs_given_twice_stand_once_and_folders_without_results_are_refused(tmp_path: Path) -> None:
    one = stored(tmp_path, "a")
    stored(tmp_path, "b")
    assert [run.letter for run in stored_runs([one, tmp_path])] == ["A", "B"]
    (tmp_path / "empty").mkdir()
    with using_language("en"), pytest.raises(InputError, match="expected a stored result"):
        stored_runs([tmp_path / "empty"])
    (one / "result.json").unlink()
    with using_language("en"), pytest.raises(InputError, match="Solve it first"):
        stored_runs([one / "scenario.yaml"])
