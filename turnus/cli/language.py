"""Which language a command line asks for; known before any text of the help is made."""

from __future__ import annotations

from collections.abc import Sequence


def asked_language(words: Sequence[str]) -> str | None:
    """Return what `--lang` says, wherever it stands; None when it is not there."""
    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
    return None
