"""How checkers sum a line over weeks in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from turnus.clock import WEEK_DAYS
from turnus.problem import OFF, Problem
from turnus.rules.reading import Reader


def sums_over_weeks(
    problem: Problem, read: Reader, weights: Sequence[int], weeks: int
) -> Iterator[tuple[int, int]]:
    """Yield (last day, sum) of any so many weeks Monday to Sunday in a row that end in the horizon.

    In a cycle they are read on the repeated rota; a day before a plan that is not known adds nothing.
    """
    sums = {
        week: sum(weights[read(day) or OFF] for day in range(week * WEEK_DAYS, (week + 1) * WEEK_DAYS))
        for week in range(1 - weeks, problem.weeks)
    }
    for end in range(problem.weeks):
        last = end * WEEK_DAYS + WEEK_DAYS - 1
        yield last, sum(sums[week] for week in range(end - weeks + 1, end + 1))


def too_many_weeks(
    problem: Problem, has_event: Callable[[int], bool], most: int, weeks: int
) -> Iterator[tuple[int, int, int]]:
    """Yield (week, excess of the worst, sum of all) for each week that ends stretches with too many events.

    A stretch is so many weeks in a row that end in the horizon, read round in a cycle. It ends with its last
    week that has an event, so that stretches which differ only in weeks without one are told together. Where
    all its events lie before a plan, it stands on the plan's first week.
    """
    found = []
    every = [week for week in range(1 - weeks, problem.weeks) if has_event(week)]
    for end in range(problem.weeks):
        events = [week for week in every if end - weeks < week <= end]
        if len(events) > most:
            last = events[-1] if events[-1] >= 0 or problem.cyclic else 0
            found.append((last % problem.weeks, len(events) - most))
    yield from told_once(found)


def told_once(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield (place, largest excess, sum of the excesses) for each place of some (place, excess), in order."""
    excesses: dict[int, list[int]] = {}
    for place, excess in found:
        excesses.setdefault(place, []).append(excess)
    for place, amounts in sorted(excesses.items()):
        yield place, max(amounts), sum(amounts)
