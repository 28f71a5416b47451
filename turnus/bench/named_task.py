"""A unit of a public set as the task of finding lines for its people at least cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from turnus.bench.unit import Unit
from turnus.lines.cover import FloatArray
from turnus.lines.model import LineModel, build_line_model
from turnus.lines.pricing import OwnWorth
from turnus.problem import FULL_TIME, Post
from turnus.rota.standing import Task, build_task


def task_of(unit: Unit, stop: Callable[[], bool] = lambda: False) -> Task | None:
    """Return the task of a unit: a post for each person, requests and hours as what lines are worth.

    None when somebody has no lawful line, so that there is no rota. StoppedError when `stop` is true before
    that is known.
    """
    model = build_line_model(unit.problem, unit.stated, soft=True, count_late=True, stop=stop)
    if not all(FULL_TIME in one.windows for one in model.classes):
        return None
    posts = [Post(index, FULL_TIME) for index in range(len(unit.problem.classes))]
    return build_task(unit.problem, model, posts, OwnWorth(_cells(unit), _hours(unit, model)), stop)


def _cells(unit: Unit) -> dict[int, FloatArray]:
    """Return by person what each (day, action) is worth: less where it is not what was asked for."""
    problem, found = unit.problem, {}
    for index, person in enumerate(problem.classes):
        if person.wishes:
            table = np.zeros((problem.days, problem.actions))
            for wish in person.wishes:
                refused = [action for action in range(problem.actions) if action not in wish.actions]
                table[wish.day, refused] -= wish.strength
            found[index] = table
    return found


def _hours(unit: Unit, model: LineModel) -> dict[int, FloatArray]:
    """Return by person what each hours total is worth: less outside the wanted number of shifts."""
    if unit.hours_cost is None:
        return {}
    shifts = np.arange(model.most_units + 1) * model.unit_minutes // max(unit.problem.minutes)
    found = {}
    for index, person in enumerate(unit.problem.classes):
        least, most, cost = unit.hours_cost[person.id]
        found[index] = -float(cost) * (np.maximum(0, least - shifts) + np.maximum(0, shifts - most))
    return found
