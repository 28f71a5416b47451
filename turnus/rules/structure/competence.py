"""Competence: who may work a shift, and on which days the shift exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.rules.reading import reader
from turnus.texts import N_


class Competence(Rule):
    """Everybody works only shifts that are open to their competence, on days when the shift exists."""

    id: ClassVar[str] = "competence"
    title: ClassVar[str] = N_("Competence")
    sentence: ClassVar[str] = N_("Only shifts open to one's competence, on days when the shift exists.")
    example: ClassVar[str] = N_("A nurse's shift is given to a health worker.")
    source: ClassVar[Source] = Source("Helse- og omsorgstjenesteloven § 4-1", verified=False)
    unit: ClassVar[str] = N_("shifts")
    always: ClassVar[bool] = True

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each day with a shift that the post may not work."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            competence = problem.classes[rota.posts[post].class_index].competence
            for day in range(problem.days):
                action = read(day)
                if action is None or action == OFF:
                    continue
                shift = problem.shifts[action - 1]
                if competence not in shift.competences or day not in shift.days:
                    yield Breach(self.id, post, day, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the days and shifts that are closed to the class."""
        closed = {
            (day, index + 1)
            for index, shift in enumerate(problem.shifts)
            for day in range(problem.days)
            if post.competence not in shift.competences or day not in shift.days
        }
        return (Cells(frozenset(closed)),) if closed else ()
