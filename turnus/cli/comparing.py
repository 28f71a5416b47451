"""`turnus compare`: alternatives beside each other, on the terminal, as JSON, as a page and as CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.cli.exits import DONE, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.errors import InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.dialogue.compare import Comparison
    from turnus.dialogue.tables import Table
    from turnus.result import Outcome

_GAP = 2  # between columns
_TONES = {"better": "green", "worse": "red", "open": "yellow", "proven": "green", "": ""}


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What was asked for: the alternatives, how long to solve those that have no result, and the answer."""

    paths: Sequence[Path]
    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int
    as_json: bool
    html: Path | None
    csv: Path | None
    draft: bool = False
    overrides: Sequence[str] = ()


def compare_files(request: CompareRequest) -> int:
    """Compare the alternatives, solving those without a stored result, and answer in every form."""
    from turnus.dialogue.alternatives import alternatives
    from turnus.dialogue.compare import compare

    if request.html is not None:
        refuse_overwriting((request.html,), request.paths)
    found = compare(
        alternatives(request.paths, _solver(request), draft=request.draft, overrides=request.overrides)
    )
    written = _write(found, request)
    if request.as_json:
        from turnus.dialogue.compare_document import comparison_document
        from turnus.formats import to_json

        put(to_json(comparison_document(found)))
    else:
        show_comparison(found)
    for path in written:
        say(_("Wrote {file}").format(file=path))
    return DONE


def _solver(request: CompareRequest) -> Any:
    from turnus.cli.solving import Request, check_numbers, solve_watched

    asked = Request(
        Path(),
        (),
        request.time_seconds,
        request.effort,
        request.seed,
        request.workers,
        None,
        True,
        request.draft,
    )
    check_numbers(asked)

    def solve(case: Case) -> Outcome:
        say(_("Solving {name}, which has no stored result").format(name=case.scenario.name))
        return solve_watched(case, asked)

    return solve


def _write(found: Comparison, request: CompareRequest) -> list[Path]:
    from turnus.dialogue.compare_page import write_comparison, write_frames

    written = []
    try:
        if request.html is not None:
            write_comparison(request.html, found)
            written.append(request.html)
        if request.csv is not None:
            written += write_frames(request.csv, found)
    except OSError as error:
        raise InputError([unwritable(error)], str(request.html or request.csv)) from None
    return written


def show_comparison(found: Comparison) -> None:
    """Show every table on stdout."""
    from rich.text import Text

    from turnus.cli.summary import heading, output_console
    from turnus.dialogue.compare_page import source_text
    from turnus.dialogue.compare_tables import tables
    from turnus.dialogue.rule_tables import draft_lines
    from turnus.result import rulebook

    console = output_console()
    drafts = draft_lines(found.alternatives)
    if drafts:
        console.print(Text(rulebook.draft_title(), style="bold red"))
        console.print(Text("\n".join(drafts) + "\n"))
    for one in found.alternatives:
        console.print(Text.assemble((f"{one.letter}  {one.name}", "bold"), f"\n   {one.result.summary}"))
        console.print(Text(f"   {source_text(one)}", style="dim"))
    for table in tables(found):
        console.print(heading(table.title))
        console.print(rich_table(table))
        console.print(Text(table.note, style="dim"))


def _widths(table: Table, total: int) -> list[int]:
    """Return the width of each column such that no word breaks, as long as the words fit."""
    columns = [[table.first, *(("  " if line.under else "") + line.title for line in table.lines)]]
    for at, column in enumerate(table.columns):
        cells = (line.cells[at] for line in table.lines)
        columns.append([column, *(text for cell in cells for text in (cell.text, cell.note))])
    widest = [max(len(row) for text in texts for row in text.split("\n")) for texts in columns]
    found = [max((len(word) for text in texts for word in text.split()), default=1) for texts in columns]
    left = total - sum(found) - _GAP * len(found)
    while left > 0 and found != widest:  # to the column that takes most lines
        lines = [most / max(1, width) for most, width in zip(widest, found, strict=True)]
        found[lines.index(max(lines))] += 1
        left -= 1
    while left < 0 and max(found) > 1:
        found[found.index(max(found))] -= 1
        left += 1
    return found


def rich_table(table: Table) -> Any:
    """Return a table in words as a rich table: the remark stands under the value."""
    from rich.table import Table as RichTable
    from rich.text import Text

    from turnus.cli.summary import output_console

    shown = RichTable(box=None, padding=(0, _GAP, 0, 0), header_style="dim")
    for column, width in zip(
        (table.first, *table.columns), _widths(table, output_console().width), strict=True
    ):
        shown.add_column(column, overflow="fold", width=width)
    for line in table.lines:
        cells = [
            Text.assemble((cell.text, _TONES[cell.tone]), (f"\n{cell.note}" if cell.note else "", "dim"))
            for cell in line.cells
        ]
        shown.add_row(
            Text(("  " if line.under else "") + line.title, style="dim" if line.under else ""), *cells
        )
    return shown
