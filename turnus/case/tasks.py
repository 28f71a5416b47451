"""Demand built from tasks, by a rule that can be followed by hand.

The day is cut wherever a shift begins or ends. A task that is not movable begins when its time begins; the
movable ones are placed inside theirs so that as few people as possible are needed (see
`turnus.cpsat.placing`). A stretch of the day then needs as many people as its busiest moment: whoever is
there is there throughout. Days with the same tasks are placed alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from turnus.clock import DAY_MINUTES, WEEK_DAYS, WEEKDAY_NAMES, parse_duration, show_clock, show_end
from turnus.errors import Finding
from turnus.problem.calendar import Calendar
from turnus.problem.demand import active_spans
from turnus.problem.tasks import (
    EVERYBODY,
    Group,
    Placement,
    Work,
    closed_groups,
    days_of,
    group_name,
    length_minutes,
    may_do,
    own_tasks,
    starts,
)
from turnus.scenario import Scenario
from turnus.scenario.models import Demand, PerDay, Task

_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class PlacedTask:
    """One time that a task is done: from when to when, in minutes after midnight."""

    task: Task
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the day between two moments at which shifts begin or end, and the people it needs.

    `inside` holds the least number of a competence among them.
    """

    begins: int
    ends: int
    people: int
    inside: tuple[tuple[str, int], ...]

    @property
    def minutes(self) -> int:
        """Return the demand in person-minutes."""
        return self.people * (self.ends - self.begins)


@dataclass(frozen=True)
class TaskDay:
    """Days of the horizon with the same tasks: where each was placed, and what they need.

    `proven`: no other placement with starts every `STEP_MINUTES` needs fewer people at once, nor, with as
    many, fewer person-minutes before hand-overs. `handover_minutes` are the person-minutes of demand that
    come of counting each hand-over with the stretch beside it.
    """

    days: tuple[int, ...]
    placed: tuple[PlacedTask, ...]
    stretches: tuple[Stretch, ...]
    proven: bool
    handover_minutes: int = 0

    @property
    def movable(self) -> bool:
        """Whether any task could begin at another time."""
        return any(len(starts(one.task)) > 1 for one in self.placed)

    @property
    def task_minutes(self) -> int:
        """Return the tasks' person-minutes of one day."""
        return sum((one.ends - one.begins) * one.task.people for one in self.placed)

    @property
    def demand_minutes(self) -> int:
        """Return the demand's person-minutes of one day."""
        return sum(stretch.minutes for stretch in self.stretches)


def with_demand(scenario: Scenario) -> tuple[Scenario, tuple[TaskDay, ...]]:
    """Return the scenario with its tasks turned into demand by the clock, and how that was done.

    The demand built stands after the stated one, and the scenario returned has no tasks. What is wrong with
    the tasks must have been refused before. The days have the stretches of that demand.
    """
    if not scenario.tasks:
        return scenario, ()
    built = task_days(scenario)
    blocks = _blocks(scenario, built)
    taken = {block.block for block in scenario.demand}
    demand = (*scenario.demand, *(_demand(block, taken) for block in blocks))
    asked = tuple(_as_asked(day, blocks) for day in built)
    return scenario.model_copy(update={"demand": demand, "tasks": ()}), asked


def at_the_tasks(finding: Finding, scenario: Scenario) -> Finding:
    """Return a finding about built demand as one about the tasks: the file has no such block."""
    path = finding.path
    if path[:1] == ("demand",) and len(path) > 1 and scenario.tasks:
        at = path[1]
        if isinstance(at, int) and at >= len(scenario.demand):
            return replace(finding, path=("tasks",))
    return finding


def task_days(scenario: Scenario) -> tuple[TaskDay, ...]:
    """Return where the tasks of each day are placed and what the days need, in the order of the days.

    Hand-overs are stretches of their own here.
    """
    calendar = Calendar.of(scenario.horizon)
    tasks = [task for _at, task in own_tasks(scenario)]
    on = [days_of(task, calendar) for task in tasks]
    alike: dict[tuple[int, ...], list[int]] = {}
    for day in range(calendar.days):
        some = tuple(at for at, days in enumerate(on) if day in days)
        if some:
            alike.setdefault(some, []).append(day)
    return tuple(_task_day(scenario, [tasks[at] for at in some], tuple(days)) for some, days in alike.items())


def cuts(scenario: Scenario) -> list[int]:
    """Return the moments of the day at which a shift begins or ends, with both midnights."""
    working = [shift for shift in scenario.shifts if shift.covers]
    edges = {moment % DAY_MINUTES for shift in working for span in active_spans(shift) for moment in span}
    return sorted(edges | {0, DAY_MINUTES})


def _task_day(scenario: Scenario, tasks: Sequence[Task], days: tuple[int, ...]) -> TaskDay:
    bounds = list(pairwise(cuts(scenario)))
    of = [may_do(scenario, task) for task in tasks]
    narrow = [group for group in closed_groups(of) if group_name(scenario, group) != EVERYBODY]
    placement = _placed(tasks, of, narrow, bounds)
    placed = [
        PlacedTask(task, start, start + length_minutes(task))
        for task, chosen in zip(tasks, placement.starts, strict=True)
        for start in chosen
    ]
    inside = {
        group_name(scenario, group) or "": [one for one in placed if may_do(scenario, one.task) <= group]
        for group in narrow
    }
    stretches = []
    for begins, ends in bounds:
        people = busiest(placed, begins, ends)
        least = ((name, busiest(some, begins, ends)) for name, some in inside.items())
        if people:
            stretches.append(Stretch(begins, ends, people, tuple((name, n) for name, n in least if n)))
    return TaskDay(
        days, tuple(sorted(placed, key=lambda one: one.begins)), tuple(stretches), placement.proven
    )


def _placed(
    tasks: Sequence[Task], of: Sequence[Group], narrow: Sequence[Group], bounds: Sequence[tuple[int, int]]
) -> Placement:
    """Return the starts of every task; nothing is solved twice."""
    works = tuple(
        Work(
            starts(task),
            length_minutes(task),
            task.people,
            task.times,
            frozenset({0} | {at for at, group in enumerate(narrow, start=1) if who <= group}),
        )
        for task, who in zip(tasks, of, strict=True)
    )
    return _solved(works, tuple(bounds))


@lru_cache(maxsize=256)
def _solved(works: tuple[Work, ...], bounds: tuple[tuple[int, int], ...]) -> Placement:
    if all(len(work.starts) == 1 for work in works):
        return Placement(tuple(work.starts * work.times for work in works), proven=True)
    from turnus.cpsat.placing import place

    return place(works, bounds)


def busiest(placed: Iterable[PlacedTask], begins: int, ends: int) -> int:
    """Return the most people at work at once in a stretch."""
    busy = [one for one in placed if one.begins < ends and begins < one.ends]
    moments = {begins} | {one.begins for one in busy if one.begins > begins}
    return max(sum(one.task.people for one in busy if one.begins <= at < one.ends) for at in moments)


@dataclass(slots=True)
class _Block:
    """A block of demand to be: its times, and how many of each competence, or of everybody, on each day."""

    begins: int
    ends: int
    asked: dict[str, list[int]]

    def asks_no_more_than(self, other: _Block) -> bool:
        """Whether another block needs at least as many of everybody asked for here, on every day."""
        return all(
            name in other.asked and all(n <= m for n, m in zip(needs, other.asked[name], strict=True))
            for name, needs in self.asked.items()
        )


def _blocks(scenario: Scenario, built: Sequence[TaskDay]) -> list[_Block]:
    """Return the demand of all days, a block for each stretch, with its need on each day."""
    calendar = Calendar.of(scenario.horizon)
    found: dict[tuple[int, int], _Block] = {}
    for day in built:
        for stretch in day.stretches:
            times = stretch.begins, stretch.ends
            block = found.setdefault(times, _Block(*times, {}))
            for name, people in ((EVERYBODY, stretch.people), *stretch.inside):
                needs = block.asked.setdefault(name, [0] * calendar.days)
                for on in day.days:
                    needs[on] = people
    return _with_handovers(scenario, sorted(found.values(), key=lambda block: block.begins))


def _as_asked(day: TaskDay, blocks: Sequence[_Block]) -> TaskDay:
    """Return the days with what the blocks ask for on them, hand-overs counted with what is beside them."""
    on = day.days[0]
    stretches = []
    for block in blocks:
        needs = {name: people[on] for name, people in block.asked.items() if people[on]}
        if people := needs.pop(EVERYBODY, 0):
            stretches.append(Stretch(block.begins, block.ends, people, tuple(needs.items())))
    asked = replace(day, stretches=tuple(stretches))
    return replace(asked, handover_minutes=asked.demand_minutes - day.demand_minutes)


def _with_handovers(scenario: Scenario, blocks: list[_Block]) -> list[_Block]:
    """Count a hand-over with the block beside it, where that asks for as many who are all still there."""
    longest = parse_duration(scenario.handover.at_most)
    kept = list(blocks)
    for block in blocks:
        if block.ends - block.begins > longest:
            continue
        for other in kept:
            beside = other.ends == block.begins or other.begins == block.ends
            if beside and block.asks_no_more_than(other) and _all_stay(scenario, other, block):
                kept.remove(block)
                other.begins, other.ends = min(other.begins, block.begins), max(other.ends, block.ends)
                break
    return kept


def _all_stay(scenario: Scenario, one: _Block, other: _Block) -> bool:
    """Whether every shift that lasts throughout one block lasts throughout the other, too."""
    spans = [
        (begins - earlier, ends - earlier)
        for shift in scenario.shifts
        if shift.covers
        for begins, ends in active_spans(shift)
        for earlier in (0, DAY_MINUTES)
    ]
    return all(
        begins <= other.begins and other.ends <= ends
        for begins, ends in spans
        if begins <= one.begins and one.ends <= ends
    )


def _demand(block: _Block, taken: set[str]) -> Demand:
    needs = {name: _per_day(days) for name, days in block.asked.items()}
    return Demand.model_validate(
        {
            "block": _name(block.begins, block.ends, taken),
            "from": show_clock(block.begins),
            "to": show_end(block.ends),
            "need": needs.pop(EVERYBODY),
            "of_which": needs,
        }
    )


def _name(begins: int, ends: int, taken: set[str]) -> str:
    """Return the times as the block's name, with a mark where the file has a block of that name."""
    name = f"{show_clock(begins)}–{show_end(ends)}"
    while name in taken:
        name += "*"
    return name


def _per_day(needs: Sequence[int]) -> PerDay:
    """Return the people of each day as a file would say it, briefly."""
    week = list(needs[:WEEK_DAYS])
    if any(needs[day] != week[day % WEEK_DAYS] for day in range(len(needs))):
        return {
            f"week {day // WEEK_DAYS + 1} {WEEKDAY_NAMES[day % WEEK_DAYS]}": people
            for day, people in enumerate(needs)
        }
    if len(set(week)) == 1:
        return week[0]
    working, weekend = set(week[:_WORKING_DAYS]), set(week[_WORKING_DAYS:])
    if len(working) == len(weekend) == 1:
        return {"weekdays": working.pop(), "weekend": weekend.pop()}
    return dict(zip(WEEKDAY_NAMES, week, strict=True))
