"""Night by the clock, as AML § 10-11 (1) draws it: one place for every rule about work at night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from turnus.clock import DAY_MINUTES, ClockTime, parse_clock
from turnus.errors import Finding
from turnus.problem import Problem
from turnus.rules.base import Minutes, Rule
from turnus.rules.kinds import Actions
from turnus.rules.levels import COMPENSATING, Level, Limit
from turnus.scenario.models import CLOCK_PATTERN
from turnus.texts import _

FROM, TO = ClockTime(21 * 60), ClockTime(6 * 60)
LEAST_NIGHT = 8 * 60  # minutes that an agreed night has at least
COVERED = (DAY_MINUTES, DAY_MINUTES + 6 * 60)  # midnight to 06:00, after the midnight before


def _clock(value: object) -> int:
    if isinstance(value, ClockTime):
        return value
    if not isinstance(value, str):
        raise ValueError(f'expected a clock time in quotes such as "07:30", found {value!r}')
    return parse_clock(value)


def _shown_as_clock(minutes: int) -> int:
    return ClockTime(minutes or DAY_MINUTES)  # a night from midnight begins later than one from 23:00


#: Minutes after midnight; in a file a clock time in quotes. Midnight is the end of the day before.
Clock = Annotated[
    int,
    BeforeValidator(_clock),
    AfterValidator(_shown_as_clock),
    WithJsonSchema({"type": "string", "pattern": CLOCK_PATTERN}),
]

#: A period that leaves out a part of 21:00-06:00 begins later, for it must cover the hours to 06:00 anyway.
NIGHT_LIMITS = (
    Limit("night_from", "most", FROM, {Level.LOCAL: None}, "AML § 10-11 (1)"),
    Limit("more_than", "most", 3 * 60, {Level.LOCAL: None}, "AML § 10-11 (9)", {Level.LOCAL: COMPENSATING}),
)


class NightRule(Rule):
    """A rule about shifts that have more than some hours at night.

    What counts is clock time between start and end. Stretches of passive duty are work; those of standby at
    home are not. Breaks are not taken out, for a file does not say when they are.
    """

    limits: ClassVar[tuple[Limit, ...]] = NIGHT_LIMITS

    # Made anew each time: the file format's schema has no form for such a default, and leaves it out.
    night_from: Clock = Field(default_factory=lambda: FROM, description="When night begins.")
    night_to: Clock = Field(
        default_factory=lambda: TO,
        description="When night ends; it has at least 8 hours and covers 00:00 to 06:00.",
    )
    more_than_minutes: Minutes = Field(
        3 * 60, alias="more_than", description="A shift with more than these hours at night is meant."
    )

    @property
    def night(self) -> tuple[int, int]:
        """Return when a night begins and ends, in minutes after the midnight before it."""
        return self.night_from, self.night_to + (DAY_MINUTES if self.night_to <= self.night_from else 0)

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield a night that is shorter than the act allows, or leaves out hours after midnight."""
        del problem
        begins, ends = self.night
        if begins > COVERED[0] or ends < COVERED[1] or ends - begins < LEAST_NIGHT:
            yield Finding(
                ("night_from",),
                _("expected a night of at least 8 h that covers 00:00 to 06:00 (AML § 10-11 (1))"),
                _("found {first} to {last}").format(first=self.night_from, last=self.night_to),
                _("Agree on such a night, or leave out `night_from` and `night_to`."),
            )

    def minutes_at_night(self, problem: Problem, action: int) -> int:
        """Return how many minutes of a shift's work lie in the night."""
        shift = problem.shifts[action - 1]
        spans = [(part.start, part.end) for part in shift.parts if part.kind != "standby"]
        if not shift.parts:
            spans = [(shift.start, shift.end)]
        begins, ends = self.night
        nights = [(begins + day, ends + day) for day in (-DAY_MINUTES, 0, DAY_MINUTES)]
        return sum(
            max(0, min(end, last) - max(start, first)) for start, end in spans for first, last in nights
        )

    def night_shifts(self, problem: Problem) -> Actions:
        """Return the shifts with more than the stated hours at night."""
        return frozenset(
            action
            for action in problem.worked
            if self.minutes_at_night(problem, action) > self.more_than_minutes
        )
