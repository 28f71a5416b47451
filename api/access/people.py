"""One person: everything that is kept about them, and their name taken out of it.

A person is the name that scenarios give them. Who holds a key is another matter: the access log has to go on
saying who did what.
"""

from __future__ import annotations

import csv
import html
import io
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.access.caller import Caller
from api.problems import Problem
from api.store import UNFINISHED, Artifact, Event, KeptAnswer, Revision, Run, Scenario
from turnus import InputError, exchanging, read_scenario, renamed
from turnus import translated as _

_JSON = "application/json"
_TEXTS = (_JSON, "text/", "image/svg+xml")
#: What of a run may name somebody, beside its files and events.
_OF_RUN = ("title", "summary", "options", "goals", "problem")


class _Who(NamedTuple):
    """A person, and others who are called the same and more: `Ola` is not `Ola Dahl`."""

    name: str
    others: frozenset[str]


def kept_about(session: Session, caller: Caller, name: str) -> Iterator[dict[str, Any]]:
    """Yield everything that is kept about a person, scenario by scenario: revisions and runs."""
    for scenario in _scenarios(session, caller):
        who = _who(session, scenario, name)
        revisions = [found for row in _revisions(session, scenario) if (found := _in_revision(row, who))]
        runs = [found for run in _runs(session, scenario) if (found := _in_run(session, run, who))]
        if revisions or runs:
            yield {
                "scenario": scenario.id, "name": scenario.name, "unit": scenario.unit,
                "revisions": revisions, "runs": runs,
            }  # fmt: skip


def erase(session: Session, caller: Caller, name: str) -> tuple[str, list[str]]:
    """Put a pseudonym in a person's place in every revision and every run; return it, and which scenarios.

    Texts are written again; files that cannot be, such as spreadsheets, are deleted, and so is what sweeps
    keep for their parts. A word that no revision calls anybody is left alone everywhere.

    Raises
    ------
    Problem
        409 while a run of theirs is not finished: it would write the name again.
    """
    pseudonym = f"Person {secrets.token_hex(4)}"
    changed: list[str] = []
    scenarios = list(_scenarios(session, caller, lock=True))
    if not any(_is_staff(row, name) for scenario in scenarios for row in _revisions(session, scenario)):
        return pseudonym, changed
    for scenario in scenarios:
        if _erase_in(session, scenario, name, pseudonym):
            changed.append(scenario.id)
    return pseudonym, changed


def _scenarios(session: Session, caller: Caller, *, lock: bool = False) -> Iterator[Scenario]:
    query = caller.sees(select(Scenario), Scenario).order_by(Scenario.id)
    yield from session.scalars(query.with_for_update() if lock else query).all()


def _revisions(session: Session, scenario: Scenario) -> Iterator[Revision]:
    """Yield the revisions one by one: together they may be large."""
    query = select(Revision.number).where(Revision.scenario_id == scenario.id).order_by(Revision.number)
    for number in session.scalars(query).all():
        yield session.get_one(Revision, (scenario.id, number))


def _runs(session: Session, scenario: Scenario) -> Iterator[Run]:
    yield from session.scalars(select(Run).where(Run.scenario_id == scenario.id).order_by(Run.id)).all()


def _in_revision(row: Revision, who: _Who) -> dict[str, Any] | None:
    """Return what a revision says of a person: their own entry, and where else they are named."""
    if not _says(row.content, who):
        return None
    data: dict[str, Any] = {}
    with suppress(InputError):  # a text that no version of turnus reads any more is told line by line
        data = read_scenario(row.content, is_json=row.media_type == _JSON).root.plain()
    own = [person for person in data.get("staff", ()) if person.get("name") == who.name]
    elsewhere = _naming({key: value for key, value in data.items() if key != "staff"}, who)
    lines = [line.strip() for line in row.content.splitlines() if _says(line, who)]
    told = [line for line in lines if "#" in line or not data]
    return {"number": row.number, "person": own[0] if own else None, "named_in": [*elsewhere, *told]}


def _in_run(session: Session, run: Run, who: _Who) -> dict[str, Any] | None:
    """Return what a run says of a person: whatever of its rows, events and files names them."""
    row = [value for value in (getattr(run, column) for column in _OF_RUN) if _says(_as_text(value), who)]
    events = session.scalars(select(Event).where(Event.run_id == run.id))
    told = [event.data for event in events if _says(_as_text(event.data), who)]
    files = {}
    for file in session.scalars(select(Artifact).where(Artifact.run_id == run.id).order_by(Artifact.name)):
        text = _text_of(file)
        if text is not None and _says(text, who):
            files[file.name] = list(_lines_about(file, text, who))
    if not (row or told or files):
        return None
    return {"run": run.id, "kind": run.kind, "row": row, "events": told, "files": files}


def _lines_about(file: Artifact, text: str, who: _Who) -> Iterator[Any]:
    """Yield the parts of a file that are about a person: objects of JSON, lines of every other text."""
    if file.media_type.startswith(_JSON):
        with suppress(ValueError):
            data = json.loads(text)
            yield from _naming(data, who)
            yield from _of_posts(data, {one["id"] for one in _naming(data, who) if _has_id(one)})
            return
    lines = text.splitlines()
    if file.media_type.startswith("text/csv"):
        yield next(iter(csv.reader(io.StringIO(text), delimiter=";" if ";" in lines[0] else ",")), [])
    yield from (line.strip()[:2000] for line in lines if _says(line, who))


def _naming(data: Any, who: _Who) -> Iterator[Any]:
    """Yield the smallest objects that name a person."""
    if isinstance(data, Mapping):
        if any(isinstance(value, str) and _says(value, who) for value in data.values()):
            yield data
        for value in data.values():
            if not isinstance(value, str):
                yield from _naming(value, who)
    elif isinstance(data, list):
        if any(isinstance(value, str) and _says(value, who) for value in data):
            yield data
        for value in data:
            if not isinstance(value, str):
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


def _erase_in(session: Session, scenario: Scenario, name: str, pseudonym: str) -> bool:
    """Take a person out of one scenario and its runs; say whether they were in it."""
    names, who = {name: pseudonym}, _who(session, scenario, name)
    texts: dict[int, tuple[str, str, bool]] = {}
    for row in _revisions(session, scenario):
        if _says(row.content, who):
            is_json = row.media_type == _JSON
            new, sha256 = _renamed(row.content, names, who, is_json=is_json)
            texts[row.number] = (row.content, new, is_json)
            row.content, row.sha256 = new, sha256 or row.sha256
    names |= {other: other for other in who.others}
    exchange = _everywhere(names)
    changed = bool(texts) or _says(scenario.name, who)
    scenario.name = exchange(scenario.name)
    for run in _runs(session, scenario):
        about = _in_run(session, run, who) is not None
        if run.state in UNFINISHED and (about or run.revision in texts):
            raise Problem(409, "run-unfinished", _("A run of a scenario with this person is not finished."),
                          _("Cancel it, or wait for it, and erase then."))  # fmt: skip
        if about or run.revision in texts:
            old_hash = _hashes(run, exchange, *texts[run.revision]) if run.revision in texts else {}
            _erase_in_run(session, run, _everywhere(names | old_hash))
            changed = True
    return changed


def _renamed(content: str, names: Mapping[str, str], who: _Who, *, is_json: bool) -> tuple[str, str | None]:
    """Return a revision's text with other names, and its hash.

    A text that no version of turnus reads any more is exchanged as it stands, and its hash is not known.
    """
    exchange = _everywhere({**{other: other for other in who.others}, **names})
    with suppress(InputError):
        new = renamed(content, names, is_json=is_json)
        if exchange(new) != new:  # named where nobody is looked for: in the code of a shift, for instance
            new = exchange(new)
        return new, read_scenario(new, is_json=is_json).sha256
    return exchange(content), None


def _hashes(run: Run, exchange: Callable[[str], str], old: str, new: str, is_json: bool) -> dict[str, str]:
    """Return the hash by which a run's files call its scenario, and the one that it has now."""
    overrides = run.options.get("set", [])
    with suppress(InputError):
        before = read_scenario(old, overrides, is_json=is_json).sha256
        return {before: read_scenario(new, [exchange(one) for one in overrides], is_json=is_json).sha256}
    return {}


def _erase_in_run(session: Session, run: Run, exchange: Callable[[str], str]) -> None:
    for column in _OF_RUN:
        setattr(run, column, _exchanged(getattr(run, column), exchange))
    for event in session.scalars(select(Event).where(Event.run_id == run.id)):
        event.data = _exchanged(event.data, exchange)
    for file in session.scalars(select(Artifact).where(Artifact.run_id == run.id)).all():
        text = _text_of(file)
        if text is None:
            session.delete(file)
        else:
            file.content = exchange(text).encode()
    session.execute(delete(KeptAnswer).where(KeptAnswer.run_id == run.id))


def _everywhere(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what exchanges names in a text as it stands, and as JSON, HTML and CSV write them."""
    forms = {}
    for old, new in names.items():
        for written in (str, _in_json, _in_ascii, html.escape, _in_page, _in_csv):
            forms[written(old)] = written(new)
    return exchanging(forms)


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_ascii(text: str) -> str:
    return json.dumps(text)[1:-1]


def _in_page(text: str) -> str:
    """Return a text as templates write it."""
    return html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _in_csv(text: str) -> str:
    return text.replace('"', '""')


def _is_staff(row: Revision, name: str) -> bool:
    """Whether a revision has somebody of that name among its staff."""
    if not _says(row.content, _Who(name, frozenset())):
        return False
    with suppress(InputError):
        staff = read_scenario(row.content, is_json=row.media_type == _JSON).scenario.staff
        return any(person.name == name for person in staff)
    return True  # what no version of turnus reads any more may have been their own entry


def _who(session: Session, scenario: Scenario, name: str) -> _Who:
    """Return a person of a scenario, and those of its people whose longer names hold the same words."""
    others: set[str] = set()
    for row in _revisions(session, scenario):
        with suppress(InputError):
            staff = read_scenario(row.content, is_json=row.media_type == _JSON).scenario.staff
            others |= {person.name for person in staff if name in person.name and name != person.name}
    return _Who(name, frozenset(others))


def _says(text: str, who: _Who) -> bool:
    return _without(who)(text) != text


@lru_cache(maxsize=8)
def _without(who: _Who) -> Callable[[str], str]:
    return _everywhere({who.name: "\0", **{other: other for other in who.others}})


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _exchanged(value: Any, exchange: Callable[[str], str]) -> Any:
    """Return a value with every text in it exchanged; the same value where nothing was."""
    if isinstance(value, str):
        return exchange(value)
    if isinstance(value, Mapping):
        return {key: _exchanged(below, exchange) for key, below in value.items()}
    if isinstance(value, list):
        return [_exchanged(below, exchange) for below in value]
    return value


def _text_of(file: Artifact) -> str | None:
    """Return a file as text; None where it is none."""
    if file.media_type.startswith(_TEXTS):
        with suppress(UnicodeDecodeError):
            return file.content.decode("utf-8")
    return None
