"""The profiles: what each uses, how far its own agreement reaches, and what is said to be unverified."""

from typing import Any

import pytest

from turnus.rules import PROFILES, RULES, Level, Rule
from turnus.rules.catalogue import rule_named
from turnus.rules.registry import group_of

HOUR = 60


def used(profile: str, rule: str) -> Rule:
    """The rule with the values that a profile uses."""
    values = {
        key: value for key, value in PROFILES[profile].values_of(rule_named(rule)).items() if key != "enabled"
    }
    return rule_named(rule).model_validate(values)


def test_the_profiles_and_their_levels() -> None:
    assert {profile.id: profile.level for profile in PROFILES.values()} == {
        "aml": Level.LAW,
        "ks-individ": Level.INDIVIDUAL,
        "ks-lokal": Level.LOCAL,
        "ks-lokal-langvakt": Level.LOCAL,
        "sentral-langvakt": Level.CENTRAL,
        "medlever": Level.LAW,
    }


#: (profile, rule, parameter) -> hours used, hours that an agreement at the profile's level may reach
HOURS: list[tuple[str, str, str, float, float | None]] = [
    ("aml", "max_hours_per_shift", "longest", 9, 9),
    ("aml", "daily_rest", "rest", 11, 11),
    ("aml", "weekly_rest", "rest", 35, 35),
    ("aml", "max_hours_per_week", "day", 40, 40),
    ("aml", "max_hours_per_week", "rota", 38, 38),
    ("aml", "max_hours_per_week", "continuous", 36, 36),
    ("ks-individ", "max_hours_per_shift", "longest", 10, 10),
    ("ks-individ", "max_hours_per_week", "rota", 50, 50),
    ("ks-individ", "daily_rest", "rest", 11, 11),
    ("ks-lokal", "max_hours_per_shift", "longest", 10, 12.5),
    ("ks-lokal", "max_hours_per_week", "continuous", 54, 54),
    ("ks-lokal", "daily_rest", "rest", 9, 8),
    ("ks-lokal", "weekly_rest", "rest", 35, 28),
    ("ks-lokal-langvakt", "max_hours_per_shift", "longest", 12.5, 12.5),
    ("ks-lokal-langvakt", "daily_rest", "rest", 9, 8),
    ("sentral-langvakt", "max_hours_per_shift", "longest", 14.5, None),
    ("sentral-langvakt", "total_hours", "shift", 14.5, None),
    ("medlever", "max_hours_per_shift", "longest", 24, 24),
    ("medlever", "live_in_scheme", "mean", 48, 48),
]


@pytest.mark.parametrize(("profile", "rule", "parameter", "hours", "reach"), HOURS)
def test_the_value_used_and_the_limit_an_agreement_may_reach(
    profile: str, rule: str, parameter: str, hours: float, reach: float | None
) -> None:
    held = used(profile, rule)
    limit = next(limit for limit in held.limits if limit.parameter == parameter)
    assert getattr(held, f"{parameter}_minutes") == hours * HOUR
    furthest = PROFILES[profile].reach(limit, type(held))
    assert furthest == (None if reach is None else reach * HOUR)


@pytest.mark.parametrize("profile", [one for one in PROFILES if one != "medlever"])
def test_every_rule_of_the_law_holds_under_a_profile(profile: str) -> None:
    for rule in RULES:
        if rule.__module__.startswith("turnus.rules.law."):
            by_law = rule.standing != "off" or (profile, rule.id) == ("aml", "sundays_off")
            assert PROFILES[profile].holds(rule) == by_law


@pytest.mark.parametrize(
    ("profile", "in_a_row"),
    [("aml", 1), ("ks-individ", 3), ("ks-lokal", 3), ("ks-lokal-langvakt", 3), ("sentral-langvakt", 3)],
)
def test_sundays_are_off_by_turns_by_law_and_averaged_by_agreement(profile: str, in_a_row: int) -> None:
    held: Any = used(profile, "sundays_off")
    assert (held.in_a_row, held.hard) == (in_a_row, True)
    averaged = in_a_row > 1
    assert PROFILES[profile].holds(type(held)) != averaged
    assert PROFILES[profile].checked == (("sundays_off",) if averaged else ())


#: Rules that no text of law holds, only agreements; some of them stand by default.
AGREED = (
    "forbidden_sequences", "max_nights_in_a_row", "max_working_days_in_a_row", "rest_after_nights",
    "volunteers", "weekend_frequency", "whole_weekends",
)  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
def test_what_nobody_has_agreed_on_is_soft(profile: str) -> None:
    hard = {rule.id for rule in RULES if group_of(rule) == "agreed" and used(profile, rule.id).hard}
    by_default = {id for id in hard if PROFILES[profile].holds(rule_named(id))}
    assert by_default == (set() if PROFILES[profile].level is Level.LAW else set(AGREED))
    assert all(PROFILES[profile].holds(rule_named(id)) for id in AGREED)


def test_the_live_in_scheme_holds_in_its_profile_only() -> None:
    scheme = rule_named("live_in_scheme")
    assert [profile.id for profile in PROFILES.values() if profile.holds(scheme)] == ["medlever"]


def test_the_live_in_scheme_replaces_some_rules() -> None:
    live_in = PROFILES["medlever"]
    left = {rule.id for rule in RULES if rule.standing == "hard" and not live_in.holds(rule)}
    assert left == {
        "daily_rest", "max_hours_per_week", "mean_hours_eight_weeks", "mean_weekly_hours", "night_work",
        "total_hours",
    }  # fmt: skip


@pytest.mark.parametrize("profile", ["ks-individ", "ks-lokal", "ks-lokal-langvakt", "sentral-langvakt"])
def test_quick_returns_are_counted_and_made_fewer(profile: str) -> None:
    returns: Any = used(profile, "quick_returns")
    assert PROFILES[profile].holds(type(returns))
    assert (returns.strength, returns.rest_minutes, returns.counts_as_health) == ("soft", 11 * HOUR, True)


def test_what_was_not_read_is_said() -> None:
    assert {profile.id for profile in PROFILES.values() if profile.note} == {"sentral-langvakt", "medlever"}
    assert all(PROFILES[id].note.startswith("Not verified:") for id in ("sentral-langvakt", "medlever"))
