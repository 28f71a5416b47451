"""The text of a scenario file as nodes that know where they stand.

YAML 1.2 as `ruamel.yaml` scans it, JSON being a part of it. Scalars follow the YAML 1.2 core schema and
nothing more: no dates, no `yes`/`no`, no tags. So `22:00` and `2027-02-30` stay text for the models to judge.
Nodes are built from events one by one, which keeps depth, size and aliases within limits from the start.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from turnus.errors import InputError
from turnus.scenario.nodes import Node, Place, Scalar, refuse
from turnus.texts import _

MOST_BYTES = 2_000_000
MOST_DEPTH = 20
MOST_NODES = 200_000

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?\d{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d{1,3})?")


def read_document(raw: bytes, *, is_json: bool = False) -> Node:
    """Return the nodes of a file.

    Raises
    ------
    InputError
        With line and column: text that is not UTF-8, broken YAML or JSON, a key twice, more than
        one document, tags, too large, too deep, or aliases that multiply beyond the limit.
    """
    if len(raw) > MOST_BYTES:
        raise refuse(
            _("expected a file of at most {most} MB").format(most=MOST_BYTES // 1_000_000),
            _("found {size} bytes").format(size=len(raw)),
            _("Is it the right file? Split a scenario this large into one file per unit."),
            (None, None),
        )
    text = _decoded(raw)
    if is_json:
        _check_json(text)
        text = text.replace("\t", " ")
    return parse_text(text)


def parse_text(text: str) -> Node:
    """Return the nodes of a YAML text; see `read_document` for what it refuses."""
    root = parse_value(text)
    if root.value is None:
        raise refuse(
            _("expected a scenario"), _("found an empty file"),
            _("Start from an example: turnus new nursing-home-ward."), (1, 1),
        )  # fmt: skip
    return root


def parse_value(text: str) -> Node:
    """Return the nodes of any YAML value, null for an empty text."""
    try:
        return _Builder(YAML(typ="rt", pure=True).parse(text)).document()
    except MarkedYAMLError as error:
        raise _broken(error) from None
    except ReaderError as error:
        raise _unreadable_character(text, error) from None


def scalar(text: str) -> Scalar:
    """Return what unquoted text means in the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def said(event: Any) -> str:
    """Return what a scalar says, without the marks that ruamel puts where a folded text (`>`) was folded."""
    text = str(event.value)
    return text.replace("\a", "") if event.style == ">" else text


class _Builder:
    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[Node, int] = {}
        self.nodes = 0

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                raise refuse(
                    _("expected one document in the file"),
                    _("found a second one"),
                    _("Take out the line with ---, or put the second scenario in a file of its own."),
                    _mark(event),
                )
            if isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent | AliasEvent):
                root = self.node(event, 0)
        return root or Node(1, 1)

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        before = self.nodes
        self._count(1, event)
        if depth > MOST_DEPTH:
            raise refuse(
                _("expected at most {most} levels of nesting").format(most=MOST_DEPTH),
                _("found a deeper one"),
                _("Check brackets and indentation from here upwards."),
                _mark(event),
            )
        _refuse_tag(event)
        node = Node(*_mark(event))
        if isinstance(event, ScalarEvent):
            _refuse_zero(event)
            node.value = scalar(event.value) if event.implicit[0] else _clean(said(event))
        elif isinstance(event, SequenceStartEvent):
            node.value = self._items(depth)
        else:
            node.value = self._entries(node, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        self.sizes[node] = self.nodes - before
        return node

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return items

    def _entries(self, node: Node, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._key(event)
            if key in entries:
                raise refuse(
                    _("expected each key once"),
                    _("found {key} again; it stands in line {line} already").format(
                        key=key, line=node.keys[key][0]
                    ),
                    _("Take out one of the two."),
                    _mark(event),
                )
            node.keys[key] = _mark(event)
            entries[key] = below = self.node(next(self.events), depth + 1)
            if below.value is None and below.line != event.start_mark.line + 1:
                below.line, below.column = _mark(event)  # nothing after the colon: point at the key
        return entries

    def _key(self, event: Any) -> str:
        if isinstance(event, ScalarEvent) and event.value not in ("", "<<"):
            _refuse_tag(event)
            _refuse_zero(event)
            return _clean(event.value)
        raise refuse(
            _("expected a key that is a word"),
            _("found something else"),
            _("Write key: value. Lists, empty keys and merge keys (<<) cannot stand before the colon."),
            _mark(event),
        )

    def _alias(self, event: Any) -> Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            raise refuse(
                _("expected an anchor &{name} further up").format(name=event.anchor),
                _("found none that is complete"),
                _('Define it first, or put quotes round text that starts with *: "*{name}".').format(
                    name=event.anchor
                ),
                _mark(event),
            )
        self._count(self.sizes[node], event)
        return node

    def _count(self, more: int, event: Any) -> None:
        self.nodes += more
        if self.nodes > MOST_NODES:
            raise refuse(
                _("expected at most {most} values in a file").format(most=MOST_NODES),
                _("found more, aliases (*name) written out"),
                _("Use fewer aliases, or split the file."),
                _mark(event),
            )


def _mark(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _clean(text: str) -> str:
    """Join the surrogate halves that JSON escapes may leave, so that the text can be written as UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse_tag(event: Any) -> None:
    if event.tag not in (None, "!"):
        raise refuse(
            _("expected a plain value"),
            _("found the tag {tag}").format(tag=event.tag),
            _("Take the tag out; put text that starts with ! in quotes."),
            _mark(event),
        )


def _refuse_zero(event: Any) -> None:
    """Refuse a zero byte that an escape stands for: no database keeps it in a text."""
    if "\0" in event.value:
        raise refuse(
            _("expected readable text"),
            _("found the control character {character}").format(character="0x00"),
            _("Delete it; it may have come along from a copy."),
            _mark(event),
        )


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise refuse(
            _("expected text in UTF-8"),
            _("found the byte {byte}").format(byte=f"0x{raw[error.start]:02X}"),
            _("Save the file as UTF-8; æ, ø and å saved in another encoding cause this."),
            _place_after(before),
        ) from None


def _place_after(text: str) -> Place:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _check_json(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise refuse(
            _("expected valid JSON"),
            _("found a mistake: {problem}").format(problem=error.msg),
            _("Check commas, quotes and brackets here and in the line above."),
            (error.lineno, error.colno),
        ) from None
    except RecursionError:
        raise refuse(
            _("expected at most {most} levels of nesting").format(most=MOST_DEPTH),
            _("found a deeper one"), _("Check the brackets."), (None, None),
        ) from None  # fmt: skip
    except ValueError:  # Python reads no whole number of thousands of digits
        raise refuse(
            _("expected a number of at most 18 digits"),
            _("found more"),
            _("Correct the number."),
            (None, None),
        ) from None


def _unreadable_character(text: str, error: ReaderError) -> InputError:
    return refuse(
        _("expected readable text"),
        _("found the control character {character}").format(character=f"0x{ord(text[error.position]):02X}"),
        _("Delete it; it may have come along from a copy."),
        _place_after(text[: error.position]),
    )


def _broken(error: MarkedYAMLError) -> InputError:
    mark = error.problem_mark or error.context_mark
    place = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
    found, hint = _in_plain_words(error.problem or "", error.context or "")
    return refuse(_("expected valid YAML"), found, hint, place)


def _in_plain_words(problem: str, context: str) -> tuple[str, str]:
    """Return what was found and what to do; the scanner's own words for rare mistakes."""
    if "'\\t'" in problem:
        return _("found a tab, which is not allowed in YAML"), _("Use spaces instead of tabs.")
    if "mapping values are not allowed" in problem:
        return (
            _("found a colon where no key can stand"),
            _("Line the keys up with their neighbours, and put text with a colon in quotes."),
        )
    if "quoted scalar" in context:
        return _("found a quote that is never closed"), _("Close the text with the same quote.")
    if "flow" in context:
        return _("found a bracket that is not closed as it was opened"), _(
            "Check [ ], { } and the commas here."
        )
    if "cannot start any token" in problem:
        return _("found a sign that text cannot start with"), _("Put the text in quotes.")
    if "block" in context or "simple key" in context or "indentation" in problem:
        return (
            _("found a line that does not fit in"),
            _("Line it up with its neighbours; each key needs a colon and each list item a dash."),
        )
    return _("found a mistake: {problem}").format(problem=problem), _("Check this line and the line above.")
