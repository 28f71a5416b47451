"""The shift list of a rota file: codes, clock times, breaks, and what kind of shift the clock makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from turnus.clock import DAY_MINUTES, show_clock
from turnus.errors import Finding, InputError
from turnus.formats.rota_file_parts import Parts, Row, Table
from turnus.formats.rota_file_words import (
    KINDS,
    LEAVE_WORDS,
    OFF_WORDS,
    Cell,
    break_minutes_of,
    clock_of,
    clock_pair_of,
    hours_minutes_of,
    key_of,
    word,
)
from turnus.problem.references.shifts import RESERVED
from turnus.scenario.models import CODE_PATTERN
from turnus.texts import _

MOST_SHIFTS = 60
LONG_MINUTES = 10 * 60
NIGHT_MINUTES = 3 * 60
_NIGHT = (23 * 60, 30 * 60)  # 23:00 to 06:00
_EVENING_BEGINS, _EVENING_ENDS = 12 * 60, 19 * 60
_LONGEST_CODE = 8
#: Words that mean something else where a scenario names shifts.
_WORDS_TAKEN = ("any", "off", *KINDS)


@dataclass(frozen=True, slots=True)
class Shift:
    """One line of the list: minutes after midnight; `ends` passes 1440 when it ends the next morning.

    `unpaid` and `paid` are breaks; None where the list is silent.
    """

    code: str
    name: str
    begins: int
    ends: int
    unpaid: int | None
    paid: int | None
    tags: tuple[str, ...]
    cell: Cell | None = None  # where its code stands

    def document(self) -> dict[str, Any]:
        """Return the shift as a scenario writes it."""
        found: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            **self._times(),
            "unpaid_break": f"{self.unpaid or 0} min",
            "tags": list(self.tags),
        }
        if self.paid is not None:
            found["paid_break"] = f"{self.paid} min"
        return found

    def _times(self) -> dict[str, Any]:
        """Return when the shift is; one of 24 hours in parts, as the clock alone cannot say it."""
        begins, ends = show_clock(self.begins), show_clock(self.ends)
        if self.ends - self.begins < DAY_MINUTES:
            return {"from": begins, "to": ends}
        parts = [{"from": begins, "to": "24:00"}, {"from": "00:00", "to": ends}]
        return {"parts": parts if self.begins else [{"from": "00:00", "to": "24:00"}]}


@dataclass
class ShiftList:
    """The shifts, and the codes without clock times: days off, and leave."""

    worked: list[Shift] = field(default_factory=list)
    off: set[str] = field(default_factory=set)
    leave: set[str] = field(default_factory=set)
    derived: list[str] = field(default_factory=list)  # codes whose kind the clock decides
    plain_breaks: bool = False  # a column `pause` that does not say who pays

    @property
    def codes(self) -> list[str]:
        """Return the codes of the shifts."""
        return [shift.code for shift in self.worked]

    @property
    def assumed(self) -> tuple[str, ...]:
        """Return what was derived or taken for granted."""
        texts = []
        by_kind = {
            kind: ", ".join(s.code for s in self.worked if s.code in self.derived and kind in s.tags)
            for kind in KINDS
        }
        words = {"day": _("day"), "evening": _("evening"), "night": _("night"), "long": _("long")}
        shown = "; ".join(f"{words[kind]}: {codes}" for kind, codes in by_kind.items() if codes)
        if shown:
            texts.append(
                _(
                    "By the clock (night: 3 h or more between 23 and 06; evening: from 12 and past 19; "
                    "long: more than 10 h): {kinds}."
                ).format(kinds=shown)
            )
        over = [shift for shift in self.worked if shift.ends > DAY_MINUTES]
        if over:
            one = next((shift for shift in over if "night" in shift.tags), over[0])
            times = f"{show_clock(one.begins)}–{show_clock(one.ends)}"
            texts.append(
                _(
                    "A shift belongs to the day it starts on: {code} ({times}) on a Monday ends on the "
                    "Tuesday."
                ).format(code=one.code, times=times)
            )
        whole = [shift.code for shift in self.worked if shift.ends - shift.begins == DAY_MINUTES]
        if whole:
            texts.append(
                _("Shifts that end when they start last 24 h: {codes}.").format(codes=", ".join(whole))
            )
        if self.plain_breaks:
            texts.append(_("The column `pause` is read as unpaid breaks."))
        if self.off:
            texts.append(_("Codes without clock times are days off: {codes}.").format(codes=_list(self.off)))
        if self.leave:
            texts.append(_("Codes of leave: {codes}.").format(codes=_list(self.leave)))
        return tuple(texts)


def _list(codes: set[str]) -> str:
    return ", ".join(sorted(codes))


def shifts_of(parts: Parts) -> ShiftList:
    """Return the shift list of a file.

    Raises
    ------
    InputError
        With every line that is no shift.
    """
    reader = _Reader(parts.tables["shifts"])
    reader.read()
    if reader.findings:
        raise InputError(reader.findings)
    return reader.list


class _Reader:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.list = ShiftList()
        self.findings: list[Finding] = []
        heading = table.headings.cell(table.columns.get("unpaid")).text
        self.list.plain_breaks = word(heading) in ("pause", "break")

    def read(self) -> None:
        """Read every line; a list without shifts, or with too many, is a finding."""
        columns = self.table.columns
        if "code" not in columns or not ("times" in columns or {"begins", "ends"} <= columns.keys()):
            self._refuse(
                self.table.headings.cell(0), _("expected the headings kode, fra and til"),
                _("Add the line of headings."),
            )  # fmt: skip
            return
        for row in self.table.rows:
            self._line(row)
        if not 1 <= len(self.list.worked) <= MOST_SHIFTS and not self.findings:
            self._refuse(
                self.table.headings.cell(0),
                _("expected 1 to {most} shifts with clock times").format(most=MOST_SHIFTS),
                _("List the shifts that the rota uses."),
            )

    def _line(self, row: Row) -> None:
        code = row.cell(self.table.columns["code"])
        times = self._times(row)
        if code.text and word(code.text) in OFF_WORDS and (times is None or code.text.upper() in RESERVED):
            return  # every rota has these
        if not self._usable(code):
            return
        if times is None:
            kind = word(self._cell(row, "kind").text + " " + self._cell(row, "name").text)
            leave = any(leave in kind for leave in LEAVE_WORDS)
            (self.list.leave if leave else self.list.off).add(code.text)
        elif isinstance(times, Finding):
            self.findings.append(times)
        else:
            self._shift(row, code, *times)

    def _usable(self, code: Cell) -> bool:
        """Whether a code can stand in a rota beside those before it."""
        known = {*self.list.codes, *self.list.off, *self.list.leave}
        if not re.fullmatch(CODE_PATTERN, code.text) or len(code.text) > _LONGEST_CODE:
            self._refuse(
                code,
                _("expected a code of at most {n} letters or digits, without spaces").format(n=_LONGEST_CODE),
            )
        elif code.text in known or code.text.lower() in _WORDS_TAKEN:
            self._refuse(code, _("expected each code once"), _("Take one of them out, or rename it."))
        else:
            return True
        return False

    def _times(self, row: Row) -> tuple[int, int] | Finding | None:
        """Return start and end; None when the line states none."""
        if "times" in self.table.columns and "begins" not in self.table.columns:
            cell = self._cell(row, "times")
            if word(cell.text) in ("", "-", "–"):
                return None
            pair = clock_pair_of(cell.text)
            return self._span(cell, *pair) if pair else self._no_clock(cell, "07:30–15:00")
        first, last = self._cell(row, "begins"), self._cell(row, "ends")
        if all(word(cell.text) in ("", "-", "–") for cell in (first, last)):
            return None
        begins, ends = clock_of(first.text), clock_of(last.text)
        if begins is None or begins == DAY_MINUTES:
            return self._no_clock(first, "07:30")
        return self._no_clock(last, "15:00") if ends is None else self._span(last, begins, ends)

    def _span(self, cell: Cell, begins: int, ends: int) -> tuple[int, int] | Finding:
        """Return start and end; a shift that ends at the time it starts lasts 24 hours."""
        if begins == DAY_MINUTES:
            return self._no_clock(cell, "00:00")
        return begins, ends if ends > begins else ends + DAY_MINUTES

    def _no_clock(self, cell: Cell, example: str) -> Finding:
        expected = _("expected a clock time such as {example}").format(example=example)
        return cell.finding("shifts", expected, _("07.30 and 7:30 are read too."))

    def _shift(self, row: Row, cell: Cell, begins: int, ends: int) -> None:
        length = ends - begins
        unpaid, paid = self._length(row, "unpaid", length), self._length(row, "paid", length)
        counted = self._length(row, "hours", length + 1)
        if counted is not None and unpaid is None:
            unpaid = length - counted or None
        elif counted is not None and counted != length - (unpaid or 0):
            self._refuse(
                self._cell(row, "hours"), _("expected hours that are the length less the unpaid break"),
                _("Correct one of the two."),
            )  # fmt: skip
        if unpaid is not None and unpaid >= length:
            self._refuse(self._cell(row, "unpaid"), _("expected hours left to count"))
            return
        if paid is None and unpaid is not None and (unpaid or "paid" in self.table.columns):
            paid = 0  # the line speaks of breaks; 0 unpaid ones alone say nothing of those that are paid
        stated = _stated_tags(self._cell(row, "kind").text)
        if not stated:
            self.list.derived.append(cell.text)
        name = self._cell(row, "name").text[:80]
        self.list.worked.append(
            Shift(cell.text, name, begins, ends, unpaid, paid, stated or derived_tags(begins, ends), cell)
        )

    def _length(self, row: Row, key: str, most: int) -> int | None:
        """Return a break or the hours in minutes; None where the line is silent."""
        cell = self._cell(row, key)
        if not cell.text:
            return None
        minutes = hours_minutes_of(cell.text) if key == "hours" else break_minutes_of(cell.text)
        if minutes is None or not 0 <= minutes < most:
            self._refuse(
                cell,
                _("expected hours within the shift, such as 7,5")
                if key == "hours"
                else _("expected minutes of break within the shift, such as 30"),
            )
            return None
        return minutes

    def _cell(self, row: Row, key: str) -> Cell:
        return row.cell(self.table.columns.get(key))

    def _refuse(self, cell: Cell, expected: str, hint: str = "") -> None:
        self.findings.append(cell.finding("shifts", expected, hint or _("Correct the line.")))


def _stated_tags(text: str) -> tuple[str, ...]:
    found = [key_of(KINDS, part) for part in re.split(r"[\s,+/]+", text)]
    return tuple(dict.fromkeys(tag for tag in found if tag))


def derived_tags(begins: int, ends: int) -> tuple[str, ...]:
    """Return what kind of shift the clock makes it: `long`, `night`, `evening` or `day`.

    A long shift that is no night shift is only `long`, as in the scenarios: it is day and evening both.
    """
    night = sum(
        max(0, min(ends, last + day) - max(begins, first + day))
        for first, last in (_NIGHT,)
        for day in (-DAY_MINUTES, 0, DAY_MINUTES)
    )
    long = ("long",) if ends - begins > LONG_MINUTES else ()
    if night >= NIGHT_MINUTES:
        return ("night", *long)
    if long:
        return long
    return ("evening",) if begins >= _EVENING_BEGINS and ends > _EVENING_ENDS else ("day",)
