"""Forbidden sequences: shifts that must not follow one another day by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.clock import WEEK_DAYS, WEEKDAY_NAMES
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import ALL_WEEKDAYS, Kind, Sequence
from turnus.rules.reading import occurrences, reader
from turnus.rules.steps import Steps, actions_of, unknown_steps
from turnus.texts import N_

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class ForbiddenSequences(Rule):
    """The stated sequences of shifts on consecutive days do not occur.

    Each step is a code, a tag, `off`, `any` (any shift), or a list of these: `[night, off, day]`. With `on`
    only those count that begin on one of these weekdays. A unit may state the rule several times; `name`
    tells its breaches apart.
    """

    id: ClassVar[str] = "forbidden_sequences"
    title: ClassVar[str] = N_("Forbidden sequences")
    sentence: ClassVar[str] = N_("The stated sequences of shifts on consecutive days do not occur.")
    example: ClassVar[str] = N_("Evening, a day off, then day, where the unit has ruled out just that.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1)", "https://arbeidsmiljoloven.com/paragraf/arbeidstidsordninger/"
    )
    unit: ClassVar[str] = N_("times")
    many: ClassVar[bool] = True

    sequences: tuple[Steps, ...] = Field(
        (),
        description="Sequences of codes, tags, `off` or `any`, day by day.",
        examples=[[["evening", "day"], ["evening", "off", "day"]]],
    )

    on: tuple[Weekday, ...] = Field((), description="Weekdays on which they begin; any when left out.")
    name: str = Field("", max_length=80, description="What the unit calls it; shown with a breach.")

    @property
    def weekdays(self) -> frozenset[int]:
        """Return the weekdays on which a sequence may not begin, 0 is Monday."""
        return frozenset(map(WEEKDAY_NAMES.index, self.on)) or ALL_WEEKDAYS

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield each step that is no shift's code or tag."""
        yield from unknown_steps(problem, self.sequences)

    def idle(self, problem: Problem) -> bool:
        """Whether no sequence is stated."""
        del problem
        return not self.sequences

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each occurrence, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for steps in self.sequences:
                meant = tuple(actions_of(problem, step) for step in steps)
                for day in occurrences(problem, read, meant):
                    if day % WEEK_DAYS in self.weekdays:
                        yield Breach(self.id, post, max(0, day), 1, self.unit, about=self.name)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one sequence for each that is stated."""
        del post
        return tuple(
            Sequence(tuple(actions_of(problem, step) for step in steps), self.weekdays)
            for steps in self.sequences
        )
