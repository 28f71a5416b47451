"""Rule profiles: for each level of agreement the values used, and how far an agreement may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from turnus.clock import show_duration
from turnus.texts import N_

Values = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Limit:
    """The furthest value that a parameter may be given under a profile, in minutes."""

    rule: str
    parameter: str  # as written in the file
    bound: Literal["least", "most"]
    minutes: int


@dataclass(frozen=True)
class Profile:
    """One level of agreement: which rules hold with which values, and how far a scenario may move them."""

    id: str
    title: str  # English msgid
    values: Values
    limits: tuple[Limit, ...]


_SOFT = {"strength": "soft"}

#: Rules of every profile; the first group follows from what a rota is, the last is for health.
_COMMON: Values = {
    "one_shift_a_day": {},
    "competence": {},
    "leave": {},
    "fixed_shifts": {},
    "personal_limits": {},
    "post_sizes": {},
    "fte_budget": {},
    "hours_of_post": {},
    "surplus_limit": {},
    "volunteers": {},
    "max_working_days_in_a_row": {"days": 5},
    "max_nights_in_a_row": {"nights": 3},
    "rest_after_nights": {"rest": "0 h"},
    "weekend_frequency": {"worked": 1, "of": 3, "volunteers_worked": 1, "volunteers_of": 2},
    "whole_weekends": {},
    "forbidden_sequences": {},
    "isolated_working_days": _SOFT,
    "isolated_days_off": _SOFT,
    "single_nights": _SOFT,
    "quick_returns": {"rest": "11 h", **_SOFT},
    "backward_rotation": _SOFT,
    "mixed_weekends": _SOFT,
    "evening_before_free_weekend": _SOFT,
    "even_hours": _SOFT,
}


def _profile(
    id: str, title: str, *, daily: tuple[int, int], weekly: tuple[int, int], week: int, shift: int
) -> Profile:
    """Return a profile; `daily` and `weekly` rest as (used, least by agreement), all in minutes."""
    return Profile(
        id,
        title,
        {
            **_COMMON,
            "daily_rest": {"rest": show_duration(daily[0])},
            "weekly_rest": {"rest": show_duration(weekly[0]), "straddle": True},
            "max_hours_per_week": {"most": show_duration(week)},
            "max_hours_per_shift": {"longest": show_duration(shift)},
        },
        (
            Limit("daily_rest", "rest", "least", daily[1]),
            Limit("weekly_rest", "rest", "least", weekly[1]),
            Limit("max_hours_per_week", "most", "most", week),
            Limit("max_hours_per_shift", "longest", "most", shift),
        ),
    )


HOUR = 60
PROFILES: dict[str, Profile] = {
    profile.id: profile
    for profile in (
        _profile(
            "aml", N_("The Working Environment Act without agreements"),
            daily=(11 * HOUR, 11 * HOUR), weekly=(35 * HOUR, 35 * HOUR), week=38 * HOUR, shift=9 * HOUR,
        ),
        _profile(
            "ks-individ", N_("KS, with agreements between employer and employee"),
            daily=(11 * HOUR, 11 * HOUR), weekly=(35 * HOUR, 35 * HOUR), week=50 * HOUR, shift=10 * HOUR,
        ),
        _profile(
            "ks-lokal", N_("KS, with a local agreement"),
            daily=(9 * HOUR, 8 * HOUR), weekly=(35 * HOUR, 28 * HOUR), week=54 * HOUR, shift=10 * HOUR,
        ),
        _profile(
            "ks-lokal-langvakt", N_("KS, with a local agreement on long shifts"),
            daily=(9 * HOUR, 8 * HOUR), weekly=(35 * HOUR, 28 * HOUR), week=54 * HOUR, shift=12 * HOUR + 30,
        ),
    )
}  # fmt: skip
