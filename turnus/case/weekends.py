"""How many people a weekend day takes, and whether the staff's weekends are enough for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turnus.case.usable import Usable, most_weekends
from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import Problem, Row, Shift
from turnus.rules.kinds import WeekEvents
from turnus.texts import _, up_to, weekday


def short_weekend_days(problem: Problem, usable: Sequence[Usable]) -> Iterator[Finding]:
    """Yield a note for each weekend day that named staff alone cannot fill at the weekends they may work.

    Heads times frequency, added up person by person, against the people that the day takes: a bound that
    looks at nothing but weekends. Open posts could always fill the day, so that units with them have none.
    """
    if any(one.post.at_most and not one.post.named for one in usable):
        return
    for on in problem.weekend_days:
        needed = sum(people_on_day(problem, day) for day in range(on, problem.days, WEEK_DAYS))
        weekends = sum(_weekends(one, on) for one in usable)
        if needed > weekends and any(_rules_for(one, on) for one in usable):
            yield _short(problem, on, needed, weekends)


def _rules_for(one: Usable, on: int) -> list[WeekEvents]:
    """Return the limits that every shift of the person on a weekday counts in."""
    cells = {(on, action) for day, action in one.left if day % WEEK_DAYS == on}
    return [
        kind for _rule, kind in one.kinds if isinstance(kind, WeekEvents) and cells and kind.cells >= cells
    ]


def _weekends(one: Usable, on: int) -> int:
    """Return in how many weeks a person can work a weekday at most."""
    weeks = len({day for day, _action in one.left if day % WEEK_DAYS == on})
    return min([weeks, *(most_weekends(one.problem, kind) for kind in _rules_for(one, on))])


def _short(problem: Problem, on: int, needed: int, weekends: int) -> Finding:
    day, weeks = weekday(on), problem.weeks
    return Finding(
        ("staff",),
        _("expected people for every {day}: {need} needed").format(day=day, need=up_to(needed / weeks)),
        _("found that the weekend rule leaves a {day} with at most {have}, {short} short").format(
            day=day, have=up_to(weekends / weeks), short=up_to((needed - weekends) / weeks)
        ),
        _("Some demand will stay uncovered; open posts, volunteers or another frequency could fill it."),
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """How many people come where a day is short, on the shift that reaches farthest from there."""

    shift: Shift
    people: int


def people_on_day(problem: Problem, day: int) -> int:
    """Return the fewest people who cover every headcount that only shifts starting this day can cover."""
    return sum(arrival.people for arrival in arrivals_on_day(problem, day))


def arrivals_on_day(problem: Problem, day: int) -> list[Arrival]:
    """Return who has to come to a day, stretch by stretch, so that the fewest people cover its headcount.

    From the first short row on, always take the shift that reaches farthest. That is exact when each
    shift covers one stretch of the day, and never too high otherwise: gaps inside a shift count as covered.
    """
    rows = sorted(_rows_of_day(problem, day), key=lambda row: row.day * DAY_MINUTES + row.begins)
    reach: dict[int, int] = {}
    for index, row in enumerate(rows):
        for _day, action in row.cells:
            reach[action] = index
    ends_after: dict[int, int] = defaultdict(int)  # people by the last row they cover
    arrivals: list[Arrival] = []
    present = 0
    for index, row in enumerate(rows):
        if row.need > present:
            # Of those that reach equally far, the shortest: nobody comes earlier than need be.
            taken = max((action for _day, action in row.cells), key=lambda a: (reach[a], -problem.minutes[a]))
            come = row.need - present
            ends_after[reach[taken]] += come
            arrivals.append(Arrival(problem.shifts[taken - 1], come))
            present = row.need
        present -= ends_after[index]
    return arrivals


def _rows_of_day(problem: Problem, day: int) -> list[Row]:
    return [
        row
        for row in problem.rows
        if row.competence is None
        and row.need
        and row.cells
        and all(on == day and (on % WEEK_DAYS, action) in problem.weekend_cells for on, action in row.cells)
    ]
