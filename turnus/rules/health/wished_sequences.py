"""Wished sequences: what a unit would like to see after some shifts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Actions, Kind, Sequence
from turnus.rules.reading import occurrences, reader
from turnus.rules.steps import Steps, actions_of, unknown_steps
from turnus.scenario.messages import found
from turnus.texts import N_, _


class WishedSequences(Rule):
    """After the first steps of a sequence the last one follows, wherever they occur; a miss is counted.

    `[night, night, off]` wishes a day off after two nights. Steps are written as in `forbidden_sequences`.
    """

    id: ClassVar[str] = "wished_sequences"
    title: ClassVar[str] = N_("Wished sequences")
    sentence: ClassVar[str] = N_(
        "The last step of each stated sequence follows wherever its first steps occur."
    )
    example: ClassVar[str] = N_("Two evenings and then an evening again, where a day shift is wished.")
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("times")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    many: ClassVar[bool] = True

    strength: Literal["hard", "soft"] = "soft"
    sequences: tuple[Steps, ...] = Field(
        (),
        description="Sequences of codes, tags, `off` or `any`, day by day; the last step is the wish.",
        examples=[[["night", "night", "off"]]],
    )
    name: str = Field("", max_length=80, description="What the unit calls it; shown with a breach.")

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield each sequence without a wish, and each step that is no shift's code or tag."""
        for at, steps in enumerate(self.sequences):
            if len(steps) < 2:
                yield Finding(
                    ("sequences", at),
                    _("expected at least two steps, of which the last is the wish"),
                    found(len(steps)),
                    _("Write for example `[night, off]`."),
                )
        yield from unknown_steps(problem, self.sequences)

    def idle(self, problem: Problem) -> bool:
        """Whether no sequence is stated."""
        del problem
        return not self.sequences

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each place where something else follows, dated on that day."""
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for steps in self.sequences:
                for first in occurrences(problem, read, _missed(problem, steps)):
                    day = first + len(steps) - 1
                    yield Breach(
                        self.id, post, day % problem.days if problem.cyclic else day, 1, self.unit,
                        about=self.name,
                    )  # fmt: skip

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return each sequence with anything but the wish at its end."""
        del post
        return tuple(Sequence(_missed(problem, steps)) for steps in self.sequences)


def _missed(problem: Problem, steps: Steps) -> tuple[Actions, ...]:
    """Return the steps of a miss: the first ones, then anything but the wish."""
    *before, wish = (actions_of(problem, step) for step in steps)
    return (*before, frozenset(range(problem.actions)) - wish)
