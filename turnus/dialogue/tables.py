"""Tables in words, as the terminal and the page show them: cells, lines and what they share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from turnus.dialogue.alternatives import Alternative
from turnus.dialogue.compare import Comparison
from turnus.result.view import weeks_word
from turnus.texts import _

Tone = Literal["proven", "open", "better", "worse", ""]
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one alternative has in one line: the value, a remark beside it, and how it stands.

    `bars` are (label, how many, percent of the tallest), where a picture says more than the text.
    """

    text: str
    note: str = ""
    tone: Tone = ""
    bars: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; `under` marks a part of the line above it."""

    title: str
    cells: tuple[Cell, ...]
    under: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one column for each alternative, unless it has columns of its own."""

    id: str
    title: str
    note: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    first: str = ""


def across(
    found: Comparison, name: str, title: str, lines: Sequence[Line], note: str, first: str = ""
) -> Table:
    """Return a table with one column for each alternative."""
    return Table(name, title, note, tuple(lines), letters(found), first)


def letters(found: Comparison) -> tuple[str, ...]:
    """Return the short names of the alternatives."""
    return tuple(one.letter for one in found.alternatives)


def entries(frame: pd.DataFrame) -> list[Entry]:
    """Return the lines of a frame by the names of its columns."""
    return [{str(key): value for key, value in line.items()} for line in frame.to_dict("records")]


def by_keys(frame: pd.DataFrame, *keys: str) -> dict[tuple[Any, ...], Entry]:
    """Return the lines of a frame by some of their columns."""
    return {tuple(line[key] for key in keys): line for line in entries(frame)}


def known(value: Any) -> bool:
    """Whether a value of a frame is there."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def tone(value: Any, first: Any, better: str) -> Tone:
    """Return how a value stands to the first alternative's; `better` is `max`, `min` or nothing."""
    if not better or not known(value) or not known(first) or value == first:
        return ""
    return "better" if (value > first) == (better == "max") else "worse"


def weeks_line(found: Comparison) -> list[Line]:
    """Return a line with the length of each rota when they differ, for sums over the rota then do, too."""
    weeks = [one.weeks for one in found.alternatives]
    if len(set(weeks)) == 1:
        return []
    cells = (Cell(_("unknown") if n is None else weeks_word(n)) for n in weeks)
    return [Line(_("Length of the rota"), tuple(cells))]


def a_week(found: Comparison, values: Sequence[Any]) -> list[Any]:
    """Return sums over the rotas as they are a week, so that rotas of different lengths compare."""
    weeks = [one.weeks for one in found.alternatives]
    return [value / n if known(value) and n else None for value, n in zip(values, weeks, strict=True)]


def competence_names(alternatives: Sequence[Alternative]) -> dict[str, str]:
    """Return what competences are called, as far as the scenarios are at hand."""
    return {
        key: one.name or key
        for alternative in alternatives
        if alternative.loaded is not None
        for key, one in alternative.loaded.scenario.competences.items()
    }
