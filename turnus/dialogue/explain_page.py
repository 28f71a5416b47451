"""An explanation as one HTML page, and as plain data."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from turnus.dialogue.explain import Conflict, Explanation
from turnus.dialogue.explain_changes import Change
from turnus.dialogue.explain_words import explanation_tables, lines, question, reply, reply_tone
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.result.document import versions
from turnus.texts import _, language

SCHEMA = "turnus-explanation/1"


def write_explanation(path: Path, found: Explanation) -> None:
    """Write the page, whole or not at all."""
    write_whole(path, explanation_html(found).encode("utf-8"))


def explanation_html(found: Explanation) -> str:
    """Return the page in the language in use."""
    scenario = found.variant.loaded.scenario
    text: str = template("explain.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "compare.css", "explain.css"),
        name=scenario.name,
        subtitle=scenario.unit,
        draft=[],
        draft_title="",
        question=question(found),
        reply=reply(found),
        tone=reply_tone(found),
        lines=list(lines(found)),
        source=f"{found.variant.loaded.source} · sha256 {found.variant.sha256[:12]}",
        names={},
        tables=explanation_tables(found),
    )
    return text


def explanation_document(found: Explanation) -> dict[str, Any]:
    """Return the explanation as data; what is not known is null."""
    return {
        "schema": SCHEMA,
        "scenario": {"name": found.variant.loaded.scenario.name, "sha256": found.variant.sha256},
        "asked": dict(found.asked),
        "question": question(found),
        "reply": found.reply,
        "sentence": reply(found),
        "how": found.how,
        "conditions": [asdict(one) for one in found.conditions],
        "prices": [asdict(one) for one in found.prices],
        "gives": [asdict(one) for one in found.gives],
        "conflict": None if found.conflict is None else _conflict(found.conflict),
        "changes": [_change(one) for one in found.changes],
        "further_changes": found.further,
        "in_vain": [asdict(one) for one in found.in_vain],
        "before": None if found.before is None else found.before.document(),
        "after": None if found.after is None else found.after.document(),
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    pairs = zip(conflict.elements, conflict.without_one, strict=True)
    return {
        "minimal": conflict.minimal,
        "how": conflict.how,
        "proven_again": [asdict(one) for one in conflict.again],
        "elements": [
            {
                "id": one.id, "kind": one.kind, "rule": one.rule or None, "name": one.name,
                "about": one.about or None, "rests_on": one.rests_on or None, "without_it": verdict,
            }
            for one, verdict in pairs
        ],
    }  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    return {
        "lever": change.lever or None,
        "name": change.name,
        "rests_on": change.rests_on or None,
        "steps": change.steps,
        "smallest": change.smallest,
        "people": None if change.people is None else list(change.people),
        "fewest_people": change.fewest,
        "verdict": change.verdict,
        "how": change.how,
        "needs": list(change.needs),
        "budget_more_fte": round(change.budget_more, 4),
        "changes": [
            {"path": one.written, "before": one.values[0], "after": one.values[1]}
            for one in change.differences
        ],
        "sha256": change.variant.sha256,
        "rota": None if change.rota is None else change.rota.document(),
    }
