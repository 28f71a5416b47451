"""The check as one HTML page that needs nothing beside it: verdict, rules, people, and the rota marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from turnus.case import Case
from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.formats.pages import style, template
from turnus.formats.rota_written import WrittenRota
from turnus.problem import OFF, Problem
from turnus.result import rulebook, view
from turnus.result.check import GROUPS, BreachLine, Check, Lapse, RuleCheck, frame_text
from turnus.result.document import versions
from turnus.result.sentences import horizon_text, more_breaches, note_sentence
from turnus.texts import _, language

WEEKS_PER_TABLE = 6
MOST_LISTED = 100  # breaches of one rule

Spots = dict[tuple[int, int | None], tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """One day of one post: its code, what kind of day it is, and which breaches stand on it."""

    code: str
    css: Any
    told: str


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One post's line in one table; `css` marks the post where a breach has no day of its own."""

    id: str
    person: str
    size: str
    css: str
    told: str
    cells: tuple[MarkedCell, ...]


@dataclass(frozen=True, slots=True)
class MarkedWeeks:
    """A few weeks of the rota as one table: titles of the weeks, headings of the days, lines."""

    weeks: tuple[str, ...]
    days: tuple[tuple[str, str], ...]
    lines: tuple[MarkedLine, ...]


def check_report_html(
    case: Case,
    written: WrittenRota,
    source: str,
    check: Check,
    notes: Sequence[Finding] = (),
    *,
    unsized: Collection[int] = (),
) -> str:
    """Return the page in the language in use; `unsized` are the posts whose size the file does not state."""
    problem, rota = case.problem, written.rota
    groups = [
        (f"{_(GROUPS[group])} – {_('hard') if hard else _('soft')}", [_shown(rule) for rule in broken])
        for hard in (True, False)
        for group in GROUPS
        if (broken := [rule for rule in check.broken if (rule.hard, rule.group) == (hard, group)])
    ]
    frame = frame_text(case.scenario, rota)
    text: str = template("check.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "check.css"),
        name=case.scenario.name,
        subtitle=" · ".join(filter(None, (case.scenario.unit, horizon_text(problem), frame))),
        check=check,
        draft_title=rulebook.draft_title(),
        draft=rulebook.draft_lines(case.drafts),
        tone="optimal" if check.passes else "infeasible",
        groups=groups,
        lapsed=[_shown_lapse(lapse) for lapse in check.lapsed],
        kept=check.kept,
        people=sorted(
            (one for one in check.people if one.hard or one.soft),
            key=lambda one: (-one.hard, -one.soft, one.post),
        ),
        agreements=rulebook.agreement_lines(case.scenario, case.problem, case.rules),
        notes=[note_sentence(note) for note in notes],
        legend=view.shift_legend(problem),
        tables=_tables(problem, written, check, unsized),
        rota=source,
        sha256=case.sha256,
    )  # fmt: skip
    return text


def _shown(rule: RuleCheck) -> dict[str, Any]:
    return {
        "rule": rule,
        "people": _by_person(rule.breaches[:MOST_LISTED]),
        "more": more_breaches(len(rule.breaches) - MOST_LISTED),
        "bases": list(dict.fromkeys(basis.sentence() for basis in rule.bases)),
    }


def _shown_lapse(lapse: Lapse) -> dict[str, Any]:
    return {
        "rule": lapse.rule,
        "basis": lapse.basis.sentence(),
        "people": _by_person(lapse.lines[:MOST_LISTED]),
        "more": more_breaches(len(lapse.lines) - MOST_LISTED),
    }


def _by_person(lines: Sequence[BreachLine]) -> list[tuple[str, list[BreachLine]]]:
    """Return the breaches of each person together, in the order in which they come."""
    found: dict[str, list[BreachLine]] = {}
    for line in lines:
        found.setdefault(line.who, []).append(line)
    return list(found.items())


def _tables(
    problem: Problem, written: WrittenRota, check: Check, unsized: Collection[int]
) -> list[MarkedWeeks]:
    spots = _spots(check)
    grid = view.grid_lines(problem, written.rota, [list(codes) for codes in written.off_codes])
    lines = [_as_written(problem, written, line, post, unsized) for post, line in enumerate(grid)]
    return [
        _table(problem, lines, spots, range(first, min(first + WEEKS_PER_TABLE, problem.weeks)))
        for first in range(0, problem.weeks, WEEKS_PER_TABLE)
    ]


def _as_written(
    problem: Problem, written: WrittenRota, line: view.GridLine, post: int, unsized: Collection[int]
) -> view.GridLine:
    """Return a post's line with its days of leave marked, and without a size that the file does not state."""
    rota = written.rota
    leave = set(problem.classes[rota.posts[post].class_index].leave)
    leave |= written.leave[post] if written.leave else frozenset()
    cells = tuple(
        replace(cell, mark="leave") if day in leave and rota.lines[post, day] == OFF else cell
        for day, cell in enumerate(line.cells)
    )
    return replace(line, cells=cells, size="" if post in unsized else line.size)


def _spots(check: Check) -> Spots:
    """Return what stands on each post and day (None: on the post), and whether a hard rule is among it."""
    found: Spots = {}
    marked = [(rule, line, line.amount) for rule in check.rules for line in rule.breaches]
    lapsed = [
        (one.rule, line, f"{line.amount} – {one.basis.sentence()}")
        for one in check.lapsed
        for line in one.lines
    ]
    for rule, line, text in (*lapsed, *marked):  # hard ones first, so that soft ones never hide them
        if line.post is not None:
            strength = "hard" if rule.hard else "soft"
            found.setdefault((line.post, line.day), (strength, []))[1].append(f"{rule.title}: {text}")
    return found


def _table(problem: Problem, lines: list[view.GridLine], spots: Spots, weeks: range) -> MarkedWeeks:
    days = range(weeks[0] * WEEK_DAYS, (weeks[-1] + 1) * WEEK_DAYS)
    css = {day: _day_css(problem, day) for day in days}
    return MarkedWeeks(
        tuple(view.week_title(problem, week) for week in weeks),
        tuple((view.day_short(problem, day), css[day]) for day in days),
        tuple(_line(line, post, spots, css) for post, line in enumerate(lines)),
    )


def _day_css(problem: Problem, day: int) -> str:
    red = day % WEEK_DAYS in problem.weekend_days or day in problem.red_days
    return " ".join(word for word, holds in (("we", red), ("mo", day % WEEK_DAYS == 0)) if holds)


def _line(line: view.GridLine, post: int, spots: Spots, css: Mapping[int, str]) -> MarkedLine:
    strength, told = spots.get((post, None), ("", []))
    return MarkedLine(
        line.id,
        line.person or _("open post"),
        line.size,
        strength,
        "; ".join(told),
        tuple(_cell(line.cells[day], css[day], spots.get((post, day))) for day in css),
    )


def _cell(cell: view.Cell, day_css: str, spot: tuple[str, list[str]] | None) -> MarkedCell:
    strength, told = spot or ("", [])
    return MarkedCell(cell.code, _css(cell.mark, day_css, strength), "; ".join(told))


@cache
def _css(*words: str) -> Any:
    """Return the classes of a cell, which need no escaping: they are our own words."""
    from markupsafe import Markup

    return Markup(" ".join(filter(None, ("c", *words))))
