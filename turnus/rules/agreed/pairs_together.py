"""People kept together: two named people work the same shifts, for training or a shared job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.errors import Finding
from turnus.problem import Problem, Rota
from turnus.rules.base import Breach, Source
from turnus.rules.company import PairRule, Pairs, Words, class_of, shifts_meant, unknown_shifts
from turnus.rules.group_kinds import GroupKind, With
from turnus.texts import N_


class PairsTogether(PairRule):
    """The two people of each pair work the same shifts on the same days.

    With `shifts` only these must be shared. Days on which one of the two is on leave do not count.
    """

    id: ClassVar[str] = "pairs_together"
    title: ClassVar[str] = N_("People kept together")
    sentence: ClassVar[str] = N_("The named pairs work the same shifts on the same days.")
    example: ClassVar[str] = N_("Kari works the day shift on Tuesday, Ola is off.")
    source: ClassVar[Source] = Source("Agreed practice", verified=False)
    unit: ClassVar[str] = N_("shifts without the other")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    pairs: Pairs = Field((), description="Pairs of people who work together.", examples=[[["Kari", "Ola"]]])
    shifts: Words = Field(
        (), description="Codes or tags of the shifts that are shared; all when left out.", examples=[["D"]]
    )

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield pairs that are none, and words that are no shift's code or tag."""
        yield from super().findings(problem)
        yield from unknown_shifts(problem, ("shifts",), self.shifts)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each shift that one of a pair works without the other."""
        shared = shifts_meant(problem, self.shifts)
        for first, second, name in self.posts_of_pairs(problem, rota):
            owners = [problem.classes[rota.posts[post].class_index] for post in (first, second)]
            away = owners[0].leave | owners[1].leave
            for one, other, about in ((first, second, name), (second, first, owners[0].person or "")):
                for day in range(problem.days):
                    shift = int(rota.lines[one, day])
                    if shift in shared and day not in away and rota.lines[other, day] != shift:
                        yield Breach(self.id, one, day, 1, self.unit, about=about)

    def lower_together(self, problem: Problem) -> tuple[GroupKind, ...]:
        """Return for each of a pair that the other is on the same shift."""
        when = shifts_meant(problem, self.shifts)
        company = tuple(frozenset({(0, action)}) for action in range(problem.actions))
        kinds = []
        for names in self.pairs:
            pair = [index for name in names if (index := class_of(problem, name)) is not None]
            away = frozenset(day for index in pair for day in problem.classes[index].leave)
            days = frozenset(range(problem.days)) - away
            if len(pair) == len(names):
                kinds += [With(pair[at], (pair[1 - at],), when, company, days) for at in (0, 1)]
        return tuple(kinds)
