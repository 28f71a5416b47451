"""Clock times, durations and day names as people write them, in whole minutes."""

from __future__ import annotations

import re

DAY_MINUTES = 24 * 60
WEEK_DAYS = 7
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_CLOCK = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$|^24:00$")
_DURATION = re.compile(r"^\s*(?:(\d+(?:[.,]\d+)?)\s*h)?\s*(?:(\d+)\s*min)?\s*$")
_WEEK_MOMENT = re.compile(rf"^({'|'.join(WEEKDAY_NAMES)})\s+(\d\d:\d\d)$")


def parse_clock(text: str) -> int:
    """Return minutes after midnight for `"07:30"`; `"24:00"` is 1440."""
    match = _CLOCK.match(text)
    if match is None:
        raise ValueError(f'expected a clock time in quotes such as "07:30", found {text!r}')
    return DAY_MINUTES if match[1] is None else int(match[1]) * 60 + int(match[2])


def parse_duration(text: str) -> int:
    """Return minutes for `"9 h"`, `"45 min"`, `"7 h 30 min"` or `"35.5 h"`."""
    match = _DURATION.match(text)
    if match is None or (match[1] is None and match[2] is None):
        raise ValueError(f'expected a duration with its unit such as "9 h" or "45 min", found {text!r}')
    hours = float(match[1].replace(",", ".")) if match[1] else 0.0
    minutes = hours * 60 + int(match[2] or 0)
    if abs(minutes - round(minutes)) > 1e-9:
        raise ValueError(f"expected a whole number of minutes, found {text!r}")
    return round(minutes)


def parse_week_moment(text: str) -> int:
    """Return minutes after Monday 00:00 for `"friday 21:00"`."""
    match = _WEEK_MOMENT.match(text.strip().lower())
    if match is None:
        raise ValueError(f'expected a day and a clock time such as "friday 21:00", found {text!r}')
    return WEEKDAY_NAMES.index(match[1]) * DAY_MINUTES + parse_clock(match[2])


def show_clock(minutes: int) -> str:
    """Return `07:30` for 450; times after midnight wrap round the clock."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def show_end(minutes: int) -> str:
    """Return the clock time at which something ends: midnight as `24:00`, not as the beginning of a day."""
    return "24:00" if minutes and minutes % DAY_MINUTES == 0 else show_clock(minutes)


def show_duration(minutes: int) -> str:
    """Return `9 h`, `45 min` or `7 h 30 min`."""
    hours, rest = divmod(abs(minutes), 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else [])
    return ("-" if minutes < 0 else "") + " ".join(parts)


class ClockTime(int):
    """Minutes after midnight that show themselves as a clock time: `21:00`."""

    def __str__(self) -> str:
        """Return the time as people write it."""
        return show_clock(self)
