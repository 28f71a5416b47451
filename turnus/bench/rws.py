"""Rotating workforce scheduling (TU Wien): the format, and a scorer of its own.

n employees share one line of n weeks: a table of n rows read row after row, the last day followed by the
first. Everything is cyclic, and only lawful tables that meet the requirements exactly count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from turnus.bench.source import SourceLine, source_lines
from turnus.texts import _

OFF = -1
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift: when it starts, how long it is, and how many of it come in a row."""

    id: str
    start_minutes: int
    minutes: int
    shortest_run: int
    longest_run: int


@dataclass(frozen=True)
class Instance:
    """One instance: `need[s][d]` people work shift s on weekday d; `forbidden` are sequences of days.

    A sequence of three has a day off (`OFF`) in the middle.
    """

    weeks: int
    shifts: tuple[ShiftType, ...]
    need: tuple[tuple[int, ...], ...]
    shortest_off: int
    longest_off: int
    shortest_work: int
    longest_work: int
    forbidden: tuple[tuple[int, ...], ...]

    @property
    def days(self) -> int:
        """Return the days of the whole line."""
        return self.weeks * WEEK_DAYS


def read(path: Path) -> Instance:
    """Return the instance in a file; InputError with the line of the first mistake."""
    lines = source_lines(path)
    last = SourceLine(str(path), 1, "")

    def following(what: str) -> SourceLine:
        nonlocal last
        found = next(lines, None)
        if found is None:
            raise last.refuse(_("expected {what} before the end of the file").format(what=what))
        last = found
        return found

    def numbers(what: str, count: int) -> list[int]:
        line = following(what)
        return [line.whole(part, what) for part in line.fields(None, count, what, exactly=True)]

    (week_days,) = numbers(_("the length of the schedule"), 1)
    if week_days != WEEK_DAYS:
        raise last.refuse(_("expected a schedule of 7 days"))
    (weeks,) = numbers(_("the number of employees"), 1)
    (count,) = numbers(_("the number of shifts"), 1)
    if not weeks or not count:
        raise last.refuse(_("expected at least one employee and one shift"))
    need = tuple(tuple(numbers(_("7 requirements"), WEEK_DAYS)) for _shift in range(count))
    index: dict[str, int] = {}
    shifts = tuple(_shift_type(following(_("a shift")), index) for _shift in range(count))
    shortest_off, longest_off = numbers(_("the fewest and most days off in a row"), 2)
    shortest_work, longest_work = numbers(_("the fewest and most days of work in a row"), 2)
    of_two, of_three = numbers(_("the number of sequences of 2 and of 3 days"), 2)
    index["-"] = OFF
    forbidden = []
    for at in range(of_two + of_three):
        length = 2 if at < of_two else 3
        line = following(_("a sequence of shifts"))
        words = line.fields(None, length, _("a sequence of shifts"), exactly=True)
        forbidden.append(tuple(line.known(word, index, _("the id of a shift")) for word in words))
    return Instance(
        weeks, shifts, need, shortest_off, longest_off, shortest_work, longest_work, tuple(forbidden)
    )


def _shift_type(line: SourceLine, index: dict[str, int]) -> ShiftType:
    what = _("a shift: id, start, length, shortest and longest run")
    id, *numbers = line.fields(None, 5, what, exactly=True)
    line.introduce(id, index)
    return ShiftType(id, *(line.whole(number, _("a shift")) for number in numbers))


def score(instance: Instance, line: Sequence[int]) -> tuple[str, ...]:
    """Return every requirement that a line of all weeks does not meet; a lawful one meets all."""
    if len(line) != instance.days:
        return (f"{len(line)} days, {instance.days} expected",)
    return (*_uncovered(instance, line), *_wrong_runs(instance, line), *_forbidden(instance, line))


def _uncovered(instance: Instance, line: Sequence[int]) -> Iterator[str]:
    for shift, row in enumerate(instance.need):
        for weekday, need in enumerate(row):
            present = sum(line[day] == shift for day in range(weekday, instance.days, WEEK_DAYS))
            if present != need:
                yield f"{instance.shifts[shift].id} on weekday {weekday}: {present}, {need} needed"


def _wrong_runs(instance: Instance, line: Sequence[int]) -> Iterator[str]:
    working = [shift != OFF for shift in line]
    for first, length in _cyclic_runs(working):
        least, most = (
            (instance.shortest_work, instance.longest_work)
            if working[first]
            else (instance.shortest_off, instance.longest_off)
        )
        if not least <= length <= most:
            yield f"{length:g} days {'of work' if working[first] else 'off'} from day {first}"
    for first, length in _cyclic_runs(line):
        if line[first] != OFF:
            shift = instance.shifts[line[first]]
            if not shift.shortest_run <= length <= shift.longest_run:
                yield f"{length:g} shifts {shift.id} from day {first}"


def _cyclic_runs(values: Sequence[int | bool]) -> Iterator[tuple[int, float]]:
    """Yield (first day, days) of each run of equal values, round the end; a whole line is one without end."""
    days = len(values)
    starts = [day for day in range(days) if values[day] != values[day - 1]]
    if not starts:
        yield 0, float("inf")
    for at, first in enumerate(starts):
        after = starts[(at + 1) % len(starts)]
        yield first, (after - first - 1) % days + 1


def _forbidden(instance: Instance, line: Sequence[int]) -> Iterator[str]:
    for sequence in instance.forbidden:
        for first in range(instance.days):
            if all(line[(first + at) % instance.days] == shift for at, shift in enumerate(sequence)):
                names = " ".join("-" if shift == OFF else instance.shifts[shift].id for shift in sequence)
                yield f"{names} from day {first}"
