"""A file of text as spreadsheets save it: its bytes, its encoding, and its dates."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from turnus.errors import Finding, InputError
from turnus.texts import _, os_reason

_MEGABYTE = 1_000_000
#: `08.03.2027` or `8.3.27`, which is how Excel with Norwegian settings saves a date; also `08/03/2027`.
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})")


def bytes_of(path: Path, most_megabytes: int) -> bytes:
    """Return what a file holds.

    Raises
    ------
    InputError
        When it cannot be read, or is larger than so many megabytes.
    """
    expected = _("expected a readable file")
    try:
        if path.stat().st_size > most_megabytes * _MEGABYTE:
            found = _("found more than {n} MB").format(n=most_megabytes)
            raise InputError([Finding((), expected, found, _("Name another file."))], str(path))
        return path.read_bytes()
    except OSError as error:
        found = _("found {value}").format(value=os_reason(error))
        hint = _("Check the name of the file.")
        raise InputError([Finding((), expected, found, hint)], str(path)) from None


def decoded(raw: bytes) -> str | None:
    """Return text from UTF-8, or from the code page 1252 that Excel falls back to; None for neither.

    A file with a zero byte is no text in either, although the code page would let it through.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return None if b"\0" in raw else raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def date_of(text: str) -> dt.date | None:
    """Return the date in `2027-03-08`, `08.03.2027` or `08/03/2027`; None for anything else."""
    text = text.strip()
    norwegian = _NORWEGIAN_DATE.fullmatch(text)
    try:
        if norwegian is None:
            return dt.date.fromisoformat(text)
        day, _sign, month, year = norwegian.groups()
        century = 2000 if len(year) == 2 else 0
        return dt.date(century + int(year), int(month), int(day))
    except ValueError:
        return None
