"""Leave: days on which a person is away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Cells, Kind
from turnus.texts import N_


class Leave(Rule):
    """Nobody starts a shift on a day of leave."""

    id: ClassVar[str] = "leave"
    title: ClassVar[str] = N_("Leave")
    sentence: ClassVar[str] = N_("No shift starts on a day of leave.")
    example: ClassVar[str] = N_("A shift on a day that Kari is on leave.")
    source: ClassVar[Source] = Source("Ferieloven § 5 and AML ch. 12", verified=False)
    unit: ClassVar[str] = N_("days")
    always: ClassVar[bool] = True

    def idle(self, problem: Problem) -> bool:
        """Whether nobody is on leave."""
        return not any(post.leave for post in problem.classes)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each day of leave that is worked."""
        for post in self.posts_concerned(problem, rota):
            for day in sorted(problem.classes[rota.posts[post].class_index].leave):
                if not rota.is_off(post, day):
                    yield Breach(self.id, post, day, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return every shift on every day of leave."""
        away = frozenset((day, action) for day in post.leave for action in problem.worked)
        return (Cells(away),) if away else ()
