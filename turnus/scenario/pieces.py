"""Where each value of a scenario's text stands, so that some are exchanged and all else stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from turnus.errors import Path
from turnus.scenario.document import said

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A key or a value between two places of the text.

    `said` is what a scalar says, None for lists, mappings and aliases. `style` is the sign that it begins
    with: a quote, `|`, `>`, or nothing for plain text. `key_end` is where the key before a value ends.
    """

    path: Path
    start: int
    end: int
    said: str | None = None
    style: str = ""
    is_key: bool = False
    key_end: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands between two places of the text from now on."""

    start: int
    end: int
    text: str


def pieces_of(text: str) -> list[Piece]:
    """Return every key and value of a YAML or JSON text that has been read without a mistake, in order."""
    events = YAML(typ="rt", pure=True).parse(text.replace("\t", " "))
    walk = _Walk(events)
    for event in events:
        if isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
            walk.value(event, (), None)
    return sorted(walk.found, key=lambda piece: (piece.start, -piece.end))


def unshared(text: str, data: Any) -> str:
    """Return the text, or its data as JSON where aliases make one place stand for several."""
    text = text.removeprefix("\ufeff")
    events = YAML(typ="rt", pure=True).parse(text.replace("\t", " "))
    if any(getattr(event, "anchor", None) for event in events):
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return text


def edited(text: str, edits: Iterable[Edit], comment: Callable[[str], str]) -> str:
    """Return the text with its edits made, and each comment between them changed.

    The edits should be of every scalar, changed or not: a `#` inside one begins no comment. Where one edit
    holds others, the outer one is made.
    """
    done, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if edit.start >= at:
            done += [_between(text[at : edit.start], comment), edit.text]
            at = edit.end
    return "".join([*done, _between(text[at:], comment)])


def _between(text: str, comment: Callable[[str], str]) -> str:
    return _COMMENT.sub(lambda found: comment(found[0]), text)


class _Walk:
    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.found: list[Piece] = []

    def value(self, event: Any, path: Path, key_end: int | None) -> int:
        """Keep a value and all below it; return where it ends."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, ScalarEvent):
            self.found.append(Piece(path, start, end, said(event), event.style or "", key_end=key_end))
            return int(end)
        if isinstance(event, SequenceStartEvent):
            end = self._items(path, event)
        elif isinstance(event, MappingStartEvent):
            end = self._entries(path, event)
        self.found.append(Piece(path, start, end, key_end=key_end))
        return int(end)

    def _items(self, path: Path, start: Any) -> int:
        end, at = start.end_mark.index, 0
        while not isinstance(event := next(self.events), SequenceEndEvent):
            end = self.value(event, (*path, at), None)
            at += 1
        return int(event.end_mark.index if start.flow_style else end)

    def _entries(self, path: Path, start: Any) -> int:
        end = start.end_mark.index
        while not isinstance(key := next(self.events), MappingEndEvent):
            key_end = key.end_mark.index
            below = (*path, key.value)
            piece = Piece(below, key.start_mark.index, key_end, key.value, key.style or "", is_key=True)
            self.found.append(piece)
            end = self.value(next(self.events), below, key_end)
        return int(key.end_mark.index if start.flow_style else end)
