"""Typer's own words in the language in use: headings of the help, and what is wrong with a command line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup

from turnus.texts import N_, _

_EXPECTED = {
    "time": N_("a number of seconds above 0, such as 60"),
    "effort": N_("a whole number of search steps above 0, such as 40000"),
    "seed": N_("a whole number from 0, such as 1"),
    "workers": N_("a whole number from 1 to 256, such as 2"),
}


class UsageProblem(Exception):
    """A command line that typer accepts and turnus does not."""

    def format_message(self) -> str:
        """Return the message, as typer's own usage errors do."""
        return str(self)


class Command(TyperCommand):
    """A command whose help is in the language in use."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _translated_usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Return the `--help` option with its text translated."""
        return _translated_help(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help; what draws it is loaded, and translated, only now."""
        translate_typer()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """The command above the commands, with its help in the language in use."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _translated_usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Return the `--help` option with its text translated."""
        return _translated_help(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help; what draws it is loaded, and translated, only now."""
        translate_typer()
        super().format_help(ctx, formatter)


def _translated_usage(text: str) -> str:
    return text.replace("Usage:", _("Usage:"), 1).replace("COMMAND [ARGS]...", _("COMMAND …"))


def _translated_help(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this message and exit.")
        option.metavar = " "
    return option


def translate_typer() -> None:
    """Give typer's headings their words; typer itself looks for compiled catalogues, and there are none."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")


def usage_message(error: Exception) -> str | None:
    """Return what is wrong with the command line; None when the error is of another kind.

    Typer's classes are told apart by name: where they are imported from has changed between its versions.
    """
    if not hasattr(error, "format_message"):
        return None
    kind = type(error).__name__
    parameter: Any = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        return _("{name} is missing").format(name=_shown(parameter))
    if kind == "BadParameter" and parameter is not None:
        expected = _(_EXPECTED.get(str(parameter.name), N_("another value")))
        return _("{name}: expected {expected}").format(name=_shown(parameter), expected=expected)
    if kind == "NoSuchOption":
        return _no_such_option(error)
    if kind == "BadOptionUsage":
        name = getattr(error, "option_name", "")
        return _("{name} is not followed by what it needs").format(name=name)
    return _other_message(error)


def _no_such_option(error: Any) -> str:
    text = _("there is no option {name}").format(name=error.option_name)
    close = get_close_matches(error.option_name, error.possibilities or (), 1)
    return text + "; " + _("did you mean {name}?").format(name=close[0]) if close else text


def _other_message(error: Any) -> str:
    message = str(error.format_message())
    if message.startswith("No such command"):
        return _("there is no command {name}").format(name=message.split("'")[1] if "'" in message else "")
    if message.startswith("Got unexpected extra argument"):
        return _("more words than the command takes: {words}").format(
            words=message.partition("(")[2].rstrip(")")
        )
    if message.startswith("Missing command"):
        return _("a command is missing")
    return message


def _shown(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name)


def refuse_number(option: str) -> UsageProblem:
    """Return the error for a number that an option does not take; `option` without its dashes."""
    return UsageProblem(
        _("{name}: expected {expected}").format(name=f"--{option}", expected=_(_EXPECTED[option]))
    )
