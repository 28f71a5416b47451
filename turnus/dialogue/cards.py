"""Cards with this unit's own figures: before and after, from stored runs and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from turnus.dialogue.alternatives import Alternative
from turnus.dialogue.compare import compare
from turnus.dialogue.compare_tables import measure_line
from turnus.dialogue.decks import Card
from turnus.dialogue.differences import Difference, scenario_differences
from turnus.dialogue.load_tables import load_line
from turnus.dialogue.measures import LOAD_TITLES, measure_title
from turnus.dialogue.stored import StoredGoal
from turnus.dialogue.tables import Cell, Line, weeks_line
from turnus.texts import _, ngettext, up_to

MOST_RUNS = 2  # beside the first, on one card


@dataclass(frozen=True)
class Run:
    """A run that belongs on a card; `others` are the parts of its scenario that differ besides the lever."""

    alternative: Alternative
    touched: tuple[Difference, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """The figures of one card: a column for the first run and each that belongs there, a line each measure.

    `remarks` say what else differs, and what one adapted line or one percentage point of absence did.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


def figures(card: Card, runs: Sequence[Alternative]) -> Figures:
    """Return what stored runs say on a card; where they say nothing, that it is not computed."""
    if not runs:
        empty = tuple(Line(measure_title(name), (Cell(not_computed()),)) for name in card.show)
        return Figures((_("This unit"),), empty, tuple(_effect(card, None, [])))
    base, others = runs[0], runs[1:]
    found = [one for one in (_belongs(card, base, other) for other in others) if one is not None]
    found.sort(key=lambda one: len(one.others))  # those that change nothing else first
    found = found[:MOST_RUNS]
    columns = [base.name, *(one.alternative.name for one in found)]
    lines = _lines(card.show, [base, *(one.alternative for one in found)])
    if card.touches and not found:
        columns.append(_("With the change"))
        lines = [Line(line.title, (*line.cells, Cell(not_computed()))) for line in lines]
    remarks = [
        _("{name} also changes: {parts}").format(name=one.alternative.name, parts=", ".join(one.others))
        for one in found
        if one.others and card.touches
    ]
    return Figures(tuple(columns), tuple(lines), (*remarks, *_effect(card, base, found)))


def not_computed() -> str:
    """Return the words for what no stored run says."""
    return _("not computed")


def _belongs(card: Card, base: Alternative, other: Alternative) -> Run | None:
    """Return a run as it belongs on a card; None when its scenario does not touch what the card is about."""
    if not card.touches:
        return Run(other, (), ())
    if base.loaded is None or other.loaded is None:
        return None
    differing = scenario_differences([base.loaded.scenario, other.loaded.scenario])
    touched = tuple(one for one in differing if matches(one, card.touches))
    if not touched:
        return None
    rest = (one for one in differing if not matches(one, (*card.touches, *card.along)))
    return Run(other, touched, tuple(dict.fromkeys(one.part for one in rest)))


def matches(one: Difference, patterns: Sequence[str]) -> bool:
    """Whether a difference stands at one of some paths, in which `*` stands for anything."""
    return any(
        re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), one.written) is not None for pattern in patterns
    )


def _lines(show: Sequence[str], runs: Sequence[Alternative]) -> list[Line]:
    """Return the measures of a card, one line each; a measure that no run holds is not computed."""
    found = compare(runs)
    lines = [
        _computed(load_line(found, name) if name in LOAD_TITLES else measure_line(found, name))
        for name in show
    ]
    return lines + weeks_line(found)


def _computed(line: Line) -> Line:
    unknown = _("unknown")
    return Line(line.title, tuple(Cell(not_computed()) if c.text == unknown else c for c in line.cells))


def _effect(card: Card, base: Alternative | None, found: Sequence[Run]) -> list[str]:
    """Return full-time posts for each adapted line or against absence, run by run; or not computed."""
    if card.per is None:
        return []
    tell = _adapted if card.per == "adapted_lines" else _absence
    told = [] if base is None else [tell(base, one) for one in found]
    known = [text for text in told if text]
    if known:
        return known
    if card.per == "adapted_lines":
        return [_("What k adapted lines mean for full-time posts: {text}").format(text=not_computed())]
    text = _("What one percentage point lower absence means for full-time posts: {text}")
    return [text.format(text=not_computed())]


def _adapted(base: Alternative, run: Run) -> str:
    """Return `3 adapted lines: 17 → 16 full-time posts`; nothing when a number is not found."""
    people = {one.path[1] for one in run.touched if one.path[0] == "staff"}
    posts = _posts(base, run)
    if not people or posts is None or run.others:
        return ""
    text = ngettext("{k} line changed: {posts}", "{k} lines changed: {posts}", len(people))
    return text.format(k=len(people), posts=posts)


def _absence(base: Alternative, run: Run) -> str:
    """Return what a change of the budget alone gave, told against one percentage point of its FTE."""
    if base.loaded is None or run.alternative.loaded is None or run.others:
        return ""
    budgets = base.loaded.scenario.budget, run.alternative.loaded.scenario.budget
    posts = _posts(base, run)
    if budgets[0] is None or budgets[1] is None or posts is None:
        return ""
    change = budgets[1].fte - budgets[0].fte
    return _(
        "{change} FTE in the budget, as much as {points} percentage points of absence of {fte} FTE: {posts}"
    ).format(
        change=f"{'+' if change > 0 else ''}{up_to(change)}",
        points=up_to(abs(change) / budgets[0].fte * 100, 1),
        fte=up_to(budgets[0].fte),
        posts=posts,
    )


def _posts(base: Alternative, run: Run) -> str | None:
    """Return full-time posts before and after in words, with whether both are proven."""
    first, second = _full_time(base), _full_time(run.alternative)
    if first is None or second is None or first.value is None or second.value is None:
        return None
    return _("{first} → {second} full-time posts, {proven}").format(
        first=up_to(first.value),
        second=up_to(second.value),
        proven=_("proven") if first.proven and second.proven else _("not proven"),
    )


def _full_time(one: Alternative) -> StoredGoal | None:
    return next((goal for goal in one.result.goals if goal.id == "full_time_posts"), None)
