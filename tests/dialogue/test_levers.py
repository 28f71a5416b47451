"""Levers: found by walking their folder, checked like files, and the steps of scenarios/heltid by levers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from turnus.dialogue.lever import Lever, lever_with, pull
from turnus.dialogue.levers import LEVERS, lever_named, single_steps
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.problem import Problem, Row

ROOT = Path(__file__).resolve().parents[2]
HELTID = ROOT / "scenarios" / "heltid"

LONG: tuple[str, dict[str, Any]] = ("long-weekend-shifts", {})
EDGES: tuple[str, dict[str, Any]] = ("lower-edge-demand", {"early": 3, "late": 3})
STORY: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "01-long-weekend-shifts": [LONG],
    "02-every-2nd-weekend": [("weekend-frequency", {"worked": 1, "of": 2})],
    "03-raised-base-staffing": [("base-staffing", {})],
    "04-larger-smallest-size": [("minimum-size", {"size": 50})],
    "05-lower-edge-demand": [LONG, EDGES],
    "06-extra-weekends": [("weekend-frequency", {"worked": 2, "of": 5})],
    "07-all-full-time": [
        LONG,
        EDGES,
        ("base-staffing", {}),
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
