"""A scenario file written again with other values: its comments, order and layout are kept.

A comment at the end of a line goes with the value it was said of.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

_WIDTH = 10_000  # lines are never broken
#: The keys by which an item of a list is called; a shift has a code beside its name.
_NAMES = ("code", "name", "block", "id")
_CLOCK_OR_LENGTH = re.compile(r"\d{1,2}:\d{2}|[\d.,]+ (h|min)( \d+ min)?|\w+day \d\d:\d\d")


def rewritten(text: str, new: Mapping[str, Any]) -> str:
    """Return a YAML text that says what `new` says, and is otherwise as it was."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = _unshared(yaml.load(text), set())
    _merge(tree, new)
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def _merge(node: Any, new: Any) -> Any:
    """Return the node changed in place to say what `new` says, or `new` itself where it is another kind."""
    if isinstance(node, CommentedMap) and isinstance(new, Mapping):
        return _merge_entries(node, new)
    if isinstance(node, CommentedSeq) and isinstance(new, list):
        return _merge_items(node, new)
    return node if _same(node, new) else _written(new, flow=_flow(node))


def _merge_entries(node: CommentedMap, new: Mapping[str, Any]) -> CommentedMap:
    """Set, add and take out keys; what stood below the last line stays below it."""
    gone = [key for key in node if key not in new]
    added = [key for key in new if key not in node]
    tail = _taken_tail(node) if (gone or added) and not _flow(node) else None
    for key in gone:
        del node[key]
    for key, value in new.items():
        if key in node:
            _drop_remark(node, key, value, 2)
        node[key] = _merge(node[key], value) if key in node else _written(value, _flow(node))
    if tail is not None:
        _give_tail(node, tail)
    return node


def _drop_remark(node: Any, at: Any, value: Any, place: int) -> None:
    """Take off the comment at the end of a line whose value changes: it was said of the old one."""
    old = node[at]
    if _same(old, value) or (isinstance(old, CommentedMap | CommentedSeq) and not _flow(old)):
        return
    held: list[Any] = node.ca.items.get(at) or []
    token = held[place] if len(held) > place else None
    if token is None or not token.value.lstrip(" ").startswith("#"):
        return
    below = token.value.partition("\n")[2]
    held[place] = CommentToken("\n" + below, token.start_mark, token.end_mark) if below else None


def _taken_tail(node: Any) -> Any:
    """Take off what stands after the last line of a block – empty lines, comments – and return it."""
    last = _last(node)
    held: list[Any] = (last[0].ca.items.get(last[1]) or []) if last else []
    token = held[2] if len(held) > 2 else None
    if token is None or "\n" not in token.value[:-1]:
        return None
    same_line, _break, below = token.value.partition("\n")
    tail = CommentToken("\n" + below, token.start_mark, token.end_mark)
    held[2] = CommentToken(same_line + "\n", token.start_mark, token.end_mark) if same_line.strip() else None
    return tail


def _give_tail(node: Any, tail: Any) -> None:
    """Put what `_taken_tail` took after the line that is the last one now."""
    last = _last(node)
    if last is None:
        return
    held = last[0].ca.items.setdefault(last[1], [None, None, None, None])
    if held[2] is not None:
        tail.value = held[2].value.rstrip("\n") + tail.value
    held[2] = tail


def _last(node: Any) -> tuple[Any, Any] | None:
    """Return the block, and the key or number in it, that the last line of a node belongs to."""
    if not len(node):
        return None
    key = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
    below = node[key]
    if isinstance(below, CommentedMap | CommentedSeq) and not _flow(below):
        return _last(below)
    return node, key


def _merge_items(node: CommentedSeq, new: list[Any]) -> Any:
    """Keep each item where it still is, and insert or take out the others."""
    if any(not isinstance(item, Mapping) for item in (*node, *new)):
        if len(node) == len(new) and all(map(_same, node, new)):
            return node
        return _written(new, flow=_flow(node))
    flow = bool(node) and _flow(node[0])
    at = 0
    for value in new:
        if at < len(node) and _is_it(node[at], value):
            _drop_remark(node, at, value, 0)
            node[at] = _merge(node[at], value)
        else:
            node.insert(at, _written(value, flow=flow))
        at += 1
    del node[at:]
    return node


def _is_it(item: Any, value: Mapping[str, Any]) -> bool:
    """Whether an item of a list is what stands there now: called the same."""
    key = next((key for key in _NAMES if key in item), None)
    return key is None or bool(item[key] == value.get(key))


def _same(node: Any, new: Any) -> bool:
    if isinstance(node, dt.date):  # a date without quotes, which is text to turnus
        return bool(node.isoformat() == new)
    return bool(node == new) and isinstance(node, bool) == isinstance(new, bool)


def _flow(node: Any) -> bool:
    """Whether a mapping or list stands on one line in brackets."""
    return isinstance(node, CommentedMap | CommentedSeq) and bool(node.fa.flow_style())


def _written(value: Any, flow: bool) -> Any:
    """Return plain data as it is written: small things on one line, clock times in quotes."""
    if isinstance(value, Mapping):
        mapping = CommentedMap((key, _written(below, flow=True)) for key, below in value.items())
        if flow or not any(isinstance(below, Mapping) for below in value.values()):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list | tuple):
        items = CommentedSeq(_written(below, flow=True) for below in value)
        items.fa.set_flow_style()
        return items
    if isinstance(value, str) and _CLOCK_OR_LENGTH.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value


def _unshared(node: Any, seen: set[int]) -> Any:
    """Return the tree with what an alias repeats written out, so that a change has one place."""
    if isinstance(node, CommentedMap | CommentedSeq):
        if id(node) in seen:
            return _unshared(copy.deepcopy(node), seen)
        seen.add(id(node))
        node.yaml_set_anchor(None, always_dump=False)
        for key in list(node) if isinstance(node, CommentedMap) else range(len(node)):
            node[key] = _unshared(node[key], seen)
    return node
