"""How the checkers read a rota: one post's days, runs of days, weeks, and the time of day of a shift."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from turnus.clock import DAY_MINUTES
from turnus.problem import OFF, Problem, Rota

#: The action on any day: wrapped round in a cycle, from history before a calendar plan; None is unknown.
Reader = Callable[[int], int | None]
#: Where a reader made here keeps what it knows of the shifts around each day.
_NEIGHBOURS = "neighbours"


def reader(problem: Problem, rota: Rota, post: int) -> Reader:
    """Return how to read one post's days, inside the horizon and beyond it."""
    line: list[int] = rota.lines[post].tolist()
    history = () if problem.cyclic else problem.classes[rota.posts[post].class_index].history
    days = len(line)

    def read(day: int) -> int | None:
        if 0 <= day < days:
            return line[day]
        if problem.cyclic:
            return line[day % days]
        return history[day] if -len(history) <= day < 0 else None

    vars(read)[_NEIGHBOURS] = _Neighbours((*history, *line), len(history), problem.cyclic)
    return read


class _Neighbours:
    """Where the nearest shift before and after each day is, found once for all days of a line.

    A long stretch of days off is then passed in one step, not day by day from each of its days.
    """

    def __init__(self, known: tuple[int, ...], days_before: int, cyclic: bool) -> None:
        self.known, self.days_before, self.cyclic = known, days_before, cyclic

    @cached_property
    def _before(self) -> list[int | None]:
        """Return for each known day how many days back the last shift is, that day's own included."""
        return _distances(self.known, self.cyclic)

    @cached_property
    def _after(self) -> list[int | None]:
        return _distances(self.known[::-1], self.cyclic)[::-1]

    def last_before(self, day: int, within: int) -> tuple[int, int] | None:
        """Return (day, action) of the last shift before a day, at most `within` days back."""
        at = self._at(day - 1)
        back = None if at is None else self._before[at]
        if at is None or back is None or back + 1 > within:
            return None
        return day - 1 - back, self.known[at - back]

    def next_after(self, day: int, within: int) -> tuple[int, int] | None:
        """Return (day, action) of the first shift after a day, at most `within` days on."""
        at = self._at(day + 1)
        on = None if at is None else self._after[at]
        if at is None or on is None or on + 1 > within:
            return None
        return day + 1 + on, self.known[(at + on) % len(self.known)]

    def _at(self, day: int) -> int | None:
        if self.cyclic:
            return day % len(self.known)
        at = day + self.days_before
        return at if 0 <= at < len(self.known) else None


def _distances(known: tuple[int, ...], cyclic: bool) -> list[int | None]:
    """Return for each day how many days back the last shift is; None when there is none."""
    found: list[int | None] = []
    distance: int | None = None
    for day in (*(known if cyclic else ()), *known):
        distance = 0 if day != OFF else None if distance is None else distance + 1
        found.append(distance)
    return found[-len(known) :]


def known_days_before(problem: Problem, rota: Rota, post: int) -> int:
    """Return how many days before day 0 are known; none in a cycle, which is read round instead."""
    return 0 if problem.cyclic else len(problem.classes[rota.posts[post].class_index].history)


def run_before(read: Reader, day: int, members: frozenset[int], at_most: int) -> int:
    """Return how many days in a row up to and including a day hold one of `members`, counted to `at_most`."""
    length = 0
    while length < at_most and read(day - length) in members:
        length += 1
    return length


def grouped(days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, how many) for each stretch of consecutive days."""
    first, length = 0, 0
    for day in days:
        if length and day == first + length:
            length += 1
            continue
        if length:
            yield first, length
        first, length = day, 1
    if length:
        yield first, length


def occurrences(problem: Problem, read: Reader, steps: tuple[frozenset[int], ...]) -> Iterator[int]:
    """Yield the first day of each place where days match `steps` in order and the last lies in the horizon.

    A first day before a calendar plan is negative; in a cycle it is given within the cycle.
    """
    back = len(steps) - 1
    for day in range(problem.days):
        first = day if problem.cyclic else day - back
        if all(read(first + at) in step for at, step in enumerate(steps)):
            yield first


def last_shift_before(problem: Problem, read: Reader, day: int) -> tuple[int, int] | None:
    """Return (day, action) of the last shift before a day; None when there is none or it is not known."""
    neighbours: _Neighbours | None = getattr(read, _NEIGHBOURS, None)
    if neighbours is not None:
        return neighbours.last_before(day, problem.days)
    for earlier in range(day - 1, day - 1 - problem.days, -1):
        action = read(earlier)
        if action is None:
            return None
        if action != OFF:
            return earlier, action
    return None


@dataclass(frozen=True, slots=True)
class Rest:
    """The time free before a shift: on which day it ends, how long it is, and the shifts at both ends."""

    day: int
    minutes: int
    after: int  # action of the shift that ended
    before: int  # action of the shift that begins
    day_before: int  # on which the shift that ended had begun


def rest_before(problem: Problem, read: Reader, day: int) -> Rest | None:
    """Return the rest before a day's shift; None on a day off, or when it is not known how long it was."""
    action, last = read(day), last_shift_before(problem, read, day)
    if action is None or action == OFF or last is None:
        return None
    minutes = problem.starts[action] + (day - last[0]) * DAY_MINUTES - problem.ends[last[1]]
    return Rest(day, minutes, last[1], action, last[0])


def rests(problem: Problem, read: Reader) -> Iterator[Rest]:
    """Yield the rest before each shift of the horizon."""
    found = (rest_before(problem, read, day) for day in range(problem.days))
    return (rest for rest in found if rest is not None)


def next_shift_after(problem: Problem, read: Reader, day: int) -> tuple[int, int] | None:
    """Return (day, action) of the first shift after a day; None when there is none or it is not known."""
    neighbours: _Neighbours | None = getattr(read, _NEIGHBOURS, None)
    if neighbours is not None:
        return neighbours.next_after(day, problem.days)
    for later in range(day + 1, day + 1 + problem.days):
        action = read(later)
        if action is None:
            return None
        if action != OFF:
            return later, action
    return None


def free_minutes_around(problem: Problem, read: Reader, day: int) -> tuple[int, int] | None:
    """Return the moments (minutes after day 0's midnight) between which a day off is free.

    None when one side is open: no shift there, or not known.
    """
    before, after = last_shift_before(problem, read, day), next_shift_after(problem, read, day)
    if before is None or after is None:
        return None
    ends = before[0] * DAY_MINUTES + problem.ends[before[1]]
    return ends, after[0] * DAY_MINUTES + problem.starts[after[1]]


def day_evening_night(problem: Problem) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return the actions tagged day, evening and night; one that carries two of these tags is in none."""
    day, evening, night = (problem.tagged(word) for word in ("day", "evening", "night"))
    return day - evening - night, evening - day - night, night - day - evening


def short_runs(
    problem: Problem, read: Reader, members: frozenset[int], at_least: int
) -> Iterator[tuple[int, int]]:
    """Yield (first day, length) of each run of `members` shorter than `at_least` with known neighbours.

    A run belongs to the horizon when the day after it does; in a calendar plan its first day may be negative.
    """
    for day in range(problem.days):
        after = read(day)
        if after is None or after in members:
            continue
        length = run_before(read, day - 1, members, at_least)
        if 0 < length < at_least and read(day - 1 - length) is not None:
            first = day - length
            yield (first % problem.days if problem.cyclic else first), length
