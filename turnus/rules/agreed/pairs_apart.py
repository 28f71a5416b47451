"""People kept apart: two named people are never at work at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.problem import OFF, Problem, Rota
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.company import PairRule, Pairs, class_of, days_to_meet, minutes_together
from turnus.rules.group_kinds import Apart, GroupKind
from turnus.rules.reading import reader
from turnus.texts import N_


class PairsApart(PairRule):
    """The two people of each pair are never at work at the same time, over midnight either.

    What counts is clock time: an evening shift that ends after the night shift has begun meets it. Passive
    duty is work here, standby at home is not. A handover up to the stated length is left out of account.
    """

    id: ClassVar[str] = "pairs_apart"
    title: ClassVar[str] = N_("People kept apart")
    sentence: ClassVar[str] = N_("The named pairs are never at work at the same time.")
    example: ClassVar[str] = N_("Kari works until 15:00, Ola from 14:45: 15 minutes of overlap.")
    source: ClassVar[Source] = Source("Agreed practice", verified=False)
    unit: ClassVar[str] = N_("minutes of overlap")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    pairs: Pairs = Field((), description="Pairs of people who are kept apart.", examples=[[["Kari", "Ola"]]])
    handover_minutes: Minutes = Field(
        0, alias="handover", description="Overlap up to this length is not counted."
    )

    def _meet(self, problem: Problem, first: int, days: int, second: int) -> int:
        """Return for how many minutes two shifts bring people together, 0 for no more than a handover."""
        minutes = minutes_together(problem, first, days, second)
        return minutes if minutes > self.handover_minutes else 0

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each pair of shifts that overlap; dated on the later one's day."""
        for first, second, name in self.posts_of_pairs(problem, rota):
            ours, theirs = reader(problem, rota, first), reader(problem, rota, second)
            for last in range(problem.days):
                for days in days_to_meet(problem):
                    day = last - max(0, days)
                    meeting = (ours(day) or OFF, theirs(day + days) or OFF)
                    minutes = self._meet(problem, meeting[0], days, meeting[1])
                    if minutes:
                        yield Breach(self.id, first, last, minutes, self.unit, about=name)

    def lower_together(self, problem: Problem) -> tuple[GroupKind, ...]:
        """Return for each pair the shifts that would bring the two together."""
        meetings = frozenset(
            (first, days, second)
            for first in sorted(problem.worked)
            for days in days_to_meet(problem)
            for second in sorted(problem.worked)
            if self._meet(problem, first, days, second)
        )
        return tuple(
            Apart(first, second, meetings)
            for names in self.pairs
            if (first := class_of(problem, names[0])) is not None
            and (second := class_of(problem, names[1])) is not None
        )
