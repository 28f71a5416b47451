"""Even hours: planned hours close to the hours of the post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.texts import N_


class EvenHours(Rule):
    r"""Planned hours lie close to the hours of the post; every whole step away counts.

    :math:`\lfloor |\text{planned} - \text{position}| / \text{step} \rfloor` for each post. It has no kind:
    the engines read its cost at the end of the hours axis.
    """

    id: ClassVar[str] = "even_hours"
    title: ClassVar[str] = N_("Even hours")
    sentence: ClassVar[str] = N_("Planned hours lie close to the hours of the post; every step away counts.")
    example: ClassVar[str] = N_("Planned hours 3 h below the position: three steps of 1 h.")
    source: ClassVar[Source] = Source(
        "AML § 10-3", "https://arbeidsmiljoloven.com/paragraf/arbeidsplan/", verified=False
    )
    unit: ClassVar[str] = N_("steps away from the post's hours")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    strength: Literal["soft"] = "soft"  # the hard bounds are the tolerances of hours_of_post
    step_minutes: Minutes = Field(60, alias="step", gt=0, description="Each step of this length counts once.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each post whose planned hours are a step or more away."""
        for post in self.posts_concerned(problem, rota):
            apart = abs(rota.worked_minutes(problem, post) - rota.position_minutes(problem, post))
            steps = int(apart // self.step_minutes)
            if steps:
                yield Breach(self.id, post, None, steps, self.unit, times=steps)

    def hours_cost(self, apart_minutes: int) -> int:
        """Return the whole steps between planned hours and the post's."""
        return apart_minutes // self.step_minutes
