"""Kinds that an instance states for its people, as rules that the engine reads like any other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind


class Stated(Rule):
    """Kinds by person, hard or with one weight; how well a rota keeps them says the set's own scorer."""

    id: ClassVar[str] = "stated"
    title: ClassVar[str] = "Stated by the instance"
    sentence: ClassVar[str] = "What the instance states for each person."
    example: ClassVar[str] = ""
    source: ClassVar[Source] = Source("the set's format")
    unit: ClassVar[str] = "breaches"

    kinds: dict[str, tuple[Kind, ...]]

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield nothing: the set's scorer is the truth about an instance."""
        del problem, rota
        return iter(())

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the person's kinds."""
        del problem
        return self.kinds.get(post.id, ())
