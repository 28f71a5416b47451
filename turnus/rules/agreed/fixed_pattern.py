"""A fixed pattern of days at work and days off, round and round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.errors import Finding
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import Actions, Cells, Kind, PeriodicPattern
from turnus.rules.reading import grouped, known_days_before, reader
from turnus.scenario.messages import found
from turnus.texts import N_, _

MOST_DAYS = 84


class FixedPattern(Rule):
    """Days at work and days off follow a fixed pattern: `3-3` is three at work and three off.

    The numbers are days, at work and off by turns. An odd count of numbers goes on so in its next round:
    `2-2-3` is 2 at work, 2 off, 3 at work, 2 off, 2 at work, 3 off. Each person may begin
    anywhere in the pattern, unless `begins` names the first day at work of a round. Without it a plan goes on
    with the rounds of its history, and breaches are counted from the place that fits the rota best.
    """

    id: ClassVar[str] = "fixed_pattern"
    title: ClassVar[str] = N_("Fixed pattern")
    sentence: ClassVar[str] = N_("Days at work and days off follow the stated pattern, round and round.")
    example: ClassVar[str] = N_("Three at work, three off, then four at work: the fourth is outside 3-3.")
    source: ClassVar[Source] = Source(
        "Agreed practice; 3-3, 2-2-3 and live-in rotas", "https://fafo.no/zoo-publikasjoner/fafo-notater/nye-arbeidstidsordninger",
        verified=False,
    )  # fmt: skip
    unit: ClassVar[str] = N_("days outside the pattern")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"

    strength: Literal["hard"] = "hard"  # half a pattern is none
    pattern: Annotated[str, Field(pattern=r"^[1-9]\d?(-[1-9]\d?)+$")] = Field(
        "3-3",
        description="Days at work and off by turns, such as 3-3, 2-2-3 or 3-7-4-7.",
        examples=["3-3", "2-2-3"],
    )
    begins: str | None = Field(
        None,
        description="First day at work of a round, such as `week 1 tuesday` or a date; free when left out.",
        examples=["week 1 monday"],
    )

    @property
    def round_of_days(self) -> tuple[bool, ...]:
        """Return for each day of one round whether it is a day at work."""
        numbers = [int(number) for number in self.pattern.split("-")]
        numbers *= 1 + len(numbers) % 2
        return tuple(at % 2 == 0 for at, number in enumerate(numbers) for _day in range(number))

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield a pattern that does not fit the period, and a first day outside it."""
        days = len(self.round_of_days)
        if days > MOST_DAYS:
            yield Finding(
                ("pattern",),
                _("expected a round of at most {most} days").format(most=MOST_DAYS),
                found(self.pattern),
                _("Write a shorter pattern."),
            )
        elif problem.cyclic and problem.days % days:
            yield Finding(
                ("pattern",),
                _("expected a pattern whose round of {days} days goes up in the {weeks} weeks of the rota")
                .format(days=days, weeks=problem.weeks),
                found(self.pattern),
                _("Choose a length of the base rota that holds whole rounds."),
            )  # fmt: skip
        if self.begins is not None and self._first(problem) is None:
            yield Finding(
                ("begins",),
                _("expected a day of the period such as {day}").format(day=problem.day_name(0)),
                found(self.begins),
                _("Write a day inside the period."),
            )

    def _first(self, problem: Problem) -> int | None:
        named = (day for day in range(problem.days) if problem.day_name(day) == self.begins)
        return next(named, None)

    def _places(self, problem: Problem) -> Iterator[int]:
        """Yield the places of the round on which day 0 may fall."""
        days = len(self.round_of_days)
        first = None if self.begins is None else self._first(problem)
        yield from range(days) if first is None else (-first % days,)

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of days outside the pattern, dated on its first day."""
        for post in self.posts_concerned(problem, rota):
            outside = self._outside(problem, rota, post)
            for first, days in grouped(outside):
                yield Breach(self.id, post, first, days, self.unit, times=days)

    def _outside(self, problem: Problem, rota: Rota, post: int) -> list[int]:
        """Return the days outside, with the place in the round that fits best on from the history."""
        read, pattern = reader(problem, rota, post), self.round_of_days
        places = list(self._places(problem))
        if self.begins is None:
            for day in range(-known_days_before(problem, rota, post), 0):
                at_work = read(day) != OFF
                kept = [place for place in places if pattern[place] == at_work]
                kept = kept or [place for place in range(len(pattern)) if pattern[place] == at_work]
                places = [(place + 1) % len(pattern) for place in kept]

        def outside(place: int) -> list[int]:
            at_work = (pattern[(place + day) % len(pattern)] for day in range(problem.days))
            return [day for day, wanted in enumerate(at_work) if (read(day) != OFF) != wanted]

        return min(map(outside, sorted(places)), key=len)

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the pattern, or with a stated beginning the days that must be off or worked."""
        del post
        off: Actions = frozenset({OFF})
        if self.begins is None:
            steps = tuple(problem.worked if at_work else off for at_work in self.round_of_days)
            return (PeriodicPattern(steps),)
        (place,) = self._places(problem)
        pattern = self.round_of_days
        wrong = {True: off, False: problem.worked}
        return (
            Cells(
                frozenset(
                    (day, action)
                    for day in range(problem.days)
                    for action in wrong[pattern[(place + day) % len(pattern)]]
                )
            ),
        )
