"""The story's numbers are the arithmetic's and the result's, nobody is named, and every part is there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.case.test_tasks import task, unit
from tests.dialogue.test_compare import BETTER, never, stored
from tests.dialogue.test_papers import DAY, ENGLISH, NOBODY, PROVEN, RECORD
from tests.files import case as case_with
from tests.result.cases import goal
from turnus.cli.run import run
from turnus.dialogue import papers_facts
from turnus.dialogue.alternatives import alternatives
from turnus.dialogue.anonymous import Anonymous
from turnus.dialogue.arithmetic import arithmetic
from turnus.dialogue.explain import Explanation
from turnus.dialogue.lever_registry import single_steps
from turnus.dialogue.papers import basis_of
from turnus.dialogue.story import Story, story, unreached
from turnus.dialogue.story_page import story_html
from turnus.dialogue.variant import Variant
from turnus.goals import Condition
from turnus.texts import LANGUAGES, using_language


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers_facts, "single_steps", lambda variant: single_steps(variant)[::12])


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    today = stored(tmp_path, "today", proof=(RECORD,), goals=PROVEN, lines=BETTER)
    change = {
        "rest: 9 h": "rest: 10 h",
        "name: Ola, competence: aide, size: 50": "name: Ola, competence: aide, size: 60",
    }
    return [today, stored(tmp_path, "other", proof=(RECORD,), goals=PROVEN, replace=change)]


def told(folders: list[Path]) -> Story:
    variant = Variant.of_file(folders[0] / "scenario.yaml")
    assert variant.case is not None
    found = alternatives(folders, never, fewest=1)
    return story(basis_of(variant, variant.case, found, NOBODY, DAY))


def test_the_numbers_are_those_of_the_weekend_arithmetic_and_the_result(folders: list[Path]) -> None:
    with using_language("en"):
        found = told(folders)
    variant = Variant.of_file(folders[0] / "scenario.yaml")
    assert variant.case is not None
    with using_language("en"):
        assert found.arithmetic == arithmetic(variant.case, PROVEN)
    assert all(three.consistent is not False for three in found.arithmetic.beside)
    assert [one.value for one in found.figures[:3]] == ["0", "3", "3"]
    assert found.figures[0].note == "at most 0"
    assert "At most 0 full-time posts" in found.lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named_on_the_page(language: str, folders: list[Path]) -> None:
    with using_language(language):
        page = story_html(told(folders))
    text = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"\b(Kari|Ola)\b", text)
    assert "<test>" not in text


def test_one_file_alone_says_that_there_is_no_other(folders: list[Path]) -> None:
    with using_language("en"):
        page = story_html(told(folders[:1]))
    assert "No alternative was given" in page
    assert page.count("<h2") >= 6


def test_norwegian_pages_have_no_english_of_their_own(folders: list[Path]) -> None:
    with using_language("nb"):
        found = told(folders[:1])
    assert not ENGLISH.findall(" ".join([found.lead, *(one.title + one.note for one in found.figures)]))


def test_a_goal_short_of_its_bound_says_so_and_what_asking_for_it_gave(tmp_path: Path) -> None:
    goals = (PROVEN[0], goal("full_time_posts", 0.0, 2.0, proven=False), PROVEN[2])
    today = stored(tmp_path, "today", proof=(RECORD,), goals=goals, lines=BETTER)
    variant = Variant.of_file(today / "scenario.yaml")
    assert variant.case is not None
    assert [one.id for one in unreached(goals)] == ["full_time_posts"]
    assert not list(unreached(PROVEN))
    wanted = (Condition("full_time_posts", "least", 2.0),)
    attempt = Explanation(variant, {"goal": "full_time_posts", "value": 2.0}, "open", "bound", wanted)
    found = alternatives([today], never, fewest=1)
    with using_language("nb"):
        told_of = story(basis_of(variant, variant.case, found, NOBODY, DAY), attempt=attempt)
        page = story_html(told_of)
    first, asked = told_of.open_goals
    assert first == "Heltidsstillinger: 0 funnet; at 2 ikke lar seg gjøre, er ikke bevist."
    assert asked.startswith("Kan enheten ha 2 heltidsstillinger eller flere? Ikke kjent")
    assert first in page
    assert "Ikke bevist: hva som ennå kan være mulig" in page


def test_demand_from_tasks_says_which(folders: list[Path]) -> None:
    own = task("Stell hos Kari", "08:00", "10:00", minutes=60, people=2, movable=False)
    with_tasks = case_with(unit(own, task("Vask", "08:00", "12:00", minutes=45, done_by="service")))
    variant = Variant.of_file(folders[0] / "scenario.yaml")
    assert variant.case is not None
    case = replace(variant.case, task_days=with_tasks.task_days, tasks_elsewhere=with_tasks.tasks_elsewhere)
    with using_language("nb"):
        page = story_html(
            story(basis_of(variant, case, alternatives(folders[:1], never, fewest=1), NOBODY, DAY))
        )
        without = story_html(told(folders[:1]))
    assert "Hvor behovet kommer fra: oppgaver" in page
    assert "Stell hos en ansatt" in page
    assert "Vask gjøres av" in page
    assert "Hvor behovet kommer fra" not in without


def test_story_on_the_command_line(
    folders: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["story", *map(str, folders), "--rows", "0", "--goals", "", "--lang", "nb"]
    assert run([*asked, "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith("Høyst 0 heltidsstillinger")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["story.html"]
    assert run([*asked, "--rows", "-1"]) == 1


def test_a_list_of_nameless_people_is_a_number() -> None:
    with using_language("nb"):
        hidden = Anonymous(("Kari", "Ola"))
        assert hidden.text("Ansatte › Kari, Ola og 4 til › sier ja") == "Ansatte › 6 ansatte › sier ja"
        assert hidden.text("Kari har fri, og 4 til") == "en ansatt har fri, og 4 til"
