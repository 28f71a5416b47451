"""JSON that turnus wrote before, read back: what is wrong with it is told by line and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from turnus.errors import Finding, InputError
from turnus.texts import _, os_reason

MOST_BYTES = 50_000_000


def json_of_file(path: Path) -> Any:
    """Return what a file of JSON says.

    Raises
    ------
    InputError
        When it cannot be read, is too large or no JSON.
    """
    source = str(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(source, _("found more than {n} MB").format(n=MOST_BYTES // 1_000_000))
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise _refused(source, _("found {value}").format(value=os_reason(error))) from None
    except UnicodeDecodeError:
        raise _refused(source, _("found other bytes")) from None
    return json_of_text(text, source)


def json_of_text(text: str, source: str) -> Any:
    """Return what a text of JSON says; see `json_of_file`."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _refused(source, _("found something else"), error.lineno, error.colno) from None
    except RecursionError:
        raise _refused(source, _("found JSON nested too deeply")) from None
    except ValueError:  # Python reads no whole number of thousands of digits
        raise _refused(source, _("found a number of thousands of digits")) from None


def _refused(source: str, found: str, line: int | None = None, column: int | None = None) -> InputError:
    hint = _("Give a result.json of `turnus solve`.")
    return InputError([Finding((), _("expected a result.json"), found, hint, line, column)], source)
