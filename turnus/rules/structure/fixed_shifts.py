"""Fixed shifts: shifts, or days off, that are settled beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.texts import N_


class FixedShifts(Rule):
    """A shift or a day off that is fixed in the scenario stands in the rota."""

    id: ClassVar[str] = "fixed_shifts"
    title: ClassVar[str] = N_("Fixed shifts")
    sentence: ClassVar[str] = N_("Fixed shifts and fixed days off stand in the rota.")
    example: ClassVar[str] = N_(
        "Kari has a fixed day shift on week 2 Monday; the rota gives her the evening."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-3", "https://arbeidsmiljoloven.com/paragraf/arbeidsplan/", verified=False
    )
    unit: ClassVar[str] = N_("days")
    always: ClassVar[bool] = True

    def idle(self, problem: Problem) -> bool:
        """Whether nothing is fixed."""
        return not any(post.pins for post in problem.classes)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each day that differs from what is fixed."""
        for post in self.posts_concerned(problem, rota):
            pins = problem.classes[rota.posts[post].class_index].pins
            for day in sorted({day for day, action in pins if rota.lines[post, day] != action}):
                yield Breach(self.id, post, day, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return every other action, off included, on each day that is fixed."""
        others = frozenset(
            (day, action) for day, fixed in post.pins for action in range(problem.actions) if action != fixed
        )
        return (Cells(others),) if others else ()
