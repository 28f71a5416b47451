"""Sundays and red days off: how many of them are worked, and how many in a row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import PostClass, Problem, Rota
from turnus.problem.calendar import EVENING_BEFORE, LAST_EVENING
from turnus.problem.red_days import SUNDAY, RedDay, red_days_of
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import DayEvents, Kind, WeekEvents
from turnus.rules.levels import Level, Limit
from turnus.rules.reading import Reader, reader
from turnus.rules.windows import told_once, too_many_weeks
from turnus.texts import N_, _

AVERAGED_WEEKS = 26
LONGEST_SHIFT_DAYS = 3  # days before a red day on which a shift may begin that still reaches into it

#: The (day, action) whose shift is work on a red day, by the red day.
RedCells = dict[int, frozenset[tuple[int, int]]]


class SundaysOff(Rule):
    r"""After work on a Sunday or red day the next one is off; averaged, half of them are, over 26 weeks.

    Work counts when any of it lies between 18:00 on the day before (15:00 on Christmas, Easter and Whitsun
    Eve) and 22:00 on the last red day, § 10-10: a Saturday evening is Sunday work, a Sunday night from 22:00
    before a working Monday is not. A Sunday or red day counts once, whatever is worked on it. Red days in a
    row part at midnight.

    With `in_a_row` 1 every Sunday or red day after one that was worked is off. With more, as a written
    agreement on averaging may have it:

    .. math:: \sum_{26\,\text{weeks}} \text{worked} \le \lfloor \tfrac12 \text{Sundays and red days} \rfloor

    and at most `in_a_row` Sundays in a row are worked, for the weekly rest is to fall on one of them at least
    every fourth week. A red day off on another weekday is not taken for a Sunday here, which is the careful
    reading.

    Notes
    -----
    A base rota knows Sundays only. It is read as repeated, in 26 weeks that begin in any of its weeks. A plan
    shorter than 26 weeks has no mean yet: what comes after it is not known. Sundays in a row are read from
    Saturday 18:00 to Sunday 22:00, red days beside them or not.

    How red days in a row part, that each of them counts by itself, and when 1 and 17 May begin, is not
    verified (`assumed`). Without an agreement the rule holds. Where a profile presumes one, it is averaged: a
    rota alone is then checked for it, but a scenario says itself whether to plan for it, because a mean over
    26 weeks that the weekend frequency does not keep anyway takes long to plan.
    """

    id: ClassVar[str] = "sundays_off"
    title: ClassVar[str] = N_("Sundays and red days off")
    sentence: ClassVar[str] = N_(
        "After work on a Sunday or red day the next one is off, or, averaged, half of them over 26 weeks."
    )
    example: ClassVar[str] = N_(
        "Saturday evening to 22:15 in week 1, Sunday day in week 2: both are Sunday work, 1 red day too many."
    )
    source: ClassVar[Source] = Source(
        "AML § 10-8 (4) and § 10-10",
        "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/ukentlig-fritid/",
    )
    unit: ClassVar[str] = N_("red days too many")
    standing: ClassVar[Literal["hard", "soft", "off"]] = "off"
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "in_a_row",
            "most",
            1,
            {Level.INDIVIDUAL: 3, Level.CENTRAL: None},
            "AML § 10-8 (4)",
            notes={
                Level.INDIVIDUAL: N_(
                    "Disputed: the act says employer and employee in writing; in practice it is agreed with "
                    "the representatives."
                )
            },
        ),
    )

    in_a_row: Annotated[int, Field(ge=1, le=26)] = Field(
        1, description="Most Sundays worked in a row; above 1 half of all are off over 26 weeks."
    )

    def assumed(self) -> tuple[str, ...]:
        """Return how red days are told apart, which the act does not say."""
        return (
            N_("Not verified: red days in a row part at midnight, and each of them counts by itself."),
            N_(
                "Not verified: 1 and 17 May begin at 18:00 the day before, as other red days do; a secondary "
                "source says 22:00."
            ),
        )

    def unjudged(self, problem: Problem) -> str:
        """Return that a plan is too short for the mean."""
        if not self.averaged or problem.cyclic:
            return ""
        known = max((len(post.history) for post in problem.classes), default=0) // WEEK_DAYS + problem.weeks
        if known >= AVERAGED_WEEKS:
            return ""
        text = _("The mean over 26 weeks is not known: the plan and the days before it are {weeks} weeks.")
        return text.format(weeks=known)

    @property
    def averaged(self) -> bool:
        """Whether time off on Sundays and red days is averaged over 26 weeks."""
        return self.in_a_row > 1

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each Sunday or red day at work that ends a stretch with too many of them."""
        stretches: dict[int, list[tuple[RedCells, int]]] = {}  # by how many days before the plan are known
        for post in self.posts_concerned(problem, rota):
            read = reader(problem, rota, post)
            if self.averaged or problem.cyclic:
                yield from self._by_weeks(problem, post, read)
            if not problem.cyclic:
                known = len(problem.classes[rota.posts[post].class_index].history)
                if known not in stretches:
                    stretches[known] = list(self._cells_limited(problem, known))
                yield from self._by_dates(post, read, stretches[known])

    def _by_weeks(self, problem: Problem, post: int, read: Reader) -> Iterator[Breach]:
        """Yield each worked Sunday that ends weeks with too many; once for each limit it passes."""
        worked = partial(_worked_in_week, read, sunday_cells(problem))
        for most, weeks in self._limits_by_weeks(problem):
            for week, amount, times in too_many_weeks(problem, worked, most, weeks):
                yield Breach(self.id, post, week * WEEK_DAYS + SUNDAY, amount, self.unit, times)

    def _limits_by_weeks(self, problem: Problem) -> tuple[tuple[int, int], ...]:
        """Return (Sundays worked at most, of so many weeks in a row)."""
        row = (self.in_a_row, self.in_a_row + 1)
        if self.averaged and problem.cyclic:
            return (row, (AVERAGED_WEEKS // 2, AVERAGED_WEEKS))
        return (row,)

    def _by_dates(self, post: int, read: Reader, stretches: list[tuple[RedCells, int]]) -> Iterator[Breach]:
        """Yield each worked Sunday or red day that ends a stretch of dates with too many."""
        found = []
        every = {day: cells for red_days, _most in stretches for day, cells in red_days.items()}
        at_work = {day for day, cells in every.items() if any(read(on) == action for on, action in cells)}
        for red_days, most in stretches:
            worked = [day for day in red_days if day in at_work]
            if len(worked) > most:
                found.append((max(0, worked[-1]), len(worked) - most))
        for day, amount, times in told_once(found):
            yield Breach(self.id, post, day, amount, self.unit, times)

    def _cells_limited(self, problem: Problem, known: int) -> Iterator[tuple[RedCells, int]]:
        """Yield the stretches of `_limited` with the shifts that are work on each of their red days."""
        cells: RedCells = {}
        for red_days, most in self._limited(problem, known):
            for red in red_days:
                if red.day not in cells:
                    cells[red.day] = cells_of(problem, red)
            yield {red.day: cells[red.day] for red in red_days}, most

    def _limited(self, problem: Problem, known: int) -> Iterator[tuple[tuple[RedDay, ...], int]]:
        """Yield stretches of red days of a calendar plan, and how many of each may be worked.

        `known` is how many days before the plan are. Without averaging a stretch is a red day and the next;
        averaged, those of 26 weeks, all of them known.
        """
        if not self.averaged:
            before = list(red_days_of(problem, -known, 0))[-1:]
            yield from ((pair, 1) for pair in pairwise([*before, *red_days_of(problem, 0, problem.days)]))
            return
        for first in range(-(known // WEEK_DAYS), problem.weeks - AVERAGED_WEEKS + 1):
            weeks = tuple(red_days_of(problem, first * WEEK_DAYS, (first + AVERAGED_WEEKS) * WEEK_DAYS))
            yield weeks, len(weeks) // 2

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return limits on weeks with Sunday work, and on red days by date in a calendar plan."""
        kinds: list[Kind] = []
        cells = sunday_cells(problem)
        if not cells:
            return ()
        if self.averaged or problem.cyclic:
            kinds += [WeekEvents(cells, most, weeks) for most, weeks in self._limits_by_weeks(problem)]
        if not problem.cyclic:
            known = len(post.history)
            if self.averaged:
                kinds += [
                    DayEvents(tuple(cells_of(problem, red) for red in red_days), most, len(red_days))
                    for red_days, most in self._limited(problem, known)
                ]
            else:
                before = list(red_days_of(problem, -known, 0))[-1:]
                all_days = [*before, *red_days_of(problem, 0, problem.days)]
                kinds.append(DayEvents(tuple(cells_of(problem, red) for red in all_days), 1, 2))
        return tuple(kinds)


def cells_of(problem: Problem, red: RedDay) -> frozenset[tuple[int, int]]:
    """Return the (day, action) whose shift reaches into a red day's part of the zone."""
    return frozenset(
        (day, action)
        for day in range(red.day - LONGEST_SHIFT_DAYS, red.day + 1)
        for action in range(1, problem.actions)
        if day * DAY_MINUTES + problem.starts[action] < red.ends
        and day * DAY_MINUTES + problem.ends[action] > red.begins
    )


def sunday_cells(problem: Problem) -> frozenset[tuple[int, int]]:
    """Return the (weekday, action) that are work on an ordinary Sunday, Saturday 18:00 to Sunday 22:00."""
    midnight = SUNDAY * DAY_MINUTES
    return cells_of(problem, RedDay(SUNDAY, midnight + EVENING_BEFORE - DAY_MINUTES, midnight + LAST_EVENING))


def _worked_in_week(read: Reader, cells: frozenset[tuple[int, int]], week: int) -> bool:
    monday = week * WEEK_DAYS
    return any((weekday, read(monday + weekday)) in cells for weekday in range(WEEK_DAYS))
