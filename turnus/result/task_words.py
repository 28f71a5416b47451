"""Demand built from tasks, in words: where each task was placed, what that needs, and what is proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from turnus.case import Case, PlacedTask, TaskDay
from turnus.clock import WEEK_DAYS, show_clock, show_end
from turnus.problem.tasks import STEP_MINUTES
from turnus.result.tasks import DONE_BY
from turnus.result.view import day_title
from turnus.texts import _, hours, ngettext, number, percent, weekday

_WORKING_DAYS = 5
_MOST_DAYS = 4  # named one by one


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One kind of day: `tasks` as (task, minutes, people, starts), `demand` as (times, people, inside)."""

    title: str
    tasks: tuple[tuple[str, str, str, str], ...]
    demand: tuple[tuple[str, str, str], ...]
    filled: str
    rule: str


def task_facts(case: Case) -> list[TaskFacts]:
    """Return how the demand of each kind of day was built from its tasks."""
    return [
        TaskFacts(
            _("Tasks: {days}").format(days=_days(case, day)),
            tuple(_placed(day)),
            tuple(_demand(case, day)),
            _filled(day),
            _rule(day),
        )
        for day in case.task_days
    ]


def elsewhere_lines(case: Case) -> Iterator[str]:
    """Yield who does each task that is no demand here."""
    for task in case.tasks_elsewhere:
        text = _("{task} is done by {who} and is no demand here.")
        yield text.format(task=task.name, who=_(DONE_BY[task.done_by]))


def _placed(day: TaskDay) -> Iterator[tuple[str, str, str, str]]:
    in_order = sorted(day.placed, key=lambda one: (_first(day, one), one.task.name, one.begins))
    for name, times in groupby(in_order, key=lambda one: one.task.name):
        some = list(times)
        first = some[0]
        yield name, number(first.ends - first.begins), number(first.task.people), _starts(some)


def _first(day: TaskDay, one: PlacedTask) -> int:
    return min(other.begins for other in day.placed if other.task is one.task)


def _starts(some: list[PlacedTask]) -> str:
    """Return `07:30 (3), 08:15`: each start, with how often."""
    found = []
    for begins, alike in groupby(some, key=lambda one: one.begins):
        times = len(list(alike))
        found.append(show_clock(begins) + (f" ({number(times)})" if times > 1 else ""))
    return ", ".join(found)


def _demand(case: Case, day: TaskDay) -> Iterator[tuple[str, str, str]]:
    names = dict(zip(case.problem.competences, case.problem.competence_names, strict=True))
    for one in day.stretches:
        inside = ", ".join(f"{names[name]} {number(people)}" for name, people in one.inside)
        yield f"{show_clock(one.begins)}–{show_end(one.ends)}", number(one.people), inside or "–"


def _filled(day: TaskDay) -> str:
    text = _("The tasks are {tasks} of work; the demand is {demand}, of which they fill {share}.")
    share = percent(100 * day.task_minutes / day.demand_minutes)
    told = text.format(tasks=hours(day.task_minutes, 2), demand=hours(day.demand_minutes, 2), share=share)
    if not day.handover_minutes:
        return told
    more = _("{more} of the demand is hand-over, counted with the stretch beside it.")
    return f"{told} {more.format(more=hours(day.handover_minutes, 2))}"


def _rule(day: TaskDay) -> str:
    """Return the rule by which demand was built, and whether the placement is proven."""
    rule = _(
        "Each stretch between two moments at which a shift begins or ends needs as many people as its "
        "busiest moment. Movable tasks are placed so that the most at once, then the hours of demand, are "
        "lowest."
    )
    return f"{rule} {_proven(day)}"


def _proven(day: TaskDay) -> str:
    """Return what is proven of the placement, and among which."""
    if not day.movable:
        return _("No task can be moved: there is one placement.")
    text = (
        _("Proven, of starts every {n} minutes and before hand-overs: no other placement needs less.")
        if day.proven
        else _("Whether another placement, with starts every {n} minutes, needs less is not proven.")
    )
    return text.format(n=number(STEP_MINUTES))


def _days(case: Case, day: TaskDay) -> str:
    """Return the days in words: kinds of days where they are so every week, otherwise one by one."""
    every = {on % WEEK_DAYS for on in day.days}
    if len(day.days) == len(every) * case.problem.weeks:
        if len(every) == WEEK_DAYS:
            return _("every day")
        if every == set(range(_WORKING_DAYS)):
            return _("weekdays")
        if every == set(range(_WORKING_DAYS, WEEK_DAYS)):
            return _("weekend")
        return ", ".join(weekday(on) for on in sorted(every))
    named = ", ".join(day_title(case.problem, on) for on in day.days[:_MOST_DAYS])
    more = len(day.days) - _MOST_DAYS
    if more <= 0:
        return named
    others = ngettext("and {n} other day", "and {n} other days", more).format(n=number(more))
    return f"{named} {others}"
