"""Solves kept on disk by what they depend on, so that no question is worked out twice.

An entry is a file named after the hash of scenario, settings and turnus's own code. What is damaged, cut
short or of another version is as good as not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from turnus.audit import audit
from turnus.case import Case
from turnus.errors import Finding
from turnus.formats.json import write_whole
from turnus.goals import Condition, goal_values
from turnus.problem import Post, Rota
from turnus.result import GoalValue, Outcome, Polish
from turnus.result.document import versions
from turnus.texts import language

SCHEMA = "turnus-run/1"
FOLDER_VARIABLE = "TURNUS_CACHE"
Document = dict[str, Any]


def default_folder() -> Path:
    """Return where runs are kept: `TURNUS_CACHE`, otherwise the user's cache folder."""
    given = os.environ.get(FOLDER_VARIABLE)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(given) if given else Path(base) / "turnus"


def key_of(content: Mapping[str, Any]) -> str:
    """Return the hash that names a run: what was asked, and the code and versions that answer it."""
    whole = {**content, "schema": SCHEMA, "code": _code(), "versions": versions()}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


@cache
def _code() -> str:
    """Return the hash of turnus's own source, so that no entry outlives the code that made it."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read(folder: Path, key: str, case: Case) -> Outcome | None:
    """Return a kept solve of a case; None when it is not there, is damaged, or fails the audit."""
    try:
        entry = json.loads(_path(folder, key).read_bytes())
        if entry["digest"] != digest_of(entry["outcome"]):
            return None
        outcome = _outcome(entry["outcome"])
        told_otherwise = bool(outcome.reasons) and entry["language"] != language()
        return outcome if not told_otherwise and _sound(case, outcome) else None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def write(folder: Path, key: str, outcome: Outcome) -> None:
    """Keep a solve, whole or not at all.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    part = _part(outcome)
    entry = {"schema": SCHEMA, "language": language(), "digest": digest_of(part), "outcome": part}
    write_whole(_path(folder, key), json.dumps(entry, separators=(",", ":")).encode())


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.json"


def digest_of(part: Document) -> str:
    """Return the hash by which an entry shows that it is as it was written."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


def _sound(case: Case, outcome: Outcome) -> bool:
    """Whether a kept rota is lawful and worth what is said of it: nothing unaudited leaves turnus."""
    rota = outcome.rota
    if rota is None:
        return True
    if audit(case.problem, case.rules, rota).hard:
        return False
    values = goal_values(case.problem, case.rules, rota)
    return all(goal.value is not None and abs(values[goal.id] - goal.value) < 1e-6 for goal in outcome.goals)


def _part(outcome: Outcome) -> Document:
    rota, plan = outcome.rota, outcome.plan
    part = {name: value for name, value in vars(outcome).items() if name not in ("rota", "plan")}
    part |= {
        "goals": [asdict(goal) for goal in outcome.goals],
        "polish": [asdict(step) for step in outcome.polish],
        "reasons": [asdict(reason) for reason in outcome.reasons],
        "conditions": [asdict(one) for one in outcome.conditions],
        "plan": None if plan is None else _pairs(plan),
        "posts": None if rota is None else _pairs(rota.posts),
        "lines": None if rota is None else rota.lines.tolist(),
    }
    plain: Document = json.loads(json.dumps(part))  # tuples as lists, as they will be read
    return plain


def _pairs(posts: tuple[Post, ...]) -> list[tuple[int, int]]:
    return [(int(post.class_index), int(post.size)) for post in posts]


def _outcome(part: Document) -> Outcome:
    posts, lines, plan = part.pop("posts"), part.pop("lines"), part.pop("plan")
    reasons = (Finding(**{**one, "path": tuple(one["path"])}) for one in part.pop("reasons"))
    return Outcome(
        rota=None if posts is None else Rota(_posts(posts), np.array(lines, np.int16)),
        plan=None if plan is None else _posts(plan),
        goals=tuple(GoalValue(**goal) for goal in part.pop("goals")),
        polish=tuple(Polish(**step) for step in part.pop("polish")),
        reasons=tuple(reasons),
        conditions=tuple(Condition(**one) for one in part.pop("conditions")),
        proof=tuple(part.pop("proof")),
        **part,
    )


def _posts(pairs: list[list[int]]) -> tuple[Post, ...]:
    return tuple(Post(index, size) for index, size in pairs)
