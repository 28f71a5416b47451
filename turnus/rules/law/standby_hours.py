"""Standby at home: part of the time counts as working hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.problem import Problem, Rota
from turnus.rules.about_shifts import ShiftRule
from turnus.rules.base import Breach, Source
from turnus.rules.levels import Level, Limit
from turnus.texts import N_


class StandbyHours(ShiftRule):
    r"""Of standby at home, at least one hour in seven counts as working hours.

    :math:`\text{counted} \ge \lfloor \text{standby} / \text{one\_in} \rfloor` in minutes, over all of a
    shift's standby.
    """

    id: ClassVar[str] = "standby_hours"
    title: ClassVar[str] = N_("Standby at home")
    sentence: ClassVar[str] = N_(
        "Of standby at home at least one hour in the stated number counts as working hours."
    )
    example: ClassVar[str] = N_(
        "Standby of 14 h that counts 1 h 24 min (a tenth), where a seventh is 2 h: 36 min too few counted."
    )
    source: ClassVar[Source] = Source("AML § 10-4 (3)", "https://arbeidsmiljoloven.com/?p=276")
    unit: ClassVar[str] = N_("minutes too few counted")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit("one_in", "most", 7, {Level.LOCAL: None, Level.LABOUR_INSPECTION: None}),
    )

    one_in: Annotated[int, Field(ge=1, le=24)] = Field(
        7, description="One hour in so many counts as working hours."
    )

    def beyond(self, problem: Problem, action: int) -> int:
        """Return how many minutes of a shift's standby should count but do not."""
        standby = [part for part in problem.shifts[action - 1].parts if part.kind == "standby"]
        whole = sum(part.end - part.start for part in standby)
        counted = round(sum(part.counts * (part.end - part.start) for part in standby))
        return max(0, whole // self.one_in - counted)

    def idle(self, problem: Problem) -> bool:
        """Whether no shift has standby at home."""
        return not any(part.kind == "standby" for shift in problem.shifts for part in shift.parts)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift whose standby counts for too little."""
        return super().violations(problem, rota)
