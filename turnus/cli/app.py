"""The commands, their options and their help; what they do stands in the module of each verb."""

from __future__ import annotations

from pathlib import Path

import typer

from turnus.cli.app_papers import add_arithmetic, add_cards, add_compare, add_need, add_story
from turnus.cli.app_search import add_explain, add_frontier, add_lever, add_path, add_price
from turnus.cli.app_service import add_service
from turnus.cli.options import (
    SETTINGS,
    debug_option,
    draft_option,
    json_document,
    json_lines,
    language_option,
    option,
    overrides_option,
    scenario_file,
    search_options,
    verb,
)
from turnus.cli.words import Group
from turnus.texts import _


def build_app() -> typer.Typer:
    """Return the command line with every text in the language in use."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode="markdown",
        context_settings=SETTINGS,
        options_metavar=_("[OPTIONS]"),
        help=_("How many full-time posts a care unit can have, proven, and the rota that shows it."),
        epilog=_(
            "Exit codes: 0 done, 1 bad input or usage, 2 proven impossible, "
            "3 nothing found in the time given, 4 hard rules broken."
        ),
    )
    _add_root(app)
    _add_new(app)
    _add_validate(app)
    _add_solve(app)
    _add_check(app)
    _add_rules(app)
    add_arithmetic(app)
    add_compare(app)
    add_price(app)
    add_frontier(app)
    add_path(app)
    add_cards(app)
    add_need(app)
    add_story(app)
    add_lever(app)
    add_explain(app)
    _add_bench(app)
    add_service(app)
    return app


def _add_root(app: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    shows_version = option("--version", text=_("Show the version and exit."), default=False, metavar=" ")

    @app.callback(invoke_without_command=True)
    def root(
        context: typer.Context,
        version: bool = shows_version,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.verbs import show_version

        if version:
            return show_version()
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())
        return 0


def _add_new(app: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    kinds = typer.Argument(
        None, metavar=_("KIND"), help=_("Kind of unit; leave it out to see the kinds."), show_default=False
    )
    target = option(
        "--out", text=_("File to write; otherwise stdout."), metavar=_("FILE"), show_default=False
    )

    @verb(app, "new", _("Write a commented scenario to start from."))
    def new(
        kind: str | None = kinds, out: Path | None = target, lang: str | None = language, debug: bool = debug
    ) -> int:
        del lang, debug
        from turnus.cli.verbs import new_scenario

        return new_scenario(kind, out)


def _add_validate(app: typer.Typer) -> None:
    language, debug, overrides, as_draft = (
        language_option(),
        debug_option(),
        overrides_option(),
        draft_option(),
    )
    files = typer.Argument(
        ..., metavar=_("FILE …"), help=_("Scenario files (YAML or JSON)."), show_default=False
    )

    table = option(
        "--tasks", default=False, metavar=" ",
        text=_("Show where tasks were placed and the demand built from them, hour by hour."),
    )  # fmt: skip

    @verb(app, "validate", _("List every mistake as file:line:column: path: expected, found, what to do."))
    def validate(
        paths: list[Path] = files,
        sets: list[str] = overrides,
        tasks: bool = table,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.verbs import validate_files

        return validate_files(paths, sets, draft=draft, tasks=tasks)


def _add_solve(app: typer.Typer) -> None:
    language, debug, overrides, file, as_json = (
        language_option(),
        debug_option(),
        overrides_option(),
        scenario_file(),
        json_document(),
    )
    as_draft = draft_option()
    limit, steps, start, threads = search_options(
        _("Most seconds to use; 60 when --effort is not given either.")
    )
    folder = option(
        "--out",
        text=_("Folder for result.json, rota.csv and report.html."),
        metavar=_("DIR"),
        show_default=False,
    )

    @verb(app, "solve", _("Decide how many posts of which size, build the rota, and say what is proven."))
    def solve(
        path: Path = file,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        out: Path | None = folder,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.solving import Request, solve_file

        return solve_file(Request(path, tuple(sets), time, effort, seed, workers, out, json, draft))


def _add_check(app: typer.Typer) -> None:
    language, debug, overrides, as_json, as_draft = (
        language_option(),
        debug_option(),
        overrides_option(),
        json_document(),
        draft_option(),
    )
    file = typer.Argument(
        ..., metavar=_("FILE"), show_default=False,
        help=_("Scenario file (YAML or JSON); with --profile a CSV file with shifts, staff and rota."),
    )  # fmt: skip
    table = typer.Argument(None, metavar=_("ROTA"), help=_("A rota.csv or result.json."), show_default=False)
    record = option(
        "--proof",
        text=_(
            "Instead of a rota: re-derive the bounds in this result.json "
            "(exit code 3: not finished in time, 4: refuted)."
        ),
        metavar="RESULT",
        show_default=False,
    )
    limit = option("--time", text=_("Most seconds for --proof."), default=120.0, metavar=_("SECONDS"))

    level = option(
        "--profile", metavar=_("PROFILE"), show_default=False,
        text=_("Check a rota without a scenario under this rule profile, such as ks-lokal."),
    )  # fmt: skip
    page = option(
        "--html", text=_("Write the check as one page to print, too."), metavar=_("FILE"), show_default=False
    )

    @verb(app, "check", _("Check any rota against a scenario or a rule profile, or the proof of a result."))
    def check(
        path: Path = file,
        rota: Path | None = table,
        proof: Path | None = record,
        time: float = limit,
        profile: str | None = level,
        html: Path | None = page,
        json: bool = as_json,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.checking import CheckRequest, check_file

        return check_file(CheckRequest(path, rota, proof, profile, tuple(sets), time, json, html, draft))


def _add_rules(app: typer.Typer) -> None:
    language, debug, as_json = language_option(), debug_option(), json_document()
    one = typer.Argument(
        None, metavar=_("RULE"), help=_("Id of a rule; leave it out to see them all."), show_default=False
    )
    level = option(
        "--profile", text=_("Rule profile whose values are shown; otherwise ks-lokal."), metavar=_("PROFILE"),
        show_default=False,
    )  # fmt: skip

    for_editor = option(
        "--schema", default=False, metavar=" ",
        text=_("Instead write the JSON Schema of the scenario file, by which an editor explains every key."),
    )  # fmt: skip

    @verb(app, "rules", _("Explain the rules: values, limits, sources, and how to write them."))
    def rules(
        rule: str | None = one,
        profile: str | None = level,
        schema: bool = for_editor,
        json: bool = as_json,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.rules import show_rules, show_schema

        if schema:
            return show_schema(rule, profile)
        return show_rules(rule, profile, as_json=json)


def _add_bench(app: typer.Typer) -> None:
    language, debug, as_json = language_option(), debug_option(), json_lines()
    one = typer.Argument(..., metavar=_("SET"), help=_("curtois, rws, inrc2 or wards."), show_default=False)
    some = option(
        "--instances", text=_("Instances by name, with commas; otherwise all that the folder holds."),
        metavar="A,B", show_default=False,
    )  # fmt: skip
    seconds = option(
        "--time", text=_("Seconds for each instance; 60 when nothing limits it."), metavar="S", min=0.1
    )
    effort = option("--effort", text=_("Search steps of each run at most; not for rws."), metavar="N", min=1)
    seed = option("--seed", text=_("Seed of everything random."), default=1, metavar="N", min=0)
    again = option("--again", text=_("Run again what is in the file already."), default=False, metavar=" ")
    threads = option("--workers", text=_("Threads of each run."), default=2, metavar="N", min=1, max=64)
    jobs = option("--jobs", text=_("Runs side by side."), default=1, metavar="N", min=1, max=64)
    out = option(
        "--out", text=_("File of JSON lines; runs that are in it already are not made again."),
        metavar=_("FILE.jsonl"), show_default=False,
    )  # fmt: skip

    kept = option(
        "--rotas", text=_("Folder in which each run leaves its rota, unless there is a better one."),
        metavar=_("FOLDER"), show_default=False,
    )  # fmt: skip
    begun = option(
        "--start", text=_("A rota that a run has left, or a folder of them, to begin with; never worse."),
        metavar=_("FILE|FOLDER"), show_default=False,
    )  # fmt: skip

    @verb(
        app,
        "bench",
        _("Measure the engine on sets of instances; TURNUS_BENCH_DATA names the public ones' folder."),
    )
    def bench(
        family: str = one,
        instances: str | None = some,
        time: float | None = seconds,
        effort: int | None = effort,
        seed: int = seed,
        workers: int = threads,
        jobs: int = jobs,
        out: Path | None = out,
        again: bool = again,
        rotas: Path | None = kept,
        start: Path | None = begun,
        json: bool = as_json,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.bench import bench as run_bench

        return run_bench(
            family, instances, time, effort, seed, workers, jobs, out,
            again=again, as_json=json, rotas=rotas, start=start,
        )  # fmt: skip
