"""`report.html`: the whole result on one page that needs nothing beside it and prints on A3 or A4."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnus.audit import audit, free_days
from turnus.case import Case
from turnus.clock import WEEK_DAYS
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.goals import heltid
from turnus.problem import Problem, Rota
from turnus.result import (
    GoalValue,
    Outcome,
    rulebook,
    summary_sentence,
    view,
    weekend_arithmetic,
    weekend_sentence,
)
from turnus.result.document import versions
from turnus.result.sentences import (
    audit_sentence,
    breach_sentence,
    coverage_sentence,
    horizon_text,
    more_sentence,
    proof_facts,
    run_facts,
    status_text,
    tone,
)
from turnus.result.summary import conditions
from turnus.result.task_words import elsewhere_lines, task_facts
from turnus.result.words import amount_or_unknown, goal_title
from turnus.texts import _, language, percent, up_to, weekday

WEEKS_PER_TABLE = 6
MOST_LISTED = 60
_GOALS_ON_CARDS = ("full_time_posts", "fewest_heads", "mean_size", "uncovered")


@dataclass(frozen=True, slots=True)
class _Week:
    cells: tuple[view.Cell, ...]
    hours: str


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    person: str
    competence: str
    size: str
    weeks: tuple[_Week, ...]
    difference: str


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    css: str


@dataclass(frozen=True, slots=True)
class _Sum:
    """A line below the rota: a number for each day of each week."""

    title: str
    weeks: tuple[tuple[int, ...], ...]
    short: bool = False


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A few weeks of the rota as one table."""

    title: str
    weeks: list[str]
    days: list[_Heading]
    lines: list[_Line]
    sums: list[_Sum]
    last: bool


def write_report(path: Path, case: Case, outcome: Outcome) -> None:
    """Write the report, whole or not at all."""
    write_whole(path, report_html(case, outcome).encode("utf-8"))


def report_html(case: Case, outcome: Outcome) -> str:
    """Return the report as HTML in the language in use."""
    text: str = template("report.html").render(_=_, **_context(case, outcome))
    return text


def _context(case: Case, outcome: Outcome) -> dict[str, Any]:
    problem, rota = case.problem, outcome.rota
    context = {
        "language": language(),
        "version": versions()["turnus"],
        "style": style("report.css"),
        "name": case.scenario.name,
        "subtitle": " · ".join(text for text in (case.scenario.unit, horizon_text(case.problem)) if text),
        "status": outcome.status,
        "status_word": status_text(outcome),
        "summary": summary_sentence(problem, case.rules, outcome),
        "conditions": conditions(problem, outcome.conditions),
        "cards": _cards(problem, outcome),
        "tone": tone(outcome),
        "goals": view.goal_facts(outcome),
        "reasons": [reason.sentence() for reason in outcome.reasons],
        "notes": [note.sentence() for note in (*case.notes, *case.agreement_remarks)],
        "draft_title": rulebook.draft_title(),
        "draft": rulebook.draft_lines(case.drafts),
        "rules": rulebook.rule_lines(problem, case.rules, rota, case.unnamed, case.drafts),
        "agreements": rulebook.agreement_lines(case.scenario, case.problem, case.rules),
        "run": run_facts(case, outcome),
        "proof": [proof_facts(entry, rulebook.titles(case.rules)) for entry in outcome.proof],
        "tasks": task_facts(case),
        "tasks_elsewhere": list(elsewhere_lines(case)),
        "has_rota": rota is not None,
        "breaches": [],
    }
    return context if rota is None else context | _rota_context(case, outcome, rota)


def _rota_context(case: Case, outcome: Outcome, rota: Rota) -> dict[str, Any]:
    problem = case.problem
    places = view.uncovered_places(problem, rota)
    found = audit(problem, case.rules, rota)
    breaches = [breach_sentence(problem, rota, breach, case.rules) for breach in found.breaches]
    return {
        "heltid": view.heltid_facts(problem, rota, outcome.goals),
        "sizes": view.size_lines(problem, rota),
        "competences": view.size_headings(problem, rota),
        "weekend": _weekend(case, outcome),
        "coverage": view.coverage_lines(problem, rota),
        "coverage_sentence": coverage_sentence(problem, rota),
        "weekdays": [weekday(index) for index in range(WEEK_DAYS)],
        "uncovered": places[:MOST_LISTED],
        "uncovered_more": more_sentence(len(places) - MOST_LISTED),
        "legend": view.shift_legend(problem),
        "grid": _grid(case, rota),
        "polish": rulebook.polish_lines(outcome, case.rules),
        "hard_breaches": len(found.hard),
        "audit_sentence": audit_sentence(len(found.hard), len(found.soft)),
        "breaches": breaches[:MOST_LISTED],
        "breaches_more": more_sentence(len(breaches) - MOST_LISTED),
    }


def _cards(problem: Problem, outcome: Outcome) -> list[view.Fact]:
    """Return the figures that people look for first; goals among them carry their standing."""
    goals = [_card(goal) for goal in outcome.goals if goal.id in _GOALS_ON_CARDS and goal.value is not None]
    if outcome.rota is None:
        return goals
    vector = heltid(problem, outcome.rota.posts)
    known = {fact.name for fact in goals}
    shown = {"full_time_share": vector.full_time_share, "mean_size": vector.mean_size_percent}
    more = [view.Fact(goal_title(key), percent(value)) for key, value in shown.items() if value is not None]
    return goals + [fact for fact in more if fact.name not in known]


def _card(goal: GoalValue) -> view.Fact:
    value = amount_or_unknown(goal.value, goal.unit)
    if goal.proven:
        return view.Fact(goal_title(goal.id), value, "✓ " + _("proven best"), "proven")
    bound = amount_or_unknown(goal.bound, goal.unit)
    return view.Fact(goal_title(goal.id), value, _("bound {bound}").format(bound=bound), "open")


def _weekend(case: Case, outcome: Outcome) -> dict[str, str] | None:
    arithmetic = weekend_arithmetic(case.problem, case.rules)
    if arithmetic is None:
        return None
    goal = next((goal for goal in outcome.goals if goal.id == "full_time_posts"), None)
    return {
        "sentence": weekend_sentence(arithmetic),
        "arithmetic": up_to(arithmetic.full_time_bound),
        "bound": _("unknown") if goal is None else amount_or_unknown(goal.bound, goal.unit),
        "found": _("unknown") if goal is None else amount_or_unknown(goal.value, goal.unit),
    }


def _grid(case: Case, rota: Rota) -> list[_Chunk]:
    problem = case.problem
    lines = view.grid_lines(problem, rota, free_days(problem, case.rules, rota))
    counts = view.day_sums(problem, rota)
    return [
        _chunk(problem, lines, counts, range(first, min(first + WEEKS_PER_TABLE, problem.weeks)))
        for first in range(0, problem.weeks, WEEKS_PER_TABLE)
    ]


def _chunk(problem: Problem, lines: list[view.GridLine], counts: list[view.DaySum], weeks: range) -> _Chunk:
    titles = [view.week_title(problem, week) for week in weeks]
    title = titles[0] if len(titles) == 1 else f"{titles[0]} – {titles[-1]}"
    return _Chunk(
        title=title,
        weeks=titles,
        days=[heading for week in weeks for heading in _headings(problem, week)],
        lines=[_line(line, weeks) for line in lines],
        sums=[_sum(line, weeks) for line in counts],
        last=weeks[-1] == problem.weeks - 1,
    )


def _headings(problem: Problem, week: int) -> list[_Heading]:
    days = [
        _Heading(view.day_short(problem, week * WEEK_DAYS + index), _heading_style(problem, week, index))
        for index in range(WEEK_DAYS)
    ]
    return [*days, _Heading(_("h"), "h")]


def _heading_style(problem: Problem, week: int, index: int) -> str:
    if index in problem.weekend_days or week * WEEK_DAYS + index in problem.red_days:
        return "we"
    return "mo" if index == 0 else ""


def _line(line: view.GridLine, weeks: range) -> _Line:
    parts = tuple(
        _Week(line.cells[week * WEEK_DAYS : (week + 1) * WEEK_DAYS], line.week_hours[week]) for week in weeks
    )
    return _Line(line.id, line.person, line.competence, line.size, parts, line.difference)


def _sum(line: view.DaySum, weeks: range) -> _Sum:
    parts = tuple(line.counts[week * WEEK_DAYS : (week + 1) * WEEK_DAYS] for week in weeks)
    return _Sum(line.title, parts, line.missing)
