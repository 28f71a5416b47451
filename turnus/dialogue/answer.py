"""What was found for a variant: each goal with value and bound, the heltid vector and the cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from turnus.case import Case
from turnus.errors import Finding
from turnus.goals import Condition, coverage, heltid
from turnus.result import GoalValue, Outcome
from turnus.result.document import coverage_part, draft_part, finding_part, rounded

SCHEMA = "turnus-answer/1"
Kind = Literal["bound", "rota"]
#: `bounded`: the bounds are there, and no rota has been looked for.
Status = Literal["optimal", "feasible", "infeasible", "unknown", "bounded"]
Document = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One variant's answer; what is not known is None, never 0.

    Parameters
    ----------
    kind
        `bound` by the staffing plan alone, in seconds and without a rota, so that no goal has a value;
        `rota` when a whole audited rota was looked for.
    goals
        In order of priority. A goal's bound holds given every higher goal at its value, or without one at
        its bound.
    heltid, cover
        Of the rota found, as in `result.json` (`cover` is its `coverage`).
    plan
        Heltid vector of the best staffing plan that the lines allow: what is possible at best, not found.
    conditions
        What goals were told to keep; everything here holds under them.
    reasons
        Why it is proven impossible.
    left_out
        Ids of rules that the bounds leave out, which makes them weaker; a rota keeps them.
    needs
        Values whose agreement the scenario does not list, as `draft` in `result.json`.
    whole
        False when time or the user cut it short: bounds hold, but better ones may exist.
    outcome
        The solve itself with its rota and proof, and the `case` it was of; None when the answer was read
        from JSON or arithmetic alone gave it.
    """

    name: str
    sha256: str
    kind: Kind
    status: Status
    goals: tuple[GoalValue, ...] = ()
    heltid: Document | None = None
    cover: Document | None = None
    plan: Document | None = None
    conditions: tuple[Condition, ...] = ()
    reasons: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    needs: tuple[Document, ...] = ()
    seconds: float = 0.0
    repeatable: bool = True
    whole: bool = True
    cached: bool = False
    outcome: Outcome | None = field(default=None, compare=False, repr=False)
    case: Case | None = field(default=None, compare=False, repr=False)

    def goal(self, goal: str) -> GoalValue | None:
        """Return a goal by its id; None when the scenario does not have it or nothing is known."""
        return next((one for one in self.goals if one.id == goal), None)

    @property
    def impossible(self) -> bool:
        """Whether it is proven that no rota exists under rules and conditions."""
        return self.status == "infeasible"

    def document(self) -> Document:
        """Return the answer as plain data after `SCHEMA`."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "scenario": {"sha256": self.sha256},
            "kind": self.kind,
            "status": self.status,
            "goals": [rounded(asdict(goal)) for goal in self.goals],
            "heltid": self.heltid,
            "coverage": self.cover,
            "plan": self.plan,
            "conditions": [asdict(one) for one in self.conditions],
            "reasons": [finding_part(reason) for reason in self.reasons],
            "left_out": list(self.left_out),
            "draft": list(self.needs),
            "seconds": round(self.seconds, 3),
            "repeatable": self.repeatable,
            "whole": self.whole,
            "cached": self.cached,
        }


def answer_of(name: str, kind: Kind, case: Case, outcome: Outcome, *, cached: bool = False) -> Answer:
    """Return the answer that a solve of a case gave."""
    problem, rota = case.problem, outcome.rota
    bounded = kind == "bound" and outcome.status == "unknown"
    return Answer(
        name=name,
        sha256=case.sha256,
        kind=kind,
        status="bounded" if bounded else outcome.status,
        goals=outcome.goals,
        heltid=None if rota is None else rounded(asdict(heltid(problem, rota.posts, rota))),
        cover=None if rota is None else coverage_part(problem, coverage(problem, rota)),
        plan=None if outcome.plan is None else rounded(asdict(heltid(problem, outcome.plan))),
        conditions=outcome.conditions,
        reasons=outcome.reasons,
        left_out=tuple(part["rule"] for record in outcome.proof for part in record["left_out"]),
        needs=tuple(draft_part(case)),
        seconds=outcome.seconds,
        repeatable=outcome.repeatable,
        whole=outcome.whole,
        cached=cached,
        outcome=outcome,
        case=case,
    )


def impossible_answer(name: str, kind: Kind, sha256: str, reasons: tuple[Finding, ...]) -> Answer:
    """Return the answer for a scenario that arithmetic alone proves impossible."""
    return Answer(name, sha256, kind, "infeasible", reasons=reasons)


def answer_from(document: Mapping[str, Any]) -> Answer:
    """Return the answer in a document; its rota is not in it.

    Raises
    ------
    ValueError
        When it is no document of this schema.
    """
    if document.get("schema") != SCHEMA:
        raise ValueError(f"expected the schema {SCHEMA}, found {document.get('schema')!r}")
    try:
        return Answer(
            name=document["name"],
            sha256=document["scenario"]["sha256"],
            kind=document["kind"],
            status=document["status"],
            goals=tuple(GoalValue(**goal) for goal in document["goals"]),
            heltid=document["heltid"],
            cover=document["coverage"],
            plan=document["plan"],
            conditions=tuple(Condition(**one) for one in document["conditions"]),
            reasons=tuple(_finding(one) for one in document["reasons"]),
            left_out=tuple(document["left_out"]),
            needs=tuple(document["draft"]),
            seconds=document["seconds"],
            repeatable=document["repeatable"],
            whole=document["whole"],
            cached=document["cached"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"expected an answer after {SCHEMA}, found {error}") from None


def _finding(part: Mapping[str, Any]) -> Finding:
    return Finding(**{**part, "path": tuple(part["path"])})
