"""What a result shows to people, in words and in their language: the tables of the terminal and the report.

Everything here is text and marks; colours and layout are the business of `turnus.formats` and `turnus.cli`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from turnus.clock import WEEK_DAYS, show_clock, show_end
from turnus.goals import Heltid, coverage, heltid, kind_of_shift
from turnus.problem import FULL_TIME, OFF, Problem, Rota, Row
from turnus.result.outcome import GoalValue, Outcome
from turnus.result.words import amount, amount_or_unknown, goal_title
from turnus.texts import _, date, hours, ngettext, number, percent, up_to, weekday

Mark = Literal["day", "evening", "night", "long", "other", "free", "off", "leave"]
Standing = Literal["proven", "open", ""]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a table: a name, its value, its bound (empty when it has none) and whether it is proven."""

    name: str
    value: str
    bound: str = ""
    standing: Standing = ""


@dataclass(frozen=True, slots=True)
class SizeLine:
    """How many posts have one size: in each competence, in all, their FTE and their share of all posts."""

    size: str
    by_competence: tuple[str, ...]
    posts: str
    fte: str
    share: int  # of all posts, in percent


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One weekday of a block: the need, how many are missing and above it, summed over the weeks."""

    need: str
    missing: int
    over: int


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A block of the day, for the headcount or one competence (empty for the headcount)."""

    block: str
    times: str
    competence: str
    cells: tuple[CoverageCell | None, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one post: the code to print and what kind of day it is."""

    code: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class GridLine:
    """One post's line; `person` is empty for an open post, `difference` is planned minus position."""

    id: str
    person: str
    competence: str
    size: str
    cells: tuple[Cell, ...]
    week_hours: tuple[str, ...]
    difference: str


def goal_facts(outcome: Outcome) -> list[Fact]:
    """Return the goals in order of priority with value, bound and standing."""
    return [
        Fact(
            goal_title(goal.id),
            amount_or_unknown(goal.value, goal.unit),
            amount_or_unknown(goal.bound, goal.unit),
            "proven" if goal.proven else "open",
        )
        for goal in outcome.goals
    ]


def heltid_facts(problem: Problem, rota: Rota, goals: tuple[GoalValue, ...]) -> list[Fact]:
    """Return the heltid vector; a line that is also a goal carries the goal's bound."""
    vector = heltid(problem, rota.posts, rota)
    by_goal = {goal.id: goal for goal in goals}
    below = " · ".join(
        _("{n} below {size}").format(n=count, size=percent(float(step)))
        for step, count in vector.posts_below.items()
    )
    return [
        _with_bound(_full_time_text(vector), by_goal.get("full_time_posts"), _("Full-time posts")),
        _with_bound(_percent(vector.full_time_share), by_goal.get("full_time_share"), _("Full-time share")),
        _with_bound(str(vector.heads), by_goal.get("fewest_heads"), _("Heads")),
        _with_bound(_percent(vector.mean_size_percent), by_goal.get("mean_size"), _("Mean size")),
        _with_bound(
            _percent(vector.min_size_percent), by_goal.get("largest_smallest_size"), _("Smallest size")
        ),
        _with_bound(
            str(vector.heads - vector.full_time_posts), by_goal.get("fewest_part_time"), _("Part-time posts")
        ),
        Fact(_("Small posts"), below),
        Fact(_("FTE in posts"), number(vector.fte, 2)),
        Fact(_("FTE planned"), _("unknown") if vector.planned_fte is None else number(vector.planned_fte, 2)),
        Fact(_("Wished increases"), _wished_text(vector)),
    ]


def _with_bound(value: str, goal: GoalValue | None, name: str) -> Fact:
    if goal is None or goal.bound is None:
        return Fact(name, value)
    return Fact(name, value, amount(goal.bound, goal.unit), "proven" if goal.proven else "open")


def _full_time_text(vector: Heltid) -> str:
    if not vector.full_time_named:
        return str(vector.full_time_posts)
    return _("{all} ({named} named, {open} open)").format(
        all=vector.full_time_posts, named=vector.full_time_named, open=vector.full_time_open
    )


def _percent(value: float | None) -> str:
    return _("unknown") if value is None else percent(value)


def _wished_text(vector: Heltid) -> str:
    wished = vector.wished_increase
    if not wished.people:
        return _("nobody has asked for more")
    return _("{granted} of {people} granted, {fte} FTE unmet").format(
        granted=wished.granted, people=wished.people, fte=up_to(wished.unmet_fte)
    )


def size_lines(problem: Problem, rota: Rota) -> list[SizeLine]:
    """Return how many posts have each size, the largest first, and a last line with the sums."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for post in rota.posts:
        counts[post.size][problem.classes[post.class_index].competence] += 1
    every: Counter[int] = sum(counts.values(), Counter())
    lines = [
        _size_line(percent(100 * size / FULL_TIME, 2), found, every, size * found.total())
        for size, found in sorted(counts.items(), reverse=True)
    ]
    return [*lines, _size_line(_("All"), every, every, sum(post.size for post in rota.posts))]


def _size_line(size: str, found: Counter[int], every: Counter[int], hundredths: int) -> SizeLine:
    cells = tuple(str(found[index] or "") for index in sorted(every))
    share = round(100 * found.total() / every.total()) if every else 0
    return SizeLine(size, cells, str(found.total()), number(hundredths / FULL_TIME, 2), share)


def size_headings(problem: Problem, rota: Rota) -> list[str]:
    """Return the names of the competences that have posts, in the order of `SizeLine.by_competence`."""
    used = {problem.classes[post.class_index].competence for post in rota.posts}
    return [problem.competence_names[index] for index in sorted(used)]


def coverage_lines(problem: Problem, rota: Rota) -> list[CoverageLine]:
    """Return the coverage by weekday, one line for each block, its stretches and competences."""
    grouped: dict[tuple[str, int, int, int | None], dict[int, list[tuple[Row, int]]]] = {}
    for row, there in zip(problem.rows, coverage(problem, rota).present, strict=True):
        key = (row.block, row.begins, row.ends, row.competence)
        grouped.setdefault(key, defaultdict(list))[row.day % WEEK_DAYS].append((row, there))
    return [
        CoverageLine(
            block,
            f"{show_clock(begins)}–{show_end(ends)}",
            "" if competence is None else problem.competence_names[competence],
            tuple(_coverage_cell(by_weekday.get(index, []), competence) for index in range(WEEK_DAYS)),
        )
        for (block, begins, ends, competence), by_weekday in grouped.items()
    ]


def _coverage_cell(found: list[tuple[Row, int]], competence: int | None) -> CoverageCell | None:
    if not found:
        return None
    needs = {row.need for row, _there in found}
    need = str(min(needs)) if len(needs) == 1 else f"{min(needs)}–{max(needs)}"
    over = 0 if competence is not None else sum(max(0, there - row.need) for row, there in found)
    return CoverageCell(need, sum(max(0, row.need - there) for row, there in found), over)


def uncovered_places(problem: Problem, rota: Rota) -> list[str]:
    """Return a sentence for each place where people are missing, in order of time."""
    rows = problem.rows
    found = sorted(
        coverage(problem, rota).places, key=lambda place: (rows[place.row].day, rows[place.row].begins)
    )
    return [_place(problem, problem.rows[place.row], place.missing) for place in found]


def _place(problem: Problem, row: Row, missing: int) -> str:
    who = _("people") if row.competence is None else problem.competence_names[row.competence]
    return _("{day}, {block} {times}: {n} missing ({who})").format(
        day=day_title(problem, row.day),
        block=row.block,
        times=f"{show_clock(row.begins)}–{show_end(row.ends)}",
        n=missing,
        who=who,
    )


def day_title(problem: Problem, day: int) -> str:
    """Return a day in words: `tuesday of week 2` in a base rota, with the date in a calendar plan."""
    name = weekday(day % WEEK_DAYS)
    if problem.start is None:
        return _("week {week} {weekday}").format(week=day // WEEK_DAYS + 1, weekday=name)
    return f"{name} {date(problem.start + dt.timedelta(days=day))}"


def mark_of(problem: Problem, action: int) -> Mark:
    """Return what kind of shift an action is: by its tags, else by when it starts."""
    if action == OFF:
        return "off"
    return kind_of_shift(problem, action)


def grid_lines(problem: Problem, rota: Rota, free: list[list[str]]) -> list[GridLine]:
    """Return the rota as lines; `free` holds the free-day codes of each post and day."""
    return [_grid_line(problem, rota, free[index], index) for index in range(len(rota.posts))]


def _grid_line(problem: Problem, rota: Rota, free: list[str], index: int) -> GridLine:
    post = rota.posts[index]
    owner = problem.classes[post.class_index]
    line = [int(action) for action in rota.lines[index]]
    planned = rota.worked_minutes(problem, index)
    return GridLine(
        id=f"{index + 1:02d}",
        person=owner.person or "",
        competence=problem.competence_names[owner.competence],
        size=percent(100 * post.size / FULL_TIME, 2),
        cells=tuple(_cell(problem, action, free[day], day in owner.leave) for day, action in enumerate(line)),
        week_hours=tuple(
            up_to(sum(problem.minutes[a] for a in line[monday : monday + WEEK_DAYS]) / 60)
            for monday in range(0, problem.days, WEEK_DAYS)
        ),
        difference=hours(planned - rota.position_minutes(problem, index), 2, signed=True),
    )


def _cell(problem: Problem, action: int, free_code: str, on_leave: bool) -> Cell:
    if action != OFF:
        return Cell(problem.codes[action], mark_of(problem, action))
    if free_code:
        return Cell(free_code, "free")
    return Cell("", "leave" if on_leave else "off")


def shift_legend(problem: Problem) -> list[tuple[Cell, str]]:
    """Return each code with its name and clock times."""
    return [
        (
            Cell(shift.code, mark_of(problem, index + 1)),
            f"{shift.name + ' ' if shift.name else ''}{show_clock(shift.start)}–{show_end(shift.end)}",
        )
        for index, shift in enumerate(problem.shifts)
    ]


def weeks_word(count: int) -> str:
    """Return `6 weeks`."""
    return ngettext("{n} week", "{n} weeks", count).format(n=count)


def week_number(problem: Problem, day: int) -> int:
    """Return the week a day lies in: the calendar's in a calendar plan, else counted from 1."""
    if problem.start is None:
        return day // WEEK_DAYS + 1
    return (problem.start + dt.timedelta(days=day)).isocalendar().week


def week_title(problem: Problem, week: int) -> str:
    """Return `Week 2`, in a calendar plan with the number and the Monday of the calendar's week."""
    if problem.start is None:
        return _("Week {n}").format(n=week + 1)
    monday = problem.start + dt.timedelta(weeks=week)
    return _("Week {n} ({date})").format(n=monday.isocalendar().week, date=date(monday))


def day_short(problem: Problem, day: int) -> str:
    """Return the heading of a day's column: `ma`, in a calendar plan with the day of the month."""
    name = weekday(day % WEEK_DAYS, short=True)
    if problem.start is None:
        return name
    return f"{name} {(problem.start + dt.timedelta(days=day)).day}"


@dataclass(frozen=True, slots=True)
class DaySum:
    """A number for each day: how many work a shift, or how many people are missing."""

    title: str
    counts: tuple[int, ...]
    missing: bool = False


def day_sums(problem: Problem, rota: Rota) -> list[DaySum]:
    """Return how many work each shift each day, and last how many are missing at most, if any are."""
    lines = [
        DaySum(shift.code, tuple(int(count) for count in (rota.lines == index + 1).sum(axis=0)))
        for index, shift in enumerate(problem.shifts)
    ]
    missing = Counter[int]()
    for place in coverage(problem, rota).places:
        row = problem.rows[place.row]
        missing[row.day] = max(missing[row.day], place.missing)
    short = DaySum(_("Missing at most"), tuple(missing[day] for day in range(problem.days)), missing=True)
    return [*lines, short] if missing else lines
