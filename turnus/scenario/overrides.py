"""`--set PATH=VALUE`: one value of the file replaced before anything is checked.

A path names keys with dots between, an item of a list by its number from 0 or by its name or code:
`horizon.weeks`, `staff.0.size`, `staff[Ada].size`, `shifts[D].to`. VALUE is read as YAML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from turnus.errors import InputError, Path
from turnus.scenario.document import parse_value
from turnus.scenario.messages import suggestion
from turnus.scenario.nodes import Node, refuse
from turnus.texts import _

_PATH = re.compile(r"[^.\[\]]+(\.[^.\[\]]+|\[[^\[\]]+\])*")
_PART = re.compile(r"\[([^\[\]]+)\]|([^.\[\]]+)")
#: The keys by which an item of a list can be called.
_NAMES = ("name", "code", "block", "id")


def apply_overrides(root: Node, overrides: Sequence[str]) -> Node:
    """Return the nodes with every override applied, the first one first.

    Raises
    ------
    InputError
        Naming the override: no `=`, a value that is not YAML, or a path that leads nowhere.
    """
    for override in overrides:
        root = _apply(root, override)
    return root


def _apply(root: Node, override: str) -> Node:
    path, sign, value = override.partition("=")
    path = path.strip()
    if not sign or not _PATH.fullmatch(path):
        raise _refused(
            override, _("expected PATH=VALUE"), _("found {text}").format(text=override),
            _("Write for instance --set horizon.weeks=12 or --set staff[Ada].size=80."),
        )  # fmt: skip
    parts = [name or key for name, key in _PART.findall(path)]
    by_name = [bool(name) for name, _key in _PART.findall(path)]
    return _with(root, list(zip(parts, by_name, strict=True)), _value(override, value), override, ())


def _value(override: str, text: str) -> Node:
    try:
        node = parse_value(text)
    except InputError as error:
        finding = error.findings[0]
        raise _refused(override, finding.expected, finding.found, finding.hint) from None
    return _without_places(node, override)


def _without_places(node: Node, override: str) -> Node:
    value = node.value
    if isinstance(value, dict):
        value = {key: _without_places(child, override) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_without_places(child, override) for child in value]
    return Node(None, None, value, given=override)


def _with(node: Node, parts: list[tuple[str, bool]], value: Node, override: str, above: Path) -> Node:
    """Return a copy of the node with the value set below it; nothing else is copied deeply."""
    if not parts:
        return value
    (part, by_name), rest = parts[0], parts[1:]
    if isinstance(node.value, list):
        at = _index(node.value, part, by_name, override, above)
        items = list(node.value)
        items[at] = _with(items[at], rest, value, override, (*above, at))
        return replace(node, value=items)
    if node.value is not None and not isinstance(node.value, dict):
        raise _refused(
            override, _("expected a group of keys at {path}").format(path=_shown(above)),
            _("found a single value"), _("Set the whole value instead."),
        )  # fmt: skip
    entries = dict(node.value or {})
    below = entries.get(part, Node(None, None, given=override))
    entries[part] = _with(below, rest, value, override, (*above, part))
    return replace(node, value=entries)


def _index(items: list[Node], part: str, by_name: bool, override: str, above: Path) -> int:
    """Return which item of a list is meant; a bare number counts, anything else is a name."""
    names = [_names_of(item) for item in items]
    if by_name or not part.isdigit():
        for at, own in enumerate(names):
            if part in own:
                return at
    elif int(part) < len(items):
        return int(part)
    close = suggestion(part, [name for own in names for name in own])
    last = (
        _("Numbers run from 0 to {last}.").format(last=len(items) - 1) if items else _("The list is empty.")
    )
    raise _refused(
        override,
        _("expected an item of {path}").format(path=_shown(above)),
        _("found {text}").format(text=part),
        close or last,
    )


def _names_of(item: Node) -> list[str]:
    values = [item.child(key) for key in _NAMES]
    return [str(node.value) for node in values if node is not None and isinstance(node.value, str | int)]


def _shown(path: Path) -> str:
    return ".".join(map(str, path)) or _("the file")


def _refused(override: str, expected: str, found: str, hint: str) -> InputError:
    return refuse(expected, found, hint, (None, None), (f"--set {override}",))
