"""`turnus validate --tasks`: where the tasks were placed, and the demand that was built from them."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from turnus.case import Case, TaskDay
from turnus.case.tasks import busiest
from turnus.cli.summary import heading, note_line, output_console, plain_table
from turnus.result.task_words import TaskFacts, elsewhere_lines, task_facts
from turnus.texts import _, hours, number

_HOUR = 60


def show_tasks(case: Case) -> None:
    """Show on stdout how the demand of each kind of day was built from its tasks."""
    console = output_console()
    for part in task_parts(case):
        console.print(part)


def task_parts(case: Case) -> list[Any]:
    """Return the parts as rich renderables; without tasks, a line that says so."""
    parts: list[Any] = []
    for day, facts in zip(case.task_days, task_facts(case), strict=True):
        parts += [
            heading(facts.title),
            _placed_table(facts),
            Text(""),
            _hour_table(day),
            Text(""),
            _demand_table(facts),
            Text(facts.filled),
            Text(facts.rule, style="dim"),
        ]
    parts += [note_line(text) for text in elsewhere_lines(case)]
    return parts or [note_line(_("The scenario has no tasks: its demand is stated."))]


def _placed_table(facts: TaskFacts) -> Any:
    table = plain_table(_("Task"), _("Minutes"), _("People"), _("From"))
    table.columns[3].justify = "left"
    for row in facts.tasks:
        table.add_row(*row)
    return table


def _hour_table(day: TaskDay) -> Any:
    table = plain_table(_("Hour"), _("Work"), _("Most at once"), "")
    table.columns[3].justify = "left"
    first = min(one.begins for one in day.placed) // _HOUR
    last = max(one.ends - 1 for one in day.placed) // _HOUR
    for hour in range(first, last + 1):
        begins, ends = hour * _HOUR, (hour + 1) * _HOUR
        busy = [one for one in day.placed if one.begins < ends and begins < one.ends]
        minutes = sum((min(one.ends, ends) - max(one.begins, begins)) * one.task.people for one in busy)
        most = busiest(busy, begins, ends)
        table.add_row(f"{hour:02d}–{hour + 1:02d}", hours(minutes), number(most), "▇" * most)
    return table


def _demand_table(facts: TaskFacts) -> Any:
    table = plain_table(_("Demand"), _("People"), _("Of which"))
    table.columns[2].justify = "left"
    for row in facts.demand:
        table.add_row(*row)
    return table
