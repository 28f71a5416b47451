"""Runs of shifts: how many days in a row with a kind of shift, or off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.reading import Reader, grouped, reader, run_before, short_runs
from turnus.rules.steps import Words, actions_of, unfit_words
from turnus.scenario.messages import found
from turnus.texts import N_, _

TOO_MANY = N_("days too many")
MISSING = N_("days missing")


class ShiftRuns(Rule):
    """Days in a row with the stated shifts, or off, are at most so many and at least so many.

    The general rule about days in a row, for what no other rule says: `of: [any]` means working days,
    `[night]` nights, `[A, evening]` evening shifts by code and by tag, `[off]` days off. A unit may state it
    several times; `name` tells the breaches apart.

    A shift belongs to the day it starts on. A cycle is read as repeated. In a plan the known days before it
    count with it; a run whose start or end is not known is never too short, and one that goes on for a
    whole cycle has no end and is not too short either.
    """

    id: ClassVar[str] = "shift_runs"
    title: ClassVar[str] = N_("Shifts or days off in a row")
    sentence: ClassVar[str] = N_(
        "The stated shifts, or days off, come at most and at least so many days in a row."
    )
    example: ClassVar[str] = N_("Five evening shifts in a row where the unit has agreed on four at most.")
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("days too many or missing")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    many: ClassVar[bool] = True

    of: Words = Field(
        ("any",),
        description="Codes, tags, `off` or `any` that make a day one of the run.",
        examples=[["evening"]],
    )
    longest_days: Annotated[int | None, Field(ge=1, le=28)] = Field(
        None, alias="longest", description="Most days in a row; no limit when left out.", examples=[4]
    )
    shortest_days: Annotated[int | None, Field(ge=2, le=14)] = Field(
        None, alias="shortest", description="Fewest days in a row; no limit when left out.", examples=[2]
    )
    name: str = Field("", max_length=80, description="What the unit calls it; shown with a breach.")

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield words that mean nothing here, and limits that are missing or contradict each other."""
        yield from unfit_words(problem, self.of)
        if self.longest_days is None and self.shortest_days is None:
            yield Finding(
                ("longest",),
                _("expected `longest`, `shortest` or both"),
                found(None),
                _("Write for example `longest: 4`."),
            )
        if (
            self.longest_days is not None
            and self.shortest_days is not None
            and self.shortest_days > self.longest_days
        ):
            yield Finding(
                ("shortest",),
                _("expected at most {most}, which is the value of {key}").format(
                    most=self.longest_days, key="longest"
                ),
                found(self.shortest_days),
                _("Lower the one or raise the other."),
            )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of days beyond the longest run, and each run that is too short."""
        members = actions_of(problem, self.of)
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for first, days in self._beyond(problem, read, members):
                yield Breach(self.id, post, first, days, TOO_MANY, times=days, about=self.name)
            for first, length in short_runs(problem, read, members, self.shortest_days or 0):
                missing = (self.shortest_days or 0) - length
                yield Breach(self.id, post, max(0, first), missing, MISSING, times=missing, about=self.name)

    def _beyond(self, problem: Problem, read: Reader, members: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Yield (first day, how many) of each stretch of days beyond the longest run."""
        if self.longest_days is None:
            return
        too_long = self.longest_days + 1
        yield from grouped(
            day for day in range(problem.days) if run_before(read, day, members, too_long) == too_long
        )

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the length of the run, both ways."""
        del post
        return (RunLength(actions_of(problem, self.of), self.longest_days, self.shortest_days),)
