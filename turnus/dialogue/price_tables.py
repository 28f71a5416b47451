"""Prices in words: what each step gives, what makes no difference, and what does not apply here."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from turnus.dialogue.answer import Answer
from turnus.dialogue.price import Prices, Protected, Row
from turnus.dialogue.price_changes import Change
from turnus.dialogue.tables import Cell, Line, Table, Tone
from turnus.goals import DIRECTION, UNITS
from turnus.result import weekend_arithmetic, weekend_sentence
from turnus.result.words import amount, goal_title
from turnus.rules import RULES
from turnus.texts import _, ngettext

_MOST_CHANGES = 3  # shown of one step; the JSON has them all


def price_lead(found: Prices) -> list[str]:
    """Return what the tables hold, in sentences: how many steps were tried and what is not known."""
    answered = sum(row.bound is not None for row in found.rows)
    told = [
        ngettext(
            "{n} change tried alone, one step from where the unit is.",
            "{n} changes tried, each alone and one step from where the unit is.",
            answered,
        ).format(n=answered)
    ]
    same = sum(row.same for row in found.rows)
    if same:
        told.append(
            ngettext(
                "{n} of them makes no difference here.", "{n} of them make no difference here.", same
            ).format(n=same)
        )
    missing = sum(row.bound is None and row.step.variant is not None for row in found.rows)
    if missing:
        told.append(
            ngettext(
                "{n} was not reached before it was stopped.",
                "{n} were not reached before it was stopped.",
                missing,
            ).format(n=missing)
        )
    if found.not_asked:
        count = len(found.not_asked)
        text = ngettext(
            "{n} more was left out; --rows and --only ask for it.",
            "{n} more were left out; --rows and --only ask for them.",
            count,
        )
        told.append(text.format(n=count))
    return told


def price_arithmetic(found: Prices) -> list[str]:
    """Return the weekend arithmetic in a sentence; nothing where it does not apply."""
    case = found.variant.case
    arithmetic = None if case is None else weekend_arithmetic(case.problem, case.rules)
    if arithmetic is None:
        return []
    return [f"{_('Weekend arithmetic')}: {weekend_sentence(arithmetic)}"]


def price_tables(found: Prices) -> list[Table]:
    """Return every table that has something to say."""
    shown = [_prices(found), _same(found), _not_here(found)]
    return [table for table in shown if table.lines]


def _prices(found: Prices) -> Table:
    protects = any(row.protects is not None for row in found.rows)
    columns = [*map(goal_title, found.goals), _("From → to"), _("Takes")]
    if protects:
        columns.append(_("What today's rules protect"))
    lines = [_line(row, found, protects) for row in (found.base, *found.ranked())]
    note = _(
        "Each bound is proven: no rota with that change has a better value, given the goals to its left at "
        "theirs, so that a number may go down because one to its left gets better. Whether a rota reaches it "
        "is known only where a value is found. Green: better than today. "
        "Red: worse."
    )
    title = _("What each change gives")
    return Table("prices", title, note, tuple(lines), tuple(columns), _("Change"))


def _line(row: Row, found: Prices, protects: bool) -> Line:
    cells = [_goal(row, found.base, goal) for goal in found.goals]
    cells += [_changes(row.step.changes), Cell("; ".join(row.step.takes) or "–")]
    if protects:
        cells.append(_protects(row))
    return Line(row.step.name, tuple(cells))


def _goal(row: Row, base: Row, goal: str) -> Cell:
    answer = row.rota or row.bound
    if answer is None:
        return Cell(_("not found"))
    if answer.impossible:
        return Cell(_("proven impossible"), tone="worse")
    held = answer.goal(goal)
    bound = None if held is None else held.bound
    limit = _("not found") if bound is None else _limit(goal, bound)
    text = limit if answer.kind == "bound" else _found(answer, goal)
    notes = [_difference(row, base, goal)]
    if answer.kind == "rota":
        notes.append("✓ " + _("proven best") if held is not None and held.proven else limit)
    elif not answer.whole:
        notes.append(_("cut short"))
    return Cell(text, "; ".join(filter(None, notes)), _tone(row, base, goal))


def _found(answer: Answer, goal: str) -> str:
    held = answer.goal(goal)
    if held is None or held.value is None:
        return _("not found")
    return amount(held.value, UNITS[goal])


def _limit(goal: str, bound: float) -> str:
    text = _("at most {n}") if DIRECTION[goal] == "max" else _("at least {n}")
    return text.format(n=amount(bound, UNITS[goal]))


def _change(row: Row, base: Row, goal: str) -> float | None:
    found = row.difference(base, goal, "value")
    return row.difference(base, goal, "bound") if found is None else found


def _difference(row: Row, base: Row, goal: str) -> str:
    change = _change(row, base, goal)
    if not change or row is base:
        return ""
    return f"{'+' if change > 0 else '−'}{amount(abs(change), UNITS[goal])}"


def _tone(row: Row, base: Row, goal: str) -> Tone:
    change = _change(row, base, goal)
    if not change:
        return ""
    return "better" if (change > 0) == (DIRECTION[goal] == "max") else "worse"


def _changes(found: tuple[Change, ...]) -> Cell:
    told = [
        f"{one.what}: {one.before or _('nothing')} → {one.after or _('nothing')}"
        for one in found[:_MOST_CHANGES]
    ]
    more = len(found) - _MOST_CHANGES
    if more > 0:
        told.append(_("and {n} more").format(n=more))
    return Cell("; ".join(told) or "–")


def _protects(row: Row) -> Cell:
    if row.protects is None:
        return Cell("–")
    if not row.protects:
        return Cell(_("not broken by the rota found"))
    return Cell("; ".join(map(_protected, row.protects)))


def _protected(one: Protected) -> str:
    title = next((_(rule.title) for rule in RULES if rule.id == one.rule), one.rule)
    times = ngettext("broken {n} time", "broken {n} times", one.times).format(n=one.times)
    people = ngettext("for {n} person", "for {n} people", one.people).format(n=one.people)
    return f"{title}: {times} {people}"


def _same(found: Prices) -> Table:
    lines = tuple(Line(row.step.name, (_changes(row.step.changes),)) for row in found.rows if row.same)
    note = _("Every lawful line and the demand stay as they are, so that the bounds are today's.")
    return Table("same", _("Makes no difference here"), note, lines, (_("From → to"),), _("Change"))


def _not_here(found: Prices) -> Table:
    lines = tuple(Line(name, (Cell(reason),)) for name, reason in _reasons(found))
    title = _("Does not apply here")
    return Table("not-here", title, "", lines, (_("Reason"),), _("Change"))


def _reasons(found: Prices) -> Iterator[tuple[str, str]]:
    for row in found.rows:
        if row.step.variant is None:
            yield row.step.name, row.step.reason
    yield from found.without_step


def prices_csv(found: Prices) -> str:
    """Return a line for each row, today's first, with commas and decimal points; unknown is empty."""
    lines = []
    document = found.document()
    for part in (document["base"], *document["rows"]):
        line = {key: part[key] for key in ("lever", "subject", "name", "state", "reason")}
        line["changes"] = "; ".join(
            f"{one['what']}: {one['before']} → {one['after']}" for one in part["changes"]
        )
        line["takes"] = "; ".join(part["takes"])
        for goal in found.goals:
            held = {one["id"]: one for one in ((part["rota"] or part["bound"]) or {"goals": []})["goals"]}
            for of in ("value", "bound", "proven"):
                line[f"{goal}_{of}"] = held.get(goal, {}).get(of)
        lines.append(line)
    return pd.DataFrame(lines).to_csv(index=False)
