"""Any rota checked from its bytes: against a scenario, or alone against a profile; as data and as a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from turnus.audit import Audit, audit
from turnus.case import Case
from turnus.errors import Finding
from turnus.formats.check_report import check_report_html
from turnus.formats.rota_file import RotaAlone, rota_alone
from turnus.formats.rota_reading import written_rota
from turnus.formats.rota_written import WrittenRota
from turnus.result.check import Check, arranged
from turnus.result.check_document import check_document
from turnus.result.free_codes import free_code_notes
from turnus.rules.catalogue import profile_named


@dataclass(frozen=True)
class CheckedRota:
    """A rota with all that the rules say about it.

    Parameters
    ----------
    case
        The scenario, or what the rota's own file says; then `alone` holds what the file leaves open.
    source
        What the rota is called in the answer.
    notes
        What asks for attention although no rule is broken.
    """

    case: Case
    written: WrittenRota
    source: str
    found: Audit
    check: Check
    notes: tuple[Finding, ...]
    alone: RotaAlone | None = None

    @property
    def passes(self) -> bool:
        """Whether no hard rule is broken."""
        return self.check.passes

    @property
    def unsized(self) -> Collection[int]:
        """Return the posts whose size is not known."""
        return frozenset() if self.alone is None else self.alone.unsized

    def document(self) -> dict[str, Any]:
        """Return the check as data after the schema `turnus-check/1`."""
        return check_document(
            self.case, self.written.rota, self.source, self.found, self.check, self.notes,
            alone=self.alone is not None, unsized=self.unsized,
            untimed=frozenset() if self.alone is None else self.alone.untimed,
        )  # fmt: skip

    def html(self) -> str:
        """Return the check as one page to print, in the language in use."""
        return check_report_html(
            self.case, self.written, self.source, self.check, self.notes, unsized=self.unsized
        )


def check_rota(case: Case, raw: bytes, *, is_json: bool = False, source: str = "") -> CheckedRota:
    """Audit a rota, as CSV or as a `result.json`, against a scenario that was read with `to_check`.

    Raises
    ------
    InputError
        With everything in the rota that the scenario does not know, and where it stands.
    """
    return _checked(case, written_rota(raw, case.problem, is_json=is_json, source=source), source)


def check_rota_alone(raw: bytes, profile: str, *, source: str = "") -> CheckedRota:
    """Audit a rota that comes without a scenario: a CSV file with shifts, staff and rota.

    Raises
    ------
    InputError
        With everything in the file that is wrong, with line and field, or when no profile has that name.
    """
    alone = rota_alone(raw, profile_named(profile).id, source)
    return _checked(alone.case, alone.written, source, alone)


def _checked(case: Case, written: WrittenRota, source: str, alone: RotaAlone | None = None) -> CheckedRota:
    rota = written.rota
    found = audit(case.problem, case.rules, rota)
    codes = free_code_notes(case.problem, case.rules, rota, written.off_codes, written.file_lines)
    missing = [] if alone is None else [(one.rule, one.text) for one in alone.missing]
    remarks = () if alone else [finding.sentence() for finding in (*case.notes, *case.remarks)]
    assumed = (*remarks, *written.assumed)
    check = arranged(case.scenario, case.problem, case.rules, rota, found, missing, assumed)
    return CheckedRota(case, written, source, found, check, (*written.notes, *codes), alone)
