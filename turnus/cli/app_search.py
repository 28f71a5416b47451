"""The commands that look for other ways: price, frontier, path, levers, explanations."""

from __future__ import annotations

from pathlib import Path

import typer

from turnus.cli.options import (
    cache_option,
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


def add_price(app: typer.Typer) -> None:
    """Add `turnus price`."""
    language, debug, as_json, as_draft = language_option(), debug_option(), json_document(), draft_option()
    file, overrides = scenario_file(), overrides_option()
    limit, steps, start, threads = search_options(_("Most seconds for each rota."), _("Solves side by side."))
    kept = cache_option()
    some = option(
        "--only", default=[], metavar=_("ID,ID"), show_default=False,
        text=_("Levers and rules to try; all when left out."),
    )  # fmt: skip
    most = option("--rows", text=_("Most rows to work out; all when left out."), metavar="N")
    whole = option(
        "--rotas", default=False, metavar=" ",
        text=_("Find a whole rota for each row, too, and what today's rules protect."),
    )  # fmt: skip
    page = option("--html", text=_("Write the tables as one page, too."), metavar=_("FILE"))
    beside = option(
        "--jobs", default=1, metavar="N",
        text=_("Processes for the rows, which share what they find: as many as there are free cores."),
    )  # fmt: skip
    table = option("--csv", text=_("Write the rows as a CSV file, too."), metavar=_("FILE"))

    @verb(app, "price", _("Price each rule and lever: what one step alone gives, with its bound."))
    def price(
        path: Path = file,
        only: list[str] = some,
        rows: int | None = most,
        rotas: bool = whole,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        jobs: int = beside,
        cache: Path | None = kept,
        html: Path | None = page,
        csv: Path | None = table,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.pricing import Effort, PriceRequest, price_file

        hard = Effort(time, effort, seed, workers, cache)
        return price_file(PriceRequest(path, sets, only, rows, rotas, hard, json, html, csv, draft, jobs))


def add_frontier(app: typer.Typer) -> None:
    """Add `turnus frontier`."""
    language, debug, as_json, as_draft = language_option(), debug_option(), json_document(), draft_option()
    file, overrides = scenario_file(), overrides_option()
    limit, steps, start, threads = search_options(_("Most seconds for each rota."), _("Solves side by side."))
    kept = cache_option()
    asked = option(
        "--goals", default=None, metavar="A,B[,C]",
        text=_(
            "Two or three goals, such as full_time_posts,weekends; else the unit's own first pair with "
            "something to trade."
        ),
    )  # fmt: skip
    alone = option(
        "--bounds", text=_("Only proven limits, in seconds; no rotas."), default=False, metavar=" "
    )
    page = option("--html", text=_("Write picture and table as one page, too."), metavar=_("FILE"))
    picture = option("--svg", text=_("Write the picture, too."), metavar=_("FILE"))
    folder = option("--out", text=_("Folder for the rota of each point."), metavar=_("DIR"))

    @verb(app, "frontier", _("Find what is given up for what: every best trade-off between goals, proven."))
    def frontier(
        path: Path = file,
        goals: str | None = asked,
        bounds: bool = alone,
        out: Path | None = folder,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        cache: Path | None = kept,
        html: Path | None = page,
        svg: Path | None = picture,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.frontiers import FrontierRequest, frontier_file
        from turnus.cli.pricing import Effort

        hard = Effort(time, effort, seed, workers, cache)
        return frontier_file(FrontierRequest(path, sets, goals, bounds, hard, json, html, svg, out, draft))


def add_path(app: typer.Typer) -> None:
    """Add `turnus path`."""
    language, debug, as_json, as_draft = language_option(), debug_option(), json_document(), draft_option()
    file, overrides, kept = scenario_file(), overrides_option(), cache_option()
    limit, steps, start, threads = search_options(
        _("Most seconds for each rota."), _("Searches side by side.")
    )
    whole = option("--rotas", text=_("Find a whole rota after each step, too."), default=False, metavar=" ")
    now = option(
        "--present", metavar=_("ROTA"), show_default=False,
        text=_("The rota of today, as `check` reads it: a rota after each step that changes few days."),
    )  # fmt: skip
    page = option("--html", text=_("Write the tables as one page, too."), metavar=_("FILE"))
    folder = option("--out", text=_("Folder for the steps and their rotas."), metavar=_("DIR"))

    @verb(app, "path", _("Find the way from today's posts to larger ones: which vacancy to whom, in order."))
    def path(
        path: Path = file,
        rotas: bool = whole,
        present: Path | None = now,
        out: Path | None = folder,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        cache: Path | None = kept,
        html: Path | None = page,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.paths import PathRequest, path_file
        from turnus.cli.pricing import Effort

        hard = Effort(time, effort, seed, workers, cache)
        return path_file(PathRequest(path, sets, rotas, hard, json, html, out, draft, present))


def add_lever(app: typer.Typer) -> None:
    """Add `turnus lever`."""
    language, debug, overrides, as_json, as_draft = (
        language_option(),
        debug_option(),
        overrides_option(),
        json_document(),
        draft_option(),
    )
    one = typer.Argument(
        None, metavar=_("LEVER"), help=_("Id of a lever; leave it out to see them all."), show_default=False
    )
    file = typer.Argument(
        None, metavar=_("FILE"), help=_("Scenario file to pull it on; leave it out to read about it."),
        show_default=False,
    )  # fmt: skip
    chosen = option(
        "--param", text=_("A parameter of the lever, such as share=60; may be repeated."), default=[],
        metavar=_("NAME=VALUE"), show_default=False,
    )  # fmt: skip
    target = option(
        "--out", text=_("File for the new scenario; otherwise stdout."), metavar=_("FILE"), show_default=False
    )
    effects = option(
        "--effect", default=False, metavar=" ",
        text=_("Solve before and after, and show what changes for each person and for the unit."),
    )  # fmt: skip
    limit, steps, start, threads = search_options()

    @verb(app, "lever", _("Change a scenario in one named way: list the levers, or pull one."))
    def lever(
        name: str | None = one,
        path: Path | None = file,
        param: list[str] = chosen,
        out: Path | None = target,
        effect: bool = effects,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.levers import LeverRequest, lever_verb

        effort_asked = (time, effort, seed, workers)
        return lever_verb(
            LeverRequest(name, path, tuple(param), tuple(sets), out, effect, *effort_asked, json, draft)
        )


def add_explain(app: typer.Typer) -> None:
    """Add `turnus explain`."""
    language, debug, overrides, file, as_json = (
        language_option(),
        debug_option(),
        overrides_option(),
        scenario_file(),
        json_document(),
    )
    as_draft = draft_option()
    wanted = option(
        "--goal", metavar=_("GOAL=VALUE"), show_default=False,
        text=_("A goal and what it should reach, such as full_time_posts=25; else all demand covered."),
    )  # fmt: skip
    who = option("--person", text=_("Who should have a shift or a day off."), metavar=_("NAME"))
    when = option("--day", text=_("On which day: tue1, week 1 tuesday, or a date."), metavar=_("DAY"))
    what = option("--shift", text=_("Which shift by its code, or off."), metavar=_("CODE|off"))
    whose = option("--post", text=_("Whose post, by name or number, should be larger."), metavar=_("ID"))
    large = option("--size", text=_("How large, in percent."), default=100.0, metavar=_("PERCENT"))
    most = option("--changes", text=_("How many of the smallest changes to tell."), default=5, metavar="N")
    rotas = option("--rotas", text=_("Look for a rota with each change, too."), default=False, metavar=" ")
    limit, steps, start, threads = search_options(
        _("Most seconds for each rota; 60 when --effort is not given either.")
    )
    kept = cache_option()
    page = option(
        "--html", text=_("Write the explanation as one page, too."), metavar=_("FILE"), show_default=False
    )

    @verb(app, "explain", _("Say why a goal, a shift or a size cannot be had, and the smallest changes."))
    def explain(
        path: Path = file,
        goal: str | None = wanted,
        person: str | None = who,
        day: str | None = when,
        shift: str | None = what,
        post: str | None = whose,
        size: float = large,
        changes: int = most,
        rotas: bool = rotas,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        cache: Path | None = kept,
        html: Path | None = page,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.explain import ExplainRequest, explain_file

        limits = (time, effort, seed, workers)
        return explain_file(
            ExplainRequest(
                path, tuple(sets), goal, person, day, shift, post, size, changes, rotas, *limits,
                cache, json, html, draft,
            )
        )  # fmt: skip
