"""The commands that set alternatives side by side and write papers for the talks."""

from __future__ import annotations

from pathlib import Path

import typer

from turnus.cli.options import (
    debug_option,
    draft_option,
    json_document,
    language_option,
    option,
    overrides_option,
    scenario_file,
    search_options,
    verb,
)
from turnus.texts import _


def add_arithmetic(app: typer.Typer) -> None:
    """Add `turnus arithmetic`."""
    language, debug, overrides, file, as_json = (
        language_option(),
        debug_option(),
        overrides_option(),
        scenario_file(),
        json_document(),
    )
    as_draft = draft_option()
    stored = typer.Argument(
        None, metavar=_("RESULT"), show_default=False,
        help=_("A result.json of this scenario, whose bounds and values are set beside the arithmetic."),
    )  # fmt: skip

    @verb(app, "arithmetic", _("Do the weekend arithmetic step by step, so that it can be checked by hand."))
    def arithmetic(
        path: Path = file,
        result: Path | None = stored,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.arithmetic import show_arithmetic

        return show_arithmetic(path, result, sets, as_json=json, draft=draft)


def add_compare(app: typer.Typer) -> None:
    """Add `turnus compare`."""
    language, debug, as_json, as_draft = language_option(), debug_option(), json_document(), draft_option()
    several = typer.Argument(
        ..., metavar=_("FILE …"), show_default=False,
        help=_("Two to six scenarios, result.json files or folders; a scenario without a result is solved."),
    )  # fmt: skip
    limit, steps, start, threads = search_options()
    page = option(
        "--html", text=_("Write the comparison as one page, too."), metavar=_("FILE"), show_default=False
    )
    folder = option(
        "--csv", text=_("Write each table as a CSV file, too."), metavar=_("DIR"), show_default=False
    )

    overrides = overrides_option()

    @verb(app, "compare", _("Set alternatives beside each other: full-time, cover, rules, and each person."))
    def compare(
        paths: list[Path] = several,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        html: Path | None = page,
        csv: Path | None = folder,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.comparing import CompareRequest, compare_files

        limits = (time, effort, seed, workers)
        return compare_files(CompareRequest(paths, *limits, json, html, csv, draft, tuple(sets)))


def add_cards(app: typer.Typer) -> None:
    """Add `turnus cards`."""
    language, debug = language_option(), debug_option()
    some = option(
        "--deck", default=[], metavar=_("NAME|FILE"), show_default=False,
        text=_("A deck: competence, organisation, together, values, absence, or a file; all when left out."),
    )  # fmt: skip
    stored = option(
        "--runs", default=[], metavar=_("FILE|DIR"), show_default=False,
        text=_("A result.json or folder of results for the figures, the present one first; may be repeated."),
    )  # fmt: skip
    page = option("--out", text=_("File to write; otherwise stdout."), metavar=_("FILE"), show_default=False)
    size = option("--paper", text=_("a5 or a4, a card on each sheet."), default="a5", metavar="a5|a4")

    @verb(app, "cards", _("Make discussion cards for a meeting, with this unit's own figures."))
    def cards(
        decks: list[str] = some,
        runs: list[Path] = stored,
        out: Path | None = page,
        paper: str = size,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.cards import make_cards

        return make_cards(decks, runs, out, paper)


def add_need(app: typer.Typer) -> None:
    """Add `turnus need`."""
    language, debug, overrides, file, as_draft = (
        language_option(),
        debug_option(),
        overrides_option(),
        scenario_file(),
        draft_option(),
    )
    stored = option(
        "--runs", default=[], metavar=_("FILE|DIR"), show_default=False,
        text=_("Stored results of the unit and its alternatives; otherwise the one beside FILE."),
    )  # fmt: skip
    which = option(
        "--kind", default="need", metavar="KIND",
        text=_("need, agreements, soundness, protocol, comparison, or all."),
    )  # fmt: skip
    folder = option(
        "--out", text=_("Folder for Markdown and pages; otherwise Markdown to stdout."), metavar=_("DIR"),
        show_default=False,
    )  # fmt: skip

    @verb(app, "need", _("Draft the statement of need for part-time, and the other papers for the talks."))
    def need(
        path: Path = file,
        runs: list[Path] = stored,
        kind: str = which,
        out: Path | None = folder,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.needing import make_papers

        return make_papers(path, runs, kind, out, sets, draft=draft)


def add_story(app: typer.Typer) -> None:
    """Add `turnus story`."""
    language, debug, as_draft = language_option(), debug_option(), draft_option()
    several = typer.Argument(
        ..., metavar=_("FILE …"), show_default=False,
        help=_("The unit's scenario as it is today, then up to five alternatives, each a file or folder."),
    )  # fmt: skip
    limit, steps, start, threads = search_options()
    changes = option("--rows", text=_("Changes to try alone; 0 for none."), default=12, metavar="N")
    together = option(
        "--goals", default=None, metavar="GOALS", show_default=False,
        text=_("Two or three goals to see what can be had together; chosen when left out, none when empty."),
    )  # fmt: skip
    folder = option(
        "--out", text=_("Folder for the page and new results."), default="story", metavar=_("DIR")
    )

    @verb(app, "story", _("Tell a unit's whole story on one page: how many, why, and what would change it."))
    def story(
        paths: list[Path] = several,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        rows: int = changes,
        goals: str | None = together,
        out: Path = folder,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.telling import StoryRequest, tell_story

        return tell_story(StoryRequest(paths, time, effort, seed, workers, rows, goals, out, draft))
