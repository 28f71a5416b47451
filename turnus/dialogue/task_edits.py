"""Tasks as a file states them: what the levers about tasks share."""

from __future__ import annotations

from typing import Any

from turnus.case import TaskDay
from turnus.case.tasks import with_demand
from turnus.clock import parse_clock
from turnus.dialogue.lever import Data
from turnus.dialogue.variant import Variant
from turnus.problem import build_problem
from turnus.problem.references import paid_minutes_by_competence
from turnus.problem.tasks import OTHERS
from turnus.scenario import scenario_of
from turnus.texts import _


def task_named(data: Data, name: str) -> Data | None:
    """Return a task of a scenario; None when there is none of that name."""
    found: Any = next((task for task in data.get("tasks", ()) if task["name"] == name), None)
    return found if found is None else dict(found)


def with_task(data: Data, name: str, **values: Any) -> None:
    """Change some values of a task in place."""
    for task in data["tasks"]:
        if task["name"] == name:
            task.update(values)


def why_no_task(data: Data, name: str) -> str:
    """Return that the scenario has no such task for its own staff, translated; empty when it has."""
    names = [task["name"] for task in data.get("tasks", ()) if task.get("done_by", "own") not in OTHERS]
    if not names:
        return _("found no tasks for own staff: the demand is stated")
    if name not in names:
        return _("found no task {name} for own staff; there are {known}").format(
            name=name, known=", ".join(names)
        )
    return ""


def minutes_of(task: Data) -> int:
    """Return how long a task takes each time."""
    begins, ends = (parse_clock(moment) for moment in task["within"])
    return int(task.get("minutes") or ends - begins)


def busy_at_most(variant: Variant) -> list[str]:
    """Return the names of the tasks at work when most people are needed, of any day, in the file's order."""
    days = () if variant.case is None else variant.case.task_days
    busy = {name for day in days for name in _at_peak(day)}
    return [task.name for task in variant.loaded.scenario.tasks if task.name in busy]


def _at_peak(day: TaskDay) -> set[str]:
    most = max(one.people for one in day.stretches)
    found = set()
    for moment in {one.begins for one in day.placed}:
        busy = [one for one in day.placed if one.begins <= moment < one.ends]
        if sum(one.task.people for one in busy) == most:
            found |= {one.task.name for one in busy}
    return found


def paid_minutes_a_week(data: Data) -> float:
    """Return the least paid minutes a week that a scenario's demand takes, that built from tasks included."""
    scenario, _days = with_demand(scenario_of(data).scenario)
    problem = build_problem(scenario)
    return paid_minutes_by_competence(problem.rows, problem.shifts).get(None, 0.0) / problem.weeks
