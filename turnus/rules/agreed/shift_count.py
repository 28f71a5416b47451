"""Counted shifts: how many days, or hours, with a kind of shift in any days or weeks in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import DAY_MINUTES, WEEK_DAYS, show_duration
from turnus.errors import Finding
from turnus.problem import PostClass, Problem, Rota
from turnus.rules.base import Breach, Minutes, Rule, Source
from turnus.rules.kinds import Kind, WindowSum
from turnus.rules.reading import reader
from turnus.rules.steps import Words, actions_of, unfit_words
from turnus.scenario.messages import found
from turnus.texts import N_, _

DAYS_TOO_MANY, DAYS_MISSING = N_("days too many"), N_("days missing")
MINUTES_TOO_MANY, MINUTES_SHORT = N_("minutes too many"), N_("minutes short")

Count = Annotated[int | None, Field(ge=0, le=364)]


class ShiftCount(Rule):
    r"""In any so many days or weeks, days with the stated shifts, or their hours, keep within limits.

    The general counter, for what no other rule says. `of` names the shifts by code or tag, `any` for every
    shift, `off` for days off. Every stretch of `days` days in a row is looked at, or of `weeks` weeks from
    Monday to Sunday:

    .. math:: \text{least} \le \sum_{\text{stretch}} \text{days (or hours) with such a shift} \le \text{most}

    A shift counts wholly on the day it starts on, with the hours that count. Limits on days and on hours may
    be stated together. A unit may state the rule several times; `name` tells the breaches apart.

    A stretch belongs to the rota when its last day does. A cycle is read as repeated, also for stretches that
    are longer than it. Before a plan the known days count; a stretch with days that are not known is never
    too low.
    """

    id: ClassVar[str] = "shift_count"
    title: ClassVar[str] = N_("Shifts or hours in a period")
    sentence: ClassVar[str] = N_(
        "In any of the stated days or weeks, the stated shifts are at most and at least so many, in days or "
        "hours."
    )
    example: ClassVar[str] = N_("Five nights in two weeks where the unit has agreed on four at most.")
    source: ClassVar[Source] = Source("Agreed practice; AML § 10-2 (1)", verified=False)
    unit: ClassVar[str] = N_("days or minutes outside")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    many: ClassVar[bool] = True

    of: Words = Field(
        ("any",),
        description="Codes, tags, `off` or `any` that are counted.",
        examples=[["night"]],
    )
    most_days: Count = Field(None, alias="most", description="Most days with such a shift.", examples=[4])
    least_days: Count = Field(None, alias="least", description="Fewest days with such a shift.", examples=[1])
    most_total_minutes: Minutes | None = Field(
        None, alias="most_hours", description="Most hours of such shifts.", examples=["40 h"]
    )
    least_total_minutes: Minutes | None = Field(
        None, alias="least_hours", description="Fewest hours of such shifts.", examples=["8 h"]
    )
    # A longer window that moves day by day has more states than any engine takes.
    days: Annotated[int | None, Field(ge=1, le=56)] = Field(
        None, description="Any so many days in a row; instead of `weeks`."
    )
    weeks: Annotated[int | None, Field(ge=1, le=52)] = Field(
        None,
        description="Any so many weeks in a row, Monday to Sunday; instead of `days`.",
        examples=[2],
    )
    name: str = Field("", max_length=80, description="What the unit calls it; shown with a breach.")

    @property
    def stretch_days(self) -> int:
        """Return how many days a stretch has."""
        return (self.days or 0) + (self.weeks or 0) * WEEK_DAYS

    @property
    def every_days(self) -> int:
        """Return how many days after one stretch the next begins: a day, or a week."""
        return WEEK_DAYS if self.days is None else 1

    def findings(self, problem: Problem) -> Iterator[Finding]:
        """Yield words that mean nothing here, and limits that are missing, contradict or limit nothing."""
        unfit = list(unfit_words(problem, self.of))
        yield from unfit
        if (self.days is None) == (self.weeks is None):
            yield Finding(
                ("weeks",) if self.days is None else ("days",),
                _("expected either `days` or `weeks`"),
                found(None) if self.days is None else _("found both"),
                _("Write `days: 14` for any 14 days in a row, or `weeks: 2` for weeks, Monday to Sunday."),
            )
            return
        limits = (self.most_days, self.least_days, self.most_total_minutes, self.least_total_minutes)
        if limits == (None,) * len(limits):
            yield Finding(
                ("most",),
                _("expected `most`, `least`, `most_hours` or `least_hours`"),
                found(None),
                _('Write for example `most: 4` for days, or `most_hours: "40 h"`.'),
            )
        yield from self._contradictions()
        hours_limited = limits[2:] != (None, None)
        if hours_limited and not unfit and not any(self._minutes(problem)):
            yield Finding(
                ("of",),
                _("expected shifts whose hours count"),
                found(", ".join(self.of)),
                _("Name such shifts, or count days with `most` or `least`."),
            )

    def _contradictions(self) -> Iterator[Finding]:
        """Yield limits of which no stretch can be short or beyond, and a least above the most."""
        stretch, minutes = self.stretch_days, self.stretch_days * DAY_MINUTES
        shown = show_duration
        for key, value, largest, text in (
            ("most", self.most_days, stretch, str),
            ("least", self.least_days, stretch, str),
            ("most_hours", self.most_total_minutes, minutes, shown),
            ("least_hours", self.least_total_minutes, minutes, shown),
        ):
            if value is not None and value > largest:
                yield Finding(
                    (key,),
                    _("expected at most {most}, for the stretch has no more").format(most=text(largest)),
                    _("found {value}").format(value=text(value)),
                    _("Lower it, or count over a longer stretch."),
                )
        for key, least, most, text in (
            ("", self.least_days, self.most_days, str),
            ("_hours", self.least_total_minutes, self.most_total_minutes, shown),
        ):
            if least is not None and most is not None and least > most:
                yield Finding(
                    (f"least{key}",),
                    _("expected at most {most}, which is the value of {key}").format(
                        most=text(most), key=f"most{key}"
                    ),
                    _("found {value}").format(value=text(least)),
                    _("Lower the one or raise the other."),
                )

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each stretch of days or weeks with too many or too few, dated on its last day."""
        members = actions_of(problem, self.of)
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            for last in range(self.every_days - 1, problem.days, self.every_days):
                stretch = [read(day) for day in range(last - self.stretch_days + 1, last + 1)]
                known = None not in stretch
                counted = [action for action in stretch if action in members and action is not None]
                for amount, unit in self._outside(problem, counted, known=known):
                    yield Breach(self.id, post, last, amount, unit, about=self.name)

    def _outside(self, problem: Problem, counted: list[int], *, known: bool) -> Iterator[tuple[int, str]]:
        """Yield (amount, unit) of each limit that the counted shifts of a stretch break."""
        days, minutes = len(counted), sum(problem.minutes[action] for action in counted)
        for total, most, unit in (
            (days, self.most_days, DAYS_TOO_MANY),
            (minutes, self.most_total_minutes, MINUTES_TOO_MANY),
        ):
            if most is not None and total > most:
                yield total - most, unit
        for total, least, unit in (
            (days, self.least_days, DAYS_MISSING),
            (minutes, self.least_total_minutes, MINUTES_SHORT),
        ):
            if least is not None and known and total < least:
                yield least - total, unit

    def _minutes(self, problem: Problem) -> tuple[int, ...]:
        """Return for each action the minutes that it counts."""
        members = actions_of(problem, self.of)
        return tuple(minutes if action in members else 0 for action, minutes in enumerate(problem.minutes))

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one limit on the sum over each stretch, for days and for hours."""
        del post
        members = actions_of(problem, self.of)
        days = tuple(int(action in members) for action in range(problem.actions))
        kinds = []
        for weights, least, most in (
            (days, self.least_days, self.most_days),
            (self._minutes(problem), self.least_total_minutes, self.most_total_minutes),
        ):
            reached = self.stretch_days * max(weights)
            kind = WindowSum(
                weights,
                reached if most is None else most,
                days=self.stretch_days,
                every=self.every_days,
                least=least or 0,
            )
            if kind.least or kind.most < reached:
                kinds.append(kind)
        return tuple(kinds)
