"""A CSV file as spreadsheets save it, made into rows: encoding, separator, empty margins, dates."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

_SEPARATORS = ";\t,"
#: `08.03.2027` or `8.3.27`, which is how Excel with Norwegian settings saves a date.
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20)?(\d{2})")


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


def csv_rows(text: str, width: int) -> list[list[str]]:
    """Return the rows of a CSV text without the empty columns beyond `width` and the empty rows at the end.

    Raises
    ------
    csv.Error
        When the text is no CSV.
    """
    separator = max(_SEPARATORS, key=text.split("\n", 1)[0].count)
    rows = [_trimmed(row, width) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    while rows and not filled(rows[-1]):
        rows.pop()
    return rows


def filled(row: list[str]) -> bool:
    """Whether a row says anything."""
    return any(cell.strip() for cell in row)


def _trimmed(row: list[str], width: int) -> list[str]:
    last = len(row)
    while last > width and not row[last - 1].strip():
        last -= 1
    return row[:last]


def date_of(text: str) -> dt.date | None:
    """Return the date in `2027-03-08` or `08.03.2027`; None for anything else."""
    text = text.strip()
    norwegian = _NORWEGIAN_DATE.fullmatch(text)
    try:
        if norwegian is None:
            return dt.date.fromisoformat(text)
        day, month, _century, year = norwegian.groups()
        return dt.date(2000 + int(year), int(month), int(day))
    except ValueError:
        return None
