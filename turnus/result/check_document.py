"""`turnus check --json`: the check as plain data after the published schema `turnus-check/1`."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from turnus.audit import Audit
from turnus.case import Case
from turnus.errors import Finding
from turnus.goals import UNITS, coverage, goal_values, heltid
from turnus.problem import Problem, Rota
from turnus.result.check import Check, RuleCheck, week_and_weekday
from turnus.result.check_basis import Basis
from turnus.result.document import (
    audit_part,
    coverage_part,
    draft_part,
    finding_part,
    post_id,
    posts_part,
)
from turnus.result.rulebook import rule_lines
from turnus.rules import Breach
from turnus.texts import _

CHECK_SCHEMA = "turnus-check/1"
#: What is not known of posts whose size, or whose hours of a full position, a file does not state.
UNSIZED = ("size_percent", "present_size_percent", "wished_size_percent")
UNTIMED = ("position_minutes", "planned_minus_position_minutes")

Document = dict[str, Any]


@cache
def check_schema() -> Document:
    """Return the published JSON Schema of what `turnus check --json` writes."""
    text = files("turnus.result").joinpath("check.schema.json").read_text(encoding="utf-8")
    schema: Document = json.loads(text)
    return schema


def check_document(
    case: Case,
    rota: Rota,
    rota_path: str,
    found: Audit,
    check: Check,
    notes: Sequence[Finding] = (),
    *,
    alone: bool = False,
    unsized: Collection[int] = (),
    untimed: Collection[int] = (),
) -> Document:
    """Return the check as data.

    `alone` says that there is no scenario, so that demand and goals are not known; `unsized` and `untimed`
    are the posts whose size, and whose hours, the file leaves open.
    """
    problem = case.problem
    held = [one.held for one in case.drafts if one.held is not None]
    drafts = {(line.id, line.values) for line in rule_lines(problem, held, None)}
    values = {} if alone else goal_values(problem, case.rules, rota)
    return {
        "schema": CHECK_SCHEMA,
        "lawful": check.lawful,
        "verdict": check.verdict,
        "profile": check.profile,
        "draft": draft_part(case),
        "rules": [_rule(rule, draft=(rule.id, rule.values) in drafts) for rule in check.rules],
        "people": _people(problem, rota, found),
        "unjudged": [asdict(one) for one in check.unjudged],
        "not_used": [asdict(one) for one in check.not_used],
        "assumed": list(check.assumed),
        "audit": _audit(case, rota, found, check),
        "notes": [finding_part(note) for note in notes],
        "goals": [
            {"id": goal, "value": values[goal], "unit": UNITS[goal]} for goal in problem.goals if values
        ],
        "heltid": None if unsized or untimed else asdict(heltid(problem, rota.posts, rota)),
        "coverage": None if alone else coverage_part(problem, coverage(problem, rota)),
        "posts": [
            post
            | dict.fromkeys(UNSIZED if at in unsized else ())
            | dict.fromkeys(UNTIMED if at in untimed else ())
            for at, post in enumerate(posts_part(problem, rota))
        ],
        "rota": rota_path,
        "scenario": None if alone else {"name": case.scenario.name, "sha256": case.sha256},
    }


def _rule(rule: RuleCheck, *, draft: bool) -> Document:
    return {
        "rule": rule.id,
        "title": rule.title,
        "group": rule.group,
        "hard": rule.hard,
        "source": rule.source,
        "verified": rule.verified,
        "url": rule.url or None,
        "values": rule.values or None,
        "for": rule.people,
        "agreement": rule.agreement or None,
        "rests_on": [_basis(basis) for basis in rule.bases],
        "draft": draft,
        "breaches": len(rule.breaches),
        "what_to_do": rule.advice or None,
    }


def _basis(basis: Basis) -> Document:
    return {
        "parameter": basis.parameter,
        "reference": _(basis.reference),
        "verified": basis.verified,
        "levels": [level.value for level in basis.levels],
        "named": [agreement.id for agreement in basis.named],
        "expired": [agreement.id for agreement in basis.expired],
        "kept_by_law": None if basis.beyond is None else basis.kept_by_law,
        "lapsed": len(basis.lapsed),
        "note": basis.note or None,
    }


def _people(problem: Problem, rota: Rota, found: Audit) -> list[Document]:
    """Return how often each post breaks each rule, by the rules' ids."""
    entries: list[Document] = [
        {
            "post": post_id(post),
            "person": problem.classes[rota.posts[post].class_index].person,
            "hard": 0,
            "soft": 0,
            "rules": {},
        }
        for post in range(len(rota.posts))
    ]
    for strength, breaches in (("hard", found.hard), ("soft", found.soft)):
        for breach in breaches:
            if breach.post is not None:
                entry = entries[breach.post]
                entry[strength] += 1
                entry["rules"][breach.rule] = entry["rules"].get(breach.rule, 0) + 1
    return entries


def _audit(case: Case, rota: Rota, found: Audit, check: Check) -> Document:
    """Return the audit of a result, each breach with whose it is, its week and date, and its agreements."""
    problem = case.problem
    part = audit_part(problem, case.rules, found)
    owners: dict[Breach, list[RuleCheck]] = {}
    for rule in check.rules:
        for line in rule.breaches:
            owners.setdefault(line.breach, []).append(rule)
    for entry, breach in zip(part["breaches"], found.breaches, strict=True):
        week, weekday, date = (None, None, None)
        if breach.day is not None:
            week, weekday, date = week_and_weekday(problem, breach.day)
        person = None if breach.post is None else problem.classes[rota.posts[breach.post].class_index].person
        entry |= {
            "person": person,
            "week": week,
            "weekday": weekday,
            "date": None if date is None else date.isoformat(),
            "agreements": _agreements(owners[breach].pop(0)),
        }
    return part


def _agreements(rule: RuleCheck) -> list[str]:
    named = [agreement.id for basis in rule.bases for agreement in basis.named]
    return sorted({*named, *([rule.agreement] if rule.agreement else [])})
