"""Frozen, indexed input: days, actions, classes of posts and rows of demand.

An *action* is what one post does on one day: 0 is off, `s + 1` is shift `s`. A shift belongs to
the day on which it starts. Sizes are whole hundredths of a percent, so 14.1 % is 1410.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from turnus.clock import WEEK_DAYS, WEEKDAY_NAMES
from turnus.problem.conversion import SHORTEST, TWELFTHS, UNCONVERTED, credits_of

OFF = 0
FULL_TIME = 10_000  # 100 % in hundredths of a percent
_ANY_CREDIT = 10**9  # more than any line has


PartKind = Literal["active", "passive", "standby"]


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a shift in minutes after midnight; `counts` is the share that counts as hours."""

    kind: PartKind
    start: int
    end: int
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift in minutes after its day's midnight; `end` passes 1440 when it ends the next morning."""

    code: str
    name: str
    start: int
    end: int
    minutes: int  # hours that count
    tags: frozenset[str]
    days: frozenset[int]  # days of the horizon on which it exists
    competences: frozenset[int]  # who may work it
    volunteers_only: bool
    active: tuple[tuple[int, int], ...]  # stretches that cover demand
    parts: tuple[Part, ...] = ()  # as the file states them; empty for a shift of one active stretch
    break_minutes: int | None = None  # breaks in all, paid or not; None when the file does not say

    @property
    def working_minutes(self) -> int:
        """Return the working time by the clock: passive duty too, standby and unpaid breaks left out."""
        if not self.parts:
            return self.minutes
        counted = round(sum(part.counts * (part.end - part.start) for part in self.parts))
        unpaid = counted - self.minutes
        return self.minutes_of("active") + self.minutes_of("passive") - unpaid

    def minutes_of(self, kind: PartKind) -> int:
        """Return how long the shift is of one kind of work, by the clock."""
        if not self.parts:
            return self.end - self.start if kind == "active" else 0
        return sum(part.end - part.start for part in self.parts if part.kind == kind)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for one of `actions` on `day`, worth `strength` (1 weak, 2 medium, 3 strong)."""

    day: int
    actions: frozenset[int]
    strength: int


@dataclass(frozen=True, slots=True)
class PostClass:
    """Posts that are interchangeable: the open posts of one competence, or one named person.

    `size` and `wished` are a named person's present and wished size (0 for open posts); a named
    person's post takes one of `sizes`, all between the two. With `converted` hours (tredelt) Sundays and
    nights shorten the full week; `full_week_minutes` is then the longest it can be.
    """

    id: str
    person: str | None
    competence: int
    sizes: tuple[int, ...]
    at_most: int
    size: int
    wished: int
    tags: frozenset[str]
    long_shifts: bool
    extra_weekends: bool
    full_week_minutes: int
    under_minutes: int
    over_minutes: int
    leave: frozenset[int]
    pins: tuple[tuple[int, int], ...]  # (day, action)
    bans: frozenset[tuple[int, int]]  # (day, action)
    wishes: tuple[Wish, ...]
    history: tuple[int, ...]  # actions before day 0, the latest last
    converted: bool = False
    present_rota: tuple[int, ...] = ()  # actions of the days as they are now; empty when not known

    @property
    def named(self) -> bool:
        """Whether this is one named person's post."""
        return self.person is not None

    @property
    def full_weeks(self) -> tuple[int, int]:
        """Return the shortest and the longest week of a full position in minutes; alike unless converted."""
        return (SHORTEST if self.converted else self.full_week_minutes), self.full_week_minutes

    def weeks(self, size: int, days: int) -> Fraction:
        """Return how many weeks of a full position the horizon is, leave days taken out in proportion."""
        return Fraction(size * (days - len(self.leave)), FULL_TIME * WEEK_DAYS)

    def position(self, size: int, days: int, credit: int = 0) -> Fraction:
        """Return the hours of the post over the horizon in minutes, exactly.

        `credit` is what the line takes off a converted post, in twelfths of a minute (`Problem.credits`).
        """
        weeks = self.weeks(size, days)
        if not self.converted:
            return self.full_week_minutes * weeks
        shortest, longest = self.full_weeks
        shortened = UNCONVERTED * weeks - Fraction(credit, TWELFTHS)
        return min(max(shortened, shortest * weeks), longest * weeks)

    def window(self, size: int, days: int, credit: int | None = None) -> tuple[int, int]:
        """Return the least and most planned minutes that keep within the hours tolerance.

        Without a credit, those of any line: in a converted post from the shortest week to the longest.
        """
        shortest = self.position(size, days, _ANY_CREDIT if credit is None else credit)
        longest = self.position(size, days, credit or 0)
        return max(0, math.ceil(shortest - self.under_minutes)), math.floor(longest + self.over_minutes)


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: people of `workers` on one of `cells` (day, action) must number at least `need`.

    `competence` is None for the headcount; `minutes` is how long the requirement lasts and `value`
    what a missing minute weighs. `most` is None without a surplus limit; a minute of one person beyond it
    weighs `surplus_value`, and is not allowed at all when that is None.
    """

    day: int
    block: str
    begins: int
    ends: int
    competence: int | None
    need: int
    most: int | None
    minutes: int
    value: int
    cells: frozenset[tuple[int, int]]
    workers: frozenset[int]
    surplus_value: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """FTE budget in hundredths of a percent of a full post, in all and at most per competence."""

    total: int
    by_competence: tuple[tuple[int, int], ...]  # (competence, at most)


@dataclass(frozen=True)
class Problem:
    """One unit, indexed: what lines, posts, rota, rules and goals all read."""

    name: str
    unit: str
    days: int
    cyclic: bool
    start: dt.date | None
    red_days: frozenset[int]
    shifts: tuple[Shift, ...]
    competences: tuple[str, ...]
    competence_names: tuple[str, ...]
    classes: tuple[PostClass, ...]
    rows: tuple[Row, ...]
    budget: Budget
    weekend_cells: frozenset[tuple[int, int]]  # (weekday, action)
    weekend_days: tuple[int, ...]  # weekdays that lie wholly inside the weekend
    goals: tuple[str, ...]
    smallest_size: int  # of open posts
    most_open_posts: int | None = None  # of all competences together
    discussed: dt.date | None = None  # when the plan was discussed with the representatives

    @property
    def weeks(self) -> int:
        """Return the number of whole weeks."""
        return self.days // WEEK_DAYS

    @property
    def actions(self) -> int:
        """Return how many actions there are, off included."""
        return len(self.shifts) + 1

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Return the code of each action; off is `-`."""
        return ("-", *(shift.code for shift in self.shifts))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Return each action's start in minutes after midnight (0 for off)."""
        return (0, *(shift.start for shift in self.shifts))

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Return each action's end in minutes after its day's midnight (0 for off)."""
        return (0, *(shift.end for shift in self.shifts))

    @cached_property
    def minutes(self) -> tuple[int, ...]:
        """Return the hours each action counts, in minutes."""
        return (0, *(shift.minutes for shift in self.shifts))

    @cached_property
    def credits(self) -> tuple[tuple[int, ...], ...]:
        """Return what each (day, action) takes off the hours of a converted post, in twelfths of a minute."""
        return credits_of(self)

    def tagged(self, *tags: str) -> frozenset[int]:
        """Return the actions whose shift carries one of the tags or has one of these codes."""
        wanted = frozenset(tags)
        return frozenset(
            i + 1 for i, shift in enumerate(self.shifts) if wanted & shift.tags or shift.code in wanted
        )

    @cached_property
    def worked(self) -> frozenset[int]:
        """Return every action that is a shift."""
        return frozenset(range(1, self.actions))

    def day_name(self, day: int) -> str:
        """Return the date of a calendar day, or `week 2 tuesday` in a base rota."""
        if self.start is not None:
            return (self.start + dt.timedelta(days=day)).isoformat()
        return f"week {day // WEEK_DAYS + 1} {WEEKDAY_NAMES[day % WEEK_DAYS]}"
