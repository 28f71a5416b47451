"""From a profile and a scenario's own values to the rules that hold, and every way to get it wrong."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.builders import HOUR
from turnus.errors import Finding, InputError
from turnus.problem import Problem, build_problem
from turnus.rules import PROFILES, RULES, Rule, build_rules, rule_schema
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.settings import settle
from turnus.scenario.models import Scenario
from turnus.texts import using_language

LOCAL = {"id": "L1", "parties": "Unit and union"}
CENTRAL = {"id": "C1", "parties": "KS and union", "level": "central"}


def scenario(settings: dict[str, Any] | None = None, **changes: Any) -> Scenario:
    text: dict[str, Any] = {
        "turnus": 1,
        "name": "Tiny",
        "horizon": {"weeks": 6},
        "shifts": [{"code": "D", "from": "07:30", "to": "15:00", "tags": ["day"]}],
        "demand": [{"block": "day", "shifts": ["D"], "need": 1}],
        "staff": [
            {"name": "Kari", "competence": "staff", "size": 100, "tags": ["new"]},
            {"name": "Ola", "competence": "staff", "size": 50, "tags": ["new", "nights"]},
            {"name": "Per", "competence": "staff", "size": 50},
        ],
        "agreements": [LOCAL],
        "rules": {"profile": "ks-lokal", "set": settings or {}},
    }
    return Scenario.model_validate(text | changes)


def built(settings: dict[str, Any] | None = None, **changes: Any) -> tuple[Problem, tuple[Rule, ...]]:
    read = scenario(settings, **changes)
    unit = build_problem(read)
    return unit, build_rules(read, unit)


def refused(settings: dict[str, Any], **changes: Any) -> list[Finding]:
    with using_language("en"), pytest.raises(InputError) as caught:
        built(settings, **changes)
    return list(caught.value.findings)


def rest_of(settings: dict[str, Any] | list[dict[str, Any]]) -> dict[str, list[int]]:
    """The daily rests in hours that hold for each person; a central agreement lets the rule be set aside."""
    unit, rules = built({"daily_rest": settings}, agreements=[LOCAL, CENTRAL])
    return {
        one.id: [r.rest_minutes // HOUR for r in rules if isinstance(r, DailyRest) and r.applies_to(one)]
        for one in unit.classes
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_value_with_a_pattern_has_examples_to_show(rule: type[Rule]) -> None:
    for field in rule.model_fields.values():
        if any(getattr(mark, "pattern", None) for mark in field.metadata):
            assert field.examples
            assert field.description


def test_without_settings_the_profile_holds_with_every_rule() -> None:
    _, rules = built()
    assert [rule.id for rule in rules] == [rule.id for rule in RULES if PROFILES["ks-lokal"].holds(rule)]
    soft = {rule.id for rule in rules if not rule.hard}
    assert soft == {
        "backward_rotation", "even_hours", "evening_before_free_weekend", "hours_regime", "isolated_days_off",
        "isolated_working_days", "mixed_weekends", "notice", "quick_returns", "single_nights",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "daily", "weekly", "week", "shift"),
    [
        ("aml", 11, 35, 38, 9),
        ("ks-individ", 11, 35, 50, 10),
        ("ks-lokal", 9, 35, 54, 10),
        ("ks-lokal-langvakt", 9, 35, 54, 12.5),
        ("sentral-langvakt", 9, 35, 54, 14.5),
    ],
)
def test_the_profiles_hold_the_hours_of_their_agreements(
    profile: str, daily: float, weekly: float, week: float, shift: float
) -> None:
    _, rules = built(rules={"profile": profile})
    by_id: dict[str, Any] = {rule.id: rule for rule in rules}
    assert by_id["daily_rest"].rest_minutes == daily * HOUR
    assert by_id["weekly_rest"].rest_minutes == weekly * HOUR
    assert by_id["max_hours_per_week"].rota_minutes == week * HOUR
    assert by_id["max_hours_per_shift"].longest_minutes == shift * HOUR
    assert by_id["max_working_days_in_a_row"].days == 5
    assert by_id["max_nights_in_a_row"].nights == 3
    assert (by_id["weekend_frequency"].worked, by_id["weekend_frequency"].of_weeks) == (1, 3)


def test_a_setting_replaces_one_value_and_keeps_the_others_of_the_profile() -> None:
    _, rules = built({"weekly_rest": {"straddle": False, "agreement": "L1"}, "single_nights": {"weight": 5}})
    weekly = next(rule for rule in rules if isinstance(rule, WeeklyRest))
    assert (weekly.rest_minutes, weekly.straddle, weekly.agreement) == (35 * HOUR, False, "L1")
    nights = next(rule for rule in rules if rule.id == "single_nights")
    assert (nights.strength, nights.weight) == ("soft", 5)


def test_a_rule_can_be_softened_hardened_or_left_out() -> None:
    _, rules = built(
        {
            "weekend_frequency": {"strength": "soft"},
            "single_nights": {"strength": "hard"},
            "max_nights_in_a_row": {"enabled": False},
            "whole_weekends": {"enabled": True},
        }
    )
    by_id = {rule.id: rule for rule in rules}
    assert not by_id["weekend_frequency"].hard
    assert by_id["single_nights"].hard
    assert "max_nights_in_a_row" not in by_id
    assert "whole_weekends" in by_id


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"rest": "10 h"}, {"Kari": [10], "Ola": [10], "Per": [10]}),
        ({"rest": "11 h", "for": ["Kari"]}, {"Kari": [11], "Ola": [9], "Per": [9]}),
        ([{"rest": "11 h", "for": ["new"]}, {"rest": "10 h"}], {"Kari": [11], "Ola": [11], "Per": [10]}),
        # a person who has a setting of her own is taken out of the one for the tag
        (
            [{"rest": "11 h", "for": ["Ola"]}, {"rest": "8 h", "for": ["new"], "except": ["Ola"]}],
            {"Kari": [8], "Ola": [11], "Per": [9]},
        ),
        ([{"enabled": False}, {"rest": "11 h", "for": ["Per"]}], {"Kari": [], "Ola": [], "Per": [11]}),
        ({"enabled": False, "for": ["nights"]}, {"Kari": [9], "Ola": [], "Per": [9]}),
        ({"rest": "11 h", "except": ["nights"]}, {"Kari": [11], "Ola": [], "Per": [11]}),
    ],
)
def test_each_person_has_the_values_that_are_for_them(
    settings: dict[str, Any] | list[dict[str, Any]], expected: dict[str, list[int]]
) -> None:
    assert rest_of(settings) == expected


@pytest.mark.parametrize(
    ("settings", "path", "word"),
    [
        ({"daily_rst": {}}, ("daily_rst",), "Did you mean daily_rest?"),
        ({"daily_rest": {"rst": "9 h"}}, ("daily_rest", "rst"), "Did you mean rest?"),
        ({"daily_rest": {"rest_minutes": "9 h"}}, ("daily_rest", "rest_minutes"), "expected one of"),
        ({"daily_rest": {"rest": 9}}, ("daily_rest", "rest"), "unit"),
        ({"daily_rest": {"rest": "9"}}, ("daily_rest", "rest"), "unit"),
        ({"daily_rest": {"rest": "7 h 59 min"}}, ("daily_rest", "rest"), "at least 8 h"),
        ({"weekly_rest": {"rest": "27 h"}}, ("weekly_rest", "rest"), "at least 28 h"),
        ({"weekly_rest": {"rest": "200 h"}}, ("weekly_rest", "rest"), "at most"),
        ({"max_hours_per_week": {"rota": "55 h"}}, ("max_hours_per_week", "rota"), "at most 54 h"),
        (
            {"max_hours_per_shift": {"longest": "12 h 31 min"}},
            ("max_hours_per_shift", "longest"),
            "at most 12 h 30 min",
        ),
        ({"single_nights": {"strength": "medium"}}, ("single_nights", "strength"), "hard, soft"),
        ({"even_hours": {"strength": "hard"}}, ("even_hours", "strength"), "soft"),
        ({"single_nights": {"weight": 0}}, ("single_nights", "weight"), "at least 1"),
        ({"single_nights": {"agreement": "L2"}}, ("single_nights", "agreement"), "an agreement listed"),
        ({"single_nights": {"enabled": "no"}}, ("single_nights", "enabled"), "true or false"),
        ({"leave": {"enabled": False}}, ("leave", "enabled"), "always holds"),
        ({"fte_budget": {"strength": "soft"}}, ("fte_budget", "strength"), "always holds"),
        ({"daily_rest": {"for": ["Kri"]}}, ("daily_rest", "for", 0), "Did you mean Kari?"),
        ({"daily_rest": {"for": "Kari"}}, ("daily_rest", "for"), "a list of names"),
        ({"daily_rest": [{}, {"except": ["Bo"]}, {"for": []}]}, ("daily_rest", 1, "except", 0), "Kari"),
        ({"daily_rest": [{}, {}]}, ("daily_rest", 1), "without `for`"),
        ({"daily_rest": []}, ("daily_rest",), "at least one setting"),
        ({"young_workers": {}}, ("young_workers",), "expected `for`"),
        ({"young_workers": [{}]}, ("young_workers", 0), "expected `for`"),
        (
            {"daily_rest": [{"rest": "10 h", "for": ["Kari"]}, {"rest": "11 h", "for": ["Kari"]}]},
            ("daily_rest", 1, "for"),
            "found Kari here and in `rules.set.daily_rest.0`",
        ),
        (
            {"daily_rest": [{}, {"rest": "10 h", "for": ["nights"]}, {"rest": "9 h", "for": ["Ola", "Per"]}]},
            ("daily_rest", 2, "for"),
            "found Ola here and in `rules.set.daily_rest.1`",
        ),
        ({"daily_rest": {"rest": "200 h"}}, ("daily_rest", "rest"), "at most 24 h"),
        (
            {"long_shift_limits": {"in_a_row": 9, "most": 4, "weeks": 2}},
            ("long_shift_limits", "in_a_row"),
            "at most 4",
        ),
        (
            {"weekend_frequency": {"worked": 4}},
            ("weekend_frequency", "worked"),
            "at most 3 weekends of 3 weeks",
        ),
        (
            {"forbidden_sequences": {"sequences": [["D", "X"]]}},
            ("forbidden_sequences", "sequences", 0, 1),
            "code",
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_its_place(
    settings: dict[str, Any], path: tuple[str | int, ...], word: str
) -> None:
    findings = refused(settings)
    assert ("rules", "set", *path) in [finding.path for finding in findings]
    assert word in " ".join(finding.sentence() for finding in findings)


@pytest.mark.parametrize("nothing", [{}, [{}], {"enabled": True}])
def test_a_rule_without_values_of_its_own_is_switched_on(nothing: Any) -> None:
    _, rules = built({"long_shift_limits": nothing})
    assert "long_shift_limits" in {rule.id for rule in rules}


def test_a_setting_for_some_people_switches_the_rule_on_for_them_alone() -> None:
    unit, rules = built({"long_shift_limits": {"for": ["Kari"]}})
    (rule,) = [rule for rule in rules if rule.id == "long_shift_limits"]
    assert [one.id for one in unit.classes if rule.applies_to(one)] == ["Kari"]


def test_a_weight_without_effect_is_remarked() -> None:
    read = scenario({"daily_rest": {"weight": 5}, "single_nights": {"weight": 5}})
    with using_language("en"):
        (note,) = settle(read, build_problem(read)).notes
    assert note.path == ("rules", "set", "daily_rest", "weight")
    assert "only soft rules have a weight" in note.sentence()


def test_who_an_agreement_is_for_must_be_somebody() -> None:
    signed = LOCAL | {"for": ["Kri"]}
    (finding,) = refused({}, agreements=[signed])
    assert finding.path == ("agreements", 0, "for", 0)
    assert "Did you mean Kari?" in finding.sentence()


def test_exactly_what_the_agreement_may_reach_is_accepted_and_soft_values_may_go_further() -> None:
    assert rest_of({"rest": "8 h"})["Kari"] == [8]
    assert rest_of({"rest": "7 h", "strength": "soft"})["Kari"] == [7]


def test_all_mistakes_are_told_at_once() -> None:
    findings = refused({"daily_rest": {"rest": "1 h"}, "weekly_rest": {"rest": "1 h"}, "nonsense": {}})
    assert len(findings) == 3


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    (finding,) = refused({}, rules={"profile": "ks-lokalt"})
    assert finding.path == ("rules", "profile")
    assert all(name in finding.expected for name in PROFILES)


def test_a_weekend_without_a_whole_day_is_refused_until_the_rule_is_left_out() -> None:
    weekend = {"from": "saturday 15:00", "to": "sunday 22:00"}
    assert [finding.path for finding in refused({}, weekend=weekend)] == [("rules", "set", "whole_weekends")]
    built({"whole_weekends": {"enabled": False}}, weekend=weekend)


SCHEMA = Draft202012Validator(rule_schema())


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"daily_rest": {"rest": "9 h 30 min", "strength": "hard"}},
        {"daily_rest": [{"rest": "9 h"}, {"rest": "11 h", "for": ["Kari"], "enabled": True}]},
        {"weekend_frequency": {"worked": 1, "of": 3, "volunteers_worked": 1, "volunteers_of": 2}},
        {"forbidden_sequences": {"sequences": [["day", ["off", "D"], "any"]]}},
        {"leave": {"agreement": "L1"}},
    ],
)
def test_the_schema_accepts_what_is_served(settings: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(settings)) == []
    built(settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"daily_rst": {}},
        {"daily_rest": {"rest": 9}},
        {"daily_rest": {"rest": "9"}},
        {"daily_rest": {"rest_minutes": 540}},
        {"daily_rest": []},
        {"leave": {"enabled": False}},
        {"single_nights": {"weight": 0}},
    ],
)
def test_the_schema_refuses_what_is_refused(settings: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(settings))


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(rule_schema())
