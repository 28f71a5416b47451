"""Evening before a free weekend: a late shift on the day before the weekend off begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.clock import WEEK_DAYS
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Kind, Sequence
from turnus.rules.reading import day_evening_night, occurrences, reader
from turnus.texts import N_


class EveningBeforeFreeWeekend(Rule):
    """A free weekend is not preceded by an evening shift on the day before it, as a rule Friday."""

    id: ClassVar[str] = "evening_before_free_weekend"
    title: ClassVar[str] = N_("Evening before a free weekend")
    sentence: ClassVar[str] = N_("No evening shift on the day before a free weekend.")
    example: ClassVar[str] = N_("An evening shift on the Friday before a free weekend.")
    source: ClassVar[Source] = Source("AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("weekends")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each evening shift before a free weekend, dated on that evening."""
        steps, weekdays = _steps(problem)
        if not weekdays:
            return
        for post in self.posts_concerned(problem, rota):
            for day in occurrences(problem, reader(problem, rota, post), steps):
                if day % WEEK_DAYS in weekdays:
                    yield Breach(self.id, post, max(0, day), 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the evening and the days off after it as one sequence."""
        del post
        steps, weekdays = _steps(problem)
        return (Sequence(steps, weekdays),) if steps[0] and weekdays else ()


def _steps(problem: Problem) -> tuple[tuple[frozenset[int], ...], frozenset[int]]:
    _, evening, _ = day_evening_night(problem)
    whole = problem.weekend_days
    before = frozenset({(whole[0] - 1) % WEEK_DAYS}) if whole else frozenset()
    return (evening, *(frozenset({OFF}) for _ in whole)), before
