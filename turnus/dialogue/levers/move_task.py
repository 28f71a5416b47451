"""A task moved in time: it may be done at another time of the day, where fewer are busy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.clock import parse_clock, show_clock, show_end
from turnus.dialogue.lever import Data, Lever
from turnus.dialogue.task_edits import busy_at_most, minutes_of, task_named, why_no_task, with_task
from turnus.dialogue.variant import Variant
from turnus.problem.tasks import own_tasks, window
from turnus.scenario.models import Clock
from turnus.texts import N_, _

STEP_MINUTES = 120


class MoveTask(Lever):
    """Another time within which a task is done; how long it takes and the budget stay."""

    id: ClassVar[str] = "move-task"
    title: ClassVar[str] = N_("A task moved in time")
    sentence: ClassVar[str] = N_(
        "Lets a task be done at another time of the day; turnus places it where fewest are needed."
    )
    rests_on: ClassVar[str] = N_(
        "Nobody's agreement; what it means for those who are cared for is assessed with them, and discussed "
        "(AML § 10-2 and § 10-3)."
    )

    task: str = Field(description=N_("The name of the task."))
    begins: Clock = Field(alias="from", description=N_("The earliest time, such as 12:00."))
    ends: Clock = Field(alias="to", description=N_("The latest time, such as 15:00."))

    def why_not(self, variant: Variant) -> str:
        """Return that there is no such task, that it cannot be moved, or that it would not fit."""
        data = variant.data
        reason = why_no_task(data, self.task)
        found = task_named(data, self.task)
        if reason or found is None:
            return reason
        if not found.get("movable", True):
            return _("found a task that the file says is not movable")
        if list(found["within"]) == [self.begins, self.ends]:
            return _("found that it is so already")
        if parse_clock(self.ends) - parse_clock(self.begins) < minutes_of(found):
            return _("found that the task takes {n} minutes, more than that time").format(n=minutes_of(found))
        return ""

    def edit(self, data: Data, variant: Variant) -> None:
        """Change the time, and write down how long the task takes where its time said so."""
        del variant
        found = task_named(data, self.task)
        assert found is not None
        with_task(data, self.task, within=[self.begins, self.ends], minutes=minutes_of(found))

    def values_in_words(self) -> Iterator[str]:
        """Yield the task and its time."""
        yield f"{self.task} {self.begins}–{self.ends}"

    @classmethod
    def steps(cls, variant: Variant) -> Iterator[Lever]:
        """Yield each task at work when most are needed, up to two hours earlier or later than now."""
        scenario = variant.loaded.scenario
        windows = {task.name: window(task) for _at, task in own_tasks(scenario)}
        for name in busy_at_most(variant):
            begins = max(min(first for first, _last in windows.values()), windows[name][0] - STEP_MINUTES)
            ends = min(max(last for _first, last in windows.values()), windows[name][1] + STEP_MINUTES)
            lever = cls.model_validate({"task": name, "from": show_clock(begins), "to": show_end(ends)})
            if not lever.why_not(variant):
                yield lever
