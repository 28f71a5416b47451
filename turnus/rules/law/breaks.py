"""Breaks: a long shift has a break, a longer one half an hour of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from turnus.problem import Problem, Rota
from turnus.rules.about_shifts import ShiftRule, codes_of
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.levels import Limit
from turnus.texts import N_, _

LONG_MINUTES = 8 * 60
SOME_BREAK = 1  # the law asks for a break, not for how long


class Breaks(ShiftRule):
    """A shift of more than 5.5 hours has a break, one of at least 8 hours has half an hour of breaks in all.

    The hours are the day's working time: an unpaid break is none of it, passive duty is, standby at home is
    not. As breaks paid and unpaid ones count alike. What they are stands in the shift list (`unpaid_break`,
    `paid_break`); a shift that states none is not judged.
    """

    id: ClassVar[str] = "breaks"
    title: ClassVar[str] = N_("Breaks")
    sentence: ClassVar[str] = N_(
        "A shift with more than 5.5 hours of work has a break; one with 8 or more has breaks of the stated "
        "length."
    )
    example: ClassVar[str] = N_(
        "A shift from 07:30 to 15:30 with a paid break of 20 min: 10 min short of the 30 min that 8 h of "
        "work require."
    )
    source: ClassVar[Source] = Source("AML § 10-9", "https://arbeidsmiljoloven.com/paragraf/pauser/")
    unit: ClassVar[str] = N_("minutes short")
    limits: ClassVar[tuple[Limit, ...]] = (Limit("least", "least", 30),)

    least_minutes: Minutes = Field(
        30, alias="least", description="Least length of all breaks in a shift with 8 hours of work or more."
    )

    def beyond(self, problem: Problem, action: int) -> int:
        """Return how many minutes of break a shift lacks; 0 when it has them or does not state any."""
        breaks = problem.shifts[action - 1].break_minutes
        return 0 if breaks is None else max(0, self.needed(problem, action) - breaks)

    def needed(self, problem: Problem, action: int) -> int:
        """Return the least break of a shift in minutes, by its working time."""
        worked = problem.shifts[action - 1].working_minutes
        if worked >= LONG_MINUTES:
            return self.least_minutes
        return SOME_BREAK if worked > 5 * 60 + 30 else 0

    def told(self, problem: Problem, rota: Rota, breach: Breach) -> str:
        """Return that a shift has no break at all where any would do."""
        if breach.post is None or breach.day is None:
            return ""
        action = int(rota.lines[breach.post, breach.day])
        return _("no break") if action and self.needed(problem, action) == SOME_BREAK else ""

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift without the breaks that its length requires."""
        return super().violations(problem, rota)

    def unjudged(self, problem: Problem) -> str:
        """Return which shifts do not state their breaks."""
        silent = codes_of(
            problem,
            (
                action
                for action in range(1, problem.actions)
                if self.needed(problem, action) and problem.shifts[action - 1].break_minutes is None
            ),
        )
        if not silent:
            return ""
        return _("The breaks of {codes} are not stated: `unpaid_break` or `paid_break`.").format(codes=silent)
