"""A comparison in words: the tables that the terminal and the page show, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from turnus.dialogue.compare import Comparison
from turnus.dialogue.differences import Difference
from turnus.dialogue.load_tables import people_table, spread_table
from turnus.dialogue.measures import ORDER, measure_title
from turnus.dialogue.rule_tables import exceptions_table, rules_table
from turnus.dialogue.tables import (
    Cell,
    Entry,
    Line,
    Table,
    Tone,
    a_week,
    across,
    by_keys,
    competence_names,
    known,
    letters,
    tone,
    weeks_line,
)
from turnus.goals import DIRECTION
from turnus.result.words import amount, goal_title
from turnus.texts import _, hours, number, up_to

#: Which way a measure that is no goal is better; others have no better way.
_BETTER = {
    "below_20": "min",
    "below_50": "min",
    "below_80": "min",
    "wish_more_granted": "max",
    "wish_more_unmet": "min",
}
#: What adds up over the rota, so that a longer one has more of it.
_SUMS = frozenset({"uncovered", "changed_days", "wishes", "health", "fairness"})
_WISHES = frozenset({"wish_more", "wish_more_granted", "wish_more_unmet"})


def tables(found: Comparison) -> list[Table]:
    """Return every table of a comparison that has something to say."""
    shown = [
        measures_table(found),
        arithmetic_table(found),
        scenarios_table(found),
        coverage_table(found),
        spread_table(found),
        exceptions_table(found),
        rules_table(found),
        *([] if found.people is None else [people_table(found, found.people)]),
    ]
    return [table for table in shown if table.lines]


def measures_table(found: Comparison) -> Table:
    """Return the goals and the heltid vector, each value with its bound."""
    by_key = by_keys(found.measures, "measure", "alternative")
    asked = {line["measure"] for line in by_key.values() if known(line["value"]) or known(line["bound"])}
    if not any(line["value"] for (name, _letter), line in by_key.items() if name == "wish_more"):
        asked -= _WISHES
    lines = weeks_line(found) + [measure_line(found, name) for name in ORDER if name in asked]
    note = _(
        "✓ proven best: no rota has a better value under that alternative's own conditions. A bound is what "
        "no rota can surpass there; a value short of it is not proven best. Green: better than A. Red: worse."
    )
    return across(found, "measures", _("Full-time, cover and quality"), lines, note, _("What"))


def measure_line(found: Comparison, name: str) -> Line:
    """Return one goal or part of the heltid vector, each value with its bound."""
    by_key = by_keys(found.measures, "measure", "alternative")
    each = [by_key.get((name, letter)) for letter in letters(found)]
    better = DIRECTION.get(name) or _BETTER.get(name, "")
    values = [None if one is None else one["value"] for one in each]
    rates = a_week(found, values) if name in _SUMS else values
    how = [tone(rate, rates[0], better) for rate in rates]
    return Line(measure_title(name), tuple(_measure(*pair) for pair in zip(each, how, strict=True)))


def _measure(line: Entry | None, how: Tone) -> Cell:
    if line is None or not (known(line["value"]) or known(line["bound"])):
        return Cell(_("unknown"))
    value, bound = line["value"], line["bound"]
    text = _amount(value, line["unit"]) if known(value) else _("not found")
    return Cell(text, _standing(line, value, bound), how)


def _standing(line: Entry, value: Any, bound: Any) -> str:
    """Return what is proven of a value; nothing where there is no bound."""
    if known(line["proven"]) and line["proven"]:
        return "✓ " + _("proven best")
    if not known(bound):
        return ""
    reached = _("bound {bound}, reached, but a goal above is not proven")
    text = reached if bound == value else _("bound {bound}, not proven")
    return text.format(bound=_amount(bound, line["unit"]))


def _amount(value: float, unit: str) -> str:
    return number(value, 2) if unit == "fte" else amount(value, "posts" if unit == "people" else unit)


def arithmetic_table(found: Comparison) -> Table:
    """Return the three numbers of each goal: arithmetic, solver's bound, rota found."""
    by_key = by_keys(found.arithmetic, "goal", "alternative")
    lines = []
    for goal in dict.fromkeys(found.arithmetic["goal"]):
        each = [by_key.get((goal, letter)) for letter in letters(found)]
        lines += [
            Line(f"{goal_title(goal)}: {_('weekend arithmetic')}", _cells(each, _arithmetic_cell)),
            Line(_("Solver's bound"), _cells(each, _bound_cell), under=True),
            Line(_("Rota found"), _cells(each, _found_cell), under=True),
        ]
    note = _(
        "The arithmetic looks at weekends, budget and smallest size alone, and can be done by hand: "
        "`turnus arithmetic` shows each step."
    )
    return across(found, "arithmetic", _("Weekend arithmetic beside the solver"), lines, note)


def _cells(lines: Sequence[Entry | None], cell: Callable[[Entry], Cell]) -> tuple[Cell, ...]:
    return tuple(Cell(_("unknown")) if one is None else cell(one) for one in lines)


def _arithmetic_cell(one: Entry) -> Cell:
    return Cell(_most_or_least(one).format(n=one["arithmetic"]))


def _bound_cell(one: Entry) -> Cell:
    bound = one["bound"]
    return Cell(_most_or_least(one).format(n=up_to(bound)) if known(bound) else _("unknown"))


def _most_or_least(one: Entry) -> str:
    return _("at most {n}") if DIRECTION[one["goal"]] == "max" else _("at least {n}")


def _found_cell(one: Entry) -> Cell:
    text = up_to(one["found"]) if known(one["found"]) else _("not found")
    if one["consistent"] is True:
        return Cell(text, f"✓ {_('they agree')}")
    return Cell(text, one["reason"], "worse" if one["consistent"] is False else "")


def coverage_table(found: Comparison) -> Table:
    """Return how much of the demand is covered: all, by competence, by time of day."""
    by_key = by_keys(found.coverage, "kind", "part", "alternative")
    names = competence_names(found.alternatives)
    lines = []
    for kind, part in dict.fromkeys((kind, part) for kind, part, _letter in by_key):
        each = [by_key.get((kind, part, letter)) for letter in letters(found)]
        title = _("All demand") if kind == "all" else names.get(part, part) if kind == "competence" else part
        lines.append(Line(title, tuple(_cover(one, kind) for one in each), under=kind != "all"))
    note = _("Hours of people over the whole rota; competences and times of day are parts of all demand.")
    return across(found, "coverage", _("Cover by competence and time of day"), lines, note, _("Demand"))


def _cover(one: Entry | None, kind: str) -> Cell:
    if one is None:
        return Cell("–")
    missing, over = one["uncovered_minutes"], one["over_minutes"]
    needed = _("of {hours}").format(hours=hours(one["needed_minutes"]))
    if over and kind != "competence":
        needed += _(", {hours} above the need").format(hours=hours(over))
    if not missing:
        return Cell(_("all covered"), needed)
    return Cell(_("{hours} uncovered").format(hours=hours(missing)), needed, "worse")


def together(found: Sequence[Difference]) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield each difference in words with its values; people for whom it is the same stand in one line."""
    alike: dict[Any, list[Difference]] = {}
    for one in found:
        of_a_person = one.path[0] == "staff" and len(one.path) > 2
        alike.setdefault((one.path[2:], one.values) if of_a_person else one.path, []).append(one)
    for same in alike.values():
        first = same[0]
        if len(same) == 1:
            yield f"{first.part} › {first.place}", first.values
            continue
        names = [one.place.partition(" › ")[0] for one in same]
        more = " " + _("and {n} more").format(n=len(names) - 2) if len(names) > 2 else ""
        who, what = ", ".join(names[:2]) + more, first.place.partition(" › ")[2]
        yield f"{first.part} › {who} › {what}", first.values


def scenarios_table(found: Comparison) -> Table:
    """Return where the scenario files say something different."""
    title, first = _("What differs in the scenarios"), _("Where")
    missing = [one.letter for one in found.alternatives if one.loaded is None]
    if missing:
        told = _("scenario not at hand")
        cells = tuple(Cell(told if one.letter in missing else "–") for one in found.alternatives)
        note = _("A result's scenario file is looked for beside it and one folder up, by its hash.")
        return across(found, "scenarios", title, [Line(_("Not compared"), cells)], note, first)
    lines = [
        Line(where, tuple(Cell(value or "–") for value in values))
        for where, values in together(found.scenarios or ())
    ]
    note = _("What the files say differently. Everything else is alike in all of them.")
    if not lines:
        lines = [Line(_("Nothing"), tuple(Cell("–") for _one in found.alternatives))]
    return across(found, "scenarios", title, lines, note, first)
