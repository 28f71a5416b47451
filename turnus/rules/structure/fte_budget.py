"""FTE budget: what all posts together may amount to, and those of each competence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.problem import Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.texts import N_


class FteBudget(Rule):
    """All posts together stay within the FTE budget, and those of each competence within its part."""

    id: ClassVar[str] = "fte_budget"
    title: ClassVar[str] = N_("FTE budget")
    sentence: ClassVar[str] = N_("All posts together, and those of each competence, stay within the budget.")
    example: ClassVar[str] = N_("Posts of 24.5 FTE where the budget is 24.0.")
    source: ClassVar[Source] = Source("Kommuneloven § 14-5", verified=False)
    unit: ClassVar[str] = N_("hundredths of a percent too much")
    lowering: ClassVar[Literal["line", "posts", "rows", "structure"]] = "posts"
    always: ClassVar[bool] = True

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield the budget, or the part of it, that is exceeded; `about` names the competence."""
        sizes = [(problem.classes[post.class_index].competence, post.size) for post in rota.posts]
        above = sum(size for _, size in sizes) - problem.budget.total
        if above > 0:
            yield Breach(self.id, None, None, above, self.unit)
        for competence, most in problem.budget.by_competence:
            above = sum(size for other, size in sizes if other == competence) - most
            if above > 0:
                yield Breach(self.id, None, None, above, self.unit, about=problem.competences[competence])
