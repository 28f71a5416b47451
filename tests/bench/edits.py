"""A file of a set with one thing changed, and where its reader must say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from turnus.errors import InputError


def changed(text: str, old: str, new: str) -> tuple[str, int]:
    """Return a text with one place changed, and the number of the last line of the change."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new), text[: text.index(old)].count("\n") + new.count("\n") + 1


def refused(read: Callable[[], object], path: Path, line: int, words: str) -> None:
    """Check that reading fails with the file, the line and the words of the first mistake."""
    with pytest.raises(InputError) as caught:
        read()
    (finding,) = caught.value.findings
    assert caught.value.source == str(path)
    assert finding.line == line, str(caught.value)
    assert str(caught.value).startswith(f"{path}:{line}:1: line: {words}"), str(caught.value)
