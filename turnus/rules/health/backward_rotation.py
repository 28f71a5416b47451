"""Backward rotation: an earlier kind of shift the day after a later one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, Sequence
from turnus.rules.reading import day_evening_night, occurrences, reader
from turnus.texts import N_


class BackwardRotation(Rule):
    """The day after an evening shift brings no day shift, and the day after a night neither day nor evening.

    Shifts count by their tags day, evening and night; one with two of these tags is left out.
    """

    id: ClassVar[str] = "backward_rotation"
    title: ClassVar[str] = N_("Backward rotation")
    sentence: ClassVar[str] = N_("From one day to the next, shifts move forward: day, evening, night.")
    example: ClassVar[str] = N_("An evening shift is followed by a day shift the next day.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1); STAMI on working hours and health",
        "https://stami.no/rad-om-arbeidstid-med-hensyn-til-helse-og-sikkerhet/",
    )
    unit: ClassVar[str] = N_("times")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each step backward, dated on the earlier day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for steps in _backward(problem):
                for day in occurrences(problem, read, steps):
                    yield Breach(self.id, post, max(0, day), 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the two steps backward as sequences."""
        del post
        return tuple(Sequence(steps) for steps in _backward(problem))


def _backward(problem: Problem) -> list[tuple[frozenset[int], frozenset[int]]]:
    day, evening, night = day_evening_night(problem)
    return [steps for steps in ((evening, day), (night, day | evening)) if all(steps)]
