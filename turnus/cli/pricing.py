"""`turnus price`: what each rule and lever costs, on the terminal, as JSON, as a page and as CSV."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from turnus.cli.exits import DONE, IMPOSSIBLE, NOTHING_FOUND, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import UsageProblem
from turnus.errors import InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.dialogue.price import Prices
    from turnus.dialogue.runs import Batch, Runs
    from turnus.dialogue.tables import Table
    from turnus.dialogue.variant import Variant


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try, and where answers are kept: what every verb with many solves is told."""

    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int
    cache: Path | None

    def runs(self) -> Runs:
        """Return what answers the questions; refuse numbers that nothing can be done with."""
        from turnus.cli.solving import Request, check_numbers
        from turnus.dialogue.cache import default_folder
        from turnus.dialogue.runs import Runs
        from turnus.solve import DEFAULT_EFFORT

        limits = (self.time_seconds, self.effort, self.seed, self.workers)
        check_numbers(Request(Path(), (), *limits, None, as_json=True))
        return Runs(self.cache or default_folder(), self.seed, effort=self.effort or DEFAULT_EFFORT)


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """What was asked for: the scenario, which steps, how hard to try, and the answer's forms."""

    path: Path
    overrides: Sequence[str]
    only: Sequence[str]
    rows: int | None
    rotas: bool
    effort: Effort
    as_json: bool
    html: Path | None
    csv: Path | None
    draft: bool = False
    processes: int = 1


def price_file(request: PriceRequest) -> int:
    """Price every step of a scenario and answer in every form; Ctrl-C keeps the finished rows."""
    from turnus.cli.progress import batch_display
    from turnus.cli.solving import watched
    from turnus.dialogue.price import price
    from turnus.dialogue.variant import Variant

    if request.rows is not None and request.rows < 1:
        raise UsageProblem(_("--rows: expected a whole number above 0"))
    if request.processes < 1:
        raise UsageProblem(_("--jobs: expected a whole number above 0"))
    written = [path for path in (request.html, request.csv) if path is not None]
    refuse_overwriting(written, (request.path,))
    runs = request.effort.runs()
    variant = Variant.of_file(request.path, request.overrides, draft=request.draft)
    only = [word.strip() for text in request.only for word in text.split(",") if word.strip()]
    stop = threading.Event()
    told: list[Batch] = []
    found = watched(
        lambda: price(
            variant,
            runs,
            only=only,
            most=request.rows,
            rotas=request.rotas,
            seconds=request.effort.time_seconds,
            jobs=request.effort.workers,
            processes=request.processes,
            watch=told.append,
            stop=stop.is_set,
        ),
        stop,
        batch_display(told, stop),
    )
    _answer(found, request)
    for path in written:
        say(_("Wrote {file}").format(file=path))
    if found.base.bound is None:
        return NOTHING_FOUND
    return IMPOSSIBLE if found.base.bound.impossible else DONE


def _answer(found: Prices, request: PriceRequest) -> None:
    from turnus.dialogue.findings_page import write_findings
    from turnus.dialogue.price_tables import price_arithmetic, price_lead, price_tables, prices_csv
    from turnus.formats.json import to_json, write_whole

    lead, tables = [*price_lead(found), *price_arithmetic(found)], price_tables(found)
    try:
        if request.html is not None:
            write_findings(request.html, _("The price of each rule"), found.variant, lead, tables)
        if request.csv is not None:
            write_whole(request.csv, prices_csv(found).encode("utf-8"))
    except OSError as error:
        raise InputError([unwritable(error)], str(request.html or request.csv)) from None
    if request.as_json:
        put(to_json(found.document()))
    else:
        show_findings(found.variant, lead, tables)


def show_findings(variant: Variant, lead: Sequence[str], tables: Sequence[Table]) -> None:
    """Show sentences and tables on stdout."""
    from rich.text import Text

    from turnus.cli.comparing import rich_table
    from turnus.cli.summary import heading, output_console
    from turnus.result.rulebook import draft_title
    from turnus.rules.agreements import sentences

    console = output_console()
    console.print(Text(variant.loaded.scenario.name, style="bold"))
    for text in lead:
        console.print(Text(text))
    if variant.needs:
        console.print(Text(f"{draft_title()}: {'; '.join(sentences(variant.needs))}", style="yellow"))
    for table in tables:
        console.print(heading(table.title))
        console.print(rich_table(table))
        console.print(Text(table.note, style="dim"))
