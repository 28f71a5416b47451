"""Whom and what a question is about: a person, a post, a shift and a day, by the words that people use.

Each raises `InputError` with what is known, at the place (`--person`, `person`) where the word was given.
"""

from __future__ import annotations

import re

from turnus.clock import WEEKDAY_NAMES
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.problem.calendar import Calendar
from turnus.texts import LANGUAGES, _, using_language, weekday


def person_named(variant: Variant, word: str, where: str) -> str:
    """Return somebody of the staff by name, whatever the case of its letters."""
    names = [one.name for one in variant.loaded.scenario.staff]
    found = next((name for name in names if name.casefold() == word.casefold()), None)
    if found is None:
        expected = _("expected one of {known}").format(known=", ".join(names) or _("none"))
        hint = _("Name somebody of the file's staff.")
        raise InputError([Finding((where,), expected, _("found {value}").format(value=word), hint)])
    return found


def owner_of(variant: Variant, word: str, where: str) -> str | None:
    """Return whose post it is: by name, or by its number in the result; None for an open post."""
    scenario = variant.loaded.scenario
    if word.isdigit() and int(word) >= 1:
        if int(word) <= len(scenario.staff):
            return scenario.staff[int(word) - 1].name
        if scenario.open_posts is not None:
            return None
    return person_named(variant, word, where)


def shift_coded(variant: Variant, word: str, where: str) -> str:
    """Return a shift's code, or `off`."""
    codes = [one.code for one in variant.loaded.scenario.shifts]
    found = next((one for one in ("off", *codes) if one.casefold() == word.casefold()), None)
    if found is None:
        expected = _("expected one of {known}").format(known=", ".join((*codes, "off")))
        hint = _("Name a shift's code, or off.")
        raise InputError([Finding((where,), expected, _("found {value}").format(value=word), hint)])
    return found


def day_named(variant: Variant, word: str, where: str) -> str:
    """Return a day as the file writes it, from `tue1`, `tirsdag 1`, `week 1 tuesday` or a date."""
    found = word.strip().lower()
    short = re.fullmatch(r"([^\W\d]+)\s*(\d{1,2})", found)
    if short:
        at = next((n for n in range(7) if any(_means(short[1], n, code) for code in LANGUAGES)), None)
        found = f"week {short[2]} {WEEKDAY_NAMES[at]}" if at is not None else found
    try:
        day = Calendar.of(variant.loaded.scenario.horizon).day_of(found)
    except (ValueError, IndexError):
        day = None
    if day is None:
        expected = _("expected a day of the rota, such as tue1, week 1 tuesday or a date of a calendar plan")
        hint = _("Count weeks from 1.")
        raise InputError([Finding((where,), expected, _("found {value}").format(value=word), hint)])
    return found


def _means(word: str, index: int, code: str) -> bool:
    """Whether a word of two letters or more begins the name of a weekday in a language."""
    with using_language(code):
        return len(word) >= 2 and weekday(index).lower().startswith(word)
