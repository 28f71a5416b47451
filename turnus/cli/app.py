"""The commands, their options and their help; what they do stands in the module of each verb."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import typer

from turnus.cli.words import Command, Group
from turnus.texts import _

Verb = TypeVar("Verb", bound=Callable[..., int])
_SETTINGS = {"help_option_names": ["-h", "--help"]}


def build_app() -> typer.Typer:
    """Return the command line with every text in the language in use."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode="markdown",
        context_settings=_SETTINGS,
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
    _add_arithmetic(app)
    _add_compare(app)
    _add_price(app)
    _add_frontier(app)
    _add_cards(app)
    _add_need(app)
    _add_story(app)
    _add_lever(app)
    _add_explain(app)
    _add_bench(app)
    return app


def _verb(app: typer.Typer, name: str, text: str) -> Callable[[Verb], Verb]:
    metavar = _("[OPTIONS]")
    return app.command(name, cls=Command, help=text, context_settings=_SETTINGS, options_metavar=metavar)


def _option(name: str, *, text: str, default: Any = None, **more: Any) -> Any:
    return typer.Option(default, name, help=text, **more)


def _language() -> Any:
    text = _("Language: nb, nn or en; otherwise TURNUS_LANG, otherwise nb.")
    return _option("--lang", text=text, metavar="LANG", show_default=False)


def _debug() -> Any:
    return _option("--debug", text=_("Show where an internal error happened."), default=False, metavar=" ")


def _overrides() -> Any:
    text = _("Override one value of the scenario, such as budget.fte=25; may be repeated.")
    return _option("--set", text=text, default=[], metavar=_("PATH=VALUE"), show_default=False)


def _draft() -> Any:
    text = _("Let values through whose agreement is not listed; everything made from them is marked a draft.")
    return _option("--draft", text=text, default=False, metavar=" ")


def _file() -> Any:
    return typer.Argument(..., metavar=_("FILE"), help=_("Scenario file (YAML or JSON)."), show_default=False)


def _json() -> Any:
    return _option(
        "--json", text=_("Write one JSON document to stdout and nothing else."), default=False, metavar=" "
    )


def _add_root(app: typer.Typer) -> None:
    language, debug = _language(), _debug()
    shows_version = _option("--version", text=_("Show the version and exit."), default=False, metavar=" ")

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
    language, debug = _language(), _debug()
    kinds = typer.Argument(
        None, metavar=_("KIND"), help=_("Kind of unit; leave it out to see the kinds."), show_default=False
    )
    target = _option(
        "--out", text=_("File to write; otherwise stdout."), metavar=_("FILE"), show_default=False
    )

    @_verb(app, "new", _("Write a commented scenario to start from."))
    def new(
        kind: str | None = kinds, out: Path | None = target, lang: str | None = language, debug: bool = debug
    ) -> int:
        del lang, debug
        from turnus.cli.verbs import new_scenario

        return new_scenario(kind, out)


def _add_validate(app: typer.Typer) -> None:
    language, debug, overrides, as_draft = _language(), _debug(), _overrides(), _draft()
    files = typer.Argument(
        ..., metavar=_("FILE …"), help=_("Scenario files (YAML or JSON)."), show_default=False
    )

    @_verb(app, "validate", _("List every mistake as file:line:column: path: expected, found, what to do."))
    def validate(
        paths: list[Path] = files,
        sets: list[str] = overrides,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.verbs import validate_files

        return validate_files(paths, sets, draft=draft)


def _add_solve(app: typer.Typer) -> None:
    language, debug, overrides, file, as_json = _language(), _debug(), _overrides(), _file(), _json()
    as_draft = _draft()
    limit = _option(
        "--time", text=_("Most seconds to use; 60 when --effort is not given either."), metavar=_("SECONDS")
    )
    steps = _option(
        "--effort", text=_("Most search steps for each worker and phase: the repeatable limit."), metavar="N"
    )
    start = _option("--seed", text=_("Start of the random numbers."), default=1, metavar="N")
    threads = _option("--workers", text=_("Searches side by side."), default=2, metavar="N")
    folder = _option(
        "--out",
        text=_("Folder for result.json, rota.csv and report.html."),
        metavar=_("DIR"),
        show_default=False,
    )

    @_verb(app, "solve", _("Decide how many posts of which size, build the rota, and say what is proven."))
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
    language, debug, overrides, as_json, as_draft = _language(), _debug(), _overrides(), _json(), _draft()
    file = typer.Argument(
        ..., metavar=_("FILE"), show_default=False,
        help=_("Scenario file (YAML or JSON); with --profile a CSV file with shifts, staff and rota."),
    )  # fmt: skip
    table = typer.Argument(None, metavar=_("ROTA"), help=_("A rota.csv or result.json."), show_default=False)
    record = _option(
        "--proof",
        text=_(
            "Instead of a rota: re-derive the bounds in this result.json "
            "(exit code 3: not finished in time, 4: refuted)."
        ),
        metavar="RESULT",
        show_default=False,
    )
    limit = _option("--time", text=_("Most seconds for --proof."), default=120.0, metavar=_("SECONDS"))

    level = _option(
        "--profile", metavar=_("PROFILE"), show_default=False,
        text=_("Check a rota without a scenario under this rule profile, such as ks-lokal."),
    )  # fmt: skip
    page = _option(
        "--html", text=_("Write the check as one page to print, too."), metavar=_("FILE"), show_default=False
    )

    @_verb(app, "check", _("Check any rota against a scenario or a rule profile, or the proof of a result."))
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
    language, debug, as_json = _language(), _debug(), _json()
    one = typer.Argument(
        None, metavar=_("RULE"), help=_("Id of a rule; leave it out to see them all."), show_default=False
    )
    level = _option(
        "--profile", text=_("Rule profile whose values are shown; otherwise ks-lokal."), metavar=_("PROFILE"),
        show_default=False,
    )  # fmt: skip

    for_editor = _option(
        "--schema", default=False, metavar=" ",
        text=_("Instead write the JSON Schema of the scenario file, by which an editor explains every key."),
    )  # fmt: skip

    @_verb(app, "rules", _("Explain the rules: values, limits, sources, and how to write them."))
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


def _add_arithmetic(app: typer.Typer) -> None:
    language, debug, overrides, file, as_json = _language(), _debug(), _overrides(), _file(), _json()
    as_draft = _draft()
    stored = typer.Argument(
        None, metavar=_("RESULT"), show_default=False,
        help=_("A result.json of this scenario, whose bounds and values are set beside the arithmetic."),
    )  # fmt: skip

    @_verb(app, "arithmetic", _("Do the weekend arithmetic step by step, so that it can be checked by hand."))
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


def _add_compare(app: typer.Typer) -> None:
    language, debug, as_json, as_draft = _language(), _debug(), _json(), _draft()
    several = typer.Argument(
        ..., metavar=_("FILE …"), show_default=False,
        help=_("Two to six scenarios, result.json files or folders; a scenario without a result is solved."),
    )  # fmt: skip
    limit = _option(
        "--time", metavar=_("SECONDS"),
        text=_("Most seconds for each that is solved; 60 when --effort is not given either."),
    )  # fmt: skip
    steps = _option(
        "--effort", text=_("Most search steps for each worker and phase: the repeatable limit."), metavar="N"
    )
    start = _option("--seed", text=_("Start of the random numbers."), default=1, metavar="N")
    threads = _option("--workers", text=_("Searches side by side."), default=2, metavar="N")
    page = _option(
        "--html", text=_("Write the comparison as one page, too."), metavar=_("FILE"), show_default=False
    )
    folder = _option(
        "--csv", text=_("Write each table as a CSV file, too."), metavar=_("DIR"), show_default=False
    )

    @_verb(app, "compare", _("Set alternatives beside each other: full-time, cover, rules, and each person."))
    def compare(
        paths: list[Path] = several,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        html: Path | None = page,
        csv: Path | None = folder,
        json: bool = as_json,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.comparing import CompareRequest, compare_files

        return compare_files(CompareRequest(paths, time, effort, seed, workers, json, html, csv, draft))


def _many_solves() -> tuple[Any, ...]:
    """Return the options of a verb with many solves: time, effort, seed, workers and cache."""
    return (
        _option("--time", metavar=_("SECONDS"), text=_("Most seconds for each rota."), show_default=False),
        _option(
            "--effort", metavar="N", show_default=False,
            text=_("Most search steps for each worker and phase: the repeatable limit."),
        ),
        _option("--seed", text=_("Start of the random numbers."), default=1, metavar="N"),
        _option("--workers", text=_("Solves side by side."), default=2, metavar="N"),
        _option(
            "--cache", metavar=_("DIR"), show_default=False,
            text=_("Where answers are kept; otherwise TURNUS_CACHE, otherwise the user's cache folder."),
        ),
    )  # fmt: skip


def _add_price(app: typer.Typer) -> None:
    language, debug, as_json, as_draft = _language(), _debug(), _json(), _draft()
    file, overrides = _file(), _overrides()
    limit, steps, start, threads, kept = _many_solves()
    some = _option(
        "--only", default=[], metavar=_("ID,ID"), show_default=False,
        text=_("Levers and rules to try; all when left out."),
    )  # fmt: skip
    most = _option("--rows", text=_("Most rows to work out; all when left out."), metavar="N")
    whole = _option(
        "--rotas", default=False, metavar=" ",
        text=_("Find a whole rota for each row, too, and what today's rules protect."),
    )  # fmt: skip
    page = _option("--html", text=_("Write the tables as one page, too."), metavar=_("FILE"))
    table = _option("--csv", text=_("Write the rows as a CSV file, too."), metavar=_("FILE"))

    @_verb(app, "price", _("Price each rule and lever: what one step alone gives, with its bound."))
    def price(
        path: Path = file,
        only: list[str] = some,
        rows: int | None = most,
        rotas: bool = whole,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
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
        return price_file(PriceRequest(path, sets, only, rows, rotas, hard, json, html, csv, draft))


def _add_frontier(app: typer.Typer) -> None:
    language, debug, as_json, as_draft = _language(), _debug(), _json(), _draft()
    file, overrides = _file(), _overrides()
    limit, steps, start, threads, kept = _many_solves()
    asked = _option(
        "--goals", default=..., metavar="A,B[,C]",
        text=_("Two or three goals that the posts decide, such as full_time_posts,fewest_heads."),
    )  # fmt: skip
    alone = _option(
        "--bounds", text=_("Only proven limits, in seconds; no rotas."), default=False, metavar=" "
    )
    page = _option("--html", text=_("Write picture and table as one page, too."), metavar=_("FILE"))
    picture = _option("--svg", text=_("Write the picture, too."), metavar=_("FILE"))
    folder = _option("--out", text=_("Folder for the rota of each point."), metavar=_("DIR"))

    @_verb(app, "frontier", _("Find what is given up for what: every best trade-off between goals, proven."))
    def frontier(
        path: Path = file,
        goals: str = asked,
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


def _add_cards(app: typer.Typer) -> None:
    language, debug = _language(), _debug()
    some = _option(
        "--deck", default=[], metavar=_("NAME|FILE"), show_default=False,
        text=_("A deck: competence, organisation, together, values, absence, or a file; all when left out."),
    )  # fmt: skip
    stored = _option(
        "--runs", default=[], metavar=_("FILE|DIR"), show_default=False,
        text=_("A result.json or folder of results for the figures, the present one first; may be repeated."),
    )  # fmt: skip
    page = _option("--out", text=_("File to write; otherwise stdout."), metavar=_("FILE"), show_default=False)
    size = _option("--paper", text=_("a5 or a4, a card on each sheet."), default="a5", metavar="a5|a4")

    @_verb(app, "cards", _("Make discussion cards for a meeting, with this unit's own figures."))
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


def _add_need(app: typer.Typer) -> None:
    language, debug, overrides, file, as_draft = _language(), _debug(), _overrides(), _file(), _draft()
    stored = _option(
        "--runs", default=[], metavar=_("FILE|DIR"), show_default=False,
        text=_("Stored results of the unit and its alternatives; otherwise the one beside FILE."),
    )  # fmt: skip
    which = _option(
        "--kind", default="need", metavar="KIND",
        text=_("need, agreements, soundness, protocol, comparison, or all."),
    )  # fmt: skip
    folder = _option(
        "--out", text=_("Folder for Markdown and pages; otherwise Markdown to stdout."), metavar=_("DIR"),
        show_default=False,
    )  # fmt: skip

    @_verb(app, "need", _("Draft the statement of need for part-time, and the other papers for the talks."))
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


def _add_story(app: typer.Typer) -> None:
    language, debug, as_draft = _language(), _debug(), _draft()
    several = typer.Argument(
        ..., metavar=_("FILE …"), show_default=False,
        help=_("The unit's scenario as it is today, then up to five alternatives, each a file or folder."),
    )  # fmt: skip
    limit = _option(
        "--time", metavar=_("SECONDS"),
        text=_("Most seconds for each that is solved; 60 when --effort is not given either."),
    )  # fmt: skip
    steps = _option(
        "--effort", text=_("Most search steps for each worker and phase: the repeatable limit."), metavar="N"
    )
    start = _option("--seed", text=_("Start of the random numbers."), default=1, metavar="N")
    threads = _option("--workers", text=_("Searches side by side."), default=2, metavar="N")
    changes = _option("--rows", text=_("Changes to try alone; 0 for none."), default=12, metavar="N")
    together = _option(
        "--goals", default="full_time_posts,fewest_heads", metavar="GOALS",
        text=_("Two or three goals to see what can be had together; an empty text for none."),
    )  # fmt: skip
    folder = _option(
        "--out", text=_("Folder for the page and new results."), default="story", metavar=_("DIR")
    )

    @_verb(app, "story", _("Tell a unit's whole story on one page: how many, why, and what would change it."))
    def story(
        paths: list[Path] = several,
        time: float | None = limit,
        effort: int | None = steps,
        seed: int = start,
        workers: int = threads,
        rows: int = changes,
        goals: str = together,
        out: Path = folder,
        draft: bool = as_draft,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.telling import StoryRequest, tell_story

        return tell_story(StoryRequest(paths, time, effort, seed, workers, rows, goals, out, draft))


def _add_lever(app: typer.Typer) -> None:
    language, debug, overrides, as_json, as_draft = _language(), _debug(), _overrides(), _json(), _draft()
    one = typer.Argument(
        None, metavar=_("LEVER"), help=_("Id of a lever; leave it out to see them all."), show_default=False
    )
    file = typer.Argument(
        None, metavar=_("FILE"), help=_("Scenario file to pull it on; leave it out to read about it."),
        show_default=False,
    )  # fmt: skip
    chosen = _option(
        "--param", text=_("A parameter of the lever, such as share=60; may be repeated."), default=[],
        metavar=_("NAME=VALUE"), show_default=False,
    )  # fmt: skip
    target = _option(
        "--out", text=_("File for the new scenario; otherwise stdout."), metavar=_("FILE"), show_default=False
    )
    effects = _option(
        "--effect", default=False, metavar=" ",
        text=_("Solve before and after, and show what changes for each person and for the unit."),
    )  # fmt: skip
    limit = _option(
        "--time", metavar=_("SECONDS"),
        text=_("Most seconds for each that is solved; 60 when --effort is not given either."),
    )  # fmt: skip
    steps = _option(
        "--effort", text=_("Most search steps for each worker and phase: the repeatable limit."), metavar="N"
    )
    start = _option("--seed", text=_("Start of the random numbers."), default=1, metavar="N")
    threads = _option("--workers", text=_("Searches side by side."), default=2, metavar="N")

    @_verb(app, "lever", _("Change a scenario in one named way: list the levers, or pull one."))
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


def _add_explain(app: typer.Typer) -> None:
    language, debug, overrides, file, as_json = _language(), _debug(), _overrides(), _file(), _json()
    as_draft = _draft()
    wanted = _option(
        "--goal", metavar=_("GOAL=VALUE"), show_default=False,
        text=_("A goal and what it should reach, such as full_time_posts=25; else all demand covered."),
    )  # fmt: skip
    who = _option("--person", text=_("Who should have a shift or a day off."), metavar=_("NAME"))
    when = _option("--day", text=_("On which day: tue1, week 1 tuesday, or a date."), metavar=_("DAY"))
    what = _option("--shift", text=_("Which shift by its code, or off."), metavar=_("CODE|off"))
    whose = _option("--post", text=_("Whose post, by name or number, should be larger."), metavar=_("ID"))
    large = _option("--size", text=_("How large, in percent."), default=100.0, metavar=_("PERCENT"))
    most = _option("--changes", text=_("How many of the smallest changes to tell."), default=5, metavar="N")
    rotas = _option("--rotas", text=_("Look for a rota with each change, too."), default=False, metavar=" ")
    limit = _option(
        "--time", text=_("Most seconds for each rota; 60 when --effort is not given either."),
        metavar=_("SECONDS"),
    )  # fmt: skip
    steps = _option(
        "--effort", text=_("Most search steps for each worker and phase: the repeatable limit."), metavar="N"
    )
    start = _option("--seed", text=_("Start of the random numbers."), default=1, metavar="N")
    threads = _option("--workers", text=_("Searches side by side."), default=2, metavar="N")
    kept = _option("--cache", text=_("Folder where solves are kept."), metavar=_("DIR"), show_default=False)
    page = _option(
        "--html", text=_("Write the explanation as one page, too."), metavar=_("FILE"), show_default=False
    )

    @_verb(app, "explain", _("Say why a goal, a shift or a size cannot be had, and the smallest changes."))
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


def _add_bench(app: typer.Typer) -> None:
    language, debug, as_json = _language(), _debug(), _json_lines()
    one = typer.Argument(..., metavar=_("SET"), help=_("curtois, rws, inrc2 or wards."), show_default=False)
    some = _option(
        "--instances", text=_("Instances by name, with commas; otherwise all that the folder holds."),
        metavar="A,B", show_default=False,
    )  # fmt: skip
    seconds = _option(
        "--time", text=_("Seconds for each instance; 60 when nothing limits it."), metavar="S", min=0.1
    )
    effort = _option("--effort", text=_("Search steps of each run at most; not for rws."), metavar="N", min=1)
    seed = _option("--seed", text=_("Seed of everything random."), default=1, metavar="N", min=0)
    again = _option("--again", text=_("Run again what is in the file already."), default=False, metavar=" ")
    threads = _option("--workers", text=_("Threads of each run."), default=2, metavar="N", min=1, max=64)
    jobs = _option("--jobs", text=_("Runs side by side."), default=1, metavar="N", min=1, max=64)
    out = _option(
        "--out", text=_("File of JSON lines; runs that are in it already are not made again."),
        metavar=_("FILE.jsonl"), show_default=False,
    )  # fmt: skip

    @_verb(
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
        json: bool = as_json,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.bench import bench as run_bench

        return run_bench(family, instances, time, effort, seed, workers, jobs, out, again=again, as_json=json)


def _json_lines() -> Any:
    text = _("Write one JSON document a run to stdout and nothing else.")
    return _option("--json", text=text, default=False, metavar=" ")
