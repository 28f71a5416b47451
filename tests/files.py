"""Scenario files for tests: a small valid one, changed key by key, and what loading it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from turnus.case import Case, case_of
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.scenario import read_scenario

ROOT = Path(__file__).resolve().parents[1]

SHIFTS: list[dict[str, Any]] = [
    {"code": "D", "from": "07:30", "to": "15:00", "tags": ["day"]},
    {"code": "A", "from": "14:45", "to": "22:15", "tags": ["evening"]},
    {"code": "N", "from": "22:00", "to": "07:45", "tags": ["night"]},
]
ADA: dict[str, Any] = {"name": "Ada", "competence": "nurse", "size": 80}
BO: dict[str, Any] = {"name": "Bo", "competence": "aide", "size": 50}


def small(**changes: Any) -> dict[str, Any]:
    """Return two named people, three shifts and one block of demand; a value of None takes a key out."""
    content: dict[str, Any] = {
        "turnus": 1,
        "name": "Small",
        "horizon": {"weeks": 6},
        "competences": {"nurse": {}, "aide": {}},
        "shifts": SHIFTS,
        "demand": [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 1}}],
        "staff": [ADA, BO],
    } | changes
    return {key: value for key, value in content.items() if value is not None}


def open_unit(**changes: Any) -> dict[str, Any]:
    """Return a unit with open posts only and a budget for them."""
    posts: dict[str, Any] = {
        "staff": None,
        "open_posts": {},
        "budget": {"fte": 3.0, "by_competence": {"nurse": {"share_percent": 40}}},
    }
    return small(**(posts | changes))


def case(content: dict[str, Any], *overrides: str) -> Case:
    """Return the case of a scenario given as data."""
    return case_of(read_scenario(json.dumps(content), overrides, "ward.json"))


def refused(content: dict[str, Any], *overrides: str) -> tuple[Finding, ...]:
    """Return what is wrong with the input."""
    with pytest.raises(InputError) as caught:
        case(content, *overrides)
    return caught.value.findings


def impossible(content: dict[str, Any], *overrides: str) -> tuple[Finding, ...]:
    """Return what arithmetic proves impossible."""
    with pytest.raises(ImpossibleError) as caught:
        case(content, *overrides)
    return caught.value.findings


def only(findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Return path and sentence without the path of the single finding."""
    assert len(findings) == 1, [finding.sentence() for finding in findings]
    path, _sign, rest = findings[0].sentence().partition(": ")
    return path, rest


def text_refused(text: str, *overrides: str) -> list[str]:
    """Return the lines of the error for a YAML text."""
    with pytest.raises(InputError) as caught:
        case_of(read_scenario(text, overrides, "ward.yaml"))
    return caught.value.lines()
