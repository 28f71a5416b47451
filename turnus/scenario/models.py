"""The scenario file as people write it.

Every model is frozen and refuses unknown keys. Clock times are quoted strings, durations carry
their unit. What a key means in whole minutes is decided in `turnus.problem`, not here.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)

from turnus.clock import parse_clock, parse_duration, parse_week_moment

CLOCK_PATTERN = r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$"
CODE_PATTERN = r"^[^\s,;:]+$"
_DAY = r"(mon|tues|wednes|thurs|fri|satur|sun)day"
DAY_KEY_PATTERN = (
    rf"^(weekdays|weekend|{_DAY}|red_days|eves|all|\d{{4}}-\d{{2}}-\d{{2}}|week \d{{1,2}}( {_DAY})?)$"
)
DAY_REF_PATTERN = rf"^(\d{{4}}-\d{{2}}-\d{{2}}|week \d{{1,2}} {_DAY})$"


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"expected text in quotes, found {value!r}")
    return value


def _date_only(value: object) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or len(value) != len("2027-03-22"):
        raise ValueError(f'expected a date such as "2027-03-22", found {value!r}')
    return value


def _number_only(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError(f"expected a number without quotes, found {value!r}")
    return value


def _real_day(text: str) -> str:
    if text[:1].isdigit():
        dt.date.fromisoformat(text)
    return text


def _checked(parse: Any) -> AfterValidator:
    def check(text: str) -> str:
        parse(text)
        return text

    return AfterValidator(check)


def _text(parse: Any, schema: dict[str, Any]) -> Any:
    return (BeforeValidator(_text_only), _checked(parse), WithJsonSchema({"type": "string", **schema}))


MOST_STAFF = 300
_NUMBER = BeforeValidator(_number_only)
Clock = Annotated[str, *_text(parse_clock, {"pattern": CLOCK_PATTERN})]
Duration = Annotated[str, *_text(parse_duration, {"examples": ["9 h", "45 min", "7 h 30 min"]})]
WeekMoment = Annotated[str, *_text(parse_week_moment, {"examples": ["friday 21:00"]})]
Date = Annotated[dt.date, BeforeValidator(_date_only)]
Percent = Annotated[float, Field(gt=0, le=100), _NUMBER]
Code = Annotated[str, Field(min_length=1, max_length=8, pattern=CODE_PATTERN)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
DayKey = Annotated[str, Field(pattern=DAY_KEY_PATTERN), _checked(_real_day)]
DayRef = Annotated[str, Field(pattern=DAY_REF_PATTERN), _checked(_real_day)]
Count = Annotated[int, Field(ge=0, le=500), _NUMBER]


def _group_or_single(value: object) -> str:
    return "group of keys" if isinstance(value, dict) else "single value"


PerDay = Annotated[
    Annotated[Count, Tag("single value")] | Annotated[dict[DayKey, Count], Tag("group of keys")],
    Discriminator(_group_or_single),
]


class Model(BaseModel):
    """Base of every part of the file: frozen, no unknown keys, names as written in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Horizon(Model):
    """How long the rota is: a cycle of whole weeks that repeats, or calendar weeks from a Monday."""

    weeks: Annotated[int, Field(ge=1, le=104), _NUMBER]
    start: Date | None = Field(
        None, description="First Monday of a calendar plan. Leave out for a base rota that repeats."
    )
    lines: Literal["own", "shared"] = Field(
        "own",
        description="own: each post has its own line. shared (all rotate through one) is not yet served.",
    )


class WeekendSpan(Model):
    """Which part of the week is the weekend; shifts that start inside it belong to it."""

    begins: WeekMoment = Field("friday 21:00", alias="from")
    ends: WeekMoment = Field("monday 00:00", alias="to")


class ShiftPart(Model):
    """One stretch of a shift: active work, passive duty or standby at home, and how much of it counts."""

    kind: Literal["active", "passive", "standby"] = "active"
    begins: Clock = Field(alias="from")
    ends: Clock = Field(alias="to")
    counts: Annotated[float, Field(ge=0, le=1), _NUMBER] = Field(
        1.0, description="Share of the time that counts as hours."
    )


class Shift(Model):
    """A shift that people can work, by clock time; an end before the start is the next morning."""

    code: Code
    name: str = ""
    begins: Clock | None = Field(None, alias="from")
    ends: Clock | None = Field(None, alias="to")
    parts: tuple[ShiftPart, ...] = ()
    unpaid_break: Duration = "0 min"
    tags: tuple[str, ...] = Field((), description="day, evening, night, long or words of your own.")
    days: tuple[DayKey, ...] = Field(("all",), description="The days on which the shift exists.")
    competences: tuple[str, ...] | None = Field(None, description="Who may work it; everybody when left out.")
    volunteers_only: bool = Field(False, description="Only people who accept long shifts.")
    covers: bool = Field(
        True, description="false for a meeting or course: hours count, demand is not covered."
    )


class Competence(Model):
    """A group of staff, and which other groups' demand it may also cover."""

    name: str = ""
    covers: tuple[str, ...] = ()


class Demand(Model):
    """How many people are needed in one block of the day, by clock interval or by shift."""

    block: Name
    begins: Clock | None = Field(None, alias="from")
    ends: Clock | None = Field(None, alias="to")
    shifts: tuple[Code, ...] | None = None
    need: PerDay
    of_which: dict[str, PerDay] = Field({}, description="Least number of a competence inside the headcount.")
    max_surplus: Count | None = Field(None, description="Most people above the need; no limit when left out.")
    value: Annotated[int, Field(ge=1, le=100), _NUMBER] = Field(
        1, description="How much a missing minute here weighs."
    )
    exclusive: bool = Field(False, description="true (one competence at a time) is not yet served.")


class Handover(Model):
    """How hand-over overlaps count: a shift that only touches a block's edge does not count in it."""

    at_most: Duration = "30 min"


class Accepts(Model):
    """What a person has volunteered for."""

    long_shifts: bool = False
    extra_weekends: bool = False


class Pin(Model):
    """A shift, or `off`, that is fixed on given days."""

    on: tuple[DayRef, ...]
    shift: str


class Ban(Model):
    """Shifts that a person does not work on given days (every day when left out)."""

    on: tuple[DayKey, ...] = ("all",)
    shifts: tuple[str, ...] = Field(description="Codes or tags; `any` for every shift.")


class Leave(Model):
    """Days away, first and last day included; the hours of the post shrink in proportion."""

    first: DayRef = Field(alias="from")
    last: DayRef = Field(alias="to")


class Wish(Model):
    """Something a person would like, with how strongly."""

    on: tuple[DayKey, ...]
    want: str = Field(description="A code, a tag or `off`.")
    strength: Literal["weak", "medium", "strong"] = "medium"


class Arrangement(Model):
    """The effect of what was individually agreed; never its cause."""

    no_nights: bool = False
    longest_shift: Duration | None = None
    weekend_exempt: bool = False
    valid_until: Date | None = None


class Person(Model):
    """A named member of staff."""

    name: Name
    competence: str
    size: Percent
    wished_size: Percent | None = None
    tags: tuple[str, ...] = ()
    accepts: Accepts = Accepts()
    fixed: tuple[Pin, ...] = ()
    forbidden: tuple[Ban, ...] = ()
    leave: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    arrangement: Arrangement | None = None
    history: tuple[str, ...] = Field(
        (), description="Codes of the days before the start, the latest last; `off`."
    )
    hours: Hours | None = None


class OpenPosts(Model):
    """Posts that turnus may create: which sizes, which competences, how many at most."""

    sizes: tuple[Percent, ...] = (50, 60, 75, 80, 90, 100)
    smallest_size: Percent = 50
    at_most: Count | None = Field(None, description="Most open posts, all competences together.")
    competences: tuple[str, ...] | None = None
    accepts: Accepts = Accepts()


class CompetenceBudget(Model):
    """The most one competence may use, in FTE or as a share of the whole budget."""

    fte: Annotated[float, Field(ge=0), _NUMBER] | None = None
    share_percent: Annotated[float, Field(ge=0, le=100), _NUMBER] | None = None


class Budget(Model):
    """The FTE budget: all of it, and per competence."""

    fte: Annotated[float, Field(gt=0), _NUMBER]
    by_competence: dict[str, CompetenceBudget] = {}


class Hours(Model):
    """Hours of a full position and how far planned hours may lie from the post's."""

    full_week: Literal["37.5 h", "35.5 h", "33.6 h", "converted"] = "35.5 h"
    under: Duration = "4 h"
    over: Duration = "0 min"


class Agreement(Model):
    """A written agreement that a rule's value rests on."""

    id: Name
    parties: str
    level: Literal["individual", "local", "central", "labour_inspection"] = "local"
    valid_until: Date | None = None


RuleSetting = dict[str, Any]


def _one_or_list(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "one setting"


RuleValues = Annotated[
    Annotated[RuleSetting, Tag("one setting")] | Annotated[tuple[RuleSetting, ...], Tag("list")],
    Discriminator(_one_or_list),
]


class Rules(Model):
    """The rule profile and this unit's own values; a list gives different values to different people."""

    profile: str = "ks-lokal"
    set: dict[str, RuleValues] = {}


GoalName = Literal[
    "uncovered",
    "full_time_posts",
    "full_time_share",
    "mean_size",
    "fewest_part_time",
    "largest_smallest_size",
    "fewest_heads",
    "wishes",
    "health",
    "fairness",
]
DEFAULT_GOALS: tuple[GoalName, ...] = (
    "uncovered", "full_time_posts", "fewest_heads", "wishes", "health", "fairness",
)  # fmt: skip


class Scenario(Model):
    """One unit: its demand, staff, open posts, rules and goals."""

    turnus: Literal[1] = Field(description="Version of this file format.")
    name: Name
    unit: str = ""
    description: str = ""
    horizon: Horizon
    weekend: WeekendSpan = WeekendSpan()
    competences: dict[str, Competence] = {"staff": Competence()}
    shifts: Annotated[tuple[Shift, ...], Field(min_length=1, max_length=60)]
    handover: Handover = Handover()
    demand: Annotated[tuple[Demand, ...], Field(min_length=1, max_length=200)]
    staff: Annotated[tuple[Person, ...], Field(max_length=MOST_STAFF)] = ()
    open_posts: OpenPosts | None = None
    budget: Budget | None = None
    hours: Hours = Hours()
    agreements: tuple[Agreement, ...] = ()
    rules: Rules = Rules()
    goals: tuple[GoalName, ...] = DEFAULT_GOALS


Person.model_rebuild()
