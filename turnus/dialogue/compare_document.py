"""A comparison as plain data, from stored results."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from turnus.dialogue.alternatives import Alternative, lettered, refuse_number_of
from turnus.dialogue.compare import Comparison, compare, people_frame
from turnus.dialogue.stored import result_of
from turnus.goals import DIRECTION
from turnus.scenario import Loaded

SCHEMA = "turnus-comparison/1"


@dataclass(frozen=True)
class GivenResult:
    """A result as data, its scenario where that is at hand, and what the result is called."""

    document: Any
    loaded: Loaded | None
    source: str


def compare_results(given: Sequence[GivenResult], *, discreet: bool = False) -> Comparison:
    """Return the comparison of two to six results; `discreet` as `compare`.

    Raises
    ------
    InputError
        For too few or too many, or for data that is no result.
    """
    refuse_number_of(given)
    found = [(result_of(one.document, one.source), one.loaded, one.source, False) for one in given]
    return compare(lettered(found), discreet=discreet)


def comparison_document(found: Comparison) -> dict[str, Any]:
    """Return the comparison as data: every frame as a list of lines, null where something is not known.

    `front` has the letters that no other beats in the goals that all have. `people` compares two
    alternatives person by person; with more, `pairs` does so with the first and each other.
    """
    first, *others = found.alternatives
    pairs = [] if len(others) == 1 else [(first, other) for other in others]
    return {
        "schema": SCHEMA,
        "alternatives": [_alternative(one) for one in found.alternatives],
        "front": front_letters(found.alternatives),
        **{name: _lines(frame) for name, frame in found.frames().items()},
        "pairs": [
            {"letters": [one.letter, other.letter], "people": _lines(people_frame(one, other))}
            for one, other in pairs
        ],
    }


def front_letters(alternatives: Sequence[Alternative]) -> list[str]:
    """Return the alternatives that no other beats: no worse in every goal that all have, better in one."""
    values = {one.letter: {goal.id: goal.value for goal in one.result.goals} for one in alternatives}
    shared = set.intersection(*(set(goals) for goals in values.values()))
    known = {
        letter: {goal: value for goal in shared if (value := goals[goal]) is not None}
        for letter, goals in values.items()
    }
    whole = {letter: goals for letter, goals in known.items() if shared and len(goals) == len(shared)}
    return [one for one in whole if not any(_beats(whole[two], whole[one]) for two in whole)]


def _beats(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    signed = [
        ((one[goal], other[goal]) if DIRECTION[goal] == "max" else (other[goal], one[goal])) for goal in one
    ]
    return all(mine >= theirs for mine, theirs in signed) and any(mine > theirs for mine, theirs in signed)


def _alternative(one: Alternative) -> dict[str, Any]:
    return {
        "letter": one.letter,
        "name": one.name,
        "summary": one.result.summary,
        "status": one.result.status,
        "scenario": one.result.scenario.model_dump(),
        "source": one.source,
        "solved": one.solved,
    }


def _lines(frame: pd.DataFrame) -> Any:
    return json.loads(frame.to_json(orient="records"))
