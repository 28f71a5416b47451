"""Every text that people read, in their language, and numbers and dates the way the language writes them.

A text in the code is the English msgid: `_("{n} posts of {size}").format(n=…, size=…)`. The catalogues
`turnus/locale/{nb,nn}.po` hold the Norwegian; they are read at run time, so nothing is compiled.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("nb", "nn", "en")
DEFAULT_LANGUAGE = "nb"
LANGUAGE_VARIABLE = "TURNUS_LANG"
LOCALE_FOLDER = Path(__file__).parent / "locale"

_Messages = dict[str, str | tuple[str, ...]]


def known_language(code: str) -> str | None:
    """Return `nb`, `nn` or `en` for a code such as `nb_NO.UTF-8` or `no`; None for any other language."""
    short = code.replace("-", "_").split("_")[0].split(".")[0].lower()
    short = "nb" if short == "no" else short
    return short if short in LANGUAGES else None


_process_language = [known_language(os.environ.get(LANGUAGE_VARIABLE, "")) or DEFAULT_LANGUAGE]
_context_language: ContextVar[str | None] = ContextVar("turnus_language", default=None)


def set_language(code: str) -> None:
    """Choose the language of this process.

    Raises
    ------
    ValueError
        When the language is none of `LANGUAGES`.
    """
    _process_language[0] = _checked(code)


@contextmanager
def using_language(code: str) -> Iterator[None]:
    """Choose the language for a `with` block of this thread or task only, as a service needs it."""
    token = _context_language.set(_checked(code))
    try:
        yield
    finally:
        _context_language.reset(token)


def language() -> str:
    """Return the language in use: `nb`, `nn` or `en`."""
    return _context_language.get() or _process_language[0]


def _checked(code: str) -> str:
    known = known_language(code)
    if known is None:
        raise ValueError(f"expected one of {', '.join(LANGUAGES)}; found {code!r}")
    return known


@lru_cache
def messages(code: str) -> _Messages:
    """Return what the catalogue of a language says for each msgid; English has no catalogue."""
    if code == "en":
        return {}
    from babel.messages.pofile import read_po

    with (LOCALE_FOLDER / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    found: _Messages = {}
    for message in catalogue:
        if message.id and message.string and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return found


def _(msgid: str) -> str:
    """Return the text in the language in use; the English itself where the catalogue has none."""
    found = messages(language()).get(msgid, msgid)
    return found if isinstance(found, str) else found[0]


def ngettext(singular: str, plural: str, count: float) -> str:
    """Return the text that fits the count; English, bokmål and nynorsk all use the singular for 1 only."""
    found = messages(language()).get(singular)
    forms = found if isinstance(found, tuple) else (singular, plural)
    return forms[0] if count == 1 else forms[-1]


def N_(msgid: str) -> str:
    """Mark a text that stands in a table for translation; `_` translates it where it is shown."""
    return msgid


def number(value: float, decimals: int = 0) -> str:
    """Return a number as the language writes it: `1 234,5` in Norwegian, `1,234.5` in English."""
    from babel.numbers import format_decimal

    text = format_decimal(round(value, decimals) + 0.0, format=_pattern(decimals), locale=language())
    return text.replace("\N{MINUS SIGN}", "-")


def up_to(value: float, decimals: int = 2) -> str:
    """Return a number with no more decimals than it needs: `24`, `23,28`."""
    from babel.numbers import format_decimal

    pattern = "#,##0." + "#" * decimals
    text = format_decimal(round(value, decimals) + 0.0, format=pattern, locale=language())
    return text.replace("\N{MINUS SIGN}", "-")


def percent(value: float, decimals: int = 1) -> str:
    """Return a percentage given in percent: 61.5 is `61,5 %` in Norwegian, `61.5%` in English."""
    return up_to(value, decimals) + ("%" if language() == "en" else "\N{NO-BREAK SPACE}%")


def hours(minutes: float, decimals: int = 1, *, signed: bool = False) -> str:
    """Return minutes as hours with the unit: `35,5 t`; `signed` puts a plus before what is above zero."""
    text = up_to(minutes / 60, decimals)
    plus = "+" if signed and minutes > 0 and text != "0" else ""
    return _("{hours} h").format(hours=plus + text)


def date(day: dt.date) -> str:
    """Return a date as the language writes it: `5. jan. 2026`."""
    from babel.dates import format_date

    return format_date(day, format="medium", locale=language())


def weekday(index: int, *, short: bool = False) -> str:
    """Return the name of a weekday, 0 for Monday: `mandag`, short `ma`."""
    from babel.dates import get_day_names

    if short:
        return str(get_day_names("short", "stand-alone", language())[index])[:2]
    return str(get_day_names("wide", "stand-alone", language())[index])


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
