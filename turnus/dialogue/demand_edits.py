"""Demand as a file states it, read and changed block by block: what levers about staffing share."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Literal

from turnus.clock import WEEKDAY_NAMES, parse_clock, show_clock
from turnus.dialogue.lever import Data
from turnus.dialogue.variant import Variant
from turnus.problem import Shift
from turnus.problem.demand import span_of
from turnus.texts import _

Part = Literal["day", "evening", "night"]
PARTS: tuple[Part, ...] = ("day", "evening", "night")
KINDS = ("weekdays", "weekend")
DAYS_OF = {"weekdays": 5, "weekend": 2}
EVENING_FROM = 14 * 60
NIGHT_AT = 24 * 60 + 3 * 60  # a block that is on at three in the morning is a night


def blocks(data: Data, part: Part, *, weekend: bool | None = None) -> Iterator[Data]:
    """Yield the blocks of demand by day, in the evening or at night; in the weekend only, where asked."""
    for block in data.get("demand", ()):
        needed = need_on(block["need"], "weekend" if weekend else "weekdays")
        if part_of(block, data) == part and (weekend is None or needed):
            yield block


def part_of(block: Data, data: Data) -> Part:
    """Return whether a block is by day, in the evening or at night, by its clock times."""
    begins, ends = span(block, data)
    if begins <= NIGHT_AT - 24 * 60 < ends or begins <= NIGHT_AT < ends:
        return "night"
    return "evening" if begins >= EVENING_FROM else "day"


def span(block: Data, data: Data) -> tuple[int, int]:
    """Return a block's clock times in minutes; of its first shift where it names shifts."""
    if "from" in block:
        return span_of(block["from"], block["to"])
    shift = next(one for one in data["shifts"] if one["code"] == block["shifts"][0])
    parts = shift.get("parts") or [shift]
    return span_of(parts[0]["from"], parts[-1]["to"])


def need_on(need: Any, kind: str) -> int:
    """Return how many people a need asks for on weekdays or at weekends, dates and weeks aside."""
    if not isinstance(need, dict):
        return int(need)
    return int(need[kind] if kind in need else need.get("all", 0))


def with_need(need: Any, kind: str, people: int) -> Any:
    """Return a need with another number of people on weekdays or at weekends; single days move along."""
    before = need_on(need, kind)
    days = dict(need) if isinstance(need, dict) else {one: int(need) for one in KINDS}
    if "all" in days:
        days = {one: days.get(one, days["all"]) for one in KINDS} | {
            key: value for key, value in days.items() if key not in ("all", *KINDS)
        }
    days[kind] = people
    mine = WEEKDAY_NAMES[:5] if kind == "weekdays" else WEEKDAY_NAMES[5:]
    for day in mine:
        if day in days:
            days[day] = max(0, days[day] + people - before)
    if set(days) == set(KINDS) and days["weekdays"] == days["weekend"]:
        return people
    return days


def limit_inside(block: Data, kind: str, most: int) -> None:
    """Keep the competences asked for inside the headcount."""
    for name, need in block.get("of_which", {}).items():
        if need_on(need, kind) > most:
            block["of_which"][name] = with_need(need, kind, most)


def only(need: Any, kind: str) -> Any:
    """Return the part of a need that is for weekdays or for weekends; nothing where there is none."""
    mine = WEEKDAY_NAMES[:5] if kind == "weekdays" else WEEKDAY_NAMES[5:]
    people = need_on(need, kind)
    days = {key: value for key, value in need.items() if key in mine} if isinstance(need, dict) else {}
    return ({kind: people} if people else {}) | days


def plain_days(data: Data) -> bool:
    """Whether demand is stated by kinds of days alone: no dates, no weeks, no red days."""
    known = {"all", *KINDS, *WEEKDAY_NAMES}
    needs = [
        need
        for block in data.get("demand", ())
        for need in (block["need"], *block.get("of_which", {}).values())
    ]
    return all(not isinstance(need, dict) or set(need) <= known for need in needs)


def shift_minutes(block: Data, data: Data, variant: Variant) -> int:
    """Return the hours that one person counts who covers a block: those of the shift that fits it best."""
    begins, ends = span(block, data)
    shifts = () if variant.case is None else variant.case.problem.shifts

    def misfit(shift: Shift) -> tuple[int, int]:
        return abs(shift.start - begins) + abs(shift.end - ends), shift.minutes

    covering = [shift for shift in shifts if shift.active]
    return min(covering, key=misfit).minutes if covering else ends - begins


def full_week_minutes(variant: Variant) -> float:
    """Return the minutes a week of a full position in the unit."""
    posts = () if variant.case is None else variant.case.problem.classes
    return max((post.full_week_minutes for post in posts), default=2130)


def add_to_budget(data: Data, variant: Variant, minutes_a_week: float) -> None:
    """Let the budget follow the demand, in tenths of an FTE; a unit without one has its staff's sum."""
    if "budget" in data:
        fte = minutes_a_week / full_week_minutes(variant)
        tenths = math.floor(fte * 10 + 0.5) / 10
        data["budget"]["fte"] = round(data["budget"]["fte"] + tenths, 2)


def part_word(part: Part) -> str:
    """Return a time of day in words."""
    return {"day": _("day"), "evening": _("evening"), "night": _("night")}[part]


def clock(minutes: int) -> str:
    """Return a clock time as a file has it."""
    return show_clock(minutes)


def edges_of_day(data: Data) -> tuple[int, int] | None:
    """Return when the first day shift begins and the last evening shift ends; None without either."""
    starts = [parse_clock(one["from"]) for one in data["shifts"] if "day" in one.get("tags", ())]
    ends = [parse_clock(one["to"]) for one in data["shifts"] if "evening" in one.get("tags", ())]
    return (min(starts), max(ends)) if starts and ends else None
