"""Compensating rest: the rest after one that was too short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, RestMinutes, Rule, Source
from turnus.rules.kinds import CompensatingRest as CompensatingRestKind
from turnus.rules.kinds import Kind
from turnus.rules.reading import reader, rest_before, rests
from turnus.texts import N_


class CompensatingRest(Rule):
    r"""After a rest below the statutory 11 hours, the next rest is as much longer as that one was short.

    :math:`\text{next} \ge \text{below} + (\text{below} - \text{short})`, by clock time, across days off too.

    Notes
    -----
    § 10-8 (3) asks for "compensating rest, or other appropriate protection", and does not say how much or
    when; that it is the very next rest, and minute for minute, is practice from a secondary source. The rule
    is therefore off until a scenario sets it: a unit whose agreement gives other protection breaks no law.
    """

    id: ClassVar[str] = "compensating_rest"
    title: ClassVar[str] = N_("Compensating rest")
    sentence: ClassVar[str] = N_(
        "After a rest below the stated hours, the next rest is as much longer as that one was short."
    )
    example: ClassVar[str] = N_(
        "Evening to 22:15, day 07:30–15:00, then 03:44: 12 h 44 min where 12 h 45 min is due, 1 min short."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (3)",
        "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/daglig-fritid/",
        verified=False,
    )
    unit: ClassVar[str] = N_("minutes short")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    below_minutes: RestMinutes = Field(
        11 * 60, alias="below", description="Rest below which the next one must make up for it."
    )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each rest that is too short to make up for the one before it, dated on the shift after it."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for rest in rests(problem, read):
                earlier = rest_before(problem, read, rest.day_before)
                if earlier is None or earlier.minutes >= self.below_minutes:
                    continue
                required = 2 * self.below_minutes - earlier.minutes
                if rest.minutes < required:
                    yield Breach(self.id, post, rest.day, required - rest.minutes, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one demand on the rest after a short one."""
        del post
        if not self.below_minutes:
            return ()
        return (CompensatingRestKind(self.below_minutes, problem.starts, problem.ends),)
