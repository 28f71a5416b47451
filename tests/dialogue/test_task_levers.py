"""Tasks moved in time and handed over: what the levers change, refuse and suggest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.case.test_tasks import Task, task, unit
from turnus.case import case_of
from turnus.dialogue.differences import scenario_differences
from turnus.dialogue.lever import lever_with, pull
from turnus.dialogue.lever_registry import LEVERS, lever_named, single_steps
from turnus.dialogue.task_edits import busy_at_most
from turnus.dialogue.variant import Variant
from turnus.scenario import read_scenario
from turnus.texts import using_language

CARE = task("care", "08:00", "09:00", people=2)
SHOWER = task("shower", "08:00", "09:00")
PILLS = task("pills", "08:30", "09:00", minutes=15, who=["nurse"])
WATCH = task("watch", "07:45", "22:00", movable=False)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


def variant(*tasks: Task, **changes: Any) -> Variant:
    loaded = read_scenario(json.dumps(unit(*tasks, **changes)))
    return Variant("before", loaded, case_of(loaded))


def needs(found: Variant) -> list[tuple[str, Any]]:
    assert found.case is not None
    return [(block.block, block.need) for block in found.case.scenario.demand]


def refusal(id: str, found: Variant, **values: str) -> str:
    return lever_with(lever_named(id), values).why_not(found)


def test_a_task_moved_in_time_lowers_the_peak_and_keeps_its_minutes() -> None:
    before = variant(CARE, SHOWER, WATCH)
    assert needs(before) == [("07:45–15:00", 4), ("15:00–22:00", 1)]
    lever = lever_with(lever_named("move-task"), {"task": "shower", "from": "09:00", "to": "13:00"})
    after = pull(lever, before)
    moved = after.loaded.scenario.tasks[1]
    assert (moved.within, moved.minutes) == (("09:00", "13:00"), 60)
    assert needs(after)[0][1] == 3
    assert after.loaded.scenario.budget == before.loaded.scenario.budget
    told = scenario_differences([before.loaded.scenario, after.loaded.scenario])
    assert [(one.written, one.values) for one in told] == [
        ("tasks[shower].within", ("08:00–09:00", "09:00–13:00")),
        ("tasks[shower].minutes", (None, "60")),
    ]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"task": "shower", "from": "08:00", "to": "08:30"},
         "found that the task takes 60 minutes, more than that time"),
        ({"task": "shower", "from": "08:00", "to": "09:00"}, "found that it is so already"),
        ({"task": "watch", "from": "08:00", "to": "24:00"}, "found a task that the file says is not movable"),
        ({"task": "bath", "from": "08:00", "to": "24:00"},
         "found no task bath for own staff; there are care, shower, watch"),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_is_said(values: dict[str, str], reason: str) -> None:
    assert refusal("move-task", variant(CARE, SHOWER, WATCH), **values) == reason


def test_a_task_handed_over_takes_its_demand_and_the_budget_for_it_away() -> None:
    before = variant(
        CARE, SHOWER, WATCH, budget={"fte": 9, "by_competence": {"nurse": {"share_percent": 40}}}
    )
    lever = lever_with(lever_named("hand-over-task"), {"task": "shower", "to": "service"})
    after = pull(lever, before)
    assert needs(after)[0][1] == 3
    assert [one.name for one in (after.case and after.case.tasks_elsewhere) or ()] == ["shower"]
    assert after.loaded.scenario.budget is not None
    # A day shift of 7.5 h on seven days of a 35.5 h week: 1.48 FTE, in tenths.
    assert after.loaded.scenario.budget.fte == 7.5
    assert refusal("hand-over-task", after, task="shower").startswith("found no task shower for own staff")
    told = scenario_differences([before.loaded.scenario, after.loaded.scenario])
    assert ("tasks[shower].done_by", ("own staff", "service staff")) in [(d.written, d.values) for d in told]


def test_the_only_demand_cannot_be_handed_over() -> None:
    assert refusal("hand-over-task", variant(CARE), task="care") == "found no other demand than this task"


def test_volunteers_take_no_task_over() -> None:
    with pytest.raises(Exception, match=r"hand-over-task\.to"):
        lever_with(lever_named("hand-over-task"), {"task": "care", "to": "volunteers"})


def test_steps_are_the_tasks_at_work_when_most_are_needed() -> None:
    late = task("late", "20:00", "21:00")
    found = variant(CARE, PILLS, WATCH, late)
    assert busy_at_most(found) == ["care", "pills", "watch"]
    steps = [step for step in single_steps(found) if step.id in ("move-task", "hand-over-task")]
    assert [step.name() for step in steps] == [
        "A task handed over (care → service staff)",
        "A task handed over (pills → technology)",
        "A task handed over (watch → service staff)",
        "A task moved in time (care 07:45–11:00)",
        "A task moved in time (pills 07:45–11:00)",
    ]


def test_without_tasks_there_are_no_steps_and_the_reason_is_said() -> None:
    block = {"block": "day", "from": "07:30", "to": "15:00", "need": 1}
    stated = variant(demand=[block])
    assert not [step for step in single_steps(stated) if step.id in ("move-task", "hand-over-task")]
    reason = "found no tasks for own staff: the demand is stated"
    assert refusal("move-task", stated, **{"task": "care", "from": "08:00", "to": "09:00"}) == reason
    assert refusal("hand-over-task", stated, task="care") == reason


def test_every_lever_can_be_asked_about_a_unit_with_tasks_alone() -> None:
    found = variant(CARE, PILLS, WATCH)
    assert "demand" not in found.data
    ids = {step.id for step in single_steps(found)}
    assert {"task-sharing", "weekend-frequency", "minimum-size"} & ids
    assert not {"base-staffing", "surplus", "demand-by-day"} & ids
    assert set(LEVERS) >= ids
