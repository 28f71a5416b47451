"""Mentor: a new person works only when somebody who can guide is at work too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.errors import Finding
from turnus.problem import OFF, Problem, Rota
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.company import (
    TogetherRule,
    Words,
    days_to_meet,
    minutes_together,
    people_meant,
    post_of,
    shifts_meant,
    unknown_people,
    unknown_shifts,
)
from turnus.rules.group_kinds import GroupKind, With
from turnus.rules.reading import reader
from turnus.scenario.messages import found
from turnus.texts import N_, _


class Mentor(TogetherRule):
    """A new person works a shift only when one of the mentors is on the same shift.

    With `overlap` it is enough that a mentor is at work for so long during the shift, whatever the mentor's
    shift is. `alone` shifts of the period may be without a mentor.
    """

    id: ClassVar[str] = "mentor"
    title: ClassVar[str] = N_("Mentor")
    sentence: ClassVar[str] = N_("The named new people work only when one of the mentors is at work too.")
    example: ClassVar[str] = N_("Kari works the evening shift on Tuesday, and none of the mentors does.")
    source: ClassVar[Source] = Source("Agreed practice", verified=False)
    unit: ClassVar[str] = N_("shifts without a mentor")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    new: Words = Field((), description="Names or tags of the new people.", examples=[["Kari"]])
    mentors: Words = Field((), description="Names or tags of the mentors.", examples=[["Ola"]])
    shifts: Words = Field(
        (), description="Codes or tags of the shifts that need a mentor; all when left out.", examples=[["D"]]
    )
    overlap_minutes: Minutes = Field(
        0, alias="overlap", description="Time together that is enough; the same shift when left out."
    )
    alone: Annotated[int, Field(ge=0, le=366)] = Field(
        0, description="Shifts of the period that may be without a mentor."
    )

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield names, tags and shifts that do not exist, and people who are their own mentor."""
        yield from super().findings(problem)
        yield from unknown_people(problem, ("new",), self.new)
        yield from unknown_people(problem, ("mentors",), self.mentors)
        yield from unknown_shifts(problem, ("shifts",), self.shifts)
        for at, name in enumerate(self.mentors):
            if name in self.new:
                yield Finding(
                    ("mentors", at),
                    _("expected mentors other than the new people"),
                    found(name),
                    _("Nobody guides themselves: take the name out on one side."),
                )

    def _enough(self, problem: Problem, shift: int, days: int, other: int) -> bool:
        """Whether a mentor's shift, `days` days later, is company enough for a shift."""
        if not self.overlap_minutes:
            return days == 0 and shift == other
        return minutes_together(problem, shift, days, other) >= self.overlap_minutes

    def _mentors_of(self, problem: Problem, person: int) -> tuple[int, ...]:
        return tuple(index for index in people_meant(problem, self.mentors) if index != person)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift without a mentor, from the first that is one too many."""
        guided = shifts_meant(problem, self.shifts)
        for person in people_meant(problem, self.new):
            post = post_of(rota, person)
            if post is None:
                continue
            alone = [
                day
                for day, shift in enumerate(rota.lines[post].tolist())
                if shift in guided and not self._has_company(problem, rota, person, day, shift)
            ]
            for day in alone[self.alone :]:
                yield Breach(self.id, post, day, 1, self.unit)

    def _has_company(self, problem: Problem, rota: Rota, person: int, day: int, shift: int) -> bool:
        """Whether one of the mentors is there, or may be there on a day that is not known."""
        for mentor in self._mentors_of(problem, person):
            post = post_of(rota, mentor)
            if post is None:
                continue
            read = reader(problem, rota, post)
            for days in days_to_meet(problem):
                theirs = read(day + days)
                possible = range(OFF + 1, problem.actions) if theirs is None else (theirs,)
                if any(self._enough(problem, shift, days, one) for one in possible if one != OFF):
                    return True
        return False

    def lower_together(self, problem: Problem) -> tuple[GroupKind, ...]:
        """Return for each new person the company that each shift needs."""
        company = tuple(
            frozenset(
                (days, other)
                for days in days_to_meet(problem)
                for other in problem.worked
                if self._enough(problem, action, days, other)
            )
            for action in range(problem.actions)
        )
        when, days = shifts_meant(problem, self.shifts), frozenset(range(problem.days))
        return tuple(
            With(person, self._mentors_of(problem, person), when, company, days, self.alone)
            for person in people_meant(problem, self.new)
        )
