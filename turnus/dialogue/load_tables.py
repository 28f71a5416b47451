"""What people carry in each alternative, and person by person what two of them make of each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from turnus.dialogue.compare import LOADS, Comparison
from turnus.dialogue.measures import LOAD_TITLES, measure_title
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
    entries,
    known,
    letters,
    tone,
    weeks_line,
)
from turnus.texts import N_, _, hours, ngettext, percent, up_to

MOST_NAMED = 4  # people who carry most
CHOSEN = "long_shifts_worked"  # what people volunteer for: more of it is neither better nor worse


def spread_table(found: Comparison) -> Table:
    """Return how each load falls over the posts, and who carries most."""
    by_key = by_keys(found.spread, "load", "alternative")
    lines = weeks_line(found)
    for load in LOAD_TITLES:
        each = [by_key.get((load, letter)) for letter in letters(found)]
        if not any(one is not None and (one["most"] or one["least"]) for one in each):
            continue
        lines.append(load_line(found, load))
        if load in LOADS:
            lines.append(Line(_("times: posts"), tuple(_distribution(one) for one in each), under=True))
            lines.append(Line(_("worst off"), tuple(Cell(_worst(one)) for one in each), under=True))
    note = _(
        "Counted over the whole rota, post by post, whatever the size; a number is a post without a name."
    )
    return across(found, "spread", _("What each person carries"), lines, note, _("Load"))


def load_line(found: Comparison, load: str) -> Line:
    """Return from what to what a load goes over the posts, with its mean."""
    by_key = by_keys(found.spread, "load", "alternative")
    each = [by_key.get((load, letter)) for letter in letters(found)]
    most = [None if one is None else one["most"] for one in each]
    rates = most if load not in LOADS or load == "longest_run" else a_week(found, most)
    better = "" if load == CHOSEN else "min"
    how = [tone(rate, rates[0], better) for rate in rates]
    return Line(measure_title(load), tuple(_spread(*pair, load) for pair in zip(each, how, strict=True)))


def _spread(one: Entry | None, how: Tone, load: str) -> Cell:
    if one is None:
        return Cell(_("unknown"))
    if load not in LOADS:
        return Cell(f"{hours(one['least'], signed=True)} … {hours(one['most'], signed=True)}")
    least, most = up_to(one["least"]), up_to(one["most"])
    text = least if least == most else f"{least}–{most}"
    note = _("mean {mean}").format(mean=up_to(one["mean"], 1))
    return Cell(text, note, how)


def _distribution(one: Entry | None) -> Cell:
    """Return how many posts there are at each number of times, in words and as bars."""
    if one is None:
        return Cell(_("unknown"))
    found: dict[int, int] = one["distribution"]
    most = max(found.values())
    bars = tuple(
        (str(times), found.get(times, 0), round(100 * found.get(times, 0) / most))
        for times in range(min(found), max(found) + 1)
    )
    return Cell(" · ".join(f"{times}: {posts}" for times, posts in found.items()), bars=bars)


def _worst(one: Entry | None) -> str:
    """Return who carries most, unless that is nothing or nearly everybody."""
    if one is None:
        return _("unknown")
    posts = sum(one["distribution"].values())
    if not one["most"] or 2 * len(one["worst_off"]) > posts:
        return "–"
    named = ", ".join(one["worst_off"][:MOST_NAMED])
    more = len(one["worst_off"]) - MOST_NAMED
    return named + (" " + _("and {n} more").format(n=more) if more > 0 else "")


def people_table(found: Comparison, people: pd.DataFrame) -> Table:
    """Return a line for each person or open post, with `A → B` where two alternatives differ."""
    first, second = letters(found)
    names = competence_names(found.alternatives)
    loads = [load for load in LOADS if people[[f"{load}_{first}", f"{load}_{second}"]].any(axis=None)]
    days = bool(people["days_changed"].notna().any())
    lines = []
    for line in entries(people):
        who = line["person"] if known(line["person"]) else _("open post {n}").format(n=int(line["number"]))
        title = f"{who}, {names.get(line['competence'], line['competence'])}"
        keys = ("size_percent", *loads)
        cells = [_pair(line[f"{key}_{first}"], line[f"{key}_{second}"], key) for key in keys]
        lines.append(Line(title, (*cells, *([_days_cell(line["days_changed"])] if days else []))))
    titles = [
        _("Size"),
        *(_(_SHORT[load]) for load in loads),
        *([_("Days with another shift")] if days else []),
    ]
    note = _(
        "{first} → {second}, one number where both are alike. People are met by name; open posts have none, "
        "so that the largest stands beside the largest in each competence."
    ).format(first=first, second=second)
    return Table("people", _("Person by person"), note, tuple(lines), tuple(titles), _("Who"))


def _days_cell(changed: Any) -> Cell:
    if not known(changed):
        return Cell("–")
    return Cell(ngettext("{n} day", "{n} days", changed).format(n=int(changed)))


_SHORT = {
    "weekends_worked": N_("Weekends"),
    "nights_worked": N_("Nights"),
    "evenings_worked": N_("Evenings"),
    "long_shifts_worked": N_("Long shifts"),
    "quick_returns": N_("Quick returns"),
    "longest_run": N_("Days in a row"),
}


def _pair(one: Any, other: Any, key: str) -> Cell:
    texts = [_number(value, key) for value in (one, other)]
    if texts[0] == texts[1]:
        return Cell(texts[0])
    return Cell(" → ".join(texts), "", tone(other, one, _better(key)))


def _better(key: str) -> str:
    return "max" if key == "size_percent" else "" if key == CHOSEN else "min"


def _number(value: Any, key: str) -> str:
    if not known(value):
        return "–"
    return percent(value, 2) if key == "size_percent" else up_to(value)
