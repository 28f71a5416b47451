"""Mixed weekends: a day shift and an evening shift in the same weekend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, Sequence
from turnus.rules.reading import day_evening_night, reader
from turnus.texts import N_


class MixedWeekends(Rule):
    """Two neighbouring days of a weekend are both day shifts or both evening shifts, not one of each.

    Shifts count by their tags day and evening; one with two of the tags day, evening and night is left out.
    """

    id: ClassVar[str] = "mixed_weekends"
    title: ClassVar[str] = N_("Mixed weekends")
    sentence: ClassVar[str] = N_("No day shift and evening shift on neighbouring days of one weekend.")
    example: ClassVar[str] = N_("Day on Saturday and evening on Sunday.")
    source: ClassVar[Source] = Source("AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("weekends")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each mixed pair of weekend days, dated on the earlier day."""
        by_day, by_evening, _ = day_evening_night(problem)
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for day in range(problem.days - 1):
                if day % WEEK_DAYS not in problem.weekend_days[:-1]:
                    continue
                first, second = read(day), read(day + 1)
                if (first in by_day and second in by_evening) or (first in by_evening and second in by_day):
                    yield Breach(self.id, post, day, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return both orders as sequences that start on a weekend day."""
        del post
        by_day, by_evening, _ = day_evening_night(problem)
        weekdays = frozenset(problem.weekend_days[:-1])
        if not (by_day and by_evening and weekdays):
            return ()
        return tuple(Sequence(steps, weekdays) for steps in ((by_day, by_evening), (by_evening, by_day)))
