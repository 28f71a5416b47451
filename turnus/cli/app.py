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
    language, debug, overrides = _language(), _debug(), _overrides()
    files = typer.Argument(
        ..., metavar=_("FILE …"), help=_("Scenario files (YAML or JSON)."), show_default=False
    )

    @_verb(app, "validate", _("List every mistake as file:line:column: path: expected, found, what to do."))
    def validate(
        paths: list[Path] = files,
        sets: list[str] = overrides,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.verbs import validate_files

        return validate_files(paths, sets)


def _add_solve(app: typer.Typer) -> None:
    language, debug, overrides, file, as_json = _language(), _debug(), _overrides(), _file(), _json()
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
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.solving import Request, solve_file

        return solve_file(Request(path, tuple(sets), time, effort, seed, workers, out, json))


def _add_check(app: typer.Typer) -> None:
    language, debug, overrides, file, as_json = _language(), _debug(), _overrides(), _file(), _json()
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

    @_verb(app, "check", _("Check any rota against the rules of a scenario, or the proof of its bounds."))
    def check(
        path: Path = file,
        rota: Path | None = table,
        proof: Path | None = record,
        time: float = limit,
        json: bool = as_json,
        sets: list[str] = overrides,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.checking import check_file

        return check_file(path, rota, proof, sets, time, as_json=json)


def _add_rules(app: typer.Typer) -> None:
    language, debug, as_json = _language(), _debug(), _json()
    one = typer.Argument(
        None, metavar=_("RULE"), help=_("Id of a rule; leave it out to see them all."), show_default=False
    )
    level = _option(
        "--profile", text=_("Rule profile whose values are shown; otherwise ks-lokal."), metavar=_("PROFILE"),
        show_default=False,
    )  # fmt: skip

    @_verb(app, "rules", _("Explain the rules: values, limits, sources, and how to write them."))
    def rules(
        rule: str | None = one,
        profile: str | None = level,
        json: bool = as_json,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        from turnus.cli.rules import show_rules

        return show_rules(rule, profile, as_json=json)
