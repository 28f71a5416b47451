"""Shifts: times that make sense, codes that mean one thing, days and competences that exist."""

from __future__ import annotations

from collections.abc import Iterator

from turnus.clock import DAY_MINUTES, parse_clock, parse_duration, show_duration
from turnus.errors import Finding, Path
from turnus.problem.calendar import Calendar
from turnus.problem.demand import span_of
from turnus.problem.references.words import ANY_WORD, OFF_WORD, day_outside, repeated, unknown_competence
from turnus.scenario.messages import found
from turnus.scenario.models import Scenario, Shift, ShiftPart
from turnus.texts import _

#: Codes that mean something in every rota.
RESERVED = (OFF_WORD, "-", ANY_WORD, "F1", "F2", "F3", "F4", "F5")


def shift_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with the list of shifts."""
    codes = [shift.code for shift in scenario.shifts]
    yield from repeated(("shifts",), codes, "code", _("expected each code once"))
    tags = {tag for shift in scenario.shifts for tag in shift.tags}
    calendar = Calendar.of(scenario.horizon)
    for at, shift in enumerate(scenario.shifts):
        path: Path = ("shifts", at)
        yield from _code(path, shift.code, tags)
        yield from _times(path, shift)
        for i, key in enumerate(shift.days):
            yield from day_outside((*path, "days", i), key, calendar)
        for i, name in enumerate(shift.competences or ()):
            yield from unknown_competence((*path, "competences", i), name, list(scenario.competences))
        if shift.competences == ():
            yield Finding(
                (*path, "competences"), _("expected somebody who may work it"), _("found an empty list"),
                _("Leave competences out when everybody may."),
            )  # fmt: skip


def _code(path: Path, code: str, tags: set[str]) -> Iterator[Finding]:
    if code in RESERVED or code.lower() == OFF_WORD:
        yield Finding(
            (*path, "code"), _("expected a code of the unit's own"),
            _("found {code}, which is reserved").format(code=code),
            _("Choose another code; days off get theirs from turnus."),
        )  # fmt: skip
    elif code in tags:
        yield Finding(
            (*path, "code"), _("expected a code that is not also a tag"), found(code),
            _("Rename the code or the tag, so that wishes and bans mean one thing."),
        )  # fmt: skip


def _times(path: Path, shift: Shift) -> Iterator[Finding]:
    if shift.parts:
        for key, value in (("from", shift.begins), ("to", shift.ends)):
            if value is not None:
                yield Finding(
                    (*path, key), _("expected either from and to, or parts"), _("found both"),
                    _("Take out {key}; the parts say when the shift is.").format(key=key),
                )  # fmt: skip
        yield from _parts(path, shift.parts)
    elif shift.begins is None or shift.ends is None:
        key = "from" if shift.begins is None else "to"
        yield Finding(
            (*path, key), _("expected from and to, or parts"), _("found no {key}").format(key=key),
            _('Add {key}: "07:30", the clock time in quotes.').format(key=key),
        )  # fmt: skip
    elif parse_clock(shift.begins) == parse_clock(shift.ends):
        yield _no_length((*path, "to"), shift.ends)
    yield from _counted(path, shift)


def _no_length(path: Path, ends: str) -> Finding:
    return Finding(
        path, _("expected an end that differs from the start"), found(ends),
        _("A shift lasts at least a minute and at most 24 h."),
    )  # fmt: skip


def _parts(path: Path, parts: tuple[ShiftPart, ...]) -> Iterator[Finding]:
    first = last = 0
    for at, part in enumerate(parts):
        here: Path = (*path, "parts", at)
        begins, ends = span_of(part.begins, part.ends)
        if parse_clock(part.begins) == parse_clock(part.ends):
            yield _no_length((*here, "to"), part.ends)
            return
        if at == 0:
            first = begins
        elif begins < last:
            begins, ends = begins + DAY_MINUTES, ends + DAY_MINUTES
        if begins < last or ends - first > DAY_MINUTES:
            yield Finding(
                (*here, "from"), _("expected parts in order, without overlap, within 24 h"),
                found(part.begins),
                _("Let each part begin when the one before has ended."),
            )  # fmt: skip
            return
        last = ends


def _counted(path: Path, shift: Shift) -> Iterator[Finding]:
    """Yield the finding for a shift that counts no hours after its unpaid break."""
    spans = [(part.counts, *span_of(part.begins, part.ends)) for part in shift.parts]
    if not spans:
        if shift.begins is None or shift.ends is None or shift.begins == shift.ends:
            return
        spans = [(1.0, *span_of(shift.begins, shift.ends))]
    counted = round(sum(counts * (ends - begins) for counts, begins, ends in spans))
    pause = parse_duration(shift.unpaid_break)
    if counted <= pause:
        yield Finding(
            (*path, "unpaid_break") if pause else (*path, "parts"),
            _("expected hours left to count"),
            _("found {counted} counted and {pause} unpaid break").format(
                counted=show_duration(counted), pause=show_duration(pause)
            ),
            _("Shorten the break, or let more of the shift count."),
        )
