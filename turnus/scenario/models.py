"""The scenario file as people write it.

Every model is frozen and refuses unknown keys. Clock times are quoted strings, durations carry
their unit. What a key means in whole minutes is decided in `turnus.problem`, not here.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
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
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
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
#: The years whose red days are known, which a plan therefore keeps to.
FIRST_YEAR, LAST_YEAR = 2000, 2100
EXPECTED_YEARS = "expected dates from 2000 to 2100, whose red days are known"
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


def within_the_years(day: dt.date, weeks: int = 0) -> bool:
    """Whether a date, and so many weeks from it, lie in years whose red days are known."""
    last = dt.date(LAST_YEAR, 12, 31) - dt.timedelta(weeks=weeks)
    return dt.date(FIRST_YEAR, 1, 1) <= day <= last


class Model(BaseModel):
    """Base of every part of the file: frozen, no unknown keys, names as written in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Horizon(Model):
    """How long the rota is: a cycle of whole weeks that repeats, or calendar weeks from a Monday."""

    weeks: Annotated[int, Field(ge=1, le=104), _NUMBER] = Field(description="How many weeks the rota has.")
    start: Date | None = Field(
        None, description="First Monday of a calendar plan. Leave out for a base rota that repeats."
    )
    discussed: Date | None = Field(
        None, description="When the plan was discussed with the union representatives."
    )
    lines: Literal["own", "shared"] = Field(
        "own",
        description="own: each post has its own line. shared (all rotate through one) is not yet served.",
    )

    @field_validator("start", "discussed")
    @classmethod
    def _within_the_years(cls, day: dt.date | None, info: ValidationInfo) -> dt.date | None:
        weeks = info.data.get("weeks", 1) if info.field_name == "start" else 0
        if day is not None and not within_the_years(day, weeks):
            raise ValueError(f"{EXPECTED_YEARS}, found {day}")
        return day


class WeekendSpan(Model):
    """Which part of the week is the weekend; shifts that start inside it belong to it."""

    begins: WeekMoment = Field("friday 21:00", alias="from", description="Day and time at which it begins.")
    ends: WeekMoment = Field("monday 00:00", alias="to", description="Day and time at which it ends.")


class ShiftPart(Model):
    """One stretch of a shift: active work, passive duty or standby at home, and how much of it counts."""

    kind: Literal["active", "passive", "standby"] = Field(
        "active",
        description="active: work that covers demand. passive: on duty, resting. standby: at home, on call.",
    )
    begins: Clock = Field(alias="from", description="Clock time at which the part begins, in quotes.")
    ends: Clock = Field(alias="to", description="Clock time at which the part ends, in quotes.")
    counts: Annotated[float, Field(ge=0, le=1), _NUMBER] = Field(
        1.0, description="Share of the time that counts as hours."
    )


class Shift(Model):
    """A shift that people can work, by clock time; an end before the start is the next morning."""

    code: Code = Field(description="Short name in the rota, such as D or L2.")
    name: str = Field("", description="The shift in full, for people.")
    begins: Clock | None = Field(
        None, alias="from", description="Clock time at which the shift begins, in quotes; not with `parts`."
    )
    ends: Clock | None = Field(
        None,
        alias="to",
        description="Clock time at which the shift ends, in quotes; before the start it is the next morning.",
    )
    parts: tuple[ShiftPart, ...] = Field(
        (),
        description="Its stretches in order, where not all of it is active work; instead of `from` and `to`.",
    )
    unpaid_break: Duration = Field("0 min", description="Breaks that do not count as hours, in all.")
    paid_break: Duration | None = Field(
        None, description="Breaks that count as working time; leave out when it is not known."
    )
    tags: tuple[str, ...] = Field((), description="day, evening, night, long or words of your own.")
    days: tuple[DayKey, ...] = Field(("all",), description="The days on which the shift exists.")
    competences: tuple[str, ...] | None = Field(None, description="Who may work it; everybody when left out.")
    volunteers_only: bool = Field(False, description="Only people who accept long shifts.")
    covers: bool = Field(
        True, description="false for a meeting or course: hours count, demand is not covered."
    )


class Competence(Model):
    """A group of staff, and which other groups' demand it may also cover."""

    name: str = Field("", description="The competence in full, for people.")
    covers: tuple[str, ...] = Field((), description="Other competences whose demand it may also cover.")


class Demand(Model):
    """How many people are needed in one block of the day, by clock interval or by shift."""

    block: Name = Field(description="Name of this part of the day.")
    begins: Clock | None = Field(
        None, alias="from", description="Clock time from which people are needed, in quotes."
    )
    ends: Clock | None = Field(
        None, alias="to", description="Clock time until which people are needed, in quotes."
    )
    shifts: tuple[Code, ...] | None = Field(
        None, description="Codes of the shifts that people are needed on, instead of `from` and `to`."
    )
    need: PerDay = Field(
        description="How many people: one number for every day, or one for each kind of day or date."
    )
    of_which: dict[str, PerDay] = Field({}, description="Least number of a competence inside the headcount.")
    max_surplus: Count | None = Field(None, description="Most people above the need; no limit when left out.")
    value: Annotated[int, Field(ge=1, le=100), _NUMBER] = Field(
        1, description="How much a missing minute here weighs."
    )
    exclusive: bool = Field(False, description="true (one competence at a time) is not yet served.")


class Task(Model):
    """Work to be done at some time of the day; demand by the clock is built from all tasks together."""

    name: Name = Field(description="What is done; no two tasks have the same name.")
    within: Annotated[tuple[Clock, ...], Field(min_length=2, max_length=2)] = Field(
        description="The time of day within which it is done, in quotes.", examples=[["07:30", "11:00"]]
    )
    minutes: Annotated[int, Field(ge=1, le=1440), _NUMBER] | None = Field(
        None, description="How long it takes each time; the whole of `within` when left out."
    )
    people: Annotated[int, Field(ge=1, le=50), _NUMBER] = Field(
        1, description="How many people do it together."
    )
    times: Annotated[int, Field(ge=1, le=100), _NUMBER] = Field(
        1, description="How often a day it is done, such as once for each of 12 residents."
    )
    days: tuple[DayKey, ...] = Field(("all",), description="The days on which it is done.")
    who: tuple[str, ...] | None = Field(
        None, description="Competences that may do it; everybody when left out."
    )
    movable: bool = Field(
        True, description="false: it begins when `within` begins. true: turnus places it inside `within`."
    )
    done_by: Literal["own", "service", "technology", "other_unit", "volunteers"] = Field(
        "own",
        description="Who does it. Only own staff are demand here; volunteers come in addition and never "
        "cover, so that their tasks stay own demand.",
    )


class Handover(Model):
    """How hand-over overlaps count: a shift that only touches a block's edge does not count in it."""

    at_most: Duration = Field(
        "30 min", description="Longest overlap with a block that is hand-over and does not count in it."
    )


class Accepts(Model):
    """What a person has volunteered for."""

    long_shifts: bool = Field(False, description="Works shifts with `volunteers_only`, usually long ones.")
    extra_weekends: bool = Field(
        False, description="Works weekends more often, as weekend_frequency says for volunteers."
    )


class Pin(Model):
    """A shift, or `off`, that is fixed on given days."""

    on: tuple[DayRef, ...] = Field(description="The days: dates, or such as `week 2 tuesday` in a base rota.")
    shift: str = Field(description="Code of the shift, or `off`.")


class Ban(Model):
    """Shifts that a person does not work on given days (every day when left out)."""

    on: tuple[DayKey, ...] = Field(("all",), description="The days it is for; every day when left out.")
    shifts: tuple[str, ...] = Field(description="Codes or tags; `any` for every shift.")


class Leave(Model):
    """Days away, first and last day included; the hours of the post shrink in proportion."""

    first: DayRef = Field(alias="from", description="First day away.")
    last: DayRef = Field(alias="to", description="Last day away.")


class Wish(Model):
    """Something a person would like, with how strongly."""

    on: tuple[DayKey, ...] = Field(description="The days of the wish.")
    want: str = Field(description="A code, a tag or `off`.")
    strength: Literal["weak", "medium", "strong"] = Field(
        "medium", description="How much it matters: weak counts 1, medium 2, strong 3."
    )


class Arrangement(Model):
    """The effect of what was individually agreed; never its cause."""

    no_nights: bool = Field(False, description="Works no shifts tagged `night`.")
    longest_shift: Duration | None = Field(None, description="Works no shift longer than this by the clock.")
    weekend_exempt: bool = Field(False, description="Works no shift that starts in the weekend.")
    valid_until: Date | None = Field(
        None, description="Last day on which it holds; throughout when left out.", examples=["2027-12-31"]
    )


class Person(Model):
    """A named member of staff."""

    name: Name = Field(description="Name in the rota; no two people have the same.")
    competence: str = Field(description="One of the keys under `competences`.")
    size: Percent = Field(description="Present position in percent, such as 80.")
    wished_size: Percent | None = Field(
        None, description="Position in percent that the person wishes; the post is between the two."
    )
    tags: tuple[str, ...] = Field((), description="Words of your own, by which rules name a group of people.")
    accepts: Accepts = Field(Accepts(), description="What the person has volunteered for.")
    fixed: tuple[Pin, ...] = Field((), description="Shifts, or days off, that are fixed.")
    forbidden: tuple[Ban, ...] = Field((), description="Shifts that the person does not work.")
    leave: tuple[Leave, ...] = Field((), description="Days away.")
    wishes: tuple[Wish, ...] = Field((), description="What the person would like, and how strongly.")
    arrangement: Arrangement | None = Field(
        None, description="What was individually agreed: its effect, never its cause."
    )
    history: tuple[str, ...] = Field(
        (), description="Codes of the days before the start, the latest last; `off`."
    )
    present_rota: tuple[str, ...] = Field(
        (), description="Codes of the rota the person has now, day by day over the whole horizon; `off`."
    )
    hours: Hours | None = Field(None, description="Own hours; those of the unit when left out.")


class OpenPosts(Model):
    """Posts that turnus may create: which sizes, which competences, how many at most."""

    sizes: tuple[Percent, ...] = Field(
        (50, 60, 75, 80, 90, 100), description="Sizes in percent that a post may have."
    )
    smallest_size: Percent = Field(50, description="No open post is smaller than this, in percent.")
    at_most: Count | None = Field(None, description="Most open posts, all competences together.")
    competences: tuple[str, ...] | None = Field(
        None, description="Competences that they may be in; all when left out."
    )
    accepts: Accepts = Field(Accepts(), description="What those in open posts will have volunteered for.")


class CompetenceBudget(Model):
    """The most one competence may use, in FTE or as a share of the whole budget."""

    fte: Annotated[float, Field(ge=0), _NUMBER] | None = Field(
        None, description="At most so many full-time equivalents."
    )
    share_percent: Annotated[float, Field(ge=0, le=100), _NUMBER] | None = Field(
        None, description="At most so many percent of the whole budget."
    )


class Budget(Model):
    """The FTE budget: all of it, and per competence."""

    fte: Annotated[float, Field(gt=0), _NUMBER] = Field(
        description="All posts together, in full-time equivalents."
    )
    by_competence: dict[str, CompetenceBudget] = Field(
        {}, description="The most that a competence may use of it."
    )


class Hours(Model):
    """Hours of a full position and how far planned hours may lie from the post's."""

    full_week: Literal["37.5 h", "35.5 h", "33.6 h", "converted"] = Field(
        "35.5 h",
        description="Hours a week of a full position; converted (tredelt) is 37.5 h less what Sundays and "
        "nights give on each line, between 33.6 h and 35.5 h.",
    )
    under: Duration = Field(
        "4 h", description="Planned hours may be so much less than the post's, over the whole rota."
    )
    over: Duration = Field(
        "0 min", description="Planned hours may be so much more than the post's, over the whole rota."
    )


class Agreement(Model):
    """A written agreement that a rule's value rests on."""

    id: Name = Field(description="Short name, by which a rule names it under `agreement`.")
    parties: str = Field(description="Who has signed it.")
    level: Literal["individual", "local", "central", "labour_inspection"] = Field(
        "local",
        description="Who agrees: the employee, the local representatives, a central union, or the Labour "
        "Inspection Authority by permit.",
    )
    valid_until: Date | None = Field(
        None,
        description="Last day on which it holds; until further notice when left out.",
        examples=["2027-12-31"],
    )
    people: Annotated[tuple[str, ...], Field(min_length=1)] | None = Field(
        None, alias="for", description="Names or tags of those it is for; everybody when left out."
    )


RuleSetting = dict[str, Any]


def _one_or_list(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "one setting"


RuleValues = Annotated[
    Annotated[RuleSetting, Tag("one setting")] | Annotated[tuple[RuleSetting, ...], Tag("list")],
    Discriminator(_one_or_list),
]


class Rules(Model):
    """The rule profile and this unit's own values; a list gives different values to different people."""

    profile: str = Field(
        "ks-lokal",
        description="Level of agreement whose values hold where `set` is silent; `turnus rules` shows them.",
    )
    set: dict[str, RuleValues] = {}


class Vacancy(Model):
    """A post that stands empty: nobody works it until it is handed out."""

    competence: str = Field(description="One of the keys under `competences`.")
    size: Percent = Field(description="How large the empty post is, in percent.")


class PathYear(Model):
    """One year on the way from today's posts to larger ones: who leaves, and which posts are free."""

    year: Annotated[int, Field(ge=1, le=LAST_YEAR), _NUMBER] = Field(
        description="Such as 2027, or 1 for the first year; later ones follow."
    )
    leavers: tuple[Name, ...] = Field(
        (), description="Names of those expected to leave, never why; their posts are handed out."
    )
    vacancies: tuple[Vacancy, ...] = Field((), description="Posts that stand empty and are handed out.")


GoalName = Literal[
    "uncovered",
    "full_time_posts",
    "full_time_share",
    "mean_size",
    "fewest_part_time",
    "largest_smallest_size",
    "fewest_heads",
    "changed_days",
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
    name: Name = Field(description="Name of the scenario, in every result.")
    unit: str = Field("", description="Name of the unit, for people.")
    description: str = Field("", description="What the scenario is about, for people.")
    horizon: Horizon = Field(description="How long the rota is, and whether it repeats or has dates.")
    weekend: WeekendSpan = Field(WeekendSpan(), description="Which part of the week is the weekend.")
    competences: dict[str, Competence] = Field(
        {"staff": Competence()}, description="Groups of staff, each under a short key of its own."
    )
    shifts: Annotated[tuple[Shift, ...], Field(min_length=1, max_length=60)] = Field(
        description="The shifts that people can work."
    )
    handover: Handover = Field(Handover(), description="How overlaps between shifts count.")
    demand: Annotated[tuple[Demand, ...], Field(max_length=200)] = Field(
        (), description="How many people are needed, block by block; at times without tasks."
    )
    tasks: Annotated[tuple[Task, ...], Field(max_length=100)] = Field(
        (), description="Work to be done, from which demand is built; at times without stated demand."
    )
    staff: Annotated[tuple[Person, ...], Field(max_length=MOST_STAFF)] = Field(
        (), description="The named people, each with a line of their own."
    )
    open_posts: OpenPosts | None = Field(
        None, description="Posts that turnus may create; none when left out."
    )
    budget: Budget | None = Field(
        None, description="The FTE budget; needed with open posts, else the staff's present sum."
    )
    hours: Hours = Field(Hours(), description="Hours of a full position and tolerances, for everybody.")
    agreements: tuple[Agreement, ...] = Field(
        (), description="The written agreements that values of rules rest on."
    )
    rules: Rules = Field(Rules(), description="The rule profile, and this unit's own values.")
    goals: tuple[GoalName, ...] = Field(
        DEFAULT_GOALS, description="What to aim for, the first above all others."
    )
    path: Annotated[tuple[PathYear, ...], Field(max_length=20)] = Field(
        (), description="Who leaves and which posts are free, year by year, for `turnus path`."
    )


Person.model_rebuild()
