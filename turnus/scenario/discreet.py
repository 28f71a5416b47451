"""A scenario's text for those who need not know what was agreed with a single person."""

from __future__ import annotations

import json

from turnus.scenario.loader import read_scenario
from turnus.scenario.pieces import Edit, Piece, edited, pieces_of, unshared
from turnus.texts import _

#: What is between an employee and their manager.
PERSONAL = ("arrangement", "leave")
_GONE = "\0"  # where a comment was; no text of a scenario holds it


def discreet(text: str, *, is_json: bool = False) -> str:
    """Return a scenario's text with “individually agreed” for personal arrangements and leave.

    Comments are left out, because they may say why. The text is for people to read; it can no longer be
    solved.

    Raises
    ------
    InputError
        When the text is not a scenario.
    """
    text = unshared(text, read_scenario(text, is_json=is_json).root.plain())
    edits = [edit for piece in pieces_of(text) if (edit := _edit(text, piece)) is not None]
    lines = edited(text, edits, lambda _comment: _GONE).split("\n")
    return "\n".join(_without(line) for line in lines if line.strip() != _GONE)


def _without(line: str) -> str:
    return line.replace(_GONE, "").rstrip() if _GONE in line else line


def _edit(text: str, piece: Piece) -> Edit | None:
    personal = piece.path[:1] == ("staff",) and len(piece.path) == 3 and piece.path[2] in PERSONAL
    if personal and not piece.is_key and piece.key_end is not None:
        return Edit(piece.key_end, piece.end, ": " + json.dumps(_("individually agreed"), ensure_ascii=False))
    if piece.said is None:
        return None
    return Edit(piece.start, piece.end, text[piece.start : piece.end])
