"""Where somebody is named in what is kept: in scenarios however they write it, in runs and in their files."""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access.caller import Caller
from api.store import Artifact, Revision, Run, Scenario
from turnus import InputError, Loaded, alike, comments_in, exchanging

JSON = "application/json"
#: What of a run may name somebody, beside its files and events.
OF_RUN = ("title", "summary", "options", "goals", "problem")
_TEXTS = (JSON, "text/", "image/svg+xml")
_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_JOINED = re.compile(r"\\\r?\n[ \t]*")


class Who(NamedTuple):
    """A person, and others who are called the same and more: `Ola` is not `Ola Dahl`.

    `spellings` are those of their name, `is_staff` tells whether a revision has them among its staff.
    """

    name: str
    spellings: frozenset[str]
    others: frozenset[str]
    is_staff: bool


class Read(NamedTuple):
    """A revision that may name somebody, and what it says: keys, values, comments.

    `loaded` is None for a text that no version of turnus reads any more.
    """

    row: Revision
    loaded: Loaded | None
    texts: list[str]


def scenarios_of(session: Session, caller: Caller) -> list[str]:
    """Return the ids of the scenarios that a caller sees."""
    return list(session.scalars(caller.sees(select(Scenario.id), Scenario).order_by(Scenario.id)))


def readings(session: Session, scenario_id: str, name: str) -> Iterator[Read]:
    """Yield the revisions that may name somebody, one by one: together they may be large."""
    query = select(Revision.number).where(Revision.scenario_id == scenario_id).order_by(Revision.number)
    for number in session.scalars(query).all():
        row = session.get(Revision, (scenario_id, number))
        if row is not None and _may_name(row.content, name):
            yield _read(row)


def runs_of(session: Session, scenario_id: str) -> list[Run]:
    """Return the runs of a scenario."""
    return list(session.scalars(select(Run).where(Run.scenario_id == scenario_id).order_by(Run.id)))


def files_of(session: Session, run: Run) -> Iterator[Artifact]:
    """Yield the files of a run, one by one."""
    query = select(Artifact.name).where(Artifact.run_id == run.id).order_by(Artifact.name)
    for name in session.scalars(query).all():
        file = session.get(Artifact, (run.id, name))
        if file is not None:
            yield file


def who_is(session: Session, scenario_id: str, name: str) -> Who:
    """Return a person of a scenario, and those of its people whose longer names hold the same words."""
    spellings, others, is_staff = {name}, set(), False
    for read in readings(session, scenario_id, name):
        if read.loaded is None:  # may have been their own entry
            is_staff |= says_any(Who(name, frozenset({name}), frozenset(), False), read.texts)
            continue
        for person in read.loaded.scenario.staff:
            if alike(person.name) == alike(name):
                spellings.add(person.name)
                is_staff = True
            elif alike(name) in alike(person.name):
                others.add(person.name)
    return Who(name, frozenset(spellings), frozenset(others), is_staff)


def says(who: Who, text: str) -> bool:
    """Whether a text names a person; letters may stand in it as their numbers."""
    without = _without(who)
    return without(text) != text or ("\\" in text and without(plain := _unescaped(text)) != plain)


def says_any(who: Who, data: Any) -> bool:
    """Whether a key or a text of some data names a person."""
    return any(says(who, text) for text in _texts_in(data))


def everywhere(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what exchanges names in a text as it stands, and as JSON, HTML and CSV write them."""
    forms = {}
    for old, new in names.items():
        for spelling in (normalize("NFC", old), normalize("NFD", old), old):
            for written in (str, _in_json, _in_ascii, html.escape, _in_page, _in_csv):
                forms[written(spelling)] = written(new)
    return exchanging({**forms, **names})


def text_of(file: Artifact) -> str | None:
    """Return a file as text; None where it is none."""
    if file.media_type.startswith(_TEXTS):
        with suppress(UnicodeDecodeError):
            return file.content.decode("utf-8")
    return None


def _may_name(text: str, name: str) -> bool:
    """Whether a scenario's text can name somebody at all: a look that costs little and misses nobody."""
    plain = normalize("NFC", _unescaped(text))
    return all(word in plain for word in re.findall(r"\w+", normalize("NFC", name)))


def _read(row: Revision) -> Read:
    with suppress(InputError):
        loaded = row.loaded()
        return Read(row, loaded, [*_texts_in(loaded.root.plain()), *comments_in(row.content)])
    return Read(row, None, [row.content])


def _texts_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield str(key)
            yield from _texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts_in(value)


def _unescaped(text: str) -> str:
    """Return a text with the letters that YAML and JSON write as numbers, and lines joined as YAML does."""
    if "\\" not in text:
        return text
    plain = _ESCAPED.sub(_letter, _JOINED.sub("", text))
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letter(found: re.Match[str]) -> str:
    number = int(found[1] or found[2] or found[3], 16)
    return chr(number) if number <= sys.maxunicode else found[0]


@lru_cache(maxsize=8)
def _without(who: Who) -> Callable[[str], str]:
    others = {other: other for other in who.others}
    return everywhere({**dict.fromkeys(who.spellings, "\0"), **others})


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_ascii(text: str) -> str:
    return json.dumps(text)[1:-1]


def _in_page(text: str) -> str:
    """Return a text as templates write it."""
    return html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _in_csv(text: str) -> str:
    return text.replace('"', '""')
