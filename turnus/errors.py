"""What can go wrong, as one small tree.

TurnusError
├── InputError        the file, the rota or the command line is wrong (exit code 1)
├── ImpossibleError   proven before or during solving that no rota exists (exit code 2)
└── InternalError     a result contradicted the checkers; never shown as a result
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an input: where, what was expected, what was found, what to do.

    `path` walks the file (`("staff", 3, "size")`); `line` and `column` count from 1 and are
    None when the input has no positions.
    """

    path: Path
    expected: str
    found: str
    hint: str
    line: int | None = None
    column: int | None = None

    def at(self, line: int | None, column: int | None) -> Finding:
        """Return the same finding with its place in the file."""
        return replace(self, line=line, column=column)

    def sentence(self) -> str:
        """Return `path: expected …, found …; hint`, the way a person reads it."""
        where = ".".join(str(part) for part in self.path) or "file"
        return f"{where}: {self.words()}"

    def words(self) -> str:
        """Return `expected …; found …. Hint.`, for who does not have the file in front of them."""
        return f"{self.expected}; {self.found}. {self.hint}".rstrip()


class TurnusError(Exception):
    """Base of every error turnus raises on purpose."""


class _WithFindings(TurnusError):
    """An error that lists what is wrong and where."""

    def __init__(self, findings: list[Finding] | tuple[Finding, ...], source: str = "") -> None:
        self.findings = tuple(findings)
        self.source = source
        super().__init__("\n".join(self.lines()))

    def __reduce__(self) -> tuple[type[_WithFindings], tuple[tuple[Finding, ...], str]]:
        """Return what makes the same error in another process."""
        return type(self), (self.findings, self.source)

    def lines(self) -> list[str]:
        """Return one `file:line:column: path: …` line for each finding."""
        return [self._line(finding) for finding in self.findings]

    def _line(self, finding: Finding) -> str:
        place = ":".join(str(p) for p in (self.source, finding.line, finding.column) if p not in (None, ""))
        return f"{place}: {finding.sentence()}" if place else finding.sentence()


class InputError(_WithFindings):
    """The input is wrong; `findings` says where and what to do about it."""


class ImpossibleError(_WithFindings):
    """No rota can exist, and arithmetic alone shows it; `findings` says why."""


class InternalError(TurnusError):
    """turnus contradicted itself: a finished rota failed its own audit."""
