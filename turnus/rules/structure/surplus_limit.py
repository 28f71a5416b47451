"""Surplus limit: not more people at once than the demand allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.problem import Problem, Rota, Row
from turnus.rules.base import Breach, Rule, Source
from turnus.texts import N_


class SurplusLimit(Rule):
    """In each block of the day there are at most as many people above the need as the demand says."""

    id: ClassVar[str] = "surplus_limit"
    title: ClassVar[str] = N_("Surplus limit")
    sentence: ClassVar[str] = N_(
        "No block of the day has more people than its need and the permitted surplus."
    )
    example: ClassVar[str] = N_(
        "Eight at work where five are needed and at most two more are allowed: one too many."
    )
    source: ClassVar[Source] = Source("AML § 14-1 b", verified=False)
    unit: ClassVar[str] = N_("people too many")
    lowering: ClassVar[Literal["line", "posts", "rows", "structure"]] = "rows"
    always: ClassVar[bool] = True

    def idle(self, problem: Problem) -> bool:
        """Whether no block has a limit."""
        return all(row.most is None for row in problem.rows)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each block with too many people; `about` names the block."""
        lines = rota.lines.tolist()
        for row in problem.rows:
            if row.most is None:
                continue
            beyond = (
                sum(_present(problem, rota, row, index, lines[index]) for index in range(len(lines)))
                - row.most
            )
            if beyond > 0:
                yield Breach(self.id, None, row.day, beyond, self.unit, times=beyond, about=row.block)


def _present(problem: Problem, rota: Rota, row: Row, post: int, line: list[int]) -> bool:
    competence = problem.classes[rota.posts[post].class_index].competence
    return competence in row.workers and any(line[day] == action for day, action in row.cells)
