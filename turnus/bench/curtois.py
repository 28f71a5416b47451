"""Shift scheduling by T. Curtois and R. Qu (2014): the format, and a scorer of its own.

Published at schedulingbenchmarks.org. Day 0 is a Monday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from turnus.bench.source import SourceLine, source_lines
from turnus.texts import _

OFF = -1
WEEK_DAYS = 7
STAFF = (
    "`ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, "
    "MinConsecutiveDaysOff, MaxWeekends`"
)
COVER = "`Day, ShiftID, Requirement, Weight for under, Weight for over`"
#: For each person, the index of the shift of each day, or `OFF`.
Assignment = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift: how long it is, and which shifts may not follow the next day."""

    id: str
    minutes: int
    not_before: frozenset[int]


@dataclass(frozen=True, slots=True)
class Person:
    """One person's limits; runs are in days, `most_shifts` is per shift type."""

    id: str
    most_shifts: tuple[int, ...]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_off: int
    most_weekends: int
    days_off: frozenset[int]


@dataclass(frozen=True, slots=True)
class Request:
    """A request to work a shift on a day, or not to; refusing it costs `weight`."""

    person: int
    day: int
    shift: int
    weight: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people a shift needs on a day, and what one too few or too many costs."""

    day: int
    shift: int
    need: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """One instance of the set."""

    days: int
    shifts: tuple[ShiftType, ...]
    people: tuple[Person, ...]
    wanted: tuple[Request, ...]
    unwanted: tuple[Request, ...]
    cover: tuple[Cover, ...]


@dataclass(frozen=True)
class Score:
    """The cost of a rota by the set's own rules, and every hard rule it breaks."""

    cost: int
    broken: tuple[str, ...]


def read(path: Path) -> Instance:
    """Return the instance in a file; InputError with the line of the first mistake."""
    return _Reader().instance(path)


class _Reader:
    def __init__(self) -> None:
        self.days = 0
        self.shift_lines: list[tuple[SourceLine, str, int, str]] = []
        self.shifts: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.rows: list[tuple[SourceLine, list[str]]] = []
        self.days_off: dict[int, frozenset[int]] = {}
        self.wanted: list[Request] = []
        self.unwanted: list[Request] = []
        self.cover: list[Cover] = []

    def instance(self, path: Path) -> Instance:
        sections: dict[str, Callable[[SourceLine], None]] = {
            "SECTION_HORIZON": self._horizon,
            "SECTION_SHIFTS": self._shift,
            "SECTION_STAFF": self._person,
            "SECTION_DAYS_OFF": self._off,
            "SECTION_SHIFT_ON_REQUESTS": lambda line: self.wanted.append(self._request(line)),
            "SECTION_SHIFT_OFF_REQUESTS": lambda line: self.unwanted.append(self._request(line)),
            "SECTION_COVER": lambda line: self.cover.append(self._cover(line)),
        }
        take: Callable[[SourceLine], None] | None = None
        line = SourceLine(str(path), 1, "")
        for line in source_lines(path):
            if line.text.startswith("SECTION_"):
                if line.text not in sections:
                    raise line.refuse(_("expected {what}").format(what=", ".join(sections)))
                take = sections[line.text]
            elif take is None:
                raise line.refuse(_("expected {what}").format(what="SECTION_HORIZON"))
            else:
                take(line)
        if not (self.days and self.shifts and self.people):
            raise line.refuse(_("expected a horizon, shifts and staff before the end of the file"))
        return self._built()

    def _built(self) -> Instance:
        shifts = tuple(
            ShiftType(
                id,
                minutes,
                frozenset(line.known(other, self.shifts, _("the id of a shift")) for other in _split(after)),
            )
            for line, id, minutes, after in self.shift_lines
        )
        people = tuple(self._person_of(at, line, row) for at, (line, row) in enumerate(self.rows))
        return Instance(
            self.days, shifts, people, tuple(self.wanted), tuple(self.unwanted), tuple(self.cover)
        )

    def _horizon(self, line: SourceLine) -> None:
        self.days = line.whole(line.text, _("days"))
        if self.days % WEEK_DAYS:
            raise line.refuse(_("expected whole weeks of days"))

    def _shift(self, line: SourceLine) -> None:
        id, minutes, *after = line.fields(",", 2, "`ShiftID, Length in mins, Shifts which cannot follow`")
        line.introduce(id, self.shifts)
        self.shift_lines.append((line, id, line.whole(minutes, _("minutes")), after[0] if after else ""))

    def _person(self, line: SourceLine) -> None:
        row = line.fields(",", 8, STAFF)
        line.introduce(row[0], self.people)
        self.rows.append((line, row))

    def _person_of(self, at: int, line: SourceLine, row: list[str]) -> Person:
        most = [self.days] * len(self.shifts)
        for part in _split(row[1]):
            id, _equals, number = part.partition("=")
            most[line.known(id, self.shifts, _("the id of a shift"))] = line.whole(number, "`MaxShifts`")
        limits = [line.whole(text, _("a limit")) for text in row[2:8]]
        most_minutes, least_minutes, longest_run, shortest_run, shortest_off, most_weekends = limits
        return Person(
            row[0], tuple(most), most_minutes, least_minutes, longest_run, shortest_run, shortest_off,
            most_weekends, self.days_off.get(at, frozenset()),
        )  # fmt: skip

    def _off(self, line: SourceLine) -> None:
        id, *days = line.fields(",", 1, "`EmployeeID, DayIndexes`")
        person = line.known(id, self.people, _("the id of an employee"))
        known = self.days_off.get(person, frozenset())
        self.days_off[person] = known | {self._day(line, day) for day in days if day}

    def _day(self, line: SourceLine, text: str) -> int:
        day = line.whole(text, _("a day"))
        if day >= self.days:
            raise line.refuse(_("expected a day before {days}").format(days=self.days), text)
        return day

    def _request(self, line: SourceLine) -> Request:
        id, day, shift, weight = line.fields(",", 4, "`EmployeeID, Day, ShiftID, Weight`")[:4]
        return Request(
            line.known(id, self.people, _("the id of an employee")),
            self._day(line, day),
            line.known(shift, self.shifts, _("the id of a shift")),
            line.whole(weight, _("a weight")),
        )

    def _cover(self, line: SourceLine) -> Cover:
        day, shift, need, under, over = line.fields(",", 5, COVER)[:5]
        return Cover(
            self._day(line, day),
            line.known(shift, self.shifts, _("the id of a shift")),
            line.whole(need, _("a requirement")),
            line.whole(under, _("a weight")),
            line.whole(over, _("a weight")),
        )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def score(instance: Instance, rota: Assignment) -> Score:
    """Return the cost of a rota and every hard rule it breaks, by the published rules alone."""
    broken = [
        f"{person.id}: {words}"
        for person, line in zip(instance.people, rota, strict=True)
        for words in _broken(instance, person, line)
    ]
    cost = sum(one.weight for one in instance.wanted if rota[one.person][one.day] != one.shift)
    cost += sum(one.weight for one in instance.unwanted if rota[one.person][one.day] == one.shift)
    for row in instance.cover:
        present = sum(line[row.day] == row.shift for line in rota)
        cost += row.under * max(0, row.need - present) + row.over * max(0, present - row.need)
    return Score(cost, tuple(broken))


def _broken(instance: Instance, person: Person, line: Sequence[int]) -> Iterator[str]:
    """Yield each hard rule that one person's line breaks."""
    if len(line) != instance.days:
        yield f"{len(line)} days"
        return
    yield from (f"works on day {day}, a day off" for day in sorted(person.days_off) if line[day] != OFF)
    for day, (one, two) in enumerate(pairwise(line)):
        if one != OFF and two in instance.shifts[one].not_before:
            yield f"{instance.shifts[two].id} after {instance.shifts[one].id} on day {day + 1}"
    for at, most in enumerate(person.most_shifts):
        if (worked := list(line).count(at)) > most:
            yield f"{worked} shifts {instance.shifts[at].id}, at most {most}"
    minutes = sum(instance.shifts[shift].minutes for shift in line if shift != OFF)
    if not person.least_minutes <= minutes <= person.most_minutes:
        yield f"{minutes} min, {person.least_minutes} to {person.most_minutes}"
    weekends = sum(
        any(shift != OFF for shift in line[monday + 5 : monday + 7])
        for monday in range(0, instance.days, WEEK_DAYS)
    )
    if weekends > person.most_weekends:
        yield f"{weekends} weekends, at most {person.most_weekends}"
    for first, length, working in _runs(line):
        whole = first > 0 and first + length < instance.days
        if working and length > person.longest_run:
            yield f"{length} shifts in a row from day {first}"
        if whole and length < (person.shortest_run if working else person.shortest_off):
            yield f"{length} days {'on' if working else 'off'} from day {first}"


def _runs(line: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Yield (first day, days, whether worked) of each run."""
    first = 0
    for day in range(1, len(line) + 1):
        if day == len(line) or (line[day] == OFF) != (line[first] == OFF):
            yield first, day - first, line[first] != OFF
            first = day
