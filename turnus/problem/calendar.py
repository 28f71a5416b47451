"""Days by name: which days of the horizon a key such as `weekdays` or `week 2 tuesday` means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import holidays

from turnus.clock import WEEK_DAYS, WEEKDAY_NAMES
from turnus.scenario.models import Horizon

_HOLIDAYS_WITH_EVE = frozenset({"Easter Sunday", "Pentecost", "Christmas Day", "New Year's Day"})


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
        found = []
        for date, name in self._holidays.items():
            if not _HOLIDAYS_WITH_EVE.isdisjoint(name.split("; ")):
                found.append(self._inside(date - dt.timedelta(days=1)))
        return frozenset(day for day in found if day >= 0)

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
