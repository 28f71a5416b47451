"""The people of a rota file and their days: staff list and rota put together."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from turnus.clock import WEEK_DAYS, parse_duration, show_duration
from turnus.errors import Finding, InputError
from turnus.formats.rota_file_days import Days, days_of
from turnus.formats.rota_file_parts import NAMES, Parts, Row, Table
from turnus.formats.rota_file_settings import FULL_WEEKS, Settings, full_week_of
from turnus.formats.rota_file_shifts import ShiftList
from turnus.formats.rota_file_words import (
    OFF_WORDS,
    SUM_WORDS,
    VACANT_WORDS,
    Cell,
    day_heading,
    is_figure,
    percent_of,
    rounded_by,
    word,
)
from turnus.formats.rota_written import counted, near
from turnus.scenario.models import Hours
from turnus.texts import _

MOST_PEOPLE = 300
MOST_WEEKS = 104
_LONGEST_NAME = 80
_MOST_TOLD = 10
_FULL = 100.0
_HOURS = Hours()


@dataclass
class Line:
    """One person: what the file says, and the code of each day; None is a day off.

    `rounded` is how much the size may have been rounded, `unwritten` how many days the line ends too early.
    A `vacant` line is nobody's, so that its name is made up. `cells` are where the file says what.
    """

    name: str
    line: int
    competence: str = "staff"
    size: float | None = None  # percent
    rounded: float = 0.0  # percent
    full_week: str | None = None
    vacant: bool = False
    unwritten: int = 0
    cells: dict[str, Cell] = field(default_factory=dict)
    history: list[str | None] = field(default_factory=list)
    codes: list[str | None] = field(default_factory=list)
    off_codes: tuple[str, ...] = ()
    leave: list[int] = field(default_factory=list)

    def document(self, settings: Settings, start: dt.date | None) -> dict[str, Any]:
        """Return the person as a scenario writes one."""
        found: dict[str, Any] = {
            "name": self.name,
            "competence": self.competence,
            "size": self.size or _FULL,
            "history": ["off" if code is None else code for code in self.history],
        }
        hours = settings.hours() | ({} if self.full_week is None else {"full_week": self.full_week})
        slack = self.rounding_minutes(hours.get("full_week"))
        if slack:
            for key, usual in (("under", _HOURS.under), ("over", _HOURS.over)):
                hours[key] = show_duration(parse_duration(hours.get(key, usual)) + slack)
        if slack or self.full_week is not None:
            found["hours"] = hours
        if start is not None:
            dates = [(start + dt.timedelta(days=day)).isoformat() for day in self.leave]
            found["leave"] = [{"from": day, "to": day} for day in dates]
        return found

    def rounding_minutes(self, full_week: str | None) -> int:
        """Return how many minutes the hours of the post may be off because its size is rounded."""
        week = next((minutes for minutes, text in FULL_WEEKS.items() if text == full_week), max(FULL_WEEKS))
        weeks = (len(self.codes) - len(self.leave)) / WEEK_DAYS
        return 0 if full_week is None else math.ceil(week * weeks * self.rounded / 100)


@dataclass
class People:
    """Everybody in the rota, in its order, and the days it covers; `notes` ask for attention."""

    people: tuple[Line, ...]
    days: Days
    weeks: int
    start: dt.date | None
    assumed: tuple[str, ...]
    notes: tuple[Finding, ...] = ()


def lines_of(parts: Parts, shifts: ShiftList, settings: Settings, most: int = MOST_PEOPLE) -> People:
    """Return everybody in the rota with their days, at most so many.

    Raises
    ------
    InputError
        With everything that is wrong in the staff list and the rota, the same mistake once.
    """
    days = days_of(parts.tables["rota"], settings.start)
    if isinstance(days, Finding):
        raise InputError([days])
    reader = _Reader(parts, shifts, settings, days)
    return reader.read(most)


class _Reader:
    def __init__(self, parts: Parts, shifts: ShiftList, settings: Settings, days: Days) -> None:
        self.rota, self.staff = parts.tables["rota"], parts.tables.get("staff")
        self.shifts, self.settings, self.days = shifts, settings, days
        self.found: dict[tuple[str, str], tuple[Finding, int]] = {}
        self.codes = frozenset(shifts.codes)
        self.by_small = {code.lower(): code for code in reversed(shifts.codes)}
        self.leave = {code.lower() for code in shifts.leave}
        self.off = {code.lower() for code in shifts.off} | self.leave
        self.people: dict[str, Line] = {}
        self.weeks: dict[str, list[str]] = {}
        self.start = days.start or settings.start
        self.remarks: list[Row] = []
        self.sums: list[Row] = []

    def read(self, most: int) -> People:
        if days_start := self._start_conflict():
            raise InputError([days_start])
        listed = self._staff()
        order: dict[str, Line] = {}
        for row in self.rota.rows:
            if self._is_remark(row, listed):
                self.remarks.append(row)
            elif self._is_sum(row, listed):
                self.sums.append(row)
            else:
                self._row(row, listed, order)
        if not order and not self.found:
            self._add(self.rota.headings.cell(0), _("expected a line for each person"), _("Add the people."))
        if len(order) > most:
            expected = _("expected at most {n} people").format(n=most)
            self._add(Cell(str(len(order)), self.rota.headings.line, 1), expected, _("Split the file."))
        weeks = self._whole(order)
        if self.found:
            raise InputError([counted(finding, times) for finding, times in self.found.values()])
        people = tuple(order.values())
        notes = tuple(map(self._unwritten, (line for line in people if line.unwritten)))
        return People(people, self.days, weeks, self.start, tuple(self._assumed(people, listed)), notes)

    def _is_remark(self, row: Row, listed: Mapping[str, Line]) -> bool:
        """Whether a line says one thing, and that neither a day's code nor a name of the staff list."""
        if len(row.filled) != 1 or self.days.by_week:
            return False
        cell = row.filled[0]
        day = cell.column - 1 in self.days.fields
        return not (self._known(cell.text) if day else cell.text in listed)

    def _is_sum(self, row: Row, listed: Mapping[str, Line]) -> bool:
        """Whether a line below the people adds up the columns: figures that are no codes."""
        name, _cell = self._name(self.rota, row)
        first = (word(name).split() or [""])[0]
        if name in listed or not ({word(name), first} & SUM_WORDS or self._known(name)):
            return False
        filled = [text for at in self.days.fields if (text := row.cell(at).text)]
        return bool(filled) and all(is_figure(text) and not self._known(text) for text in filled)

    def _known(self, text: str) -> bool:
        """Whether a text is a code of the shift list or a word for a day off."""
        small = text.lower()
        return small in self.by_small or small in self.off or word(text) in OFF_WORDS

    def _unwritten(self, line: Line) -> Finding:
        written = len(line.codes) - line.unwritten
        return Finding(
            ("rota",),
            _("expected a field for each of {n} days for {who}").format(n=len(line.codes), who=line.name),
            _("found {n}").format(n=written),
            _("The days after them are read as days off; complete the line if they are not."),
            line.line,
        )

    def _assumed(self, people: tuple[Line, ...], listed: Mapping[str, Line]) -> Iterator[str]:
        """Yield what was left unread, and what was taken for granted."""
        names = {line.name for line in people}
        if absent := [name for name in listed if name not in names]:
            text = _("In the staff list and not in the rota: {names}.")
            yield text.format(names=", ".join(absent[:_MOST_TOLD]))
        if unread := list(self._unread_columns()):
            text = _("Columns of the rota that are not read: {columns}.")
            yield text.format(columns=", ".join(unread[: 2 * _MOST_TOLD]))
        if self.remarks:
            text = _("Lines that say one thing are not read as people: {lines}.")
            yield text.format(lines=_shown(self.remarks))
        if self.sums:
            text = _("Lines of figures are not read as people: {lines}.")
            yield text.format(lines=_shown(self.sums))
        slack = max(
            (line.rounding_minutes(line.full_week or self.settings.full_week) for line in people), default=0
        )
        if slack:
            text = _(
                "A size with decimals is rounded: the hours of its post may differ by half of the last "
                "decimal, here {n} min at most."
            )
            yield text.format(n=slack)

    def _unread_columns(self) -> Iterator[str]:
        """Yield each filled column that is neither a day nor anything known, by its heading or number."""
        width = max((len(row.cells) for row in self.rota.rows), default=0)
        known = {*self.rota.columns.values(), *self.days.fields, *self.days.before}
        for at in range(width):
            heading = self.rota.headings.cell(at).text
            is_name = at == 0 and not NAMES & self.rota.columns.keys()
            if at in known or is_name or day_heading(heading) is not None:
                continue
            if any(row.cell(at).text for row in self.rota.rows):
                yield heading or str(at + 1)

    def _start_conflict(self) -> Finding | None:
        cell = self.settings.start_cell
        if cell is None or self.days.start in (None, self.settings.start):
            return None
        return cell.finding(
            "settings", _("expected the first Monday of the rota, {date}").format(date=self.days.start),
            _("Correct the start, or leave it out."),
        )  # fmt: skip

    def _staff(self) -> dict[str, Line]:
        """Return the staff list by name; empty without one."""
        listed: dict[str, Line] = {}
        if self.staff is None:
            return listed
        for row in self.staff.rows:
            name, cell = self._name(self.staff, row)
            if not name or name in listed:
                self._add(cell, _("expected each person's name once"), _("Remove or complete the line."))
                continue
            line = Line(name[:_LONGEST_NAME], row.line)
            self._facts(line, row, self.staff)
            listed[name] = line
        return listed

    def _name(self, table: Table, row: Row) -> tuple[str, Cell]:
        """Return who a line is about and where it says so; first name and surname may stand apart."""
        given, family = (row.cell(table.columns.get(key)) for key in ("given", "family"))
        if "name" in table.columns or not NAMES & table.columns.keys():
            first = 0 if table is self.rota and 0 not in self.days.fields else None
            cell = row.cell(table.columns.get("name", first))
            return cell.text, cell
        return " ".join(filter(None, (given.text, family.text))), given if given.text else family

    def _facts(self, line: Line, row: Row, table: Table) -> None:
        """Read size, competence, hours and history where the table has them."""
        size = row.cell(table.columns.get("size"))
        if "size" in table.columns and size.text:
            line.cells["size"] = size
            line.size = percent_of(size.text)
            if line.size is None:
                self._add(
                    size,
                    _("expected a size in percent above 1 and at most 100"),
                    _("Write 75 or 75,5 for a part-time post, 100 for a full one."),
                )
            else:  # a size is kept in hundredths of a percent
                line.rounded = rounded_by(size.text) + abs(line.size - round(line.size, 2))
        competence = row.cell(table.columns.get("competence"))
        if competence.text:
            line.cells["competence"] = competence
            line.competence = competence.text[:_LONGEST_NAME]
        full = row.cell(table.columns.get("full_week"))
        if "full_week" in table.columns and full.text:
            found = full_week_of(full, "staff")
            if isinstance(found, Finding):
                self._keep(found, full)
            else:
                line.full_week = found
        history = row.cell(table.columns.get("history"))
        if "history" in table.columns and history.text:
            line.history = [
                self._code(Cell(text, history.line, history.column)) for text in history.text.split()
            ]
            if self.start is None:
                self._add(
                    history, _("expected no history in a base rota"),
                    _("A base rota repeats, so its end comes before its start. Take it out, or give dates."),
                )  # fmt: skip

    def _row(self, row: Row, listed: dict[str, Line], order: dict[str, Line]) -> None:
        """Read one line of the rota: a person's days, or one week of them."""
        name, cell = self._name(self.rota, row)
        if not name and self.days.by_week and order:
            name = next(reversed(order))  # the name stands on the first of a person's weeks only
        vacant = word(name) in VACANT_WORDS or not name
        if vacant:
            name = f"{name} {_('line {n}').format(n=row.line)}".strip()
        if listed and not vacant and name not in listed:
            hint = near(name, tuple(listed)) or _("Correct the name, or add the person to the staff list.")
            self._add(cell, _("expected a person of the staff list"), hint)
            return
        if name in order and not self.days.by_week:
            hint = _("Remove one of the two lines, or write the names so that they differ.")
            self._add(replace(cell, text=name), _("expected each person once"), hint)
            return
        known = None if vacant else listed.get(name)
        line = order.setdefault(name, known or Line(name[:_LONGEST_NAME], row.line, vacant=vacant))
        line.line = line.line if line.codes else row.line
        line.cells.setdefault("name", cell)
        self._facts(line, row, self.rota)
        line.history += [self._code(row.cell(at)) for at in self.days.before]
        cells = [row.cell(at) for at in self.days.fields]
        first = len(line.codes)
        line.codes += [self._code(cell) for cell in cells]
        line.off_codes += tuple(
            cell.text if code is None else "" for cell, code in zip(cells, line.codes[first:], strict=True)
        )
        line.leave += [
            first + at
            for at, cell in enumerate(cells)
            if line.codes[first + at] is None and cell.text.lower() in self.leave
        ]
        line.unwritten += sum(at >= row.width for at in self.days.fields)
        if self.days.by_week:
            self.weeks.setdefault(name, []).append(row.cell(self.rota.columns["week"]).text)

    def _whole(self, order: dict[str, Line]) -> int:
        """Return the number of weeks; people with other weeks than the first are findings."""
        if not self.days.by_week:
            return len(self.days.fields) // 7
        first = next(iter(self.weeks.values()), [])
        for name, weeks in self.weeks.items():
            if weeks != first or len(set(weeks)) < len(weeks) or len(weeks) > MOST_WEEKS:
                self._add(
                    Cell(", ".join(weeks), order[name].line, self.rota.columns["week"] + 1),
                    _("expected the same weeks for everybody, each once, at most {n}").format(n=MOST_WEEKS),
                    _("Give everybody a line for each week, in order."),
                )
        return len(first)

    def _code(self, cell: Cell) -> str | None:
        """Return the shift's code; None for a day off, and, with a finding, for what is unknown."""
        text = cell.text
        if text in self.codes:
            return text
        if not text or text in self.shifts.off or text in self.shifts.leave or word(text) in OFF_WORDS:
            return None
        small = text.lower()
        if small in self.by_small:
            return self.by_small[small]
        if small in self.off:
            return None
        expected = _("expected a code of the shift list ({codes}), F1, F2 or empty").format(
            codes=", ".join(self.shifts.codes)
        )
        hint = near(text, tuple(self.shifts.codes)) or _(
            "Correct the code; one for a day off or leave is listed under [vakter], without clock times."
        )
        self._add(cell, expected, hint, kind="code")
        return None

    def _add(self, cell: Cell, expected: str, hint: str, kind: str = "") -> None:
        part = "staff" if self.staff is not None and cell.line < self.rota.headings.line else "rota"
        self._keep(cell.finding(part, expected, hint), cell, kind)

    def _keep(self, finding: Finding, cell: Cell, kind: str = "") -> None:
        """Keep a finding; the same text of the same kind is counted, whatever its day or line."""
        key = (kind or finding.expected, cell.text)
        first, times = self.found.get(key, (finding, 0))
        self.found[key] = (first, times + 1)


def _shown(rows: list[Row]) -> str:
    """Return lines by their number and what stands first in them."""
    shown = [f"{row.line} «{row.filled[0].text[:40]}»" for row in rows[:_MOST_TOLD]]
    more = [_("and {n} more").format(n=len(rows) - _MOST_TOLD)] if len(rows) > _MOST_TOLD else []
    return ", ".join(shown + more)
