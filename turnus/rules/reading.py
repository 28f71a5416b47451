"""How the checkers read a rota: one post's days, runs of days, weeks, and the time of day of a shift."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import OFF, Problem, Rota

#: The action on any day: wrapped round in a cycle, from history before a calendar plan; None is unknown.
Reader = Callable[[int], int | None]


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

    return read


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
    for earlier in range(day - 1, day - 1 - problem.days, -1):
        action = read(earlier)
        if action is None:
            return None
        if action != OFF:
            return earlier, action
    return None


def next_shift_after(problem: Problem, read: Reader, day: int) -> tuple[int, int] | None:
    """Return (day, action) of the first shift after a day; None when there is none or it is not known."""
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


def week_of(day: int) -> range:
    """Return the days Monday to Sunday of the week a day lies in."""
    monday = day - day % WEEK_DAYS
    return range(monday, monday + WEEK_DAYS)


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
