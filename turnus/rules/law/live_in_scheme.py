"""The live-in scheme: two rests inside a long shift, and a mean of the hours over six weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.about_shifts import ShiftRule
from turnus.rules.base import Breach, Minutes, Source
from turnus.rules.kinds import ClockGap, Kind, WindowSum
from turnus.rules.levels import Level, Limit
from turnus.rules.reading import reader, rests
from turnus.texts import N_

WEEKS = 6
LONG_REST, SHORT_REST = 8 * 60, 2 * 60
NIGHT_BEGINS, NIGHT_ENDS = 22 * 60, 8 * 60 + DAY_MINUTES


class LiveInScheme(ShiftRule):
    """Those who live in rest 8 and 2 hours in every 24, and work at most 48 hours a week over six weeks.

    A shift of more than 14 hours leaves no room for ten hours of rest beside it, so that its own stretches of
    passive duty must hold them: one of 8 hours between 22 and 08, and another of 2 hours. Between two shorter
    shifts the ten hours lie unbroken. Hours are counted hours, over any six weeks Monday to Sunday in a row.
    """

    id: ClassVar[str] = "live_in_scheme"
    title: ClassVar[str] = N_("Live-in scheme")
    sentence: ClassVar[str] = N_(
        "Those who live in rest 8 and 2 hours in every 24 and work at most the stated mean of hours a week."
    )
    example: ClassVar[str] = N_(
        "A shift of 24 h with one rest from 23:00 to 07:00 and no second one: 2 h of rest are missing."
    )
    source: ClassVar[Source] = Source(
        "Forskrift om medleverordninger §§ 2–3",
        "https://arbeidstilsynet.no/regelverk/forskrifter/forskrift-om-medleverordninger-mv/2/",
    )
    unit: ClassVar[str] = N_("minutes outside")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    measured: ClassVar[bool] = False
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "mean",
            "most",
            48 * 60,
            {Level.INDIVIDUAL: 60 * 60},
            notes={
                Level.INDIVIDUAL: N_(
                    "With written consent, which the employee may withdraw with three months' notice."
                )
            },
        ),
    )

    mean_minutes: Minutes = Field(48 * 60, alias="mean", description="Most hours a week, as a mean over six.")

    @property
    def most_minutes(self) -> int:
        """Return the most hours of six weeks, in minutes."""
        return WEEKS * self.mean_minutes

    def beyond(self, problem: Problem, action: int) -> int:
        """Return how many minutes of rest a long shift lacks."""
        if action in _short_shifts(problem):
            return 0
        rests = [(one.start, one.end) for one in problem.shifts[action - 1].parts if one.kind == "passive"]
        return min(_lack(rests, long) for long in (None, *range(len(rests))))

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each long shift without its rests, each short rest between others, and each mean too high."""
        yield from super().violations(problem, rota)
        short = _short_shifts(problem)
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for rest in rests(problem, read):
                missing = LONG_REST + SHORT_REST - rest.minutes
                if missing > 0 and rest.before in short and rest.after in short:
                    yield Breach(self.id, post, rest.day, missing, self.unit)
            for last in range(WEEK_DAYS - 1, problem.days, WEEK_DAYS):
                first = last - WEEKS * WEEK_DAYS + 1
                worked = sum(problem.minutes[read(day) or 0] for day in range(first, last + 1))
                if worked > self.most_minutes:
                    yield Breach(self.id, post, last, worked - self.most_minutes, self.unit, parameter="mean")

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return the shifts that are not worked, the sum over six weeks, and the rest between short ones."""
        kinds = list(super().lower(problem, post))
        days = WEEKS * WEEK_DAYS
        if days * max(problem.minutes) > self.most_minutes:
            kinds.append(WindowSum(problem.minutes, self.most_minutes, days=days))
        if short := _short_shifts(problem):
            kinds.append(ClockGap(LONG_REST + SHORT_REST, short, short, problem.starts, problem.ends))
        return tuple(kinds)


def _short_shifts(problem: Problem) -> frozenset[int]:
    """Return the shifts that leave room for the rests beside them in 24 hours."""
    room = DAY_MINUTES - LONG_REST - SHORT_REST
    return frozenset(one for one in problem.worked if problem.ends[one] - problem.starts[one] <= room)


def _lack(rests: list[tuple[int, int]], long: int | None) -> int:
    """Return the minutes of rest that are missing when one of the rests is taken as the long one."""
    night = 0 if long is None else _at_night(*rests[long])
    others = (end - start for at, (start, end) in enumerate(rests) if at != long)
    return max(0, LONG_REST - night) + max(0, SHORT_REST - max(others, default=0))


def _at_night(start: int, end: int) -> int:
    """Return how much of a rest lies between 22 and 08, the night before or after counted alike."""
    nights = ((NIGHT_BEGINS - shift, NIGHT_ENDS - shift) for shift in (0, DAY_MINUTES))
    return max(max(0, min(end, last) - max(start, first)) for first, last in nights)
