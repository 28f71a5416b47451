"""Every text that people read, in their language, and numbers and dates the way the language writes them.

A text in the code is the English msgid: `_("{n} posts of {size}").format(n=…, size=…)`. The catalogues
`turnus/locale/{nb,nn}.po` hold the Norwegian; they are read at run time, so nothing is compiled.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterator, Sequence
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
    return _decimal(round(value, decimals) + 0.0, _pattern(decimals), language())


def signed(value: float, decimals: int = 0) -> str:
    """Return a change with its sign: `+2`, `−2` with a minus sign, `0`."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + number(abs(value), decimals)


def up_to(value: float, decimals: int = 2) -> str:
    """Return a number with no more decimals than it needs: `24`, `23,28`."""
    return _decimal(round(value, decimals) + 0.0, "#,##0." + "#" * decimals, language())


@lru_cache(maxsize=10_000)  # a report says the same few numbers, days and dates thousands of times
def _decimal(value: float, pattern: str, code: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, format=pattern, locale=code).replace("\N{MINUS SIGN}", "-")


def percent(value: float, decimals: int = 1) -> str:
    """Return a percentage given in percent: 61.5 is `61,5 %` in Norwegian, `61.5%` in English."""
    return up_to(value, decimals) + ("%" if language() == "en" else "\N{NO-BREAK SPACE}%")


def hours(minutes: float, decimals: int = 1, *, signed: bool = False) -> str:
    """Return minutes as hours with the unit: `35,5 t`; `signed` puts a plus before what is above zero."""
    text = up_to(minutes / 60, decimals)
    plus = "+" if signed and minutes > 0 and text != "0" else ""
    return _("{hours} h").format(hours=plus + text)


def hours_and_minutes(minutes: int) -> str:
    """Return a length of time as `9 h`, `9 h 15 min` or `15 min`."""
    whole, rest = divmod(minutes, 60)
    if not whole and rest:
        return _("{minutes} min").format(minutes=rest)
    return _("{hours} h {minutes} min").format(hours=whole, minutes=rest) if rest else hours(minutes)


def date(day: dt.date) -> str:
    """Return a date as the language writes it: `5. jan. 2026`."""
    return _date(day, language())


@lru_cache(maxsize=10_000)
def _date(day: dt.date, code: str) -> str:
    from babel.dates import format_date

    return format_date(day, format="medium", locale=code)


def weekday(index: int, *, short: bool = False) -> str:
    """Return the name of a weekday, 0 for Monday: `mandag`, short `ma`."""
    return _weekdays(language(), short=short)[index]


@lru_cache
def _weekdays(code: str, *, short: bool) -> tuple[str, ...]:
    from babel.dates import get_day_names

    names = get_day_names("short" if short else "wide", "stand-alone", code)
    return tuple(str(names[index])[: 2 if short else None] for index in range(7))


def enumerated(words: Sequence[str]) -> str:
    """Return words as the language lists them: `dag, kveld og natt`."""
    from babel.lists import format_list

    return str(format_list(words, locale=language()))


def os_reason(error: OSError) -> str:
    """Return why a file or folder could not be used, in words for people."""
    words = {
        errno.ENOENT: _("no such file or folder"),
        errno.EACCES: _("no permission"),
        errno.EPERM: _("no permission"),
        errno.EISDIR: _("a folder"),
        errno.ENOTDIR: _("a file where a folder should be"),
        errno.EEXIST: _("a file that exists"),
        errno.ENOSPC: _("a full disk"),
        errno.EROFS: _("a disk that is read-only"),
        errno.ENAMETOOLONG: _("a name that is too long"),
        errno.EIO: _("a fault of the disk"),
    }
    return words.get(error.errno or 0) or error.strerror or type(error).__name__


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
