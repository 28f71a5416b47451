"""What the commands have in common: how a verb is added, and the options that several verbs take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer

from turnus.cli.words import Command
from turnus.texts import _

Verb = TypeVar("Verb", bound=Callable[..., int])
SETTINGS = {"help_option_names": ["-h", "--help"]}


def verb(app: typer.Typer, name: str, text: str) -> Callable[[Verb], Verb]:
    """Return a decorator that adds a command."""
    metavar = _("[OPTIONS]")
    return app.command(name, cls=Command, help=text, context_settings=SETTINGS, options_metavar=metavar)


def option(name: str, *, text: str, default: Any = None, **more: Any) -> Any:
    """Return an option by its name."""
    return typer.Option(default, name, help=text, **more)


def language_option() -> Any:
    """Return the option for the language of all texts."""
    text = _("Language: nb, nn or en; otherwise TURNUS_LANG, otherwise nb.")
    return option("--lang", text=text, metavar="LANG", show_default=False)


def debug_option() -> Any:
    """Return the option that shows where an internal error happened."""
    return option("--debug", text=_("Show where an internal error happened."), default=False, metavar=" ")


def overrides_option() -> Any:
    """Return the option that overrides values of the scenario."""
    text = _("Override one value of the scenario, such as budget.fte=25; may be repeated.")
    return option("--set", text=text, default=[], metavar=_("PATH=VALUE"), show_default=False)


def draft_option() -> Any:
    """Return the option that lets values without their agreement through."""
    text = _("Let values through whose agreement is not listed; everything made from them is marked a draft.")
    return option("--draft", text=text, default=False, metavar=" ")


def scenario_file() -> Any:
    """Return the argument for a scenario file."""
    return typer.Argument(..., metavar=_("FILE"), help=_("Scenario file (YAML or JSON)."), show_default=False)


def json_document() -> Any:
    """Return the option for one JSON document on stdout."""
    return option(
        "--json", text=_("Write one JSON document to stdout and nothing else."), default=False, metavar=" "
    )


def search_options(most_seconds: str | None = None, side_by_side: str | None = None) -> tuple[Any, ...]:
    """Return the options of a verb that solves: time, effort, seed and workers.

    `most_seconds` says what the time is the limit of, `side_by_side` what the workers do.
    """
    text = most_seconds or _("Most seconds for each that is solved; 60 when --effort is not given either.")
    return (
        option("--time", metavar=_("SECONDS"), text=text, show_default=False),
        option(
            "--effort", metavar="N", show_default=False,
            text=_("Most search steps for each worker and phase: the repeatable limit."),
        ),
        option("--seed", text=_("Start of the random numbers."), default=1, metavar="N"),
        option("--workers", text=side_by_side or _("Searches side by side."), default=2, metavar="N"),
    )  # fmt: skip


def cache_option() -> Any:
    """Return the option for the folder where answers are kept."""
    text = _("Where answers are kept; otherwise TURNUS_CACHE, otherwise the user's cache folder.")
    return option("--cache", metavar=_("DIR"), show_default=False, text=text)


def json_lines() -> Any:
    """Return the option for JSON lines on stdout."""
    text = _("Write one JSON document a run to stdout and nothing else.")
    return option("--json", text=text, default=False, metavar=" ")
