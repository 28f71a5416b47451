"""A rota file in its parts: which lines are the shift list, the staff, the rota itself and the settings.

A part begins at its title (`[vakter]`) or, without one, at a line of headings that can be nothing else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding, InputError
from turnus.formats.rota_file_words import (
    HEADINGS,
    SECTIONS,
    Cell,
    columns_of,
    day_heading,
    key_of,
    names_days,
    section_of,
    spelled_out,
    week_only,
)
from turnus.formats.rota_text import decoded
from turnus.texts import _

#: The parts that are tables; settings are lines of a word and its values.
TABLES = ("shifts", "staff", "rota")
#: The columns that say who somebody is.
NAMES = frozenset({"name", "given", "family"})
MOST_LINES = 20_000
MOST_FIELDS = 1_500
_SEPARATORS = ";\t,"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its number and its fields, the empty ones at the end left out.

    `width` is how many fields the line has, those at the end included.
    """

    line: int
    cells: tuple[Cell, ...]
    width: int = 0

    def cell(self, at: int | None) -> Cell:
        """Return one field; an empty one where the line has none."""
        if at is None or at >= len(self.cells):
            return Cell("", self.line, 1 if at is None else at + 1)
        return self.cells[at]

    @property
    def filled(self) -> tuple[Cell, ...]:
        """Return the fields that say something."""
        return tuple(cell for cell in self.cells if cell.text)


@dataclass
class Table:
    """One part of the file: its line of headings, where its columns stand, and the lines below it."""

    headings: Row
    columns: dict[str, int]
    rows: list[Row] = field(default_factory=list)


@dataclass
class Parts:
    """What a file holds; a table that it does not have is missing."""

    tables: dict[str, Table] = field(default_factory=dict)
    settings: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)  # headings of people under [turnus], without days
    findings: list[Finding] = field(default_factory=list)


def read_parts(raw: bytes, needed: Sequence[str]) -> Parts:
    """Return the parts of a file; those that are `needed` are there.

    Raises
    ------
    InputError
        When it is no CSV file, or a part is missing, or a line of it can be read in no way.
    """
    if raw.startswith(b"PK"):
        raise _no_csv(_("found a spreadsheet file"), _("Save it as CSV UTF-8 first."))
    text = decoded(raw)
    if text is None:
        raise _no_csv(_("found bytes that are no text"), _("Save the file as CSV UTF-8."))
    if text.lstrip().startswith("{"):
        raise _no_csv(_("found JSON"), _("Check a result.json against its scenario, without --profile."))
    try:
        parts = parts_of(rows_of(text))
    except csv.Error as error:
        hint = _("Save the file as CSV UTF-8, with semicolons.")
        raise _no_csv(_("found {value}").format(value=error), hint) from None
    whole = not parts.findings
    if "shifts" in needed and "shifts" not in parts.tables and whole:
        hint = _("Add a part [vakter] with the columns kode;fra;til.")
        parts.findings.append(Finding(("shifts",), _("expected a list of shifts"), _("found none"), hint))
    if "rota" in needed and "rota" not in parts.tables and whole:
        parts.findings.append(_no_rota(parts))
    if parts.findings:
        raise InputError(parts.findings)
    return parts


def _no_csv(found: str, hint: str) -> InputError:
    return InputError([Finding((), _("expected a CSV file with a rota"), found, hint)])


def rows_of(text: str) -> Iterator[Row]:
    """Yield the lines of a CSV text with their numbers, the empty ones too.

    Raises
    ------
    csv.Error
        When the text is no CSV.
    InputError
        When it is larger than any rota.
    """
    separator = max(_SEPARATORS, key=text.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    read = 0  # lines before this one; a field in quotes may go on over several
    for fields in reader:
        line, read = read + 1, reader.line_num
        if line > MOST_LINES or len(fields) > MOST_FIELDS:
            raise InputError([_too_large(line)])
        cells = [Cell(value.strip(), line, at) for at, value in enumerate(fields, start=1)]
        while cells and not cells[-1].text:
            cells.pop()
        yield Row(line, tuple(cells), len(fields))


def _too_large(line: int) -> Finding:
    return Finding(
        ("file",),
        _("expected at most {lines} lines and {fields} columns").format(lines=MOST_LINES, fields=MOST_FIELDS),
        _("found more"),
        _("Take out what is no part of the rota; a spreadsheet often saves empty lines along with it."),
        line,
    )


def parts_of(rows: Iterator[Row]) -> Parts:
    """Return the parts of a file; a part that comes twice and a title that is unknown are findings."""
    reader = _Reader()
    for row in rows:
        if row.filled:
            reader.read(row)
    return reader.parts


class _Reader:
    """Walks down the lines and knows which part they are in."""

    def __init__(self) -> None:
        self.parts = Parts()
        self.section: str | None = None  # as a title says
        self.table: Table | None = None

    def read(self, row: Row) -> None:
        """Put one line where it belongs."""
        if self._title(row) or all(week_only(cell.text) for cell in row.filled):
            return
        row = _with_weekdays(row)
        section = self._headings(row)
        if self._open_quote(row, headings=section is not None):
            return
        if section is not None:
            self._open(section, row)
        elif self.table is not None:
            self.table.rows.append(row)
        elif self.section == "settings" or self._is_setting(row):
            self.parts.settings.append(row)
        elif self.section in TABLES:
            self._refuse_headings(self.section, row)
        else:
            self.parts.unread.append(row)

    def _title(self, row: Row) -> bool:
        """Whether the line is the title of a part; the part begins with the next line."""
        if len(row.filled) != 1:
            return False
        cell = row.filled[0]
        section = section_of(cell.text)
        bracketed = cell.text.startswith("[")
        if section is None and bracketed:
            titles = ", ".join(f"[{words[0]}]" for words in SECTIONS.values())
            self.parts.findings.append(
                cell.finding(
                    "file", _("expected one of {words}").format(words=titles), _("Correct the title.")
                )
            )
        if section is None and not bracketed:
            return False
        if section in self.parts.tables:
            self._twice(section, cell)
        self.section, self.table = section, None
        return True

    def _open_quote(self, row: Row, *, headings: bool) -> bool:
        """Whether a field of the line goes on over several, which only a heading may.

        A quotation mark that is never closed takes the lines after it along, people and all.
        """
        for cell in row.cells:
            if len(cell.text.splitlines()) > 1 and not (headings and not set(_SEPARATORS) & set(cell.text)):
                shown = replace(cell, text=" ".join(cell.text.split()))
                expected = _("expected a field that ends on its own line")
                hint = _("Close the quotation mark that begins it, or take it out.")
                self.parts.findings.append(shown.finding(self.section or "file", expected, hint))
                return True
        return False

    def _headings(self, row: Row) -> str | None:
        """Return the part that a line of headings opens; None for a line that is none."""
        texts = [cell.text for cell in row.cells]
        if names_days(texts):
            return "rota"
        if self.table is not None and self.section is not None:
            return None  # a titled table goes on to the next title, or to the days of the rota
        shifts = columns_of("shifts", texts)
        if "code" in shifts and ("begins" in shifts or "times" in shifts):
            return "shifts"
        staff = columns_of("staff", texts)
        enough = len(staff) > 1 or self.section == "staff"
        if staff.keys() & NAMES and enough and not shifts.keys() & {"code", "begins"}:
            return "staff"
        return None

    def _open(self, section: str, row: Row) -> None:
        row = self._with_line_above(section, row)
        known = self.parts.tables.get(section)
        if known is not None and not (section == "staff" and self.section == "rota"):
            if [cell.text for cell in row.cells] != [cell.text for cell in known.headings.cells]:
                self._twice(section, row.filled[0])
            return  # the headings again, as on every page of a print-out
        columns = columns_of(section, [cell.text for cell in row.cells])
        self.table = Table(row, columns)
        if section == "staff" and self.section == "rota":
            self.parts.refused.append(row)  # unless the next line names the days
        else:
            self.parts.tables[section] = self.table

    def _with_line_above(self, section: str, row: Row) -> Row:
        """Return the headings of a rota together with those on the line above, where they stand on two.

        `navn;stilling;Uke 1` above `;;ma;ti`, or dates above weekdays or below them.
        """
        above = self.table
        if section != "rota" or above is None or above.rows or self.section == "staff":
            return row
        for name in ("staff", "rota"):
            if self.parts.tables.get(name) is above:
                del self.parts.tables[name]
                return _two_lines(above.headings, row)
        if above.headings in self.parts.refused:
            self.parts.refused.remove(above.headings)
            return _two_lines(above.headings, row)
        return row

    def _twice(self, section: str, cell: Cell) -> None:
        self.parts.findings.append(
            cell.finding(section, _("expected each part once"), _("Put the two together."))
        )

    def _is_setting(self, row: Row) -> bool:
        return len(row.filled) > 1 and key_of(HEADINGS["settings"], row.cells[0].text) is not None

    def _refuse_headings(self, section: str, row: Row) -> None:
        needed = {
            "shifts": _("expected headings such as kode;fra;til above the shifts"),
            "staff": _("expected headings such as navn;stilling above the staff"),
            "rota": _("expected headings such as navn;1 ma;1 ti;… or navn;2027-01-04;… above the rota"),
        }
        self.parts.findings.append(
            row.filled[0].finding(section, needed[section], _("Add the line of headings."))
        )
        self.section = None


def _with_weekdays(row: Row) -> Row:
    """Return the line with letters that stand for weekdays made into their names."""
    written = [cell.text for cell in row.cells]
    texts = spelled_out(written)
    if texts == written:
        return row
    cells = (replace(cell, text=text) for cell, text in zip(row.cells, texts, strict=True))
    return replace(row, cells=tuple(cells))


def _no_rota(parts: Parts) -> Finding:
    """Return what is missing where no line of a file is read as the headings of a rota.

    The line that comes nearest is named: one with the names of people and many columns beside them.
    """
    expected = _("expected headings of the days: dates, or 1 ma, 1 ti, … from a Monday")
    hint = _("Add a part [turnus] with the columns navn;1 ma;1 ti;… or navn and dates.")
    for row, known in sorted(_candidates(parts), key=lambda one: -len(one[0].filled)):
        others = [cell for at, cell in enumerate(row.cells) if cell.text and at not in known.values()]
        days = [cell for cell in others if day_heading(cell.text) is not None]
        if days:
            found = _("found {n} of them").format(n=len(days))
            expected = _("expected at least the seven days of a week, from a Monday")
            return Finding(("rota",), expected, found, hint, row.line, days[0].column)
        if len(others) >= WEEK_DAYS:
            return others[0].finding("rota", expected, hint)
    return Finding(("rota",), _("expected a rota"), _("found none"), hint)


def _candidates(parts: Parts) -> Iterator[tuple[Row, dict[str, int]]]:
    """Yield each line that might be meant as the headings of a rota, with its columns that are known."""
    rows = [table.headings for key, table in parts.tables.items() if key != "shifts"] + parts.unread
    for row in (*rows, *parts.refused):
        known = columns_of("rota", [cell.text for cell in row.cells])
        if known.keys() & NAMES:
            yield row, known


def _is_date(cell: Cell) -> bool:
    heading = day_heading(cell.text)
    return heading is not None and (heading.date or heading.day_and_month) is not None


def _two_lines(above: Row, row: Row) -> Row:
    """Return the headings of two lines together; where both say something, a date counts."""
    dated = any(_is_date(cell) for cell in above.cells)
    return _laid_over(above, row) if dated else _laid_over(row, above)


def _laid_over(upper: Row, lower: Row) -> Row:
    """Return one line of fields: what the first says, and where it is empty what the other says."""
    width = max(len(upper.cells), len(lower.cells))
    cells = (upper.cell(at) if upper.cell(at).text else lower.cell(at) for at in range(width))
    return Row(upper.line, tuple(cells))
