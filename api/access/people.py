"""One person: everything that is kept about them.

A person is the name that scenarios give them. Who holds a key is another matter: the access log has to go on
saying who did what.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access.caller import Caller
from api.access.naming import (
    JSON,
    OF_RUN,
    Read,
    Who,
    files_of,
    readings,
    runs_of,
    says,
    says_any,
    scenarios_of,
    text_of,
    who_is,
)
from api.store import Artifact, Event, Run, Scenario
from turnus import alike, comments_in


def kept_about(session: Session, caller: Caller, name: str) -> Iterator[dict[str, Any]]:
    """Yield everything that is kept about a person, scenario by scenario: revisions and runs."""
    for scenario_id in scenarios_of(session, caller):
        who = who_is(session, scenario_id, name)
        revisions = [_in_revision(read, who) for read in readings(session, scenario_id, name)
                     if says_any(who, read.texts)]  # fmt: skip
        runs = [found for run in runs_of(session, scenario_id) if (found := _in_run(session, run, who))]
        scenario = session.get(Scenario, scenario_id)
        if scenario is not None and (revisions or runs):
            yield {
                "scenario": scenario.id, "name": scenario.name, "unit": scenario.unit,
                "revisions": revisions, "runs": runs,
            }  # fmt: skip


def _in_revision(read: Read, who: Who) -> dict[str, Any]:
    """Return what a revision says of a person: their own entry, and where else they are named."""
    number, content = read.row.number, read.row.content
    if read.loaded is None:  # what no version of turnus reads any more is told line by line
        lines = [line.strip() for line in content.splitlines() if says(who, line)]
        return {"number": number, "person": None, "named_in": lines}
    data = read.loaded.root.plain()
    own = [person for person in data.get("staff", ()) if alike(person["name"]) == alike(who.name)]
    elsewhere = _naming({key: value for key, value in data.items() if key != "staff"}, who)
    others = [one for person in data.get("staff", ()) if person not in own for one in _naming(person, who)]
    comments = [comment for comment in comments_in(content) if says(who, comment)]
    return {"number": number, "person": own[0] if own else None,
            "named_in": [*elsewhere, *others, *comments]}  # fmt: skip


def _in_run(session: Session, run: Run, who: Who) -> dict[str, Any] | None:
    """Return what a run says of a person: whatever of its rows, events and files names them."""
    row = [value for value in (getattr(run, column) for column in OF_RUN) if says_any(who, value)]
    events = session.scalars(select(Event).where(Event.run_id == run.id))
    told = [event.data for event in events if says_any(who, event.data)]
    files = {}
    for file in files_of(session, run):
        text = text_of(file)
        if text is not None and says(who, text):
            files[file.name] = list(_lines_about(file, text, who))
    if not (row or told or files):
        return None
    return {"run": run.id, "kind": run.kind, "row": row, "events": told, "files": files}


def _lines_about(file: Artifact, text: str, who: Who) -> Iterator[Any]:
    """Yield the parts of a file that are about a person: objects of JSON, lines of every other text."""
    if file.media_type.startswith(JSON):
        with suppress(ValueError):
            data = json.loads(text)
            yield from _naming(data, who)
            yield from _of_posts(data, {one["id"] for one in _naming(data, who) if _has_id(one)})
            return
    lines = text.splitlines()
    if file.media_type.startswith("text/csv"):
        yield next(iter(csv.reader(io.StringIO(text), delimiter=";" if ";" in lines[0] else ",")), [])
    yield from (line.strip()[:2000] for line in lines if says(who, line))


def _naming(data: Any, who: Who) -> Iterator[Any]:
    """Yield the smallest objects that name a person."""
    if not isinstance(data, Mapping | list):
        return
    values = list(data.values()) if isinstance(data, Mapping) else data
    words = [*data, *values] if isinstance(data, Mapping) else values
    if any(isinstance(word, str) and says(who, word) for word in words):
        yield data
    for value in values:
        yield from _naming(value, who)


def _of_posts(data: Any, posts: set[Any]) -> Iterator[Any]:
    """Yield the objects that are about posts, by their id: every shift of a person's line."""
    if isinstance(data, Mapping):
        if data.get("post") in posts and isinstance(data.get("post"), str | int):
            yield data
        for value in data.values():
            yield from _of_posts(value, posts)
    elif isinstance(data, list):
        for value in data:
            yield from _of_posts(value, posts)


def _has_id(one: Any) -> bool:
    return isinstance(one, Mapping) and isinstance(one.get("id"), str | int)
