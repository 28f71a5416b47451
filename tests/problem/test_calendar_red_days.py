"""Red days and the Sunday zone of every year 2000-2100, against our own computus and the holiday library."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnus.problem.calendar import Calendar, holidays_of, is_red, sunday_zone

YEARS = range(2000, 2101)
HOUR = 60
DAY = dt.timedelta(days=1)
dates = st.dates(dt.date(2000, 1, 2), dt.date(2100, 12, 30))
mondays = dates.map(lambda date: date - dt.timedelta(days=date.weekday()))


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday by the anonymous Gregorian computus."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def twelve(year: int) -> list[dt.date]:
    """Return the twelve red days of a year, by date; 17 May may be one of them twice."""
    easter = easter_sunday(year)
    moving = [easter + dt.timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)]
    fixed = [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)]
    return sorted([*moving, *(dt.date(year, month, day) for month, day in fixed)])


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2000, 4, 23), (2008, 3, 23), (2027, 3, 28), (2038, 4, 25), (2100, 3, 28)]
)
def test_easter_of_known_years(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == dt.date(year, month, day)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_its_twelve_red_days_and_no_other(year: int) -> None:
    assert sorted(holidays_of(year)) == sorted(set(twelve(year)))
    assert sum(map(len, holidays_of(year).values())) == len(twelve(year)) == 12


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_of_a_year_has_the_red_days_and_the_four_eves(year: int) -> None:
    new_year = dt.date(year, 1, 1)
    start = new_year - dt.timedelta(days=new_year.weekday())
    calendar = Calendar(54, start)
    inside = {start + dt.timedelta(days=day) for day in calendar.red_days}
    assert {date for date in inside if date.year == year} == set(twelve(year))
    eves = {start + dt.timedelta(days=day) for day in calendar.eves}
    easter = easter_sunday(year)
    expected = {easter - DAY, easter + 48 * DAY, dt.date(year, 12, 24), dt.date(year, 12, 31)}
    assert {date for date in eves if date.year == year} == expected


@given(dates)
def test_a_zone_covers_its_day_up_to_22_and_begins_the_evening_before_at_most(date: dt.date) -> None:
    if not is_red(date):
        return
    begins, ends = sunday_zone(date)
    assert begins in (-9 * HOUR, -6 * HOUR, 0)
    assert ends in (22 * HOUR, 24 * HOUR)
    assert (begins == 0) == is_red(date - DAY)
    assert (ends == 24 * HOUR) == is_red(date + DAY)


@given(dates)
def test_zones_of_red_days_in_a_row_meet_and_do_not_overlap(date: dt.date) -> None:
    if is_red(date) and is_red(date + DAY):
        assert sunday_zone(date)[1] == 24 * HOUR + sunday_zone(date + DAY)[0]


@pytest.mark.parametrize("year", YEARS)
def test_the_evening_before_begins_at_15_on_three_eves_and_at_18_on_every_other_day(year: int) -> None:
    easter = easter_sunday(year)
    early = {easter, easter + 49 * DAY, dt.date(year, 12, 25)}
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    for number in range((last - first).days + 1):
        date = first + number * DAY
        if is_red(date) and not is_red(date - DAY):
            assert sunday_zone(date)[0] == (-9 if date in early else -6) * HOUR, date


@given(mondays, st.integers(1, 53))
def test_days_of_a_plan_are_the_same_however_it_is_cut(start: dt.date, weeks: int) -> None:
    whole, last = Calendar(weeks, start), Calendar(1, start + dt.timedelta(weeks=weeks - 1))
    shift = (weeks - 1) * 7
    assert {day - shift for day in whole.red_days if day >= shift} == last.red_days
    assert {day - shift for day in whole.eves if day >= shift} == last.eves
