"""Forbidden sequences: shifts that must not follow one another day by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from turnus.errors import Finding
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, Sequence
from turnus.rules.reading import occurrences, reader
from turnus.scenario.messages import found
from turnus.texts import N_, _

Word = Annotated[str, Field(min_length=1)]
Step = Word | Annotated[tuple[Word, ...], Field(min_length=1)]
Steps = Annotated[tuple[Step, ...], Field(min_length=1, max_length=14)]


class ForbiddenSequences(Rule):
    """The stated sequences of shifts on consecutive days do not occur.

    Each step is a code, a tag, `off`, `any` (any shift), or a list of these: `[night, off, day]`.
    """

    id: ClassVar[str] = "forbidden_sequences"
    title: ClassVar[str] = N_("Forbidden sequences")
    sentence: ClassVar[str] = N_("The stated sequences of shifts on consecutive days do not occur.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (1)", "https://arbeidsmiljoloven.com/paragraf/arbeidstidsordninger/"
    )
    unit: ClassVar[str] = N_("times")

    sequences: tuple[Steps, ...] = Field(
        (),
        description="Sequences of codes, tags, `off` or `any`, day by day.",
        examples=[[["evening", "day"], ["evening", "off", "day"]]],
    )

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield each step that is no shift's code or tag."""
        words = sorted({"off", "any"}.union(problem.codes[1:], *(shift.tags for shift in problem.shifts)))
        for at, steps in enumerate(self.sequences):
            for place, step in enumerate(steps):
                for word in {*((step,) if isinstance(step, str) else step)}.difference(words):
                    yield Finding(
                        ("sequences", at, place),
                        _("expected a code, a tag, `off` or `any`: {words}").format(words=", ".join(words)),
                        found(word),
                        _("Correct the word, or give a shift this tag."),
                    )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each occurrence, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for steps in self.sequences:
                meant = tuple(_actions(problem, step) for step in steps)
                for day in occurrences(problem, read, meant):
                    yield Breach(self.id, post, max(0, day), 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one sequence for each that is stated."""
        del post
        return tuple(Sequence(tuple(_actions(problem, step) for step in steps)) for steps in self.sequences)


def _actions(problem: Problem, step: str | tuple[str, ...]) -> frozenset[int]:
    words = {step} if isinstance(step, str) else set(step)
    found = problem.worked if "any" in words else problem.tagged(*words)
    return found | {OFF} if "off" in words else found
