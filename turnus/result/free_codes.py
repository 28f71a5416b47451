"""Free-day codes that a rota brings along, against the weekly rest that F1 stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from turnus.audit import free_days, weekly_rest_of
from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.problem import Problem, Rota
from turnus.result.sentences import hours_and_minutes
from turnus.rules import Rule
from turnus.rules.reading import reader
from turnus.texts import _, weekday

F1, F2 = "F1", "F2"


def free_code_notes(
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota,
    codes: Sequence[Sequence[str]],
    file_lines: Sequence[int | None],
) -> tuple[Finding, ...]:
    """Return one note for each post whose F1 and F2 codes say something else than its rests do.

    A week has exactly one F1, on a day off that holds the weekly rest, and at most one F2. `codes` has
    the code of each post and day as written. A rota without any such code is left alone, and so is a
    week that is all leave.
    """
    if not any(code in (F1, F2) for row in codes for code in row):
        return ()
    derived = free_days(problem, rules, rota)
    notes = []
    for post, row in enumerate(codes):
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
                day=weekday(first[0] % WEEK_DAYS), rest=hours_and_minutes(minutes)
            )
        elif (second := sum(row[day] == F2 for day in days)) > 1:
            fault = _("{n} F2").format(n=second)
        if fault:
            yield _("week {week}: {fault}").format(week=monday // WEEK_DAYS + 1, fault=fault)


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
