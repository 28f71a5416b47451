"""Monday off after a worked weekend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from turnus.clock import WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Actions, Kind, Sequence
from turnus.rules.reading import reader
from turnus.texts import N_

MONDAY = 0


class MondayOffAfterWeekend(Rule):
    """After a weekend with a shift the Monday is off; a weekend is what the scenario says it is.

    A night that begins on Sunday and ends on Monday belongs to Sunday.
    """

    id: ClassVar[str] = "monday_off_after_weekend"
    title: ClassVar[str] = N_("Monday off after a weekend")
    sentence: ClassVar[str] = N_("The Monday after a worked weekend is off.")
    example: ClassVar[str] = N_("A day shift on Monday after an evening shift on Saturday.")
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("days")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each Monday with a shift after a worked weekend."""
        cells = {cell for cell in problem.weekend_cells if cell[0] != MONDAY}
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for monday in range(0, problem.days, WEEK_DAYS):
                week_before = range(monday - WEEK_DAYS, monday)
                worked_weekend = any((day % WEEK_DAYS, read(day)) in cells for day in week_before)
                if worked_weekend and read(monday) in problem.worked:
                    yield Breach(self.id, post, monday, 1, self.unit)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return, for each day of the weekend, that its last shift was then and Monday is worked."""
        del post
        of_weekday: dict[int, Actions] = {
            weekday: frozenset(action for on, action in problem.weekend_cells if on == weekday)
            for weekday in range(1, WEEK_DAYS)
        }
        everything = frozenset(range(problem.actions))
        return tuple(
            Sequence(
                (
                    worked,
                    *(everything - of_weekday[later] for later in range(weekday + 1, WEEK_DAYS)),
                    problem.worked,
                ),
                frozenset({weekday}),
            )
            for weekday, worked in of_weekday.items()
            if worked
        )
