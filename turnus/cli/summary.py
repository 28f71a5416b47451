"""What the terminal shows of a result, and of a checked rota."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from turnus.audit import audit, free_days
from turnus.cli.grid import rota_grid
from turnus.clock import WEEK_DAYS
from turnus.result import rulebook, summary_sentence, view, weekend_arithmetic, weekend_sentence
from turnus.result.sentences import (
    audit_sentence,
    coverage_sentence,
    more_sentence,
    status_text,
    tone,
)
from turnus.result.words import amount_or_unknown
from turnus.texts import _, up_to, weekday

if TYPE_CHECKING:
    from turnus.audit import Audit
    from turnus.case import Case
    from turnus.problem import Problem, Rota
    from turnus.result import Outcome

PLAIN_WIDTH = 110  # of a file or a pipe
MOST_LISTED = 15
_STANDING = {"proven": "green", "open": "yellow", "": ""}
_BORDER = {"optimal": "green", "feasible": "yellow", "infeasible": "red", "unknown": "red"}


def output_console() -> Console:
    """Return the console of stdout; wide enough for tables when stdout is no terminal.

    What people have written may hold brackets and colons: it is text, and neither markup nor emoji.
    """
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


def show_summary(case: Case, outcome: Outcome) -> None:
    """Show a whole result on stdout."""
    console = output_console()
    for part in summary_parts(case, outcome, console.width):
        console.print(part)


def summary_parts(case: Case, outcome: Outcome, width: int) -> list[Any]:
    """Return the parts of the summary, in order, as rich renderables."""
    problem, rota = case.problem, outcome.rota
    parts: list[Any] = [*draft_banner(case), _headline(case, outcome), _goals_table(outcome)]
    parts += [note_line(line.sentence()) for line in (*outcome.reasons, *case.notes, *case.agreement_remarks)]
    if rota is None:
        return parts
    found = audit(problem, case.rules, rota)
    return [
        *parts,
        heading(_("Posts by size")),
        sizes_table(problem, rota),
        heading(_("Full-time and part-time")),
        _heltid_table(problem, rota, outcome),
        *_weekend(case, outcome),
        *coverage_parts(problem, rota),
        heading(_("Rota")),
        rota_grid(problem, rota, free_days(problem, case.rules, rota), width),
        *_polish(case, outcome),
        audit_line(found),
    ]


def draft_banner(case: Case) -> list[Any]:
    """Return what marks a draft, with every value that takes an agreement; nothing for a final rota."""
    if not case.drafts:
        return []
    lines = Text("\n").join(Text(line) for line in rulebook.draft_lines(case.drafts))
    return [Panel(lines, title=Text(rulebook.draft_title()), title_align="left", border_style="bold red")]


def _headline(case: Case, outcome: Outcome) -> Any:
    sentence = Text(summary_sentence(case.problem, case.rules, outcome), style="bold")
    title = Text(f"{case.scenario.name} – {status_text(outcome)}")
    return Panel(
        sentence, title=title, title_align="left", border_style=_BORDER[tone(outcome)], padding=(0, 1)
    )


def heading(text: str) -> Any:
    """Return the heading of a part."""
    return Padding(Text(text, style="bold underline"), (1, 0, 0, 0))


def note_line(text: str) -> Any:
    """Return a line that asks for attention."""
    return Text.assemble(("! ", "bold yellow"), text)


def plain_table(*columns: str, right: bool = True) -> Table:
    """Return an empty table; numbers stand to the right unless `right` is false."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if right and index else "left")
    return table


def _goals_table(outcome: Outcome) -> Any:
    table = plain_table(_("Goal"), _("Found"), _("Bound"), "")
    table.columns[3].justify = "left"
    for index, fact in enumerate(view.goal_facts(outcome), start=1):
        word = f"✓ {_('proven')}" if fact.standing == "proven" else f"– {_('not proven')}"
        table.add_row(
            f"{index}. {fact.name}", fact.value, fact.bound, Text(word, style=_STANDING[fact.standing])
        )
    return table


def sizes_table(problem: Problem, rota: Rota) -> Any:
    """Return how many posts have each size."""
    table = plain_table(_("Size"), *view.size_headings(problem, rota), _("Posts"), _("FTE"))
    lines = view.size_lines(problem, rota)
    for line in lines:
        style = "bold" if line is lines[-1] else ""
        table.add_row(line.size, *line.by_competence, line.posts, line.fte, style=style)
    return table


def _heltid_table(problem: Problem, rota: Rota, outcome: Outcome) -> Any:
    table = plain_table(_("Measure"), _("Value"), _("Bound"), right=False)
    for fact in view.heltid_facts(problem, rota, outcome.goals):
        table.add_row(fact.name, fact.value, Text(fact.bound, style=_STANDING[fact.standing]))
    return table


def _weekend(case: Case, outcome: Outcome) -> list[Any]:
    arithmetic = weekend_arithmetic(case.problem, case.rules)
    if arithmetic is None:
        return []
    goal = next((goal for goal in outcome.goals if goal.id == "full_time_posts"), None)
    bound = _("unknown") if goal is None else amount_or_unknown(goal.bound, goal.unit)
    beside = _("Full-time posts at most: {arithmetic} by weekend arithmetic, {bound} over all rules.").format(
        arithmetic=up_to(arithmetic.full_time_bound), bound=bound
    )
    return [heading(_("Weekend arithmetic")), Text(weekend_sentence(arithmetic)), Text(beside)]


def coverage_parts(problem: Problem, rota: Rota) -> list[Any]:
    """Return the coverage by day and competence, and where people are missing."""
    days = [weekday(index, short=True) for index in range(WEEK_DAYS)]
    table = plain_table(_("Block"), _("Time"), _("Competence"), *days)
    for column in table.columns[1:3]:
        column.justify = "left"
    for line in view.coverage_lines(problem, rota):
        cells = [_coverage_cell(cell) for cell in line.cells]
        style = "dim" if line.competence else ""
        table.add_row(
            Text(line.block, style=style), Text(line.times, style="dim"),
            Text(line.competence or _("all"), style=style), *cells,
        )  # fmt: skip
    places = view.uncovered_places(problem, rota)
    missing = [Text.assemble(("− ", "bold red"), place) for place in places[:MOST_LISTED]]
    more = more_sentence(len(places) - MOST_LISTED)
    return [
        heading(_("Coverage by day and competence")),
        Text(coverage_sentence(problem, rota)),
        table,
        *missing,
        *([Text(more, style="dim")] if more else []),
    ]


def _coverage_cell(cell: view.CoverageCell | None) -> Text:
    if cell is None:
        return Text("·", style="dim")
    text = Text(cell.need)
    if cell.missing:
        text.append(f" −{cell.missing}", style="bold red")
    if cell.over:
        text.append(f" +{cell.over}", style="dim")
    return text


def _polish(case: Case, outcome: Outcome) -> list[Any]:
    lines = rulebook.polish_lines(outcome, case.rules)
    if not lines:
        return []
    table = plain_table(_("What"), _("Before"), _("After"), _("Unit"))
    table.columns[3].justify = "left"
    for line in lines:
        style = "green" if line.after < line.before else "yellow" if line.after > line.before else ""
        table.add_row(
            line.title, str(line.before), Text(str(line.after), style=style), Text(line.unit, style="dim")
        )
    return [heading(_("Quality before and after polish")), table]


def audit_line(found: Audit, *, passes: bool = True) -> Any:
    """Return what the audit found, in one line; green unless a hard rule is broken or it does not pass."""
    text = audit_sentence(len(found.hard), len(found.soft))
    mark = ("✗ ", "bold red") if found.hard or not passes else ("✓ ", "bold green")
    return Padding(Group(Text.assemble(mark, (text, "bold"))), (1, 0, 0, 0))
