"""Longest shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.rules.levels import Level, Limit
from turnus.rules.passive import LIMIT_OF_A_SHIFT, PARAMETER, PER_SHIFT, extension, told_with
from turnus.rules.reading import reader
from turnus.texts import N_


class MaxHoursPerShift(Rule):
    r"""No shift is longer than this, by the clock from start to end or by the hours that count.

    `measure: clock` includes breaks and passive duty, and is the careful reading; `measure: counted` leaves
    out unpaid breaks and the part of passive duty that does not count.

    Passive duty lets a shift be longer by half of it, at most `passive_extension`, § 10-4 (2):

    .. math:: \text{length} \le \text{longest} + \min(\tfrac12 \text{passive}, \text{passive\_extension})

    Passive is what the file has as passive parts, by the clock; that the work is mainly of that nature, as
    the act asks, is not judged. The clock has all of it in the length. Counted hours lack what does not
    count, and the extension is then so much less: with `counts: 0.5` there is none left. Standby at home is
    no passive duty.
    """

    id: ClassVar[str] = "max_hours_per_shift"
    title: ClassVar[str] = N_("Hours per shift")
    sentence: ClassVar[str] = N_("No shift is longer than the stated hours.")
    example: ClassVar[str] = N_("A shift from 07:30 to 20:00 is 12 h 30 min where at most 10 h are allowed.")
    source: ClassVar[Source] = Source(
        "AML § 10-4 (1) and (2) and § 10-5",
        "https://www.nsf.no/arbeidsvilkar/dagligukentlig-arbeidstid-og-vaktordninger",
    )
    unit: ClassVar[str] = N_("minutes too long")
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "longest", "most", 9 * 60,
            {
                Level.INDIVIDUAL: 10 * 60, Level.LOCAL: 12 * 60 + 30, Level.CENTRAL: None,
                Level.LABOUR_INSPECTION: 13 * 60,
            },
            "AML § 10-5",
            {
                Level.LOCAL: N_(
                    "Above 10 h with particular regard to health and welfare, and only for those who agree "
                    "to it themselves."
                )
            },
        ),
        LIMIT_OF_A_SHIFT,
    )  # fmt: skip

    longest_minutes: Minutes = Field(10 * 60, alias="longest", description="Longest shift.")
    passive_extension_minutes: Minutes = Field(
        PER_SHIFT,
        alias=PARAMETER,
        description="Most that half of the passive duty makes a shift longer; 0 h for nothing.",
    )
    measure: Literal["clock", "counted"] = Field(
        "clock", description="`clock` from start to end; `counted` the hours that count."
    )

    def length(self, problem: Problem, action: int) -> int:
        """Return how long a shift is in minutes, as this rule measures it; 0 for off."""
        if self.measure == "clock":
            return problem.ends[action] - problem.starts[action]
        return problem.minutes[action]

    def allowed(self, problem: Problem, action: int) -> int:
        """Return how long a shift may be in minutes, with what its passive duty adds."""
        counted = self.measure == "counted"
        return self.longest_minutes + extension(
            problem, action, self.passive_extension_minutes, counted=counted
        )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that is too long."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days):
                action = read(day) or OFF
                beyond = self.length(problem, action) - self.allowed(problem, action)
                if beyond > 0:
                    yield Breach(self.id, post, day, beyond, self.unit, parameter="longest")

    def told(self, problem: Problem, rota: Rota, breach: Breach) -> str:
        """Return a breach with what passive duty adds, where the shift has some."""
        if breach.post is None or breach.day is None:
            return ""
        allowed = self.allowed(problem, int(rota.lines[breach.post, breach.day]))
        more = allowed - self.longest_minutes
        return told_with(N_("{amount} too long"), breach.amount, self.longest_minutes, more)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return every day of the shifts that are too long."""
        del post
        long = [a for a in sorted(problem.worked) if self.length(problem, a) > self.allowed(problem, a)]
        return (Cells(frozenset((day, a) for a in long for day in range(problem.days))),) if long else ()
