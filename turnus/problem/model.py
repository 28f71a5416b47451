"""Frozen, indexed input: days, actions, classes of posts and rows of demand.

An *action* is what one post does on one day: 0 is off, `s + 1` is shift `s`. A shift belongs to
the day on which it starts. Sizes are whole hundredths of a percent, so 14.1 % is 1410.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from turnus.clock import WEEK_DAYS, WEEKDAY_NAMES

OFF = 0
FULL_TIME = 10_000  # 100 % in hundredths of a percent


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
    person's post takes one of `sizes`, all between the two.
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

    @property
    def named(self) -> bool:
        """Whether this is one named person's post."""
        return self.person is not None

    def position_minutes(self, size: int, days: int) -> float:
        """Return the hours of the post over the horizon in minutes, leave days taken out in proportion."""
        return self.full_week_minutes * size * (days - len(self.leave)) / (FULL_TIME * WEEK_DAYS)

    def window(self, size: int, days: int) -> tuple[int, int]:
        """Return the least and most planned minutes that keep within the hours tolerance."""
        exact = self.full_week_minutes * size * (days - len(self.leave))
        scale = FULL_TIME * WEEK_DAYS
        least = -(-(exact - self.under_minutes * scale) // scale)
        most = (exact + self.over_minutes * scale) // scale
        return max(0, least), most


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: people of `workers` on one of `cells` (day, action) must number at least `need`.

    `competence` is None for the headcount; `minutes` is how long the requirement lasts and `value`
    what a missing minute weighs. `most` is None without a surplus limit.
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
