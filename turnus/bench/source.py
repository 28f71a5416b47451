"""A file of a public set, read line by line; what is wrong with it is told with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from turnus.errors import Finding, InputError
from turnus.texts import _

MOST_BYTES = 20_000_000
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line that says something, with its number in the file, counted from 1."""

    file: str
    number: int
    text: str

    def refuse(self, expected: str, found: str | None = None) -> InputError:
        """Return the error that this line is not what was expected."""
        shown = self.text if found is None else found
        finding = Finding(
            (_("line"),),
            expected,
            _("found {what}").format(what=repr(shown[:60])),
            _("See the published format of the set."),
            self.number,
            1,
        )
        return InputError([finding], self.file)

    def fields(self, separator: str | None, at_least: int, what: str, *, exactly: bool = False) -> list[str]:
        """Return the line's parts; refused when they are fewer, or not `exactly` as many, as its kind has."""
        parts = [part.strip() for part in self.text.split(separator)]
        if len(parts) < at_least or (exactly and len(parts) > at_least):
            raise self.refuse(_("expected {what}").format(what=what))
        return parts

    def whole(self, text: str, what: str) -> int:
        """Return a whole number of at least 0; published files write `-0` too."""
        digits = "0" if text == "-0" else text
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
            raise self.refuse(_("expected a whole number for {what}").format(what=what), text)
        return int(digits)

    def known(self, text: str, words: dict[str, int], what: str) -> int:
        """Return the index of a word that must have been introduced above."""
        if text not in words:
            raise self.refuse(_("expected {what}").format(what=what), text)
        return words[text]

    def introduce(self, text: str, words: dict[str, int]) -> None:
        """Give a word the next index; refused when it was introduced above."""
        if text in words:
            raise self.refuse(_("expected each id once"), text)
        words[text] = len(words)


def source_lines(path: Path, *, comment: str = "#") -> Iterator[SourceLine]:
    """Yield the lines of a file that are neither empty nor a comment.

    Raises
    ------
    InputError
        When there is no such file, it is not text, or it is larger than any published instance.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None
    if len(raw) > MOST_BYTES:
        raise _unreadable(path, _("{n} bytes").format(n=len(raw)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(path, _("bytes that are not text")) from None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped and not (comment and stripped.startswith(comment)):
            yield SourceLine(str(path), number, stripped)


def _unreadable(path: Path, found: str) -> InputError:
    finding = Finding(
        (_("file"),),
        _("expected a text file of the set"),
        _("found {what}").format(what=found),
        _("Name the file as the set is published."),
    )
    return InputError([finding], str(path))
