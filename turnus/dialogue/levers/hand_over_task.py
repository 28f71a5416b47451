"""A task handed over: service staff, technology or another unit does it, and it is no demand here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.dialogue.demand_edits import full_week_minutes
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.task_edits import (
    busy_at_most,
    paid_minutes_a_week,
    task_named,
    why_no_task,
    with_task,
)
from turnus.dialogue.variant import Variant
from turnus.result.tasks import DONE_BY
from turnus.texts import N_, _

Taker = Literal["service", "technology", "other_unit"]


class HandOverTask(Lever):
    """A task that others do from now on; the budget goes down with the demand, if that goes down."""

    id: ClassVar[str] = "hand-over-task"
    title: ClassVar[str] = N_("A task handed over")
    sentence: ClassVar[str] = N_(
        "Lets service staff, technology or another unit do a task; demand, and the budget with it, go down "
        "as far as fewer people are then needed at once."
    )
    rests_on: ClassVar[str] = N_(
        "The employer's decision, discussed with the representatives (AML § 10-3 and HTA chapter 1 § 2.3); "
        "that whoever takes it over is there is agreed with them. Volunteers never count as cover."
    )

    task: str = Field(description=N_("The name of the task."))
    to: Taker = Field("service", description=N_("Who does it: service, technology or other_unit."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such task here, or that it is the only demand."""
        data = variant.data
        reason = why_no_task(data, self.task)
        own = [task["name"] for task in data.get("tasks", ()) if not why_no_task(data, task["name"])]
        if not reason and own == [self.task] and not data.get("demand"):
            return _("found no other demand than this task")
        return reason

    def edit(self, data: Data, variant: Variant) -> None:
        """Give the task away, and take from the budget what the demand no longer takes."""
        before = paid_minutes_a_week(data)
        with_task(data, self.task, done_by=self.to)
        if "budget" in data:
            tenths = round(10 * (before - paid_minutes_a_week(data)) / full_week_minutes(variant)) / 10
            present = sum(min(p["size"], p.get("wished_size", p["size"])) for p in data.get("staff", ()))
            data["budget"]["fte"] = max(round(data["budget"]["fte"] - tenths, 2), present / 100, 0.1)

    def values_in_words(self) -> Iterator[str]:
        """Yield the task and who takes it over."""
        yield f"{self.task} → {_(DONE_BY[self.to])}"

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield each task at work when most are needed: what all may do to service staff, else technology."""
        for name in busy_at_most(variant):
            task = task_named(variant.data, name)
            to = "technology" if task is not None and task.get("who") else "service"
            lever = cls.model_validate({"task": name, "to": to})
            if not lever.why_not(variant):
                yield lever
