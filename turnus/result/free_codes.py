"""Free-day codes that a rota brings along, against the weekly rest that F1 stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from turnus.audit import MONTH_DAYS, free_days, weekday_red_days, weekly_rest_of
from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import Problem, Rota
from turnus.result.view import day_title, week_number
from turnus.rules import Rule
from turnus.rules.reading import reader
from turnus.texts import _, hours_and_minutes, weekday

F1, F2, F3, F5 = "F1", "F2", "F3", "F5"


def free_code_notes(
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota,
    codes: Sequence[Sequence[str]],
    file_lines: Sequence[int | None],
) -> tuple[Finding, ...]:
    """Return one note for each post whose F1 and F2 codes say something else than its rests do.

    A week has exactly one F1, on a day off that holds the weekly rest, and at most one F2. `codes` has
    the code of each post and day as written, in large letters or small. A rota without any such code is
    left alone, and so is a week that is all leave.
    """
    large = [[code.upper() for code in row] for row in codes]
    if not any(code in (F1, F2) for row in large for code in row):
        return ()
    derived = free_days(problem, rules, rota)
    notes = []
    for post, row in enumerate(large):
        faults = list(_faults(problem, rules, rota, post, row, derived[post]))
        if faults:
            notes.append(_note(problem, rota, post, faults, file_lines[post]))
    return tuple(notes)


def _faults(
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota,
    post: int,
    row: Sequence[str],
    derived: Sequence[str],
) -> Iterator[str]:
    """Yield what is wrong with the codes of each week of a post."""
    rest, read = weekly_rest_of(problem, rules, rota, post), reader(problem, rota, post)
    leave = problem.classes[rota.posts[post].class_index].leave
    for monday in range(0, problem.days, WEEK_DAYS):
        days = range(monday, monday + WEEK_DAYS)
        if leave.issuperset(days):
            continue
        first = [day for day in days if row[day] == F1]
        wanted = [day for day in days if derived[day] == F1]
        fault = ""
        if len(first) != len(wanted):
            fault = _("{n} F1").format(n=len(first))
        elif first != wanted and (minutes := rest.rest_around(problem, read, first[0])) < rest.rest_minutes:
            fault = _("F1 on {day}, which holds {rest} of rest").format(
                day=_day(problem, first[0]), rest=hours_and_minutes(minutes)
            )
        elif (second := sum(row[day] == F2 for day in days)) > 1:
            fault = _("{n} F2").format(n=second)
        if fault:
            yield _("week {week}: {fault}").format(week=week_number(problem, monday), fault=fault)
    yield from _faults_of_red_days(problem, row)


def _day(problem: Problem, day: int) -> str:
    """Return the weekday, in a calendar plan with its date."""
    return weekday(day % WEEK_DAYS) if problem.start is None else day_title(problem, day)


def _faults_of_red_days(problem: Problem, row: Sequence[str]) -> Iterator[str]:
    """Yield F3 that is on no red day, F5 without an F1 on a red day, and such an F1 without its F5.

    Each F5 answers the earliest F1 before it that has none yet. An F1 whose month ends after the plan may get
    its day later. Where a rota has no F5 at all, none is asked for: not every employer has the custom.
    """
    red = set(weekday_red_days(problem))
    for day, code in enumerate(row):
        if code == F3 and day not in red:
            yield _("F3 on {day}, which is no red day").format(day=_day(problem, day))
    waiting: list[int] = []
    asked = F5 in row
    for day, code in enumerate(row):
        while waiting and day > waiting[0] + MONTH_DAYS:
            late = waiting.pop(0)
            if asked:
                yield _("F1 on the red day {day} without an F5 within a month").format(
                    day=_day(problem, late)
                )
        if code == F1 and day in red:
            waiting.append(day)
        elif code == F5 and waiting:
            waiting.pop(0)
        elif code == F5:
            yield _("F5 on {day} without an F1 on a red day in the month before").format(
                day=_day(problem, day)
            )


def _note(problem: Problem, rota: Rota, post: int, faults: list[str], line: int | None) -> Finding:
    owner = problem.classes[rota.posts[post].class_index].person
    return Finding(
        ("posts", post),
        _(
            "expected one F1 a week for {who}, on a day off that holds the weekly rest, and at most one F2"
        ).format(who=owner or _("open post")),
        _("found {value}").format(value="; ".join(faults)),
        _("The check reads the rests themselves; correct the codes where the rota is kept."),
        line,
    )
