"""Volunteers: shifts that are only for those who have said yes to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.rules.reading import reader
from turnus.texts import N_


class Volunteers(Rule):
    """Shifts marked for volunteers are worked only by those who accept long shifts.

    Extra weekends are for volunteers too; their number is part of the weekend frequency.
    """

    id: ClassVar[str] = "volunteers"
    title: ClassVar[str] = N_("Volunteers")
    sentence: ClassVar[str] = N_("Shifts for volunteers are worked only by those who accept long shifts.")
    example: ClassVar[str] = N_("A long shift for somebody who has not accepted long shifts.")
    source: ClassVar[Source] = Source(
        "Agreed practice; NSF, long shifts are voluntary",
        "https://www.nsf.no/nyheter/arbeidstid/soknad-om-langvakter",
    )
    unit: ClassVar[str] = N_("shifts")

    def idle(self, problem: Problem) -> bool:
        """Whether every shift is for everybody."""
        return not any(shift.volunteers_only for shift in problem.shifts)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift for volunteers worked by somebody who is none."""
        for post in self.posts_concerned(problem, rota):
            if problem.classes[rota.posts[post].class_index].long_shifts:
                continue
            read = reader(problem, rota, post)
            for day in range(problem.days):
                action = read(day) or OFF
                if action != OFF and problem.shifts[action - 1].volunteers_only:
                    yield Breach(self.id, post, day, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return every day of the shifts for volunteers, for a class that is none."""
        if post.long_shifts:
            return ()
        cells = frozenset(
            (day, index + 1)
            for index, shift in enumerate(problem.shifts)
            if shift.volunteers_only
            for day in range(problem.days)
        )
        return (Cells(cells),) if cells else ()
