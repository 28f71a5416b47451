"""The words and figures of a rota as people type them: headings, days, clock times, lengths and sizes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from turnus.clock import DAY_MINUTES, WEEK_DAYS, WEEKDAY_NAMES
from turnus.errors import Finding
from turnus.formats.rota_text import date_of
from turnus.texts import _

#: Titles of the parts of a file, without brackets, in bokmål, nynorsk and English.
SECTIONS: dict[str, tuple[str, ...]] = {
    "settings": ("oppsett", "innstillinger", "innstillingar", "settings"),
    "shifts": ("vakter", "vaktliste", "vaktkoder", "vaktkodar", "shifts", "shift list"),
    "staff": ("ansatte", "tilsette", "personer", "personar", "staff", "people"),
    "rota": ("turnus", "turnusplan", "arbeidsplan", "plan", "rota"),
}
#: Headings of columns, by the part they stand in.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "shifts": {
        "code": ("kode", "vaktkode", "vakt", "code", "shift"),
        "name": ("navn", "namn", "betegnelse", "name"),
        "begins": ("fra", "frå", "start", "begynner", "byrjar", "from"),
        "ends": ("til", "slutt", "slutter", "sluttar", "to", "end"),
        "times": ("tid", "klokkeslett", "time", "times"),
        "unpaid": ("ubetalt pause", "ulønnet pause", "ulønt pause", "pause", "unpaid break", "break"),
        "paid": ("betalt pause", "betalt spisepause", "betald pause", "paid break"),
        "hours": ("timer", "timar", "timetall", "timetal", "hours"),
        "kind": ("type", "slag", "kind", "tags"),
    },
    "staff": {
        "name": ("navn", "namn", "person", "ansatt", "tilsett", "name", "employee"),
        "given": ("fornavn", "førenamn", "fornamn", "first name", "given name"),
        "family": ("etternavn", "etternamn", "last name", "surname", "family name"),
        "size": (
            "stilling", "stillingsprosent", "stillings-", "stillingsprosenten", "stillingsstørrelse",
            "stillingsstorleik", "størrelse", "storleik", "prosent", "st.br", "st. br", "stbr",
            "stillingsbrøk", "brøk", "size", "position",
        ),
        "competence": ("kompetanse", "yrkesgruppe", "faggruppe", "competence"),
        "full_week": ("full stilling", "timer full stilling", "timar full stilling", "full position"),
        "history": ("historikk", "dager før", "dagar før", "history", "days before"),
    },
    "settings": {
        "unit": ("enhet", "eining", "avdeling", "arbeidssted", "arbeidsstad", "unit"),
        "start": ("start", "startdato", "første dag", "fyrste dag", "first day"),
        "full_week": ("full stilling", "timer full stilling", "timar full stilling", "full position"),
        "under": ("avvik under", "under"),
        "over": ("avvik over", "over"),
        "discussed": ("drøftet", "drøfta", "discussed"),
        "agreement": ("avtale", "agreement"),
        "weekend": ("helg", "weekend"),
    },
}  # fmt: skip
HEADINGS["rota"] = HEADINGS["staff"] | {
    "week": ("uke", "veke", "week"),
    "post": ("stillingsnummer", "stillingsnr", "post", "nr", "linje"),
}
WEEK_WORDS = ("uke", "veke", "week", "u", "w")
_DAY_NAMES = (
    ("mandag", "måndag", "monday"),
    ("tirsdag", "tysdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "laurdag", "saturday"),
    ("søndag", "sundag", "sunday"),
)
_WEEKDAYS = {
    short: index
    for index, names in enumerate(_DAY_NAMES)
    for name in names
    for short in (name, name[:2], name[:3])
}
#: Words for a day off beside the codes F1–F5.
OFF_WORDS = frozenset({"", "-", "–", "—", "fri", "off", "f", "f1", "f2", "f3", "f4", "f5"})
#: Names of posts that nobody has; there may be several of them.
VACANT_WORDS = frozenset({"vakant", "ledig", "vacant", "open"})
#: Names of lines below a rota that add up its columns.
SUM_WORDS = frozenset(
    {
        "sum",
        "totalt",
        "total",
        "i alt",
        "antall",
        "antal",
        "bemanning",
        "behov",
        "dekning",
        "differanse",
        "avvik",
        "timer",
        "timar",
        "dag",
        "kveld",
        "natt",
        "hours",
        "count",
        "demand",
        "coverage",
    }
)
#: Words for hours that Sundays and nights convert, where a full position has no fixed number of them.
CONVERTED_WORDS = ("tredelt", "tredelt turnus", "omregnet", "omrekna", "converted")
LEAVE_WORDS = ("ferie", "permisjon", "fravær", "fråvær", "syk", "sjuk", "leave", "absence")
KINDS: dict[str, tuple[str, ...]] = {
    "day": ("dag", "day", "tidlig", "tidleg"),
    "evening": ("kveld", "aften", "evening", "sein", "sen"),
    "night": ("natt", "night"),
    "long": ("lang", "langvakt", "long"),
}
LEVELS: dict[str, tuple[str, ...]] = {
    "individual": ("individuell", "individuelt", "individual"),
    "local": ("lokal", "lokalt", "local"),
    "central": ("sentral", "sentralt", "central"),
    "labour_inspection": ("arbeidstilsynet", "labour inspection"),
}

_LEAP_YEAR = 2000
ONE_DAY = dt.timedelta(days=1)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(?:[:.]00)?")
_PAIR = re.compile(r"\s*(?:-|–|—|til|to)\s*")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*%?")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(h|t|timer|timar|hours?)?")
_HOURS_MINUTES = re.compile(r"(?:(\d+)\s*(?:h|t|:)\s*)?(\d+)\s*(min|m)?\.?")
_DAY_HEADING = re.compile(
    rf"(?:(?:{'|'.join(WEEK_WORDS)})\.?\s*(?=\d))?(\d{{1,3}})?[\s.:-]*([^\W\d]+)\.?\s*(\d{{1,3}})?"
)
_MONDAY_FIRST = re.compile(r"[^\W\d]{2,9}\.?\s+(?=\d)")
#: `01.03` or `1/3`: a day and a month whose year stands elsewhere.
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})\.?")
#: First letters of the weekdays from Monday, in Norwegian and in English.
_LETTERS = ("mtotfls", "mtwtfss")
_FIGURE = re.compile(r"-?\d+(?:[.,:]\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a file: its text, and the line and field it stands in."""

    text: str
    line: int
    column: int

    def finding(self, part: str, expected: str, hint: str) -> Finding:
        """Return what is wrong with it."""
        shown = self.text if len(self.text) <= 60 else self.text[:57] + "..."
        return Finding(
            (part,), expected, _("found {value}").format(value=repr(shown)), hint, self.line, self.column
        )


@dataclass(frozen=True, slots=True)
class DayHeading:
    """What the heading of a day's column says: a date, or a weekday with or without the week's number.

    `day_and_month` is a date whose year the heading leaves out.
    """

    date: dt.date | None = None
    week: int | None = None
    weekday: int = 0
    day_and_month: tuple[int, int] | None = None

    def in_year(self, year: int) -> dt.date | None:
        """Return the date that day and month are in a year; None where it has no such day."""
        day, month = self.day_and_month or (0, 0)
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None


def word(text: str) -> str:
    """Return a heading or word as the tables above have it: small letters, no signs around it."""
    return " ".join(text.lower().replace("%", " ").replace("_", " ").strip(" \t.:()[]*").split())


def section_of(text: str) -> str | None:
    """Return the part of a file that a title opens; None when it is no title."""
    wanted = word(text)
    return next((section for section, words in SECTIONS.items() if wanted in words), None)


def columns_of(section: str, headings: list[str]) -> dict[str, int]:
    """Return the field each known column stands in, the first of several.

    `stilling` is the post's number where another heading says its size, as in a `rota.csv` of turnus.
    """
    found: dict[str, int] = {}
    words = [word(text) for text in headings]
    for key, names in HEADINGS[section].items():
        at = next((at for at, text in enumerate(words) if text in names), None)
        if at is not None:
            found[key] = at
    sizes = [at for at, text in enumerate(words) if text in HEADINGS["staff"]["size"]]
    if section in ("staff", "rota") and len(sizes) > 1 and words[sizes[0]] == "stilling":
        found["size"] = sizes[1]
    return found


def key_of(table: dict[str, tuple[str, ...]], text: str) -> str | None:
    """Return the key whose words hold a text."""
    wanted = word(text)
    return next((key for key, words in table.items() if wanted in words), None)


@lru_cache(maxsize=10_000)
def day_heading(text: str) -> DayHeading | None:
    """Return the day that a column's heading names; None for any other heading."""
    cleaned = text.strip().lower()
    numbers = _MONDAY_FIRST.sub("", cleaned, count=1)
    date = date_of(numbers)
    if date is not None:
        return DayHeading(date=date, weekday=date.weekday())
    short = _DAY_AND_MONTH.fullmatch(numbers)
    if short is not None:
        heading = DayHeading(day_and_month=(int(short[1]), int(short[2])))
        return heading if heading.in_year(_LEAP_YEAR) else None
    match = _DAY_HEADING.fullmatch(cleaned)
    if match is None or match[2] not in _WEEKDAYS or (match[1] and match[3]):
        return None
    week = match[1] or match[3]
    return DayHeading(week=int(week) if week else None, weekday=_WEEKDAYS[match[2]])


def names_days(texts: Sequence[str]) -> bool:
    """Whether a line has the headings of a week's days, all seven of them.

    Days and months without a year have to be days in a row: figures such as 7.5 look like them, as a code
    such as FR looks like a Friday.
    """
    headings = [heading for text in texts if (heading := day_heading(text)) is not None]
    short = [heading for heading in headings if heading.day_and_month is not None]
    if len(short) >= WEEK_DAYS:
        return all(_follows(one, other) for one, other in pairwise(short))
    return len({heading.weekday for heading in headings if heading.day_and_month is None}) == WEEK_DAYS


def _follows(one: DayHeading, other: DayHeading) -> bool:
    """Whether a day and month is the day after another, in a leap year or in any other."""
    return any(
        (day := one.in_year(year)) is not None and other.in_year((day + ONE_DAY).year) == day + ONE_DAY
        for year in (_LEAP_YEAR, _LEAP_YEAR + 1)
    )


def spelled_out(texts: Sequence[str]) -> list[str]:
    """Return the cells of a line with the letters `M T O T F L S` made into weekdays.

    A letter alone says little (two days are a T), so that seven or more in a row have to go round the week.
    """
    found = list(texts)
    letters = [text.strip().lower() for text in texts]
    at = 0 if {"m", "t", "f", "s"}.issubset(letters) else len(letters)
    while at <= len(letters) - WEEK_DAYS:
        days, first = max((_days_from(letters, at, week, day), day) for week in _LETTERS for day in range(7))
        for one in range(days if days >= WEEK_DAYS else 0):
            found[at + one] = _DAY_NAMES[(first + one) % WEEK_DAYS][0]
        at += days if days >= WEEK_DAYS else 1
    return found


def _days_from(letters: Sequence[str], at: int, week: str, first: int) -> int:
    """Return how many cells from one on are the letters of the week, beginning with one of its days."""
    days = 0
    while at + days < len(letters) and letters[at + days] == week[(first + days) % WEEK_DAYS]:
        days += 1
    return days


def is_figure(text: str) -> bool:
    """Whether a cell is a number and nothing else, as in a line of sums."""
    return _FIGURE.fullmatch(text.strip()) is not None


def week_only(text: str) -> bool:
    """Whether a cell says nothing but the number of a week, as the line above the days often does."""
    return bool(re.fullmatch(rf"(?:{'|'.join(WEEK_WORDS)})\.?\s*\d{{1,3}}", text.strip().lower()))


def clock_of(text: str) -> int | None:
    """Return minutes after midnight for `07:30`, `07.30`, `7`, `0730`; None for anything else."""
    match = _CLOCK.fullmatch(text.strip().lower().removeprefix("kl").strip(" ."))
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2] or 0)
    return minutes if int(match[2] or 0) < 60 and minutes <= DAY_MINUTES else None


def clock_pair_of(text: str) -> tuple[int, int] | None:
    """Return start and end for `07.30–15.00`; None for anything else."""
    parts = [clock_of(part) for part in _PAIR.split(text.strip().lower())]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    return parts[0], parts[1]


def break_minutes_of(text: str) -> int | None:
    """Return a break in minutes for `30`, `30 min`, `0:30`, `0,5 t`; None for anything else."""
    return _minutes(text, plain=1)


def hours_minutes_of(text: str) -> int | None:
    """Return minutes for hours written `35,5`, `35.5 t`, `35:30`, `7 t 30 min`; None for anything else."""
    return _minutes(text, plain=60)


def _minutes(text: str, plain: int) -> int | None:
    """Return whole minutes; a number without a unit is so many times `plain`."""
    cleaned = text.strip().lower()
    match = _LENGTH.fullmatch(cleaned)
    if match is not None:
        number = float(match[1].replace(",", "."))
        minutes = number * (60 if match[2] or "," in match[1] or "." in match[1] else plain)
        return round(minutes) if minutes < 10**6 and abs(minutes - round(minutes)) < 1e-6 else None
    match = _HOURS_MINUTES.fullmatch(cleaned)
    if match is None or (match[1] is None and match[3] is None) or len(cleaned) > 12:
        return None
    return int(match[1] or 0) * 60 + int(match[2])


def percent_of(text: str) -> float | None:
    """Return a size in percent above 0 and at most 100 for `75`, `75,5 %`; None for anything else.

    A share of one (`0,75`, or a `1` that may mean 1 % or a full post) is refused: two readings.
    """
    match = _PERCENT.fullmatch(text.strip())
    size = float(match[1].replace(",", ".")) if match else 0.0
    return size if 1 < size <= 100 else None


def rounded_by(text: str) -> float:
    """Return by how much a size in percent may have been rounded: half a unit of its last decimal.

    98,59 may stand for anything from 98,585 to 98,595. A whole number is taken as it stands.
    """
    match = _PERCENT.fullmatch(text.strip())
    decimals = len(re.split("[.,]", match[1])[1]) if match and not match[1].isdigit() else 0
    return 0.5 * 10.0**-decimals if decimals else 0.0


def week_moment_of(text: str) -> str | None:
    """Return `friday 21:00` for `fredag 21.00`, as a scenario writes it; None for anything else."""
    name, _space, clock = text.strip().lower().partition(" ")
    minutes = clock_of(clock)
    if name not in _WEEKDAYS or minutes is None or minutes == DAY_MINUTES:
        return None
    return f"{WEEKDAY_NAMES[_WEEKDAYS[name] % WEEK_DAYS]} {minutes // 60:02d}:{minutes % 60:02d}"
