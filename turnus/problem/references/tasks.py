"""Tasks: a time that is long enough, people who may do them, and no demand stated beside them."""

from __future__ import annotations

from collections.abc import Iterator

from turnus.clock import DAY_MINUTES
from turnus.errors import Finding, Path
from turnus.problem.calendar import Calendar
from turnus.problem.demand import block_spans
from turnus.problem.references.words import day_outside, repeated, unknown_competence
from turnus.problem.tasks import (
    closed_groups,
    days_of,
    group_name,
    length_minutes,
    may_do,
    own_tasks,
    window,
)
from turnus.scenario.messages import found
from turnus.scenario.models import Scenario, Task
from turnus.texts import _


def task_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with the list of tasks."""
    yield from repeated(
        ("tasks",), [task.name for task in scenario.tasks], "name", _("expected each task once")
    )
    calendar = Calendar.of(scenario.horizon)
    sound = True
    for at, task in enumerate(scenario.tasks):
        for finding in _task(scenario, ("tasks", at), task, calendar):
            sound = False
            yield finding
    if sound:
        yield from _groups(scenario)
        yield from _said_both_ways(scenario, calendar)


def volunteer_notes(scenario: Scenario) -> Iterator[Finding]:
    """Yield a note for each task that volunteers do: it stays demand for the unit's own staff."""
    for at, task in enumerate(scenario.tasks):
        if task.done_by == "volunteers":
            yield Finding(
                ("tasks", at, "done_by"),
                _("expected staff, service, technology or another unit behind every task"),
                _("found volunteers for {task}").format(task=task.name),
                _(
                    "Volunteers come in addition to the staff and may stay away; the task stays demand for "
                    "the unit's own staff."
                ),
            )


def _task(scenario: Scenario, path: Path, task: Task, calendar: Calendar) -> Iterator[Finding]:
    begins, ends = window(task)
    if ends <= begins:
        yield Finding(
            (*path, "within"),
            _("expected an end after the start, on the same day"),
            found("–".join(task.within)),
            _("Write two tasks, one until 24:00 and one from 00:00."),
        )
    elif length_minutes(task) > ends - begins:
        yield Finding(
            (*path, "minutes"),
            _("expected at most the {n} minutes between {begins} and {ends}").format(
                n=ends - begins, begins=task.within[0], ends=task.within[1]
            ),
            found(task.minutes),
            _("Give the task more time in within, or fewer minutes."),
        )
    for at, key in enumerate(task.days):
        yield from day_outside((*path, "days", at), key, calendar)
    if task.who == ():
        yield Finding(
            (*path, "who"),
            _("expected at least one competence"),
            _("found an empty list"),
            _("Leave who out when everybody may do it."),
        )
    for at, name in enumerate(task.who or ()):
        yield from unknown_competence((*path, "who", at), name, list(scenario.competences))


def _groups(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding where those who may do a task are no group that demand can be asked of."""
    asked = {may_do(scenario, task): at for at, task in reversed(own_tasks(scenario))}
    for group in closed_groups(asked):
        if group_name(scenario, group) is None:
            at = asked[group] if group in asked else max(asked[one] for one in asked if one < group)
            yield Finding(
                ("tasks", at, "who"),
                _("expected people who are everybody, or all who cover one competence"),
                _("found {names}").format(names=", ".join(sorted(group))),
                _(
                    "Add a competence of its own for such tasks under competences, which each of them "
                    "covers, and name it in who."
                ),
            )


def _said_both_ways(scenario: Scenario, calendar: Calendar) -> Iterator[Finding]:
    """Yield a finding for each block of stated demand at a time within which tasks ask for people."""
    tasks = [(task, *window(task), days_of(task, calendar)) for _at, task in own_tasks(scenario)]
    for at, block in enumerate(scenario.demand):
        needed = frozenset(day for day, n in enumerate(calendar.per_day(block.need)) if n)
        spans = block_spans(block, scenario.shifts)
        for task, begins, ends, days in tasks:
            if any(_meet(span, needed, (begins, ends), days, calendar) for span in spans):
                yield Finding(
                    ("demand", at),
                    _("expected the same time and competence stated one way"),
                    _("found it as demand in {block} and by tasks, {task}").format(
                        block=block.block, task=task.name
                    ),
                    _("Take the block out or shorten it, or move the task to another time."),
                )
                break


def _meet(
    span: tuple[int, int],
    needed: frozenset[int],
    task: tuple[int, int],
    days: frozenset[int],
    calendar: Calendar,
) -> bool:
    """Whether a block and a task have a moment of some day in common; a block may last into the next day."""
    for later in (0, 1):
        begins, ends = (moment - later * DAY_MINUTES for moment in span)
        if max(begins, task[0]) < min(ends, task[1]):
            moved = (day + later for day in needed)
            if any((d % calendar.days if calendar.start is None else d) in days for d in moved):
                return True
    return False
