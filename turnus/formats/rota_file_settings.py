"""The settings of a rota file: unit, start, hours of a full position, agreements; a line each."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from turnus.clock import parse_week_moment, show_duration
from turnus.errors import Finding, InputError
from turnus.formats.rota_file_parts import Parts, Row
from turnus.formats.rota_file_words import (
    CONVERTED_WORDS,
    HEADINGS,
    LEVELS,
    Cell,
    hours_minutes_of,
    key_of,
    week_moment_of,
    word,
)
from turnus.formats.rota_text import date_of
from turnus.problem.conversion import CONVERTED
from turnus.rules.agreements import level_word
from turnus.scenario.models import EXPECTED_YEARS, within_the_years
from turnus.texts import _

#: Hours of a full position that a scenario knows, by their minutes.
FULL_WEEKS = {2250: "37.5 h", 2130: "35.5 h", 2016: "33.6 h"}
_MOST_TOLERANCE = 1_000 * 60


@dataclass
class Settings:
    """What the settings say; None or empty where they say nothing. Lengths are minutes."""

    unit: str = ""
    start: dt.date | None = None
    start_cell: Cell | None = None
    full_week: str | None = None
    under: int | None = None
    over: int | None = None
    discussed: dt.date | None = None
    agreements: list[dict[str, Any]] = field(default_factory=list)
    agreement_cells: list[Cell] = field(default_factory=list)
    unsaid: dict[str, str] = field(default_factory=dict)  # by the name of an agreement
    weekend: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def hours(self) -> dict[str, str]:
        """Return the hours of a full position and the tolerances, as a scenario writes them."""
        found = {"full_week": self.full_week} if self.full_week else {}
        for key, minutes in (("under", self.under), ("over", self.over)):
            if minutes is not None:
                found[key] = show_duration(minutes)
        return found

    @property
    def assumed(self) -> tuple[str, ...]:
        """Return what is taken for granted where the settings are silent."""
        texts = []
        if self.under is None and self.over is None:
            texts.append(
                _("Planned hours may lie 4 h below the post's and not above (`avvik under`, `avvik over`).")
            )
        if not self.weekend:
            texts.append(_("The weekend is from Friday 21:00 to Monday 00:00 (`helg`)."))
        text = _("Agreement {id}: the file does not say {what}; it is read as {level}.")
        levels = {one["id"]: level_word(one["level"]) for one in self.agreements}
        texts += [text.format(id=id, what=what, level=levels[id]) for id, what in self.unsaid.items()]
        return tuple(texts)


def full_week_of(cell: Cell, part: str) -> str | Finding:
    """Return the hours of a full position as a scenario writes them, or what is wrong."""
    if word(cell.text) in CONVERTED_WORDS:
        return CONVERTED
    minutes = hours_minutes_of(cell.text)
    if minutes in FULL_WEEKS:
        return FULL_WEEKS[minutes]
    expected = _("expected the hours a week of a full position: 37,5, 35,5 or 33,6, or `tredelt`")
    return cell.finding(part, expected, _("Correct the hours."))


def settings_of(parts: Parts) -> Settings:
    """Return the settings of a file.

    Raises
    ------
    InputError
        With every line that says something else than its word is for.
    """
    settings = Settings()
    for row in parts.settings:
        _read(settings, row)
    if settings.findings:
        raise InputError(settings.findings)
    return settings


def _read(settings: Settings, row: Row) -> None:
    name, value = row.cell(0), row.cell(1)
    key = key_of(HEADINGS["settings"], name.text)
    if key is None:
        known = ", ".join(words[0] for words in HEADINGS["settings"].values())
        _refuse(settings, name, _("expected one of {words}").format(words=known))
    elif key == "unit":
        settings.unit = value.text[:80]
    elif key == "agreement":
        _agreement(settings, row)
    elif key == "weekend":
        _weekend(settings, row)
    elif key in ("start", "discussed"):
        _date(settings, key, value)
    elif key == "full_week":
        found = full_week_of(value, "settings")
        if isinstance(found, Finding):
            settings.findings.append(found)
        else:
            settings.full_week = found
    else:
        minutes = hours_minutes_of(value.text)
        if minutes is None or minutes > _MOST_TOLERANCE:
            _refuse(settings, value, _("expected hours such as 4 or 3,5"))
        else:
            setattr(settings, key, minutes)


def _date(settings: Settings, key: str, value: Cell) -> None:
    found = date_of(value.text)
    if found is None:
        _refuse(settings, value, _("expected a date such as 2027-01-04 or 04.01.2027"))
    elif not within_the_years(found):
        _refuse(settings, value, _(EXPECTED_YEARS))
    elif key == "start" and found.weekday() != 0:
        _refuse(settings, value, _("expected a Monday"))
    elif key == "start":
        settings.start, settings.start_cell = found, value
    else:
        settings.discussed = found


def _agreement(settings: Settings, row: Row) -> None:
    """Read `avtale;K-7;Solsiden og NSF;lokal;31.12.2027;Kari, Ola`; all but the name may be left out."""
    name, parties, level, until, people = (row.cell(at) for at in range(1, 6))
    found: dict[str, Any] = {"id": name.text[:80], "parties": parties.text, "level": "local"}
    if not name.text or any(one["id"] == found["id"] for one in settings.agreements):
        _refuse(settings, name, _("expected the name of an agreement, each once"))
        return
    if level.text:
        known = key_of(LEVELS, level.text)
        if known is None:
            words = ", ".join(names[0] for names in LEVELS.values())
            _refuse(settings, level, _("expected one of {words}").format(words=words))
        else:
            found["level"] = known
    if until.text:
        found["valid_until"] = date_of(until.text)
        if found["valid_until"] is None:
            _refuse(settings, until, _("expected a date such as 2027-01-04 or 04.01.2027"))
    if people.text:
        found["for"] = [one.strip() for one in re.split("[,+/]", people.text) if one.strip()]
    unsaid = [
        text
        for cell, text in ((parties, _("who the parties are")), (level, _("at which level it is")))
        if not cell.text
    ]
    if unsaid:
        settings.unsaid[found["id"]] = _(" and ").join(unsaid)
    settings.agreements.append(found)
    settings.agreement_cells.append(name)


def _weekend(settings: Settings, row: Row) -> None:
    for key, at in (("from", 1), ("to", 2)):
        moment = week_moment_of(row.cell(at).text)
        if moment is None:
            _refuse(settings, row.cell(at), _("expected a day and a time such as fredag 21:00"))
        else:
            settings.weekend[key] = moment
    if len(settings.weekend) == 2:
        begins, ends = (parse_week_moment(settings.weekend[key]) for key in ("from", "to"))
        if ends and ends <= begins:
            _refuse(settings, row.cell(2), _("expected a weekend that begins before it ends"))


def _refuse(settings: Settings, cell: Cell, expected: str) -> None:
    settings.findings.append(cell.finding("settings", expected, _("Correct the line, or take it out.")))
