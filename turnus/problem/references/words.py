"""Findings that several parts of the file share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from turnus.errors import Finding, Path
from turnus.problem.calendar import Calendar
from turnus.scenario.messages import found, suggestion
from turnus.texts import _

OFF_WORD = "off"
ANY_WORD = "any"


def not_served(path: Path, what: str, value: str, hint: str) -> Finding:
    """Return the finding for something the file may say and this version does not do."""
    expected = _("expected {what}").format(what=what)
    return Finding(path, expected, _("found {value}, which is not served yet").format(value=value), hint)


def unknown(path: Path, word: str, known: Sequence[str], hint: str) -> Finding:
    """Return the finding for a name that stands nowhere else in the file."""
    names = ", ".join(known) or _("none")
    expected = _("expected one of {words}").format(words=names)
    return Finding(path, expected, found(word), suggestion(word, list(known)) or hint)


def unknown_competence(path: Path, word: str, known: Sequence[str]) -> Iterator[Finding]:
    """Yield the finding when a competence is not in the list of competences."""
    if word not in known:
        yield unknown(path, word, known, _("Name a competence of the list, or add it under competences."))


def repeated(path: Path, words: Sequence[str], key: str, expected: str, hint: str = "") -> Iterator[Finding]:
    """Yield a finding for each name that stood earlier in the same list."""
    for at, word in enumerate(words):
        if word in words[:at]:
            place = (*path, at, key) if key else (*path, at)
            yield Finding(
                place, expected, _("found {word} twice").format(word=word), hint or _("Rename one of them.")
            )


def day_outside(path: Path, key: str, calendar: Calendar) -> Iterator[Finding]:
    """Yield the finding when a day key means no day of the horizon."""
    if calendar.days_of(key):
        return
    if calendar.start is None and key in ("red_days", "eves"):
        found_what = _("found {key}, and a base rota has no dates").format(key=key)
        hint = _("Give horizon.start for a calendar plan, or take the key out.")
    elif calendar.start is None and key[:1].isdigit():
        found_what = _("found the date {key}, and a base rota has no dates").format(key=key)
        hint = _('Write "week 2 tuesday", or give horizon.start for a calendar plan.')
    else:
        found_what, hint = found(key), _("Choose a day inside it, or change horizon.weeks.")
    yield Finding(
        path, _("expected a day of the {weeks} weeks").format(weeks=calendar.weeks), found_what, hint
    )
