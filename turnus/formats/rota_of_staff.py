"""A rota in a CSV file read against a scenario, whose staff, shifts and days are known.

The file may be the `rota.csv` of a result, or anything that a rota without a scenario may look like.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding, InputError
from turnus.formats.rota_file_days import not_whole
from turnus.formats.rota_file_parts import MOST_LINES, Parts, read_parts
from turnus.formats.rota_file_people import Line, People, lines_of
from turnus.formats.rota_file_settings import Settings
from turnus.formats.rota_file_shifts import Shift, ShiftList, shifts_of
from turnus.formats.rota_file_words import Cell
from turnus.formats.rota_written import WrittenRota, near
from turnus.problem import FULL_TIME, OFF, Post, Problem, Rota
from turnus.texts import _

_PERCENT = 100


def rota_of_staff(raw: bytes, problem: Problem) -> WrittenRota:
    """Return the rota in a CSV file, each line as a post of the scenario.

    Lines with a name are the named person's, others open posts of the competence they state.

    Raises
    ------
    InputError
        With everything that is wrong or that the scenario does not know, with line and field.
    """
    parts = read_parts(raw, ("rota",))
    lines = lines_of(parts, _shifts(parts, problem), Settings(start=problem.start), MOST_LINES)
    wrong = _other_days(parts, lines, problem)
    if wrong is not None:
        raise InputError([wrong])
    reader = _Reader(problem)
    posts = [post for line in lines.people if (post := reader.post(line)) is not None]
    if reader.findings:
        raise InputError(reader.findings)
    actions = [
        [OFF if code is None else problem.codes.index(code, 1) for code in line.codes]
        for line in lines.people
    ]
    return WrittenRota(
        Rota(tuple(posts), np.array(actions, dtype=np.int16).reshape(len(posts), problem.days)),
        tuple(line.off_codes for line in lines.people),
        tuple(line.line for line in lines.people),
        tuple(frozenset(line.leave) for line in lines.people),
        (*lines.notes, *reader.notes),
        (*not_whole(lines.days), *lines.assumed, *_unread(parts), *reader.assumed()),
    )


def _shifts(parts: Parts, problem: Problem) -> ShiftList:
    """Return the scenario's shifts, and the codes of the file's own list that are no shifts."""
    found = ShiftList(
        [Shift(one.code, one.name, one.start, one.end, None, None, ()) for one in problem.shifts]
    )
    if "shifts" in parts.tables:
        own = shifts_of(parts)
        found.off = own.off - set(found.codes)
        found.leave = own.leave - set(found.codes)
    return found


def _other_days(parts: Parts, lines: People, problem: Problem) -> Finding | None:
    """Return what is wrong when the file covers other days than the scenario."""
    cell = parts.tables["rota"].headings.cell(lines.days.fields[0])
    if problem.start is not None and lines.days.start not in (None, problem.start):
        expected = _("expected the date {date}").format(date=problem.start)
        hint = _("Check that the rota belongs to this scenario; 2027-03-08 and 08.03.2027 are both read.")
        return cell.finding("rota", expected, hint)
    if lines.weeks * WEEK_DAYS != problem.days:
        expected = _("expected {n} days, as many as the scenario has").format(n=problem.days)
        found = _("found {n}").format(n=lines.weeks * WEEK_DAYS)
        hint = _("Compare the number of weeks in the scenario.")
        return Finding(("rota",), expected, found, hint, cell.line, cell.column)
    return None


def _unread(parts: Parts) -> Iterator[str]:
    """Yield what else the file holds and the scenario says instead."""
    words = {
        "settings": _("The settings of the file are not read: the scenario's count."),
        "shifts": _(
            "Of the file's list of shifts only codes without clock times are read: the scenario's count."
        ),
    }
    if parts.settings:
        yield words["settings"]
    if "shifts" in parts.tables:
        yield words["shifts"]


class _Reader:
    """Turns lines into posts, and keeps what it could not and what it noticed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.named = {owner.person: index for index, owner in enumerate(problem.classes) if owner.named}
        self.findings: list[Finding] = []
        self.notes: list[Finding] = []
        self.unsized: list[str] = []

    def post(self, line: Line) -> Post | None:
        """Return the post of a line; None, with a finding, when it fits no class."""
        owner = self._open(line) if line.vacant else self._person(line)
        if owner is None:
            return None
        size = self._size(line, owner)
        return None if size is None else Post(owner, size)

    def assumed(self) -> Iterator[str]:
        """Yield what was taken from the scenario because the file is silent."""
        if self.unsized:
            text = _("The rota states no size for {names}: the scenario's counts.")
            yield text.format(names=", ".join(self.unsized[:10]))

    def _person(self, line: Line) -> int | None:
        index = self.named.get(line.name)
        cell = line.cells["name"]
        if index is None:
            hint = near(line.name, tuple(filter(None, self.named))) or _(
                "Leave the name empty for an open post, or add the person under `staff`."
            )
            self.findings.append(cell.finding("rota", _("expected a person of the scenario's staff"), hint))
            return None
        self._note_competence(line, index)
        return index

    def _note_competence(self, line: Line, index: int) -> None:
        """Note a competence that is not the person's in the scenario, which is the one that counts."""
        competence = self.problem.classes[index].competence
        key, name = self.problem.competences[competence], self.problem.competence_names[competence]
        cell = line.cells.get("competence")
        if cell is None or cell.text.lower() in (key.lower(), name.lower()):
            return
        expected = _("expected the competence of {who} in the scenario, {competence}")
        hint = _("The scenario's counts; correct the file that is wrong.")
        self.notes.append(cell.finding("rota", expected.format(who=line.name, competence=key), hint))

    def _open(self, line: Line) -> int | None:
        problem = self.problem
        cell = line.cells.get("competence") or Cell("", line.line, 1)
        for index, owner in enumerate(problem.classes):
            names = (problem.competences[owner.competence], problem.competence_names[owner.competence])
            if not owner.named and cell.text in names:
                return index
        known = ", ".join(problem.competences[c.competence] for c in problem.classes if not c.named)
        expected = _("expected a competence with open posts: {known}").format(known=known or _("none"))
        hint = _("Correct it, or offer open posts under `open_posts`.")
        self.findings.append(cell.finding("rota", expected, hint))
        return None

    def _size(self, line: Line, owner: int) -> int | None:
        if line.size is not None:
            return round(line.size * FULL_TIME / _PERCENT)
        post_class = self.problem.classes[owner]
        if post_class.named:
            self.unsized.append(line.name)
            return post_class.size
        expected = _("expected the size of an open post in percent")
        self.findings.append(line.cells["name"].finding("rota", expected, _("Write for example 75.")))
        return None
