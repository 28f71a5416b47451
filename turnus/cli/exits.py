"""Exit codes, and how errors are told: to people on stderr, to programs as one JSON document on stdout."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from turnus.errors import Finding, ImpossibleError, InputError
from turnus.texts import _

DONE = 0
BAD_INPUT = 1
IMPOSSIBLE = 2
NOTHING_FOUND = 3
HARD_BREACHES = 4
INTERNAL = 70
ABORTED = 130

ERROR_SCHEMA = "turnus-error/1"


def say(text: str) -> None:
    """Write a line to stderr."""
    print(text, file=sys.stderr)


def put(text: str) -> None:
    """Write text to stdout as it is."""
    sys.stdout.write(text)


def finding_line(source: str, finding: Finding) -> str:
    """Return `file:line:column: path: expected, found, what to do`."""
    return InputError([finding], source).lines()[0]


def tell_error(error: InputError | ImpossibleError, *, as_json: bool) -> int:
    """Tell what is wrong with the input and return the exit code."""
    impossible = isinstance(error, ImpossibleError)
    if impossible:
        say(_("This is proven impossible:"))
    for line in error.lines():
        say(line)
    if as_json:
        put_error("impossible" if impossible else "bad_input", error.findings, error.source)
    return IMPOSSIBLE if impossible else BAD_INPUT


def put_error(kind: str, findings: Iterable[Finding], source: str, message: str = "") -> None:
    """Write the error document, the one thing on stdout when a verb with `--json` fails."""
    from dataclasses import asdict

    from turnus.formats.json import to_json

    entries = [asdict(finding) | {"path": list(finding.path)} for finding in findings]
    document: dict[str, Any] = {"schema": ERROR_SCHEMA, "error": kind, "source": source or None}
    put(to_json(document | {"message": message or None, "findings": entries}))


def tell_internal(error: Exception, words: list[str]) -> int:
    """Ask for a report of an error that is turnus's own, with the hash that names the scenario."""
    say(_("Internal error in turnus: {error}").format(error=f"{type(error).__name__}: {error}"))
    say(_("This is a fault in turnus, not in your file. No result was written after it."))
    for name, digest in _hashes(words):
        say(_("Please report it with this line: {file} sha256 {hash}").format(file=name, hash=digest))
    say(_("With --debug the same command shows where it happened."))
    if "--json" in words:
        put_error("internal", [], "", f"{type(error).__name__}: {error}")
    return INTERNAL


def _hashes(words: list[str]) -> list[tuple[str, str]]:
    """Return the hash of every file that the command named."""
    found = []
    for word in words:
        try:
            if not word.startswith("-") and Path(word).is_file():
                found.append((word, hashlib.sha256(Path(word).read_bytes()).hexdigest()))
        except OSError:
            continue
    return found
