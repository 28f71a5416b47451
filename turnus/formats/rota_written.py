"""A rota as a file has it, and the words for what its readers cannot read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

from turnus.errors import Finding
from turnus.problem import Rota
from turnus.texts import _, ngettext


@dataclass(frozen=True, slots=True)
class WrittenRota:
    """A rota as a file has it, with what its cells say on days off, which a rota itself does not hold.

    `off_codes` has the text of each post's day off as it is written (empty on days that are worked), and
    `file_lines` the line each post stands on; None in a JSON file. `leave` are the days off that the file
    says are leave. `notes` ask for attention; `assumed` says what was derived, left unread or taken for
    granted.
    """

    rota: Rota
    off_codes: tuple[tuple[str, ...], ...]
    file_lines: tuple[int | None, ...]
    leave: tuple[frozenset[int], ...] = ()
    notes: tuple[Finding, ...] = ()
    assumed: tuple[str, ...] = ()


def near(text: str, known: tuple[str, ...]) -> str:
    """Return the word that is closest, in large letters or small, as a question; else nothing."""
    by_small = {word.lower(): word for word in reversed(known)}
    close = get_close_matches(text, known, 1) or get_close_matches(text.lower(), by_small, 1)
    return _("Did you mean {code}?").format(code=by_small.get(close[0], close[0])) if close else ""


def counted(finding: Finding, times: int) -> Finding:
    """Return a finding that says in how many other places the same stands."""
    if times == 1:
        return finding
    more = ngettext("{found} here and in {n} other place", "{found} here and in {n} other places", times - 1)
    return replace(finding, found=more.format(found=finding.found, n=times - 1))
