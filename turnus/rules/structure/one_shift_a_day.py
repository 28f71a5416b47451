"""One shift a day, and never two at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.clock import DAY_MINUTES
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import ClockGap, Kind
from turnus.rules.reading import last_shift_before, reader
from turnus.texts import N_


class OneShiftADay(Rule):
    """Nobody starts more than one shift a day, or starts a shift before the one before it has ended.

    A rota holds one action for each day, so that only the overlap of two days' shifts can go wrong.
    """

    id: ClassVar[str] = "one_shift_a_day"
    title: ClassVar[str] = N_("One shift a day")
    sentence: ClassVar[str] = N_(
        "At most one shift starts each day, and no shift starts before the last one ends."
    )
    example: ClassVar[str] = N_(
        "A night ends 07:45 and a day shift starts 07:30 the same morning: two shifts at once for 15 minutes."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-3",
        "https://arbeidsmiljoloven.com/paragraf/arbeidsplan/",
        verified=False,  # it asks what a rota shows; that nobody works two shifts at once goes without saying
    )
    unit: ClassVar[str] = N_("minutes of overlap")
    always: ClassVar[bool] = True

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that starts before the previous one has ended."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days):
                action, before = read(day), last_shift_before(problem, read, day)
                if action in (OFF, None) or before is None:
                    continue
                ends = problem.ends[before[1]] + (before[0] - day) * DAY_MINUTES
                if problem.starts[action] < ends:
                    yield Breach(self.id, post, day, ends - problem.starts[action], self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return a clock gap of no minutes, which only overlaps break."""
        del post
        if max(problem.ends) - DAY_MINUTES <= min(shift.start for shift in problem.shifts):
            return ()
        return (ClockGap(0, problem.worked, problem.worked, problem.starts, problem.ends),)
