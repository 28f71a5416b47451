"""Rules that cost the line program nothing, because what it keeps anyway leaves no room to break them.

A mean over eight weeks has far too many states to be read day by day. But where no line of the program can
pass it, with the weeks' own limits and the hours of the post, it needs none: that is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from turnus.clock import WEEK_DAYS
from turnus.lines.graph import WeekGraph
from turnus.lines.most_in_days import MostInDays
from turnus.problem import PostClass, Problem
from turnus.rules.kinds import DayEvents, HorizonSum, Kind, WeekEvents, WindowSum

Weights = Sequence[int]


def without_implied(problem: Problem, post: PostClass, kinds: Iterable[Kind]) -> list[Kind]:
    """Return the hard kinds of a class without those that another one among them implies.

    One kind is taken out at a time, so that two that imply each other never both go.
    """
    kept = list(dict.fromkeys(kinds))
    for kind in sorted(kept, key=_reach, reverse=True):
        if any(other is not kind and implies(problem, post, other, kind) for other in kept):
            kept.remove(kind)
    return kept


def _reach(kind: Kind) -> tuple[int, int]:
    """Return how far a kind looks, in days, and how much it permits there."""
    if isinstance(kind, WeekEvents):
        return kind.of_weeks * WEEK_DAYS, kind.most
    if isinstance(kind, WindowSum):
        return kind.days, kind.most
    return (kind.of_groups * WEEK_DAYS, kind.most) if isinstance(kind, DayEvents) else (0, 0)


def implies(problem: Problem, post: PostClass, stricter: Kind, kind: Kind) -> bool:
    """Whether every line of a class that keeps one kind keeps the other."""
    if isinstance(stricter, WindowSum) and isinstance(kind, WindowSum):
        return _same_windows(stricter, kind) and stricter.most <= kind.most and stricter.least >= kind.least
    if isinstance(stricter, WeekEvents) and isinstance(kind, WeekEvents):
        return stricter.cells >= kind.cells and _fewer_weeks(problem, post, stricter, kind)
    if isinstance(stricter, WeekEvents) and isinstance(kind, DayEvents):
        return _fewer_dates(problem, stricter, kind)
    return False


def _same_windows(one: WindowSum, two: WindowSum) -> bool:
    return not one.given and (one.weights, one.days) == (two.weights, two.days) and two.every % one.every == 0


def _at_most(kind: WeekEvents, weeks: int) -> int:
    """Return in how many of some weeks in a row the event can be, when the kind is kept."""
    rounds, rest = divmod(weeks, kind.of_weeks)
    return rounds * min(kind.most, kind.of_weeks) + min(kind.most, rest)


def _fewer_weeks(problem: Problem, post: PostClass, stricter: WeekEvents, kind: WeekEvents) -> bool:
    """Whether each window has room for the events of its known weeks and all that may come."""
    past = [] if problem.cyclic else _past_events(post, kind)
    for known in range(min(len(past), kind.of_weeks - 1) + 1):
        before = sum(past[len(past) - known :])
        if before + _at_most(stricter, kind.of_weeks - known) > kind.most:
            return False
    return True


def _past_events(post: PostClass, kind: WeekEvents) -> list[bool]:
    """Return which weeks before a plan are known to have the event, the latest last."""
    weeks = -(-len(post.history) // WEEK_DAYS)
    events = [False] * weeks
    for before, action in enumerate(reversed(post.history), start=1):
        events[-1 - (before - 1) // WEEK_DAYS] |= (-before % WEEK_DAYS, action) in kind.cells
    return events


def _fewer_dates(problem: Problem, stricter: WeekEvents, kind: DayEvents) -> bool:
    """Whether each stretch of dates has room for all that the weeks' own limit permits."""
    count = len(kind.groups)
    if not count or (not problem.cyclic and count < kind.of_groups):
        return True
    firsts = range(count if problem.cyclic else count - kind.of_groups + 1)
    return all(_most_dates(problem, stricter, kind, first) <= kind.most for first in firsts)


def _most_dates(problem: Problem, stricter: WeekEvents, kind: DayEvents, first: int) -> int:
    """Return how many dates of a stretch may have the event; a date in two weeks, or outside, always may."""
    always, by_week = 0, dict[int, int]()
    for at in range(first, first + kind.of_groups):
        rounds, index = divmod(at, len(kind.groups))
        cells = kind.groups[index]
        weeks = {day // WEEK_DAYS for day, _ in cells}
        if len(weeks) == 1 and {(day % WEEK_DAYS, action) for day, action in cells} <= stricter.cells:
            week = weeks.pop() + rounds * problem.weeks
            by_week[week] = by_week.get(week, 0) + 1
        else:
            always += bool(cells)
    if not by_week:
        return always
    span = range(min(by_week), max(by_week) + 1)
    counts = [by_week.get(week, 0) for week in span]
    size = stricter.of_weeks
    offsets = range(min(size, len(counts)))
    return always + min(_in_blocks(counts, size, offset, stricter.most) for offset in offsets)


def _in_blocks(counts: list[int], size: int, offset: int, most: int) -> int:
    """Return the sum of the `most` largest counts of each block of weeks, the first one `offset` long."""
    starts = [0, *range(offset or size, len(counts), size)]
    ends = [*starts[1:], len(counts)]
    blocks = (sorted(counts[a:b], reverse=True) for a, b in zip(starts, ends, strict=True))
    return sum(sum(block[:most]) for block in blocks)


def keeps(problem: Problem, post: PostClass, graph: WeekGraph, most_minutes: int, kind: Kind) -> bool:
    """Whether every line of a graph, with at most so many minutes in the horizon, keeps a hard kind.

    A cycle's graph must be trimmed. False is the careful answer: the kind may be kept all the same.
    """
    if isinstance(kind, HorizonSum):
        room = _Room(problem, post, graph, most_minutes, kind.weights)
        return room.whole_horizon() <= kind.most and kind.least <= 0
    if not isinstance(kind, WindowSum) or kind.least > 0:
        return False
    if kind.given and kind.given_least > 0:
        nights = tuple(int(action in kind.given) for action in range(problem.actions))
        if _Room(problem, post, graph, most_minutes, nights).whole_horizon() < kind.given_least:
            return True
    room = _Room(problem, post, graph, most_minutes, kind.weights)
    return all(room.window(last, kind.days) <= kind.most for last in _ends(problem, kind))


def may_hold_for_all(
    problem: Problem, post: PostClass, graph: WeekGraph, most_minutes: int, kind: WindowSum
) -> bool:
    """Whether the limits of a kind with `given` may as well hold for every line of a graph.

    They may when the lines that have too few of those days to be meant keep them anyway.
    """
    if not kind.given or kind.given_least <= 0:
        return True
    if kind.least > 0:
        return False
    rounds = -(-kind.days // problem.days) if problem.cyclic else 1
    too_few = (kind.given_least - 1) * rounds
    room = _Room(problem, post, graph, most_minutes, kind.weights, kind.given)
    return all(room.window(last, kind.days, too_few) <= kind.most for last in _ends(problem, kind))


def _ends(problem: Problem, kind: WindowSum) -> list[int]:
    """Return the last day of each window; in a cycle all that begin on the same weekday are alike."""
    ends = [last for last in range(problem.days) if (last - kind.days + 1) % kind.every == 0]
    return ends[:WEEK_DAYS] if problem.cyclic else ends


class _Room:
    """How much of some weights fits into a stretch of days; `rare` are actions of which only some may be."""

    def __init__(
        self,
        problem: Problem,
        post: PostClass,
        graph: WeekGraph,
        most_minutes: int,
        weights: Weights,
        rare: frozenset[int] = frozenset(),
    ) -> None:
        self.problem, self.graph, self.weights = problem, graph, np.array(weights, float)
        self.history = () if problem.cyclic else post.history
        self.by_hours = _by_hours(problem, weights, most_minutes)
        self.most = MostInDays(graph, weights, rare)

    def whole_horizon(self) -> float:
        """Return the most of a whole line."""
        return self.window(self.problem.days - 1, self.problem.days)

    def window(self, last: int, days: int, rare_days: int | None = None) -> float:
        """Return the most of the days up to and including `last`."""
        first = last - days + 1
        if self.problem.cyclic:
            rounds, rest = divmod(days, self.problem.days)
            of_rest = min(self._any(first % WEEK_DAYS, rest, rare_days), self.by_hours) if rest else 0.0
            by_rounds = rounds * self.by_hours if rounds else 0.0
            return min(self._any(first % WEEK_DAYS, days, rare_days), by_rounds + of_rest)
        known = self.history[max(0, len(self.history) + first) :] if first < 0 else ()
        before = float(sum(self.weights[action] for action in known))
        if first <= 0:
            inside = float(self.most.after(0, last + 1, rare_days)[self.graph.roots[0]])
        else:
            inside = self._any(first % WEEK_DAYS, days, rare_days)
        return before + min(inside, self.by_hours)

    def _any(self, weekday: int, days: int, rare_days: int | None) -> float:
        return float(self.most.after(weekday, days, rare_days).max(initial=-np.inf))


def _by_hours(problem: Problem, weights: Weights, most_minutes: int) -> float:
    """Return the most that the hours of the post leave room for in one horizon."""
    if any(weight > 0 and not minutes for weight, minutes in zip(weights, problem.minutes, strict=True)):
        return float(np.inf)
    dearest = max(
        (weight / minutes for weight, minutes in zip(weights, problem.minutes, strict=True) if weight),
        default=0.0,
    )
    return dearest * most_minutes
