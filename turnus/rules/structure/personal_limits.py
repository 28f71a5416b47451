"""Personal limits: shifts a person does not work, asked for or individually agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.texts import N_


class PersonalLimits(Rule):
    """Nobody works a shift that is forbidden to them or agreed away, on the days that is for."""

    id: ClassVar[str] = "personal_limits"
    title: ClassVar[str] = N_("Personal limits")
    sentence: ClassVar[str] = N_(
        "Nobody works a shift that is forbidden to them or individually agreed away."
    )
    example: ClassVar[str] = N_("A night for somebody who has agreed on no nights.")
    source: ClassVar[Source] = Source(
        "AML § 10-2 (2) to (4)", "https://arbeidsmiljoloven.com/paragraf/arbeidstidsordninger/"
    )
    unit: ClassVar[str] = N_("days")
    always: ClassVar[bool] = True

    def idle(self, problem: Problem) -> bool:
        """Whether nothing is forbidden to anybody."""
        return not any(post.bans for post in problem.classes)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each day with a shift that is forbidden to the person."""
        for post in self.posts_concerned(problem, rota):
            bans = problem.classes[rota.posts[post].class_index].bans
            for day, action in sorted(bans):
                if rota.lines[post, day] == action:
                    yield Breach(self.id, post, day, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the days and shifts that are forbidden."""
        del problem
        return (Cells(post.bans),) if post.bans else ()
