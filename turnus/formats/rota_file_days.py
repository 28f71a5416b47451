"""Which days a rota file covers, read from the headings of its columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from turnus.clock import WEEK_DAYS
from turnus.errors import Finding
from turnus.formats.rota_file_parts import Row, Table
from turnus.formats.rota_file_words import ONE_DAY, Cell, DayHeading, day_heading
from turnus.scenario.models import EXPECTED_YEARS, within_the_years
from turnus.texts import _, date, weekday

MOST_WEEKS = 104


@dataclass(frozen=True)
class Days:
    """The days of a rota: whole weeks from a Monday, and the fields of a line they stand in.

    `before` are dated days before the first Monday, `after` how many days follow the last whole week.
    With `by_week` each line is one week of one person. `start` is None when the headings say no dates.
    """

    fields: tuple[int, ...]
    start: dt.date | None = None
    before: tuple[int, ...] = ()
    after: int = 0
    by_week: bool = False


def days_of(table: Table, start: dt.date | None = None) -> Days | Finding:
    """Return the days of the rota, or what is wrong with its headings.

    `start` is the first Monday where something else than the headings says it.
    """
    found = [
        (at, heading)
        for at, cell in enumerate(table.headings.cells)
        if (heading := day_heading(cell.text)) is not None
    ]
    if not found:
        return table.headings.cell(0).finding(
            "rota",
            _("expected headings of the days, such as 1 ma, 1 ti, … or dates"),
            _("Name each day's column."),
        )
    short = next((at for at, heading in found if heading.day_and_month is not None), None)
    if short is not None and start is None:
        return table.headings.cell(short).finding(
            "rota",
            _("expected dates with their year, or a line start;04.01.2027 under [oppsett]"),
            _("Add the year, or the start."),
        )
    if short is not None and start is not None:
        found = _with_years(found, start)
    if any(heading.date is not None for _at, heading in found):
        return _dated(table.headings, found)
    return _numbered(table, found)


def _with_years(found: list[tuple[int, DayHeading]], start: dt.date) -> list[tuple[int, DayHeading]]:
    """Return days and months with the year that brings each nearest to where it belongs.

    The first lies nearest to the start of the rota, each of the others to the day after the one before.
    """
    dated = []
    near = start
    for at, heading in found:
        day = _nearest(heading, near)
        dated.append((at, heading if day is None else DayHeading(date=day, weekday=day.weekday())))
        near = (day or near) + ONE_DAY
    return dated


def _nearest(heading: DayHeading, near: dt.date) -> dt.date | None:
    years = (heading.in_year(near.year + year) for year in (-1, 0, 1))
    return min(filter(None, years), key=lambda day: abs((day - near).days), default=None)


def _dated(headings: Row, found: list[tuple[int, DayHeading]]) -> Days | Finding:
    first = found[0][1].date
    for column, heading in found:
        if heading.date is not None and not within_the_years(heading.date, weeks=1):
            return headings.cell(column).finding("rota", _(EXPECTED_YEARS), _("Check the year."))
    for at, (column, heading) in enumerate(found):
        expected = first + dt.timedelta(days=at) if first is not None else None
        if expected is None or heading.date != expected:
            wanted = _("expected a date") if expected is None else _("expected the date {date}")
            shown = "" if expected is None else expected.isoformat()
            return headings.cell(column).finding(
                "rota", wanted.format(date=shown), _("Give every day its date, one after another.")
            )
    assert first is not None
    skipped = -first.weekday() % WEEK_DAYS
    fields = tuple(column for column, _heading in found)
    days = (len(fields) - skipped) // WEEK_DAYS * WEEK_DAYS
    wrong = _wrong_number(headings.cell(fields[0]), days)
    return wrong or Days(
        fields[skipped : skipped + days],
        first + dt.timedelta(days=skipped),
        fields[:skipped],
        len(fields) - skipped - days,
    )


def _numbered(table: Table, found: list[tuple[int, DayHeading]]) -> Days | Finding:
    first_week = found[0][1].week
    for at, (column, heading) in enumerate(found):
        week, day = divmod(at, WEEK_DAYS)
        expected_week = None if first_week is None else first_week + week
        if heading.weekday != day or heading.week not in (expected_week, None):
            name = weekday(day) if expected_week is None else f"{expected_week} {weekday(day)}"
            return table.headings.cell(column).finding(
                "rota", _("expected {day}, or its short form").format(day=name),
                _("Begin on a Monday and name every day in order."),
            )  # fmt: skip
    fields = tuple(column for column, _heading in found)
    by_week = "week" in table.columns and len(fields) == WEEK_DAYS and first_week is None
    return _wrong_number(table.headings.cell(fields[-1]), len(fields)) or Days(fields, by_week=by_week)


def _wrong_number(cell: Cell, days: int) -> Finding | None:
    if days and days % WEEK_DAYS == 0 and days <= MOST_WEEKS * WEEK_DAYS:
        return None
    expected = _("expected whole weeks from a Monday, 1 to {most} of them").format(most=MOST_WEEKS)
    return cell.finding("rota", expected, _("Add the days that are missing, or split the file."))


def not_whole(days: Days) -> list[str]:
    """Return what is said of days outside the whole weeks."""
    texts = []
    if days.before and days.start is not None:
        texts.append(
            _("The days before {date}, the first Monday, are read as the days before the plan.").format(
                date=date(days.start)
            )
        )
    if days.after:
        texts.append(_("The last {n} days make no whole week and are not judged.").format(n=days.after))
    return texts
