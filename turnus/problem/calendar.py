"""Days by name: which days of the horizon a key such as `weekdays` or `week 2 tuesday` means.

Every day has 24 hours of the clock here, also the two on which it is changed: a night 22:00-07:45 is
9 h 45 min in the plan, while 8 h 45 min pass on the last Saturday of March and 10 h 45 min on that of
October. A shift belongs to the day it starts on, and so do all its hours: the 24 hours of the act are
counted by shift, and no boundary of the day, at midnight or elsewhere, ever parts one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

import holidays

from turnus.clock import DAY_MINUTES, WEEK_DAYS, WEEKDAY_NAMES
from turnus.scenario.models import Horizon

#: Eves are no public holidays, so that this table is our own: two dates, and the days before two Sundays.
_EVES_BY_DATE = frozenset({(12, 24), (12, 31)})
_SUNDAYS_WITH_EVE = frozenset({"Easter Sunday", "Pentecost"})
#: Sunday work begins at 15:00 on the eve of these, and at 18:00 on any other day before a red day (§ 10-10).
_HOLIDAYS_WITH_EARLY_EVE = frozenset({"Easter Sunday", "Pentecost", "Christmas Day"})
EVENING_BEFORE, EARLY_EVE, LAST_EVENING = 18 * 60, 15 * 60, 22 * 60


@cache
def holidays_of(year: int) -> Mapping[dt.date, frozenset[str]]:
    """Return the public holidays of a year, each with its English names; other Sundays are not here."""
    found = holidays.country_holidays("NO", years=year, language="en_US")
    return MappingProxyType({date: frozenset(names.split("; ")) for date, names in found.items()})


def is_red(date: dt.date) -> bool:
    """Whether a date is a Sunday or a public holiday."""
    return date.weekday() == WEEK_DAYS - 1 or date in holidays_of(date.year)


def is_eve(date: dt.date) -> bool:
    """Whether a date is Easter, Whitsun, Christmas or New Year's Eve."""
    after = date + dt.timedelta(days=1)
    names = holidays_of(after.year).get(after, frozenset())
    return (date.month, date.day) in _EVES_BY_DATE or not _SUNDAYS_WITH_EVE.isdisjoint(names)


def sunday_zone(date: dt.date) -> tuple[int, int]:
    """Return when work counts as work on a Sunday or red day, AML § 10-10, in minutes after its midnight.

    From 18:00 the day before, or 15:00 on Christmas, Easter and Whitsun Eve, to 22:00 on the day itself.
    Red days in a row have one zone together; it parts at midnight, so that each minute belongs to one day.
    The law does not say where, for it forbids the work and does not count it.
    """
    before, after = date - dt.timedelta(days=1), date + dt.timedelta(days=1)
    early = not _HOLIDAYS_WITH_EARLY_EVE.isdisjoint(holidays_of(date.year).get(date, ()))
    begins = 0 if is_red(before) else (EARLY_EVE if early else EVENING_BEFORE) - DAY_MINUTES
    return begins, DAY_MINUTES if is_red(after) else LAST_EVENING


@dataclass(frozen=True)
class Calendar:
    """The days of the horizon, numbered from 0 on a Monday."""

    weeks: int
    start: dt.date | None

    @classmethod
    def of(cls, horizon: Horizon) -> Calendar:
        """Return the calendar of a scenario's horizon."""
        return cls(horizon.weeks, horizon.start)

    @property
    def days(self) -> int:
        """Return the number of days."""
        return self.weeks * WEEK_DAYS

    @cached_property
    def _holidays(self) -> dict[dt.date, str]:
        if self.start is None:
            return {}
        years = range(self.start.year, (self.start + dt.timedelta(days=self.days + 2)).year + 1)
        return dict(holidays.country_holidays("NO", years=years, language="en_US"))

    @cached_property
    def red_days(self) -> frozenset[int]:
        """Return the public holidays inside the horizon (Sundays are not counted here)."""
        return frozenset(self._inside(date) for date in self._holidays if self._inside(date) >= 0)

    @cached_property
    def eves(self) -> frozenset[int]:
        """Return Easter, Whitsun, Christmas and New Year's Eve inside the horizon."""
        if self.start is None:
            return frozenset()
        return frozenset(day for day in range(self.days) if is_eve(self.start + dt.timedelta(days=day)))

    def _inside(self, date: dt.date) -> int:
        assert self.start is not None
        day = (date - self.start).days
        return day if 0 <= day < self.days else -1

    def day_of(self, reference: str) -> int | None:
        """Return the day a date or `week 2 tuesday` means; None when it lies outside the horizon."""
        if reference.startswith("week "):
            _, week, name = reference.split()
            day = (int(week) - 1) * WEEK_DAYS + WEEKDAY_NAMES.index(name)
            return day if 0 <= day < self.days else None
        if self.start is None:
            return None
        day = self._inside(dt.date.fromisoformat(reference))
        return day if day >= 0 else None

    def days_of(self, key: str) -> frozenset[int]:
        """Return the days a key means, possibly none."""
        every = range(self.days)
        if key == "all":
            return frozenset(every)
        if key == "weekdays":
            return frozenset(d for d in every if d % WEEK_DAYS < 5)
        if key == "weekend":
            return frozenset(d for d in every if d % WEEK_DAYS >= 5)
        if key in WEEKDAY_NAMES:
            return frozenset(d for d in every if d % WEEK_DAYS == WEEKDAY_NAMES.index(key))
        if key == "red_days":
            return self.red_days
        if key == "eves":
            return self.eves
        if key.startswith("week ") and len(key.split()) == 2:
            week = int(key.split()[1]) - 1
            return frozenset(d for d in every if d // WEEK_DAYS == week)
        day = self.day_of(key)
        return frozenset() if day is None else frozenset({day})

    def per_day(self, value: int | dict[str, int]) -> list[int | None]:
        """Return the value of each day; the most specific key wins, None where no key speaks."""
        if isinstance(value, int):
            return [value] * self.days
        found: list[int | None] = [None] * self.days
        for key in sorted(value, key=_specificity):
            for day in self.days_of(key):
                found[day] = value[key]
        return found


def _specificity(key: str) -> int:
    if key == "all":
        return 0
    if key in ("weekdays", "weekend"):
        return 1
    if key in WEEKDAY_NAMES:
        return 2
    if key in ("eves", "red_days"):
        return 4 if key == "eves" else 5
    if key.startswith("week "):
        return 3 if len(key.split()) == 2 else 6
    return 7
