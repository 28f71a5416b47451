"""Second International Nurse Rostering Competition, static form: the text format, and a scorer of its own.

An instance is a scenario file, a history and the weeks' files. Weeks are Monday to Sunday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from turnus.bench.source import SourceLine, source_lines
from turnus.texts import _

OFF = -1
WEEK_DAYS = 7
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: For each nurse and day (shift, skill), or None when off.
Assignment = Sequence[Sequence[tuple[int, int] | None]]
_RANGE = re.compile(r"\(([0-9]{1,9}),([0-9]{1,9})\)")

WEIGHTS = {
    "optimal cover": 30, "consecutive shifts": 15, "consecutive work": 30, "consecutive days off": 30,
    "requests": 10, "complete weekends": 30, "total assignments": 20, "weekends": 30,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift: the run of it wanted, and which shifts may not follow the next day."""

    id: str
    shortest_run: int
    longest_run: int
    not_before: frozenset[int]


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contract asks for over the whole horizon, and of runs in days."""

    id: str
    least_shifts: int
    most_shifts: int
    shortest_work: int
    longest_work: int
    shortest_off: int
    longest_off: int
    most_weekends: int
    complete_weekends: bool


@dataclass(frozen=True, slots=True)
class Nurse:
    """A nurse with what the history says: totals so far, the last shift and the runs it ended in."""

    id: str
    contract: int
    skills: frozenset[int]
    shifts_before: int
    weekends_before: int
    last_shift: int
    same_shift_days: int
    work_days: int
    off_days: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """How many nurses with a skill a shift must and should have on a day."""

    day: int
    shift: int
    skill: int
    least: int
    optimal: int


@dataclass(frozen=True, slots=True)
class OffRequest:
    """A nurse asks not to work a shift on a day; `shift` is `OFF` for any."""

    nurse: int
    day: int
    shift: int


@dataclass(frozen=True)
class Instance:
    """One instance in its static form: all weeks known."""

    name: str
    weeks: int
    skills: tuple[str, ...]
    shifts: tuple[ShiftType, ...]
    contracts: tuple[Contract, ...]
    nurses: tuple[Nurse, ...]
    requirements: tuple[Requirement, ...]
    requests: tuple[OffRequest, ...]

    @property
    def days(self) -> int:
        """Return the days of the horizon."""
        return self.weeks * WEEK_DAYS


@dataclass(frozen=True)
class Score:
    """The cost of a rota by the competition's rules, by constraint, and every hard rule it breaks."""

    parts: dict[str, int]
    broken: tuple[str, ...]

    @property
    def cost(self) -> int:
        """Return the weighted sum."""
        return sum(self.parts.values())


def read(folder: Path, history: int, weeks: Sequence[int]) -> Instance:
    """Return the instance of a folder with a history and the numbers of its weeks.

    `n030w4` with history 1 and weeks 6, 2, 9, 1 is the published `n030w4_1_6-2-9-1`.
    """
    name = folder.name
    scenario = _Scenario(folder / f"Sc-{name}.txt")
    scenario.check_weeks(len(weeks))
    nurses = tuple(_with_history(scenario, folder / f"H0-{name}-{history}.txt"))
    requirements: list[Requirement] = []
    requests: list[OffRequest] = []
    for at, week in enumerate(weeks):
        _read_week(scenario, folder / f"WD-{name}-{week}.txt", at * WEEK_DAYS, requirements, requests)
    label = f"{name}_{history}_{'-'.join(map(str, weeks))}"
    return Instance(
        label, len(weeks), tuple(scenario.skills), tuple(scenario.shift_types),
        tuple(scenario.contracts.values()), nurses, tuple(requirements), tuple(requests),
    )  # fmt: skip


class _Scenario:
    """The scenario file, section by section."""

    def __init__(self, path: Path) -> None:
        self.skills: dict[str, int] = {}
        self.shifts: dict[str, int] = {}
        self.contract_index: dict[str, int] = {}
        self.contracts: dict[str, Contract] = {}
        self.nurses: dict[str, int] = {}
        self.nurse_rows: list[tuple[int, frozenset[int]]] = []
        self.runs: list[tuple[int, int]] = []
        self.successions: dict[int, frozenset[int]] = {}
        self.stated: dict[str, tuple[SourceLine, int]] = {}
        takers = {
            "SKILLS": self._skill, "SHIFT_TYPES": self._shift, "CONTRACTS": self._contract,
            "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS": self._succession, "NURSES": self._nurse,
        }  # fmt: skip
        take = None
        line = SourceLine(str(path), 1, "")
        for line in source_lines(path):
            key, equals, number = (part.strip() for part in line.text.partition("="))
            if equals and (key in takers or key == "WEEKS"):
                self.stated[key] = (line, line.whole(number, f"`{key}`"))
            if key in takers:
                take = takers[key]
            elif "=" not in line.text and take is not None:
                take(line)
        if not (self.skills and self.runs and self.contracts and self.nurses):
            raise line.refuse(_("expected {what} before the end of the file").format(what=", ".join(takers)))
        self._check_counts()
        self.shift_types = [
            ShiftType(id, *self.runs[at], self.successions.get(at, frozenset()))
            for id, at in self.shifts.items()
        ]

    def _check_counts(self) -> None:
        """Refuse a number of lines that is not the stated one: part of the file would be missing."""
        words = {
            "SKILLS": self.skills, "SHIFT_TYPES": self.shifts, "CONTRACTS": self.contract_index,
            "NURSES": self.nurses,
        }  # fmt: skip
        for key, (line, stated) in self.stated.items():
            if key in words and stated != len(words[key]):
                raise line.refuse(_("expected the number that follow, {count}").format(count=len(words[key])))

    def check_weeks(self, count: int) -> None:
        """Refuse an instance of another number of weeks than the contracts are written for."""
        line, stated = self.stated.get("WEEKS", (None, count))
        if line is not None and stated != count:
            raise line.refuse(
                _("expected the number of weeks that the name lists, {count}").format(count=count)
            )

    def _skill(self, line: SourceLine) -> None:
        line.introduce(line.text, self.skills)

    def _shift(self, line: SourceLine) -> None:
        id = line.fields(None, 2, _("a shift type and (shortest,longest)"))[0]
        line.introduce(id, self.shifts)
        self.runs.append(_ranges(line, 1)[0])

    def _succession(self, line: SourceLine) -> None:
        id, _count, *others = line.fields(None, 2, _("a shift type, a number and shift types"))
        self.successions[line.known(id, self.shifts, _("a shift type"))] = frozenset(
            line.known(other, self.shifts, _("a shift type")) for other in others
        )

    def _contract(self, line: SourceLine) -> None:
        what = _("a contract: three ranges (least,most), weekends, complete weekends")
        id, *rest = line.fields(None, 6, what, exactly=True)
        ranges = _ranges(line, 3)
        line.introduce(id, self.contract_index)
        self.contracts[id] = Contract(
            id, *ranges[0], *ranges[1], *ranges[2],
            line.whole(rest[-2], _("weekends")), line.whole(rest[-1], _("complete weekends")) > 0,
        )  # fmt: skip

    def _nurse(self, line: SourceLine) -> None:
        id, contract, _count, *skills = line.fields(None, 4, _("a nurse, a contract, a number and skills"))
        line.introduce(id, self.nurses)
        self.nurse_rows.append(
            (
                line.known(contract, self.contract_index, _("a contract")),
                frozenset(line.known(skill, self.skills, _("a skill")) for skill in skills),
            )
        )


def _ranges(line: SourceLine, count: int) -> list[tuple[int, int]]:
    found = [(int(low), int(high)) for low, high in _RANGE.findall(line.text)]
    if len(found) != count:
        raise line.refuse(_("expected {what}").format(what=_("(least,most)")))
    return found


def _with_history(scenario: _Scenario, path: Path) -> Iterator[Nurse]:
    """Yield every nurse, with the history of each in the order of the scenario."""
    rows: dict[int, list[int]] = {}
    line = SourceLine(str(path), 1, "")
    inside = False
    for line in source_lines(path):
        if line.text == "NURSE_HISTORY":
            inside = True
        elif inside:
            what = _("a nurse, shifts, weekends, the last shift and three runs")
            id, shifts, weekends, last, *runs = line.fields(None, 7, what, exactly=True)
            last_shift = OFF if last == "None" else line.known(last, scenario.shifts, _("a shift type"))
            numbers = [line.whole(word, _("a nurse's history")) for word in (shifts, weekends, *runs)]
            if not _fits(last_shift, *numbers[2:], kinds=len(scenario.shifts)):
                raise line.refuse(_("expected a run of work up to the last shift, or a run of days off"))
            rows[line.known(id, scenario.nurses, _("a nurse"))] = [*numbers[:2], last_shift, *numbers[2:]]
    for id, at in scenario.nurses.items():
        if at not in rows:
            raise line.refuse(_("expected {what} before the end of the file").format(what=id))
        contract, skills = scenario.nurse_rows[at]
        yield Nurse(id, contract, skills, *rows[at])


def _fits(last_shift: int, same_shift_days: int, work_days: int, off_days: int, *, kinds: int) -> bool:
    """Whether the runs of a history can have been: one of work, or one of days off."""
    if last_shift == OFF:
        return same_shift_days == work_days == 0 < off_days
    shortest = work_days if kinds == 1 else 1
    return off_days == 0 < work_days and shortest <= same_shift_days <= work_days


def _read_week(
    scenario: _Scenario, path: Path, monday: int, requirements: list[Requirement], requests: list[OffRequest]
) -> None:
    sections = ["WEEK_DATA"]
    line = SourceLine(str(path), 1, "")
    stated: tuple[SourceLine, int] | None = None
    before = len(requests)
    for line in source_lines(path):
        section = sections[-1]
        key, equals, number = (part.strip() for part in line.text.partition("="))
        if key in ("WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS"):
            sections.append(key)
            if equals:
                stated = (line, line.whole(number, f"`{key}`"))
        elif section == "REQUIREMENTS":
            shift, skill = line.fields(None, 2 + WEEK_DAYS, _("a shift type, a skill and 7 ranges"))[:2]
            of_week = _ranges(line, WEEK_DAYS)
            for weekday, (least, optimal) in enumerate(of_week):
                requirements.append(
                    Requirement(
                        monday + weekday,
                        line.known(shift, scenario.shifts, _("a shift type")),
                        line.known(skill, scenario.skills, _("a skill")),
                        least,
                        optimal,
                    )
                )
        elif section == "SHIFT_OFF_REQUESTS":
            nurse, shift, weekday_name = line.fields(None, 3, _("a nurse, a shift type and a day"))[:3]
            weekdays = {name: at for at, name in enumerate(WEEKDAYS)}
            requests.append(
                OffRequest(
                    line.known(nurse, scenario.nurses, _("a nurse")),
                    monday + line.known(weekday_name, weekdays, "`Mon` … `Sun`"),
                    OFF if shift == "Any" else line.known(shift, scenario.shifts, _("a shift type")),
                )
            )
    for needed in ("REQUIREMENTS", "SHIFT_OFF_REQUESTS"):
        if needed not in sections:
            raise line.refuse(_("expected {what} before the end of the file").format(what=needed))
    if stated is not None and stated[1] != len(requests) - before:
        count = len(requests) - before
        raise stated[0].refuse(_("expected the number that follow, {count}").format(count=count))
