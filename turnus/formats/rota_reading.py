"""Reading a rota back, from `rota.csv` or `result.json`, with the place of everything that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NoReturn

import numpy as np

from turnus.errors import Finding, InputError, Path
from turnus.formats.rota_of_staff import rota_of_staff
from turnus.formats.rota_text import bytes_of, decoded
from turnus.formats.rota_written import WrittenRota, counted, near
from turnus.problem import FULL_TIME, OFF, Post, Problem, Rota
from turnus.result.document import OFF_CODE
from turnus.result.stored_json import json_of_text
from turnus.texts import _

FREE_CODES = frozenset({"", "-", "off", "f1", "f2", "f3", "f4", "f5"})
MOST_MEGABYTES = 50


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value of a file: its text and where it stands (column counts the fields of a line)."""

    text: str
    path: Path
    line: int | None = None
    column: int | None = None

    def finding(self, expected: str, hint: str) -> Finding:
        found = _("found {value}").format(value=repr(self.text))
        return Finding(self.path, expected, found, hint, self.line, self.column)


@dataclass(frozen=True, slots=True)
class _Line:
    """One post as written: every value still text."""

    person: _Cell
    competence: _Cell
    size: _Cell
    codes: tuple[_Cell, ...]


def read_rota(path: FilePath, problem: Problem) -> Rota:
    """Return the rota in a `rota.csv` or `result.json` file; raises as `read_written_rota` does."""
    return read_written_rota(path, problem).rota


def read_written_rota(path: FilePath, problem: Problem) -> WrittenRota:
    """Return the rota in a CSV file or a `result.json`, with the codes of its days off.

    A CSV file is what `turnus solve` writes, or a rota as people write one: see `rota_of_staff`. Free-day
    codes (F1–F5), `off`, `-` and empty cells are days off, unless the unit has a shift of that code.

    Raises
    ------
    InputError
        With every value that the scenario does not know, once with how often it stands there: line and
        column of the first in a CSV file, its path in a JSON file.
    """
    raw = bytes_of(path, MOST_MEGABYTES)
    return written_rota(raw, problem, is_json=path.suffix.lower() == ".json", source=str(path))


def written_rota(raw: bytes, problem: Problem, *, is_json: bool, source: str = "") -> WrittenRota:
    """Return the rota in the bytes of such a file; raises as `read_written_rota` does."""
    try:
        return _from_json(raw, source, problem) if is_json else rota_of_staff(raw, problem)
    except InputError as error:
        raise InputError(error.findings, source) from None


def _from_json(raw: bytes, source: str, problem: Problem) -> WrittenRota:
    text = decoded(raw)
    if text is None:
        _refuse(source, (), _("expected text in UTF-8"), _("found other bytes"), _("Name a result.json."))
    lines = _json_lines(text, source, problem)
    reader = _Reader(problem)
    posts = [reader.post(line) for line in lines]
    actions = [[reader.action(cell, day) for day, cell in enumerate(line.codes)] for line in lines]
    if reader.found:
        raise InputError(reader.findings(), source)
    found = [post for post in posts if post is not None]
    return WrittenRota(
        Rota(tuple(found), np.array(actions, dtype=np.int16).reshape(len(found), problem.days)),
        tuple(_off_codes(line, row) for line, row in zip(lines, actions, strict=True)),
        tuple(line.person.line for line in lines),
    )


def _off_codes(line: _Line, actions: list[int]) -> tuple[str, ...]:
    pairs = zip(line.codes, actions, strict=True)
    return tuple(
        text if action == OFF and (text := cell.text.strip()) != OFF_CODE else "" for cell, action in pairs
    )


class _Reader:
    """Turns text into posts and actions, and keeps everything that it could not."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.found: dict[tuple[str, str], tuple[Finding, int]] = {}
        self.taken: set[int] = set()

    def findings(self) -> list[Finding]:
        """Return what was found, the same mistake once with how many more times it stands there."""
        return [counted(finding, times) for finding, times in self.found.values()]

    def post(self, line: _Line) -> Post | None:
        """Return the post of a line; None, with findings, when it fits no class."""
        owner = self._named(line) if line.person.text else self._open(line)
        size = self._size(line.size)
        return None if owner is None or size is None else Post(owner, size)

    def action(self, cell: _Cell, day: int) -> int:
        """Return the action a code means; off, with a finding, when it is unknown."""
        codes, text = self.problem.codes, cell.text.strip()
        if text in codes[1:]:
            return codes.index(text, 1)
        if text.lower() not in FREE_CODES:
            expected = _("expected a shift code ({codes}), F1, F2 or empty on {day}").format(
                codes=", ".join(codes[1:]), day=self.problem.day_name(day)
            )
            hint = near(text, codes[1:]) or _("Correct the code.")
            self._add(cell, expected, hint, kind="code")
        return OFF

    def _named(self, line: _Line) -> int | None:
        names = {owner.person: index for index, owner in enumerate(self.problem.classes) if owner.named}
        index = names.get(line.person.text)
        if index is None:
            self._add(
                line.person,
                _("expected a person of the scenario's staff"),
                _("Leave the name empty for an open post, or add the person under `staff`."),
            )
        elif index in self.taken:
            self._add(line.person, _("expected each person once"), _("Remove one of the two lines."))
        else:
            self.taken.add(index)
        return index

    def _open(self, line: _Line) -> int | None:
        problem = self.problem
        for index, owner in enumerate(problem.classes):
            names = (problem.competences[owner.competence], problem.competence_names[owner.competence])
            if not owner.named and line.competence.text in names:
                return index
        known = ", ".join(problem.competences[c.competence] for c in problem.classes if not c.named)
        expected = _("expected a competence with open posts: {known}").format(known=known or _("none"))
        self._add(line.competence, expected, _("Correct it, or offer open posts under `open_posts`."))
        return None

    def _size(self, cell: _Cell) -> int | None:
        try:
            percent = float(cell.text.replace("%", "").replace(",", ".").strip())
        except ValueError:
            percent = 0.0
        if not 0 < percent <= 100:
            self._add(
                cell, _("expected a size in percent above 0 and at most 100"), _("Write for example 75.")
            )
            return None
        return round(percent * FULL_TIME / 100)

    def _add(self, cell: _Cell, expected: str, hint: str, kind: str = "") -> None:
        """Keep a finding; a wrong text of the same kind is counted, whatever its day or line."""
        key = (kind or expected, cell.text.strip())
        first, times = self.found.get(key, (cell.finding(expected, hint), 0))
        self.found[key] = (first, times + 1)


def _refuse(
    source: str, path: Path, expected: str, found: str, hint: str, line: int | None = None
) -> NoReturn:
    raise InputError([Finding(path, expected, found, hint, line, None)], source)


def _json_lines(text: str, source: str, problem: Problem) -> list[_Line]:
    document = json_of_text(text, source)
    posts, assignments = _lists_of(document, source)
    codes = _codes_by_post(assignments, source, problem)
    lines = []
    for index, post in enumerate(posts):
        path = ("posts", index)
        cells = {
            key: _Cell(_json_text(post.get(key)), (*path, key))
            for key in ("person", "competence", "size_percent")
        }
        days = codes.pop(str(post.get("id")), {})
        _check_complete(days, path, source, problem)
        line_codes = tuple(days[problem.day_name(day)] for day in range(problem.days))
        lines.append(_Line(cells["person"], cells["competence"], cells["size_percent"], line_codes))
    if codes:
        unknown = next(iter(codes))
        _refuse(
            source, ("assignments",), _("expected assignments of the posts listed"),
            _("found post {id}").format(id=repr(unknown)), _("Add the post under `posts`."),
        )  # fmt: skip
    return lines


def _check_complete(days: dict[str, _Cell], path: Path, source: str, problem: Problem) -> None:
    for day in range(problem.days):
        if problem.day_name(day) not in days:
            _refuse(
                source, path, _("expected an assignment for every day, days off included"),
                _("found none for {day}").format(day=problem.day_name(day)), _("Add it to `assignments`."),
            )  # fmt: skip


def _lists_of(document: Any, source: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    parts = []
    for key in ("posts", "assignments"):
        part = document.get(key) if isinstance(document, dict) else None
        if not isinstance(part, list) or not all(isinstance(entry, dict) for entry in part):
            expected = _("expected a list of objects, as in a result.json")
            _refuse(source, (key,), expected, _("found something else"), _("Name a result.json."))
        parts.append(part)
    return parts[0], parts[1]


def _codes_by_post(
    assignments: list[dict[str, Any]], source: str, problem: Problem
) -> dict[str, dict[str, _Cell]]:
    names = {problem.day_name(day) for day in range(problem.days)}
    found: dict[str, dict[str, _Cell]] = {}
    for index, entry in enumerate(assignments):
        day = _json_text(entry.get("date_or_day"))
        if day not in names:
            expected = _("expected a day of the scenario: {first} to {last}").format(
                first=problem.day_name(0), last=problem.day_name(problem.days - 1)
            )
            cell = _Cell(day, ("assignments", index, "date_or_day"))
            hint = _("Check that the rota belongs to this scenario.")
            raise InputError([cell.finding(expected, hint)], source)
        cell = _Cell(_json_text(entry.get("code")), ("assignments", index, "code"))
        if found.setdefault(str(entry.get("post")), {}).setdefault(day, cell) is not cell:
            expected = _("expected one assignment for each post and day")
            raise InputError([cell.finding(expected, _("Remove one of the two."))], source)
    return found


def _json_text(value: Any) -> str:
    return "" if value is None else str(value)
