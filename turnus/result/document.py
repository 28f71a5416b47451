"""`result.json`: everything a result holds, as plain data after the published schema `turnus-result/1`."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from turnus.audit import Audit, audit, free_days
from turnus.case import Case
from turnus.clock import show_clock, show_end
from turnus.errors import Finding
from turnus.goals import Coverage, coverage, heltid, load
from turnus.problem import FULL_TIME, OFF, Problem, Rota
from turnus.result.outcome import Outcome
from turnus.result.rulebook import of
from turnus.result.summary import summary_sentence
from turnus.result.tasks import elsewhere_part, tasks_part
from turnus.result.weekend import weekend_arithmetic
from turnus.rules.agreements import Reliance
from turnus.rules.base import Breach, Rule

SCHEMA = "turnus-result/1"
OFF_CODE = "off"
_VERSIONED = ("turnus", "numpy", "numba", "highspy", "ortools")

Document = dict[str, Any]


def result_document(case: Case, outcome: Outcome) -> Document:
    """Return the result as data; what is not known is None.

    Sizes are percent, times minutes, coverage person-minutes over the whole horizon.
    """
    problem, rota = case.problem, outcome.rota
    arithmetic = weekend_arithmetic(problem, case.rules)
    return {
        "schema": SCHEMA,
        "summary": summary_sentence(problem, case.rules, outcome),
        "status": outcome.status,
        "goals": [rounded(asdict(goal)) for goal in outcome.goals],
        "heltid": None if rota is None else rounded(asdict(heltid(problem, rota.posts, rota))),
        "weekend_arithmetic": None
        if arithmetic is None
        else rounded(asdict(arithmetic)) | {"full_time_posts": arithmetic.full_time_posts},
        "coverage": None if rota is None else coverage_part(problem, coverage(problem, rota)),
        "posts": [] if rota is None else posts_part(problem, rota),
        "assignments": [] if rota is None else _assignments(case, rota),
        "polish": [asdict(step) for step in outcome.polish],
        "audit": None if rota is None else audit_part(problem, case.rules, audit(problem, case.rules, rota)),
        "reasons": [finding_part(reason) for reason in outcome.reasons],
        "notes": [finding_part(note) for note in (*case.notes, *case.remarks)],
        "rules": rules_part(case),
        "draft": draft_part(case),
        "tasks": tasks_part(case),
        "tasks_elsewhere": elsewhere_part(case),
        "scenario": {"name": case.scenario.name, "sha256": case.sha256},
        "run": {
            "seed": outcome.seed,
            "workers": outcome.workers,
            "effort": outcome.effort,
            "seconds": round(outcome.seconds, 3),
            "repeatable": outcome.repeatable,
            "versions": versions(),
            "proof": list(outcome.proof),
        },
    }


@cache
def result_schema() -> Document:
    """Return the published JSON Schema of `result.json`."""
    text = files("turnus.result").joinpath("result.schema.json").read_text(encoding="utf-8")
    schema: Document = json.loads(text)
    return schema


def post_id(index: int) -> str:
    """Return the name of a post in results: `01` for the first."""
    return f"{index + 1:02d}"


@cache
def versions() -> dict[str, str | None]:
    """Return the versions that a result may depend on; None for a library that is not installed."""
    return {"python": platform.python_version()} | {name: _version(name) for name in _VERSIONED}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def posts_part(problem: Problem, rota: Rota) -> list[Document]:
    """Return one entry for each post, with its hours against its position."""
    return [_post(problem, rota, index) for index in range(len(rota.posts))]


def _post(problem: Problem, rota: Rota, index: int) -> Document:
    post = rota.posts[index]
    owner = problem.classes[post.class_index]
    planned = rota.worked_minutes(problem, index)
    position = rota.position_minutes(problem, index)
    return rounded(
        {
            "id": post_id(index),
            "person": owner.person,
            "unit": problem.unit or problem.name,
            "competence": problem.competences[owner.competence],
            "size_percent": 100 * post.size / FULL_TIME,
            "present_size_percent": 100 * owner.size / FULL_TIME if owner.named else None,
            "wished_size_percent": 100 * owner.wished / FULL_TIME if owner.named else None,
            "planned_minutes": planned,
            "position_minutes": position,
            "planned_minus_position_minutes": planned - position,
        }
        | asdict(load(problem, rota, index))
    )


def _assignments(case: Case, rota: Rota) -> list[Document]:
    problem = case.problem
    free = free_days(problem, case.rules, rota)
    return [
        _assignment(problem, index, day, int(rota.lines[index, day]), free[index][day])
        for index in range(len(rota.posts))
        for day in range(problem.days)
    ]


def _assignment(problem: Problem, post: int, day: int, action: int, free_code: str) -> Document:
    shift = None if action == OFF else problem.shifts[action - 1]
    return {
        "post": post_id(post),
        "date_or_day": problem.day_name(day),
        "code": (free_code or OFF_CODE) if shift is None else shift.code,
        "shift": None if shift is None else shift.name or shift.code,
        "unit": problem.unit or problem.name,
        "minutes": problem.minutes[action],
    }


def coverage_part(problem: Problem, found: Coverage) -> Document:
    """Return how the demand is covered, in person-minutes, and every place where it is not."""
    part = asdict(found)
    del part["present"]
    part["places"] = [_place(problem, place.row, place.missing) for place in found.places]
    return part


def _place(problem: Problem, index: int, missing: int) -> Document:
    row = problem.rows[index]
    return {
        "date_or_day": problem.day_name(row.day),
        "block": row.block,
        "from": show_clock(row.begins),
        "to": show_end(row.ends),
        "competence": None if row.competence is None else problem.competences[row.competence],
        "missing": missing,
        "minutes": missing * row.minutes,
    }


def audit_part(problem: Problem, rules: Sequence[Rule], found: Audit) -> Document:
    """Return the audit: how many hard and soft breaches, and each of them with its rule's source."""
    sources = {rule.id: rule.source.reference for rule in rules}
    return {
        "hard": len(found.hard),
        "soft": len(found.soft),
        "breaches": [
            _breach(problem, breach, sources[breach.rule], hard=hard)
            for hard, breaches in ((True, found.hard), (False, found.soft))
            for breach in breaches
        ],
    }


def _breach(problem: Problem, breach: Breach, source: str, *, hard: bool) -> Document:
    return {
        "rule": breach.rule,
        "source": source,
        "hard": hard,
        "post": None if breach.post is None else post_id(breach.post),
        "date_or_day": None if breach.day is None else problem.day_name(breach.day),
        "amount": breach.amount,
        "unit": breach.unit,
        "times": breach.times,
        "about": breach.about or None,
    }


#: What stands beside the values of a rule.
_OF_EVERY_RULE = {"strength", "people", "except_for", "agreement"}


def rules_part(case: Case) -> list[Document]:
    """Return every rule with its values and what they rest on."""
    return [
        {
            "rule": rule.id,
            "hard": rule.hard,
            "values": rule.model_dump(by_alias=True, exclude=_OF_EVERY_RULE),
            "for": None if rule.people is None else list(rule.people),
            "except": list(rule.except_for),
            "source": rule.source.reference,
            "verified": rule.source.verified,
            "agreement": rule.agreement,
            "not_named": [reliance_part(one) for one in of(rule, (*case.unnamed, *case.drafts))],
            "draft": bool(of(rule, case.drafts)),
        }
        for rule in case.rules
    ]


def draft_part(case: Case) -> list[Document]:
    """Return every value that was let through without its agreement; with any, the result is a draft."""
    return [{"rule": one.rule.id} | reliance_part(one) for one in case.drafts]


def reliance_part(one: Reliance) -> Document:
    """Return a value that takes an agreement as data."""
    return {
        "parameter": one.parameter,
        "value": one.value,
        "levels": [level.value for level in one.levels],
        "reference": one.reference,
        "verified": one.verified,
        "note": one.note or None,
    }


def finding_part(finding: Finding) -> Document:
    """Return a finding as data."""
    return asdict(finding) | {"path": list(finding.path)}


def rounded(part: Document) -> Document:
    """Return the same with whole floats as integers and the others rounded to six decimals."""
    return {key: rounded(value) if isinstance(value, dict) else _plain(value) for key, value in part.items()}


def _plain(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return int(value) if value.is_integer() else round(value, 6)
