"""The rota as a coloured grid in the terminal, as many weeks side by side as its width takes."""

from __future__ import annotations

from typing import Any

from rich.console import Group
from rich.text import Text

from turnus.clock import WEEK_DAYS
from turnus.problem import Problem, Rota
from turnus.result import view
from turnus.texts import _

#: Dark text on light backgrounds, the same hues as in the report; the codes say the same without colour.
STYLES: dict[view.Mark, str] = {
    "day": "#1c2430 on #fff0b8",
    "evening": "#1c2430 on #cfe3ff",
    "night": "#1c2430 on #d9d0f5",
    "long": "#1c2430 on #c8ecd2",
    "other": "#1c2430 on #ecdfd2",
    "free": "dim",
    "leave": "dim italic",
    "off": "dim",
}
_LONGEST_NAME = 18
_HOURS_WIDTH = 7
_ALWAYS_SHOWN = {"off": "·", "leave": "–"}


def rota_grid(problem: Problem, rota: Rota, free: list[list[str]], width: int) -> Any:
    """Return the grid as a rich renderable, wrapped by weeks to a width in characters."""
    lines = view.grid_lines(problem, rota, free)
    labels = _labels(lines)
    cell = max(3, 1 + max(len(code) for code in ("F1", *problem.codes)))
    week_width = WEEK_DAYS * cell + _HOURS_WIDTH
    fitting = max(1, (width - len(labels[0]) - 1) // week_width)
    blocks = [
        _block(problem, lines, labels, range(first, min(first + fitting, problem.weeks)), cell)
        for first in range(0, problem.weeks, fitting)
    ]
    return Group(*blocks, _legend(problem))


def _labels(lines: list[view.GridLine]) -> list[str]:
    names = [(line.person or line.competence)[:_LONGEST_NAME] for line in lines]
    longest = max(map(len, names), default=0)
    sizes = [line.size.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
    size_width = max(map(len, sizes), default=0)
    return [
        f"{line.id} {name:<{longest}} {size:>{size_width}} "
        for line, name, size in zip(lines, names, sizes, strict=True)
    ] or [""]


def _block(problem: Problem, lines: list[view.GridLine], labels: list[str], weeks: range, cell: int) -> Text:
    text = Text(no_wrap=True, overflow="crop")
    indent = " " * len(labels[0])
    text.append(indent)
    for week in weeks:
        text.append(f"{view.week_title(problem, week):<{WEEK_DAYS * cell + _HOURS_WIDTH}}", style="bold")
    text.append("\n" + indent)
    for week in weeks:
        for day in range(week * WEEK_DAYS, (week + 1) * WEEK_DAYS):
            text.append(f"{view.day_short(problem, day)[:cell]:^{cell}}", style=_heading_style(problem, day))
        text.append(f"{_('h'):>{_HOURS_WIDTH - 1}} ", style="dim")
    for line, label in zip(lines, labels, strict=False):
        text.append(f"\n{label}")
        for week in weeks:
            for part in line.cells[week * WEEK_DAYS : (week + 1) * WEEK_DAYS]:
                text.append(
                    f"{part.code or _ALWAYS_SHOWN.get(part.mark, ''):^{cell}}", style=STYLES[part.mark]
                )
            text.append(f"{line.week_hours[week]:>{_HOURS_WIDTH - 1}} ", style="dim")
    text.append("\n")
    return text


def _heading_style(problem: Problem, day: int) -> str:
    red = day % WEEK_DAYS in problem.weekend_days or day in problem.red_days
    return "bold" if red else "dim"


def _legend(problem: Problem) -> Text:
    text = Text()
    for cell, name in view.shift_legend(problem):
        text.append(f" {cell.code} ", style=STYLES[cell.mark])
        text.append(f" {name}   ")
    text.append(f"F1 {_('weekly rest day')}   F2 {_('extra day off')}", style="dim")
    return text
