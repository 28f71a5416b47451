"""Levers: found by walking their folder, checked like files, and the steps of scenarios/heltid by levers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.files import small
from turnus.dialogue.lever import Lever, lever_with, pull
from turnus.dialogue.lever_registry import LEVERS, lever_named, single_steps
from turnus.dialogue.levers.base_staffing import BaseStaffing
from turnus.dialogue.levers.budget import Budget
from turnus.dialogue.levers.task_sharing import TaskSharing
from turnus.dialogue.price_changes import changes
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.problem import Problem, Row
from turnus.texts import using_language

ROOT = Path(__file__).resolve().parents[2]
HELTID = ROOT / "scenarios" / "heltid"

LONG: tuple[str, dict[str, Any]] = ("long-weekend-shifts", {})
EDGES: tuple[str, dict[str, Any]] = ("lower-edge-demand", {"early": 3, "late": 3})
STORY: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "01-long-weekend-shifts": [LONG],
    "02-every-2nd-weekend": [("weekend-frequency", {"worked": 1, "of": 2})],
    "03-raised-base-staffing": [("base-staffing", {"day": 1, "evening": 1})],
    "04-larger-smallest-size": [("minimum-size", {"size": 50})],
    "05-lower-edge-demand": [LONG, EDGES],
    "06-extra-weekends": [("weekend-frequency", {"worked": 2, "of": 5})],
    "07-all-full-time": [
        LONG,
        EDGES,
        ("base-staffing", {"day": 1, "evening": 1}),
        ("surplus", {"most": 3}),
        ("budget", {"fte": 24.0, "competence": "nurse", "share": 40}),
        ("minimum-size", {"size": 100}),
    ],
}


def scenario(folder: str) -> Variant:
    return Variant.of_file(HELTID / folder / "scenario.yaml")


def lever(id: str, values: dict[str, Any]) -> Lever:
    return lever_with(lever_named(id), {name: str(value) for name, value in values.items()})


def unnamed(problem: Problem) -> tuple[Problem, list[Row]]:
    """Return the problem apart from what blocks are called and in which order they stand."""
    rows = sorted((replace(row, block="") for row in problem.rows), key=repr)
    return replace(problem, name="", rows=()), rows


@pytest.mark.parametrize("folder", STORY)
def test_the_heltid_story_is_told_by_levers(folder: str) -> None:
    made = scenario("00-today")
    for id, values in STORY[folder]:
        made = pull(lever(id, values), made)
    stored = scenario(folder)
    assert made.case is not None
    assert stored.case is not None
    assert unnamed(made.case.problem) == unnamed(stored.case.problem)
    assert made.case.rules == stored.case.rules
    assert made.needs == ()


@pytest.mark.parametrize("id", LEVERS)
def test_a_lever_says_what_it_is(id: str) -> None:
    kind = LEVERS[id]
    assert all((kind.title, kind.sentence, kind.rests_on))
    assert all(field.description for field in kind.model_fields.values())


@pytest.fixture(scope="module")
def today() -> Variant:
    return scenario("00-today")


NAMED = Variant.of_file(ROOT / "scenarios" / "ward-40-named" / "scenario.yaml")


def test_every_single_step_makes_another_scenario(today: Variant) -> None:
    steps = single_steps(today)
    assert len({step.name() for step in steps}) == len(steps) > 80
    assert {type(step).id for step in steps} >= {"base-staffing", "weekend-frequency", "rule-value"}
    assert all(pull(step, today).sha256 != today.sha256 for step in steps[::4])


def test_rules_join_the_steps_by_themselves(today: Variant) -> None:
    """The next line that law or agreement draws is the step; elsewhere one of what is counted."""
    found = {
        (step.rule, step.parameter, step.value)  # type: ignore[attr-defined]
        for step in single_steps(today)
        if step.id == "rule-value"
    }
    assert {("daily_rest", "rest", "8 h"), ("daily_rest", "rest", "11 h")} <= found
    assert {("max_nights_in_a_row", "nights", 2), ("max_nights_in_a_row", "nights", 4)} <= found
    assert {
        ("max_hours_per_shift", "longest", "9 h"),
        ("max_hours_per_shift", "longest", "12 h 30 min"),
    } <= found
    assert not any(rule == "weekend_frequency" for rule, _parameter, _value in found)


def test_a_step_beyond_the_agreements_says_whose_is_missing(today: Variant) -> None:
    shorter = pull(lever("rule-value", {"rule": "daily_rest", "parameter": "rest", "value": "8 h"}), today)
    (need,) = shorter.needs
    assert (need.rule.id, need.levels[0].value, need.reference) == ("daily_rest", "local", "AML § 10-8 (3)")


def test_a_share_of_the_staff_volunteers_the_largest_posts_first() -> None:
    made = pull(lever("long-weekend-shifts", {"share": 25}), NAMED)
    staff = made.loaded.scenario.staff
    willing = [person for person in staff if person.accepts.long_shifts]
    exempt = [person for person in staff if person.arrangement and person.arrangement.weekend_exempt]
    assert len(willing) == 10
    assert not set(map(id, exempt)) & set(map(id, willing))
    smallest = min(person.size for person in willing)
    assert all(p in willing or p in exempt or p.size <= smallest for p in staff)


def test_volunteers_work_weekends_more_often_and_the_others_as_before() -> None:
    made = pull(lever("mixed-frequencies", {"share": 50}), NAMED)
    assert sum(person.accepts.extra_weekends for person in made.loaded.scenario.staff) >= 19
    assert made.data["rules"]["set"]["weekend_frequency"]["volunteers_of"] == 2


def test_moved_work_keeps_the_hours(today: Variant) -> None:
    before, after = today.case, pull(lever("moved-weekend-work", {"people": 2}), today).case
    assert before is not None
    assert after is not None
    hours = [
        sum(r.need * r.minutes for r in c.problem.rows if r.competence is None and r.block == "Dag")
        for c in (before, after)
    ]
    assert hours[0] == hours[1]


def test_students_take_their_hours_out_of_the_budget(today: Variant) -> None:
    made = pull(lever("weekend-students", {"people": 1, "part": "day"}), today)
    assert made.data["demand"][0]["need"] == {"weekdays": 7, "weekend": 4}
    assert made.data["budget"]["fte"] == pytest.approx(21.4 - 0.4)


def test_a_fixed_pattern_makes_the_rota_as_long_as_its_rounds(today: Variant) -> None:
    made = pull(lever("fixed-pattern", {"pattern": "3-3"}), today)
    assert made.data["horizon"]["weeks"] % 6 == 0
    assert made.data["rules"]["set"]["weekend_frequency"] == {"enabled": False}


@pytest.mark.parametrize(
    ("id", "values", "told"),
    [
        ("long-weekend-shifts", {"share": 60}, "all together"),
        ("lower-edge-demand", {}, "long shift"),
        ("weekend-frequency", {"worked": 1, "of": 3}, "already"),
        ("base-staffing", {}, "no change"),
        ("base-staffing", {"night": -3}, "fewer"),
        ("task-sharing", {"by": "nurse", "of": "cook"}, "cook"),
        ("budget", {"fte": 20, "competence": "cook"}, "cook"),
        ("rule-value", {"rule": "novel", "parameter": "x", "value": 1}, "novel"),
        ("rule-value", {"rule": "daily_rest", "parameter": "x", "value": 1}, "rest"),
        ("shift-length", {"code": "Q"}, "Q"),
        ("minimum-size", {"size": 14}, "already"),
        ("weekend-students", {"people": 6}, "too few"),
    ],
)
def test_a_lever_says_why_it_cannot_be_pulled(
    id: str, values: dict[str, Any], told: str, today: Variant
) -> None:
    with using_language("en"), pytest.raises(InputError, match=told):
        pull(lever(id, values), today)


@pytest.mark.parametrize(
    ("id", "values", "told"),
    [
        ("minimum-size", {"size": 140}, "100"),
        ("minimum-size", {"length": 3}, "parameters size"),
        ("task-sharing", {"by": "nurse"}, "of"),
        ("long-weekend-shifts", {"length": "9 h"}, "above 10 h"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(id: str, values: dict[str, Any], told: str) -> None:
    with using_language("en"), pytest.raises(InputError, match=told):
        lever(id, values)


def test_an_unknown_lever_is_answered_with_the_closest() -> None:
    with using_language("en"), pytest.raises(InputError, match="long-weekend-shifts"):
        lever_named("long-weekend-shift")


def test_a_competence_is_called_by_its_title_where_it_is_meant_and_nowhere_else(tmp_path: Path) -> None:
    """A key that is a word of a lever's own title, of a time of day or of a free text is no reference."""
    named = {"day": {"name": "Nurse"}, "budget": {"name": "Aide"}}
    staff = [
        {"name": name, "competence": key, "size": 50} for name, key in (("Ada", "day"), ("Bo", "budget"))
    ]
    path = tmp_path / "ward.json"
    path.write_text(json.dumps(small(competences=named, staff=staff, budget={"fte": 2})), encoding="utf-8")
    scenario = Variant.of_file(path, draft=True).loaded.scenario
    with using_language("en"):
        sharing = TaskSharing.model_validate({"by": "day", "of": "budget"})
        assert sharing.name_in(scenario).endswith("(Nurse → Aide)")
        assert Budget(fte=2, competence="budget", share=40).name_in(scenario).endswith("Aide 40%)")
        assert "day +1" in BaseStaffing(day=1).name_in(scenario)
        before = Variant.of_file(path, draft=True)
        covers, *_others = changes(before, pull(sharing, before))
        assert (covers.before, covers.after) == (None, "Aide")
        data = before.data
        data["staff"][0]["tags"] = ["by day", "budget group"]
        (free_text,) = changes(before, before.with_data("other", data))
        assert free_text.after == "by day, budget group"
    assert sharing.by == "day"
