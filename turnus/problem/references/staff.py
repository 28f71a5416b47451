"""Named staff: every name, code, tag and day they refer to, and history that fits the horizon."""

from __future__ import annotations

from collections.abc import Iterator

from turnus.errors import Finding, Path
from turnus.problem.calendar import Calendar
from turnus.problem.references.words import (
    ANY_WORD,
    OFF_WORD,
    day_outside,
    repeated,
    unknown,
    unknown_competence,
)
from turnus.scenario.models import Person, Scenario
from turnus.texts import _


def staff_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with the list of staff, and the finding when there is nobody at all."""
    names = [person.name for person in scenario.staff]
    yield from repeated(("staff",), names, "name", _("expected each name once"))
    if not scenario.staff and scenario.open_posts is None:
        yield Finding(
            ("staff",), _("expected staff or open_posts"), _("found neither"),
            _("List the staff, or say which posts turnus may create."),
        )  # fmt: skip
    words = _Words(scenario)
    for at, person in enumerate(scenario.staff):
        path: Path = ("staff", at)
        yield from unknown_competence((*path, "competence"), person.competence, list(scenario.competences))
        yield from words.person(path, person)


class _Words:
    """The codes, tags and days that a person's keys may name."""

    def __init__(self, scenario: Scenario) -> None:
        self.calendar = Calendar.of(scenario.horizon)
        self.codes = [shift.code for shift in scenario.shifts]
        self.tags = sorted({tag for shift in scenario.shifts for tag in shift.tags})

    def person(self, path: Path, person: Person) -> Iterator[Finding]:
        for at, pin in enumerate(person.fixed):
            here: Path = (*path, "fixed", at)
            yield from self._word((*here, "shift"), pin.shift, [*self.codes, OFF_WORD])
            yield from self._days((*here, "on"), pin.on)
        for at, ban in enumerate(person.forbidden):
            here = (*path, "forbidden", at)
            yield from self._days((*here, "on"), ban.on)
            for i, word in enumerate(ban.shifts):
                yield from self._word((*here, "shifts", i), word, [*self.codes, *self.tags, ANY_WORD])
        for at, wish in enumerate(person.wishes):
            here = (*path, "wishes", at)
            yield from self._days((*here, "on"), wish.on)
            yield from self._word((*here, "want"), wish.want, [*self.codes, *self.tags, OFF_WORD])
        yield from self._leave(path, person)
        yield from self._history(path, person)
        yield from self._present(path, person)
        if person.arrangement and person.arrangement.valid_until and self.calendar.start is None:
            yield Finding(
                (*path, "arrangement", "valid_until"), _("expected no date in a base rota"),
                _("found {date}").format(date=person.arrangement.valid_until),
                _("Give horizon.start for a calendar plan, or take the date out."),
            )  # fmt: skip

    def _word(self, path: Path, word: str, known: list[str]) -> Iterator[Finding]:
        if word not in known:
            yield unknown(path, word, known, _("Use a word of this list, or add the shift."))

    def _days(self, path: Path, keys: tuple[str, ...]) -> Iterator[Finding]:
        if not keys:
            yield Finding(
                path, _("expected at least one day"), _("found an empty list"), _("Name the days.")
            )  # fmt: skip
        for at, key in enumerate(keys):
            yield from day_outside((*path, at), key, self.calendar)

    def _leave(self, path: Path, person: Person) -> Iterator[Finding]:
        for at, leave in enumerate(person.leave):
            here: Path = (*path, "leave", at)
            outside = [
                *day_outside((*here, "from"), leave.first, self.calendar),
                *day_outside((*here, "to"), leave.last, self.calendar),
            ]
            yield from outside
            first, last = self.calendar.day_of(leave.first), self.calendar.day_of(leave.last)
            if first is not None and last is not None and last < first:
                yield Finding(
                    (*here, "to"), _("expected a day on or after {first}").format(first=leave.first),
                    _("found {last}").format(last=leave.last), _("Swap the two, or correct one of them."),
                )  # fmt: skip

    def _history(self, path: Path, person: Person) -> Iterator[Finding]:
        if person.history and self.calendar.start is None:
            yield Finding(
                (*path, "history"), _("expected no history in a base rota"),
                _("found {n} days").format(n=len(person.history)),
                _("A base rota repeats, so its end comes before its start. Take it out."),
            )  # fmt: skip
        for at, code in enumerate(person.history):
            yield from self._word((*path, "history", at), code, [*self.codes, OFF_WORD])

    def _present(self, path: Path, person: Person) -> Iterator[Finding]:
        days = len(person.present_rota)
        if days not in (0, self.calendar.days):
            yield Finding(
                (*path, "present_rota"),
                _("expected one code for each of the {n} days").format(n=self.calendar.days),
                _("found {n} days").format(n=days),
                _("Write `off` for each day off, or leave it out."),
            )
        for at, code in enumerate(person.present_rota):
            yield from self._word((*path, "present_rota", at), code, [*self.codes, OFF_WORD])
