"""Which runs of days off, with which shifts beside them, make a week's rest long enough."""

from __future__ import annotations

from collections.abc import Iterator

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.cpsat.line import Actions, Line, Pattern
from turnus.problem import OFF
from turnus.rules.kinds import RestInWeek

_OFF: Actions = frozenset({OFF})


def rest_patterns(line: Line, kind: RestInWeek) -> Iterator[list[Pattern]]:
    """Yield the patterns of each week that is counted; the week is kept when one of them occurs.

    A week before a calendar plan is counted when all its days are known and it is not lost already.
    """
    weeks = list(_weeks(line, kind))
    if kind.straddle:
        past = weeks[0] - WEEK_DAYS if weeks else kind.begins - 2 * WEEK_DAYS
        if not line.cyclic and line.known(past) and _off_until_the_plan(line, past + WEEK_DAYS - 1):
            yield list(_straddling(line, kind, past))
        for first in weeks:
            yield list(_straddling(line, kind, first))
    else:
        for first in weeks:
            yield list(_inside(line, kind, first))


def _weeks(line: Line, kind: RestInWeek) -> Iterator[int]:
    """Yield the first day of each week that is known to its last day and ends inside the horizon."""
    if line.cyclic:
        yield from range(kind.begins, line.days, WEEK_DAYS)
        return
    for first in range(kind.begins - WEEK_DAYS if kind.begins else 0, line.days - WEEK_DAYS + 1, WEEK_DAYS):
        if line.known(first):
            yield first


def _off_until_the_plan(line: Line, day: int) -> bool:
    """Whether everything from a day of the history to the plan is off."""
    return all(line.on(off, _OFF) for off in range(day, 0))


def _straddling(line: Line, kind: RestInWeek, monday: int) -> Iterator[Pattern]:
    """Yield whole runs of days off that touch the week; a run beside an unknown day is long enough."""
    enough = _enough_days(kind)
    for length in range(1, enough + 1):
        for first in range(monday - length + 1, monday + WEEK_DAYS):
            off: Pattern = [(first + at, _OFF) for at in range(length)]
            before, after = first - 1, first + length
            if not all(line.known(day) for day, _ in off):
                continue
            if length == enough or not (line.known(before) and line.known(after)):
                yield off
                continue
            for earlier, later in _far_enough(kind, length * DAY_MINUTES):
                yield [(before, earlier), *off, (after, later)]


def _enough_days(kind: RestInWeek) -> int:
    """Return how many days off in a row are enough whatever is worked beside them."""
    overhang = max(0, max(kind.ends) - DAY_MINUTES)
    return -(-(kind.minimum + overhang) // DAY_MINUTES)


def _far_enough(kind: RestInWeek, between: int) -> Iterator[tuple[Actions, Actions]]:
    """Yield (shifts the day before, shifts the day after) that leave the minimum with days off between."""
    worked = range(1, len(kind.starts))
    groups: dict[Actions, set[int]] = {}
    for earlier in worked:
        rest = between + DAY_MINUTES - kind.ends[earlier]
        later = frozenset(b for b in worked if rest + kind.starts[b] >= kind.minimum)
        if later:
            groups.setdefault(later, set()).add(earlier)
    for later, earlier_ones in groups.items():
        yield frozenset(earlier_ones), later


def _inside(line: Line, kind: RestInWeek, monday: int) -> Iterator[Pattern]:
    """Yield the runs of days off whose rest between Monday 00:00 and Sunday 24:00 is enough."""
    sunday = monday + WEEK_DAYS - 1
    for first in range(monday, sunday + 1):
        for last in range(first, sunday + 1):
            off: Pattern = [(day, _OFF) for day in range(first, last + 1)]
            for earlier, rest in _shifts_before(line, kind, first, first == monday):
                total = rest + len(off) * DAY_MINUTES
                before: Pattern = [(first - 1, earlier)] if line.known(first - 1) else []
                if last == sunday:
                    after: Pattern = []
                    kept = total >= kind.minimum
                else:
                    later = frozenset(
                        b for b in range(1, line.actions) if total + kind.starts[b] >= kind.minimum
                    )
                    after, kept = [(last + 1, later)], bool(later)
                if kept:
                    yield [*before, *off, *after]


def _shifts_before(line: Line, kind: RestInWeek, first: int, monday: bool) -> Iterator[tuple[Actions, int]]:
    """Yield (actions the day before, minutes of rest they leave before the run's first midnight).

    Before a Monday only what reaches into it counts, and nothing when Sunday is not known.
    """
    if not line.known(first - 1):
        yield frozenset(), 0
        return
    groups: dict[int, set[int]] = {}
    for action in range(0 if monday else 1, line.actions):
        rest = DAY_MINUTES - kind.ends[action]
        groups.setdefault(min(rest, 0) if monday else rest, set()).add(action)
    for rest, actions in groups.items():
        yield frozenset(actions), rest
