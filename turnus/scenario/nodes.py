"""Values that know where in the file they stand, and which override put them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from turnus.errors import Finding, InputError, Path

Place = tuple[int | None, int | None]
Scalar = str | int | float | bool | None


@dataclass(eq=False, slots=True)
class Node:
    """A value, its line and column (from 1, None when it came from `--set`), and what lies below it.

    `keys` holds, for each key of a mapping, the place of the key itself. `given` names the override that
    put the value there.
    """

    line: int | None
    column: int | None
    value: Scalar | list[Node] | dict[str, Node] = None
    keys: dict[str, Place] = field(default_factory=dict)
    given: str | None = None

    def plain(self) -> Any:
        """Return the value as plain Python data."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def child(self, part: str | int) -> Node | None:
        """Return the node below a key or an index, if there is one."""
        if isinstance(self.value, dict):
            return self.value.get(str(part))
        if isinstance(self.value, list) and isinstance(part, int) and 0 <= part < len(self.value):
            return self.value[part]
        return None

    def place(self, path: Path) -> Place:
        """Return where a path stands; where it ends early, the last part that exists."""
        node = self._last(path)[0]
        return node.line, node.column

    def key_place(self, path: Path) -> Place:
        """Return where the key at the end of a path stands."""
        parent, rest = self._last(path[:-1])
        return self.place(path) if rest else parent.keys.get(str(path[-1]), self.place(path))

    def given_by(self, path: Path) -> str | None:
        """Return the override that a path's value came from, if one did."""
        node, given = self, self.given
        for part in path:
            below = node.child(part)
            if below is None:
                break
            node, given = below, below.given or given
        return given

    def _last(self, path: Path) -> tuple[Node, Path]:
        node = self
        for at, part in enumerate(path):
            below = node.child(part)
            if below is None:
                return node, path[at:]
            node = below
        return node, ()


def nodes_of(value: Any) -> Node:
    """Return plain data as nodes that stand nowhere."""
    if isinstance(value, Mapping):
        return Node(None, None, {str(key): nodes_of(below) for key, below in value.items()})
    if isinstance(value, list | tuple):
        return Node(None, None, [nodes_of(below) for below in value])
    return Node(None, None, value)


def refuse(expected: str, found: str, hint: str, place: Place, path: Path = ()) -> InputError:
    """Return the error for one place in the text."""
    return InputError([Finding(path, expected, found, hint, *place)])
