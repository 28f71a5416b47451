"""From words to an exit code: every error ends here, none as a traceback."""

from __future__ import annotations

import os
import sys
import traceback

from turnus.cli.exits import ABORTED, BAD_INPUT, DONE, put_error, say, tell_error, tell_internal
from turnus.cli.start import asked_language
from turnus.cli.words import UsageProblem, usage_message
from turnus.errors import ImpossibleError, InputError
from turnus.texts import LANGUAGES, _, known_language


def run(words: list[str]) -> int:
    """Run one command and return its exit code."""
    _use_utf8()
    try:
        return _command(words)
    except (InputError, ImpossibleError) as error:
        return tell_error(error, as_json="--json" in words)
    except KeyboardInterrupt:
        say(_("Aborted."))
        return ABORTED
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted; without this Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if "--debug" in words:
            traceback.print_exc()
        return tell_internal(error, words)


def _command(words: list[str]) -> int:
    from turnus.cli.app import build_app

    app = build_app()
    try:
        _check_language(words)
        result = app(words or ["--help"], prog_name="turnus", standalone_mode=False)
    except Exception as error:
        message = usage_message(error)
        if message is None:
            raise
        return _tell_usage(message, words)
    return result if isinstance(result, int) else DONE


def _tell_usage(message: str, words: list[str]) -> int:
    say(_("Usage error: {message}").format(message=message))
    say(_("`turnus --help` lists the commands, `turnus COMMAND --help` the options of one."))
    if "--json" in words:
        put_error("usage", [], "", message)
    return BAD_INPUT


def _check_language(words: list[str]) -> None:
    asked = asked_language(words)
    if asked is not None and known_language(asked) is None:
        text = _("--lang: expected one of {languages}; found {found}")
        raise UsageProblem(text.format(languages=", ".join(LANGUAGES), found=repr(asked)))


def _use_utf8() -> None:
    """Write Norwegian letters also where the locale is C; on a terminal that cannot, replace them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", encoding="utf-8" if not stream.isatty() else None)
