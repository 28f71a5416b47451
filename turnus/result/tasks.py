"""Demand built from tasks, as data: where each task was placed, and what each stretch of the day needs."""

from __future__ import annotations

from typing import Any

from turnus.case import Case, PlacedTask, Stretch
from turnus.clock import show_clock, show_end
from turnus.problem.tasks import STEP_MINUTES
from turnus.texts import N_

Document = dict[str, Any]

#: Who does a task, in words.
DONE_BY = {
    "own": N_("own staff"),
    "service": N_("service staff"),
    "technology": N_("technology"),
    "other_unit": N_("another unit"),
    "volunteers": N_("volunteers, in addition to own staff"),
}


def tasks_part(case: Case) -> list[Document]:
    """Return one entry for all days with the same tasks; minutes are person-minutes of one such day.

    `demand` is what is to be covered; `handover_minutes` of it come of counting hand-overs with what is
    beside them. `proven` is about placements with starts that far apart, and about the demand without them.
    """
    return [
        {
            "days": [case.problem.day_name(on) for on in day.days],
            "proven": day.proven,
            "starts_every_minutes": STEP_MINUTES,
            "task_minutes": day.task_minutes,
            "demand_minutes": day.demand_minutes,
            "handover_minutes": day.handover_minutes,
            "placed": [_placed(one) for one in day.placed],
            "demand": [_stretch(one) for one in day.stretches],
        }
        for day in case.task_days
    ]


def elsewhere_part(case: Case) -> list[Document]:
    """Return the tasks that others do, which are no demand here."""
    return [{"task": task.name, "done_by": task.done_by} for task in case.tasks_elsewhere]


def _placed(one: PlacedTask) -> Document:
    return {
        "task": one.task.name,
        "from": show_clock(one.begins),
        "to": show_end(one.ends),
        "people": one.task.people,
    }


def _stretch(one: Stretch) -> Document:
    return {
        "from": show_clock(one.begins),
        "to": show_end(one.ends),
        "people": one.people,
        "of_which": dict(one.inside),
    }
