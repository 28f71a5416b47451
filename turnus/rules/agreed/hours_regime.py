"""Hours of a full position: whether a line has the nights and Sundays that its shorter week is for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import OFF, PostClass, Problem, Rota
from turnus.problem.conversion import (
    NIGHT_BEGINS,
    NIGHT_ENDS,
    Span,
    active_spans,
    minutes_by_clock,
    minutes_shared,
)
from turnus.problem.model import FULL_TIME
from turnus.problem.red_days import SUNDAY
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.law.sundays_off import sunday_cells
from turnus.rules.way_of_working import way_of
from turnus.texts import N_, _

HOUR = 60
EVENING_BEGINS = 20 * HOUR  # of the hours until 06:00 that a rota of 35.5 h has some of
EVENING_A_WEEK = Fraction(139, 100) * HOUR
EVERY_SUNDAYS = 3
DAY_SHARE = 4  # a quarter of the hours
YEAR_WEEKS = 52
NIGHT_A_YEAR, SUNDAY_A_YEAR = 539 * HOUR, 231 * HOUR
SUNDAY_TURNS = 22 * HOUR  # from Saturday to Sunday, for the 231 h

Regime = Literal["day", "rota", "converted", "continuous"]
#: From the shortest week to the longest: which regime is the right one is asked in this order.
REGIMES: tuple[Regime, ...] = ("continuous", "converted", "rota", "day")
RIGHT_WEEK: dict[Regime, str] = {
    "day": N_("the full week should be 37.5 h"),
    "rota": N_("the full week should be 35.5 h"),
    "converted": N_("the full week should be converted (tredelt)"),
    "continuous": N_("the full week should be 33.6 h"),
}
SUNDAYS_SHORT = N_("Sundays short")
EVENINGS_SHORT = N_("minutes short between 20:00 and 06:00")
NEVER_WORKED = N_("minutes of the 24 hours never worked")
DAYS_SHORT = N_("minutes short by day and in the evening")
NIGHTS_SHORT = N_("minutes short at night")
SUNDAY_HOURS_SHORT = N_("minutes short on Sundays")


@dataclass(frozen=True, slots=True)
class Lack:
    """What a line lacks for a regime: how much, and of what, as the unit of its breach."""

    amount: int
    unit: str


class HoursRegime(Rule):
    r"""Whoever has the shorter full week of a rota works the nights and Sundays that it is for.

    Of a full position of

    - 37.5 h nothing is asked;
    - 35.5 h: 1.39 h a week between 20 and 06 on average, or every third Sunday;
    - converted hours (tredelt): the post's own shifts cover the 24 hours of a day; every third Sunday; a
      quarter of the hours by day and in the evening, outside 21 to 06;
    - 33.6 h: 539 h at night (21 to 06) and 231 h from Saturday 22:00 to Sunday 22:00 a year, in proportion to
      the weeks of the rota and the size of the post.

    Hours are active work by the clock, breaks not taken out; Sundays are counted as in § 10-10, from Saturday
    18:00, and a third of them is worked as a mean over the rota. Days and Sundays of leave are taken out. A
    post that lacks something has the wrong hours: the breach says what it lacks and which full week it has
    the nights and Sundays for. Whether a post could have a shorter week than its own, is not asked. A rota
    of fewer than three weeks has no third Sunday and is not judged; nor is a post without a shift.

    Notes
    -----
    Read in secondary sources. Not verified: that part-time posts have their part of the 539 h and the 231 h,
    but all of the 1.39 h; that the third of the Sundays is a mean; that each post covers the 24 hours.
    """

    id: ClassVar[str] = "hours_regime"
    title: ClassVar[str] = N_("Hours of a full position")
    sentence: ClassVar[str] = N_(
        "A post with a shorter full week has the nights and Sundays in its line that the shorter week is for."
    )
    example: ClassVar[str] = N_(
        "Converted hours without a night shift: 22:15 to 07:30, 9 h 15 min of the 24 hours, is never worked."
    )
    source: ClassVar[Source] = Source(
        "HTA ch. 1 § 4.2",
        "https://www.ks.no/fagomrader/lonn-og-tariff/hovedtariffavtalen/tredelt-skift-og-turnus/",
        verified=False,
    )
    unit: ClassVar[str] = N_("minutes short")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "soft"
    lowering: ClassVar = "audit_only"
    reason: ClassVar[str] = N_(
        "the hours of a full position stand in the file; another line is only one way to put them right."
    )

    strength: Literal["soft"] = "soft"  # the rota may be as it should be, and the hours wrong

    def unjudged(self, problem: Problem) -> str:
        """Return that the rota is too short to have a third Sunday."""
        if problem.weeks >= EVERY_SUNDAYS:
            return ""
        return _("A rota of fewer than three weeks has no third Sunday to judge by.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each thing that a post lacks for its hours of a full position."""
        for post in self.posts_concerned(problem, rota) if problem.weeks >= EVERY_SUNDAYS else ():
            owner = problem.classes[rota.posts[post].class_index]
            line = rota.lines[post].tolist()
            if not any(action != OFF for action in line) or len(owner.leave) == problem.days:
                continue
            worked = Worked(problem, owner, line, rota.posts[post].size)
            right = next(regime for regime in REGIMES if not worked.lacks(regime))
            for lack in worked.lacks(regime_of(owner)):
                yield Breach(self.id, post, None, lack.amount, lack.unit, about=RIGHT_WEEK[right])


def regime_of(post: PostClass) -> Regime:
    """Return by which regime a class of posts has its hours."""
    return "converted" if post.converted else way_of(post)


class Worked:
    """What one line has of nights, Sundays, days and evenings, and what it lacks for each regime."""

    def __init__(self, problem: Problem, owner: PostClass, line: list[int], size: int) -> None:
        self.weeks = Fraction(problem.days - len(owner.leave), WEEK_DAYS)
        self.share = Fraction(size, FULL_TIME)
        self.worked = [(day, action) for day, action in enumerate(line) if action != OFF]
        self.spans = [active_spans(problem.shifts[action - 1]) for _day, action in self.worked]
        sundays = [day for day in range(SUNDAY, problem.days, WEEK_DAYS) if day not in owner.leave]
        cells = sunday_cells(problem)
        at_work = {day // WEEK_DAYS for day, action in self.worked if (day % WEEK_DAYS, action) in cells}
        self.sundays = len(sundays)
        self.sundays_worked = sum(day // WEEK_DAYS in at_work for day in sundays)

    def lacks(self, regime: Regime) -> list[Lack]:
        """Return what is missing for a regime; nothing when the line qualifies."""
        asked = {
            "day": (),
            "rota": (self._evenings_or_sundays(),),
            "converted": (self._round_the_clock(), self._every_third_sunday(), self._by_day()),
            "continuous": (self._nights_of_the_year(), self._sundays_of_the_year()),
        }
        return [lack for lack in asked[regime] if lack.amount > 0]

    def _between(self, begins: int, ends: int) -> int:
        kinds = Counter(self.spans)  # few shifts, each worked often
        return sum(times * minutes_by_clock(spans, begins, ends) for spans, times in kinds.items())

    def _lacking_sundays(self) -> int:
        return max(0, -(-self.sundays // EVERY_SUNDAYS) - self.sundays_worked)

    def _evenings_or_sundays(self) -> Lack:
        missing = math.ceil(self.weeks * EVENING_A_WEEK - self._between(EVENING_BEGINS, NIGHT_ENDS))
        return Lack(missing if self._lacking_sundays() else 0, EVENINGS_SHORT)

    def _every_third_sunday(self) -> Lack:
        return Lack(self._lacking_sundays(), SUNDAYS_SHORT)

    def _round_the_clock(self) -> Lack:
        covered = {
            minute % DAY_MINUTES
            for spans in set(self.spans)
            for begins, ends in spans
            for minute in range(begins, ends)
        }
        return Lack(DAY_MINUTES - len(covered), NEVER_WORKED)

    def _by_day(self) -> Lack:
        total = sum(ends - begins for spans in self.spans for begins, ends in spans)
        by_day = total - self._between(NIGHT_BEGINS, NIGHT_ENDS)
        return Lack(math.ceil(Fraction(total, DAY_SHARE) - by_day), DAYS_SHORT)

    def _nights_of_the_year(self) -> Lack:
        return Lack(self._short_of_year(NIGHT_A_YEAR, self._between(NIGHT_BEGINS, NIGHT_ENDS)), NIGHTS_SHORT)

    def _sundays_of_the_year(self) -> Lack:
        worked = 0
        for (day, _action), spans in zip(self.worked, self.spans, strict=True):
            ends = (SUNDAY - day % WEEK_DAYS) * DAY_MINUTES + SUNDAY_TURNS
            sunday: Span = (ends - DAY_MINUTES, ends)
            worked += sum(minutes_shared(span, sunday) for span in spans)
        return Lack(self._short_of_year(SUNDAY_A_YEAR, worked), SUNDAY_HOURS_SHORT)

    def _short_of_year(self, minutes_a_year: int, worked: int) -> int:
        return math.ceil(self.share * self.weeks * minutes_a_year / YEAR_WEEKS - worked)
