"""The short verbs: `new`, `validate` and the version."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from turnus.cli.exits import BAD_INPUT, DONE, IMPOSSIBLE, put, say
from turnus.cli.files import unwritable
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.texts import _, ngettext, number

_SCHEMA_FILE = "turnus.schema.json"


def show_version() -> int:
    """Write the version to stdout."""
    from importlib.metadata import version

    put(f"turnus {version('turnus')}\n")
    return DONE


def new_scenario(kind: str | None, out: Path | None) -> int:
    """Write a commented starter to a file or stdout; without a kind, list the kinds."""
    from turnus.scenario import STARTERS, starter

    if kind is None:
        put("\n".join(STARTERS) + "\n")
        return DONE
    if kind not in STARTERS:
        raise InputError([_unknown_kind(kind, STARTERS)])
    if out is None:
        put(starter(kind))
        return DONE
    write_new(out, starter(kind))
    say(_("Wrote {file}. Next: turnus validate {file}").format(file=out))
    say(
        _("An editor explains every key after `{command}` and this first line in the file: {line}").format(
            command=f"turnus rules --schema > {_SCHEMA_FILE}",
            line=f"# yaml-language-server: $schema={_SCHEMA_FILE}",
        )
    )
    return DONE


def _unknown_kind(kind: str, kinds: Sequence[str]) -> Finding:
    close = get_close_matches(kind, kinds, 1)
    hint = _("Did you mean {code}?").format(code=close[0]) if close else _("Choose one of the list.")
    expected = _("expected one of {known}").format(known=", ".join(kinds))
    return Finding((_("KIND"),), expected, _("found {value}").format(value=repr(kind)), hint)


def write_new(out: Path, text: str) -> None:
    """Write a file that must not exist yet: a scenario that someone has filled in is never overwritten."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(
            [
                Finding(
                    (),
                    _("expected a new file name"),
                    _("found a file that exists"),
                    _("Choose another name."),
                )
            ],
            str(out),
        ) from None
    except OSError as error:
        raise InputError([unwritable(error)], str(out)) from None


def validate_files(
    paths: Sequence[Path], overrides: Sequence[str], *, draft: bool = False, tasks: bool = False
) -> int:
    """Write every mistake of every file to stdout, one a line, and one line for each file in order.

    With `tasks`, also how demand was built from the tasks of each file that is in order.
    """
    codes = {_validate(path, overrides, draft=draft, tasks=tasks) for path in paths}
    return next((code for code in (BAD_INPUT, IMPOSSIBLE) if code in codes), DONE)


def _validate(path: Path, overrides: Sequence[str], *, draft: bool, tasks: bool) -> int:
    from turnus.case import load_case
    from turnus.result.rulebook import draft_title
    from turnus.result.summary import conditions

    try:
        case = load_case(path, overrides, draft=draft)
    except (InputError, ImpossibleError) as error:
        put("".join(f"{line}\n" for line in error.lines()))
        count = len(error.findings)
        if isinstance(error, ImpossibleError):
            say(_("{file}: proven impossible").format(file=path))
            return IMPOSSIBLE
        say(ngettext("{file}: {n} mistake", "{file}: {n} mistakes", count).format(file=path, n=number(count)))
        return BAD_INPUT
    put("".join(f"{line}\n" for line in InputError((*case.notes, *case.remarks), case.source).lines()))
    if tasks:
        from turnus.cli.tasks import show_tasks

        show_tasks(case)
    if case.drafts:
        say(f"{path}: {draft_title()}")
    say(_("{file}: in order, {conditions}").format(file=path, conditions=conditions(case.problem)))
    return DONE
