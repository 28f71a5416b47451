"""Tasks read for what they ask: when each may be done, by whom, and in which groups of staff it counts.

At any moment the staff on duty can do the tasks of that moment, each by somebody who may, exactly when
every group of staff that is closed in itself has enough people: each set of people that some task is for,
joined with every other such set that it overlaps, must number at least the tasks that are for it alone.
So demand for tasks is a headcount, and a least number of each such group inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from turnus.clock import parse_clock
from turnus.problem.calendar import Calendar
from turnus.scenario.models import Scenario, Task

#: Steps between the starts that are tried for a movable task, from the beginning of its time.
STEP_MINUTES = 5
#: The name of the group that is everybody.
EVERYBODY = ""
#: Who does tasks of which this unit's staff are relieved; volunteers are not among them.
OTHERS = frozenset({"service", "technology", "other_unit"})

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Work:
    """A task to be placed: possible starts and length in minutes, people, how often, groups it counts in.

    Group 0 is everybody, and every task counts in it.
    """

    starts: tuple[int, ...]
    minutes: int
    people: int
    times: int
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Placement:
    """The starts of each task in order, and whether the demand is proven lowest."""

    starts: tuple[tuple[int, ...], ...]
    proven: bool


def own_tasks(scenario: Scenario) -> list[tuple[int, Task]]:
    """Return the tasks that are demand here, with their places in the file: those of volunteers too."""
    return [(at, task) for at, task in enumerate(scenario.tasks) if task.done_by not in OTHERS]


def window(task: Task) -> tuple[int, int]:
    """Return the time within which a task is done, in minutes after midnight."""
    first, last = task.within
    return parse_clock(first), parse_clock(last)


def length_minutes(task: Task) -> int:
    """Return how long a task takes each time."""
    begins, ends = window(task)
    return ends - begins if task.minutes is None else task.minutes


def starts(task: Task) -> tuple[int, ...]:
    """Return the starts that a task may have: one where it is not movable, else every five minutes."""
    begins, ends = window(task)
    last = ends - length_minutes(task) if task.movable else begins
    return tuple(range(begins, last + 1, STEP_MINUTES))


def days_of(task: Task, calendar: Calendar) -> frozenset[int]:
    """Return the days on which a task is done."""
    return frozenset().union(*map(calendar.days_of, task.days))


def may_do(scenario: Scenario, task: Task) -> Group:
    """Return the competences that may do a task: those it names, and those that cover for them."""
    if task.who is None:
        return frozenset(scenario.competences)
    return frozenset(
        name
        for name, competence in scenario.competences.items()
        if name in task.who or not set(task.who).isdisjoint(competence.covers)
    )


def group_name(scenario: Scenario, group: Group) -> str | None:
    """Return the competence whose demand a group covers, `EVERYBODY`, or None where there is none."""
    if group == frozenset(scenario.competences):
        return EVERYBODY
    for name in scenario.competences:
        covering = {other for other, one in scenario.competences.items() if name in one.covers}
        if group == covering | {name}:
            return name
    return None


def closed_groups(groups: Iterable[Group]) -> list[Group]:
    """Return the groups with every union of groups that overlap, smallest first."""
    found = set(groups)
    while True:
        more = {one | other for one, other in _overlapping(found)} - found
        if not more:
            return sorted(found, key=lambda group: (len(group), sorted(group)))
        found |= more


def _overlapping(groups: set[Group]) -> Iterator[tuple[Group, Group]]:
    for one in groups:
        for other in groups:
            if one & other and not (one <= other or other <= one):
                yield one, other
