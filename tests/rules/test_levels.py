"""Which values a file may use under which agreements: a table of what is taken, refused and marked."""

import datetime as dt
from typing import Any

import pytest

from turnus.errors import Finding, InputError
from turnus.problem import build_problem
from turnus.result.check_basis import bases
from turnus.rules import PROFILES, RULES, Level, Limit, Source
from turnus.rules.agreements import Agreed, Reliance, ended_before, level_to_set_aside, resting_on
from turnus.rules.catalogue import rule_named
from turnus.rules.law.breaks import Breaks
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.notice import Notice
from turnus.rules.law.standby_hours import StandbyHours
from turnus.rules.law.young_workers import YoungWorkers
from turnus.rules.settings import settle
from turnus.scenario.models import Scenario
from turnus.texts import using_language

Path = tuple[str | int, ...]
INDIVIDUAL = {"id": "I", "parties": "Kari and Lia", "level": "individual"}
LOCAL = {"id": "L", "parties": "Lia and the local union", "level": "local"}
OTHER = {"id": "L2", "parties": "Lia and another local union", "level": "local"}
CENTRAL = {"id": "C", "parties": "KS and NSF", "level": "central"}
PERMIT = {"id": "P", "parties": "The Labour Inspection Authority", "level": "labour_inspection"}
START = dt.date(2027, 3, 22)  # six weeks, until 2027-05-02


def settled(
    profile: str,
    agreements: list[dict[str, Any]],
    settings: dict[str, Any],
    *,
    draft: bool = False,
    start: dt.date | None = None,
) -> Agreed:
    scenario = scenario_of(profile, agreements, settings, start)
    with using_language("en"):
        return settle(scenario, build_problem(scenario), draft=draft)


def scenario_of(
    profile: str,
    agreements: list[dict[str, Any]],
    settings: dict[str, Any],
    start: dt.date | None = None,
) -> Scenario:
    return Scenario.model_validate(
        {
            "turnus": 1,
            "name": "Lia",
            "horizon": {"weeks": 6, **({"start": start} if start else {})},
            "shifts": [{"code": "D", "from": "07:30", "to": "15:00", "tags": ["day"]}],
            "demand": [{"block": "day", "shifts": ["D"], "need": 1}],
            "staff": [
                {"name": name, "competence": "staff", "size": 50, "tags": ["days"]}
                for name in ("Kari", "Ola")
            ],
            "agreements": agreements,
            "rules": {"profile": profile, "set": settings},
        }
    )


def refused(*words: Any, **more: Any) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        settled(*words, **more)
    return list(caught.value.findings)


def only_refusal(*words: Any, **more: Any) -> Finding:
    (finding,) = refused(*words, **more)
    return finding


#: (profile, listed agreements, setting, the agreement that the rule then names)
ACCEPTED: list[tuple[str, list[dict[str, Any]], dict[str, Any], str | None]] = [
    # within the law: nothing is asked for
    ("aml", [], {"daily_rest": {"rest": "11 h"}}, None),
    ("aml", [], {"daily_rest": {"rest": "12 h"}}, None),
    ("aml", [], {"max_hours_per_shift": {"longest": "8 h"}}, None),
    ("aml", [LOCAL], {"daily_rest": {"rest": "11 h"}}, None),
    # a listed agreement opens its level, whatever the profile
    ("aml", [LOCAL], {"daily_rest": {"rest": "8 h"}}, "L"),
    ("aml", [LOCAL], {"weekly_rest": {"rest": "28 h"}}, "L"),
    ("aml", [INDIVIDUAL], {"max_hours_per_shift": {"longest": "10 h"}}, "I"),
    ("aml", [LOCAL], {"max_hours_per_shift": {"longest": "12 h 30 min"}}, "L"),
    ("aml", [PERMIT], {"max_hours_per_shift": {"longest": "13 h"}}, "P"),
    ("aml", [CENTRAL], {"max_hours_per_shift": {"longest": "14 h 30 min"}}, "C"),
    ("aml", [INDIVIDUAL], {"max_hours_per_week": {"rota": "50 h"}}, "I"),
    ("aml", [LOCAL], {"max_hours_per_week": {"rota": "54 h"}}, "L"),
    ("ks-lokal", [LOCAL], {"daily_rest": {"rest": "8 h"}}, "L"),
    ("ks-lokal", [CENTRAL], {"daily_rest": {"rest": "7 h"}}, "C"),
    # the first that goes far enough
    ("ks-lokal", [INDIVIDUAL, OTHER, LOCAL], {"daily_rest": {"rest": "8 h"}}, "L2"),
    ("ks-lokal", [LOCAL, CENTRAL], {"daily_rest": {"rest": "7 h"}}, "C"),
    # the one that the setting names
    ("ks-lokal", [LOCAL, OTHER], {"daily_rest": {"rest": "8 h", "agreement": "L2"}}, "L2"),
    ("ks-lokal", [LOCAL], {"single_nights": {"agreement": "L"}}, "L"),
    # no further than the profile's own value, and not named: the profile takes it for granted
    ("ks-lokal", [], {"daily_rest": {"rest": "9 h"}}, None),
    ("ks-lokal", [], {"daily_rest": {"rest": "10 h"}}, None),
    ("ks-lokal-langvakt", [], {"max_hours_per_shift": {"longest": "12 h 30 min"}}, None),
    # set aside by an agreement that may set any value
    ("ks-lokal", [CENTRAL], {"daily_rest": {"enabled": False, "agreement": "C"}}, None),
    ("ks-lokal", [CENTRAL], {"daily_rest": {"rest": "7 h", "strength": "soft"}}, "C"),
    ("ks-lokal", [LOCAL], {"standby_hours": {"enabled": False}}, None),
    ("ks-lokal", [CENTRAL], {"weekly_rest": {"for": ["Kari"], "enabled": False}}, None),
    # not the law's to say
    ("aml", [], {"max_nights_in_a_row": {"enabled": False}}, None),
    ("aml", [], {"weekend_frequency": {"strength": "soft"}}, None),
    ("aml", [], {"notice": {"enabled": False}}, None),
    ("aml", [], {"live_in_scheme": {"enabled": False}}, None),
]


@pytest.mark.parametrize(("profile", "agreements", "settings", "named"), ACCEPTED)
def test_accepted(
    profile: str, agreements: list[dict[str, Any]], settings: dict[str, Any], named: str | None
) -> None:
    found = settled(profile, agreements, settings)
    (id,) = settings
    assert [rule.agreement for rule in found.rules if rule.id == id][:1] in ([named], [])
    assert found.drafts == ()


#: (profile, listed agreements, setting, where, words)
REFUSED: list[tuple[str, list[dict[str, Any]], dict[str, Any], Path, tuple[str, ...]]] = [
    (
        "aml", [], {"daily_rest": {"rest": "10 h 59 min"}}, ("daily_rest", "rest"),
        ("at least 11 h, or an agreement", "local", "AML § 10-8 (3)", "found 10 h 59 min", "--draft"),
    ),
    (
        "ks-lokal", [], {"daily_rest": {"rest": "8 h"}}, ("daily_rest", "rest"),
        ("at least 9 h, or an agreement", "local", "AML § 10-8 (3)", "found 8 h"),
    ),
    (
        "ks-lokal", [INDIVIDUAL], {"daily_rest": {"rest": "8 h"}}, ("daily_rest", "rest"),
        ("at least 9 h, or an agreement",),
    ),
    (
        "ks-lokal", [LOCAL], {"daily_rest": {"rest": "7 h 59 min"}}, ("daily_rest", "rest"),
        ("at least 8 h, or an agreement", "central", "found 7 h 59 min"),
    ),
    (
        "ks-lokal", [LOCAL], {"weekly_rest": {"rest": "27 h 59 min"}}, ("weekly_rest", "rest"),
        ("at least 28 h, or an agreement", "central"),
    ),
    (
        "ks-lokal", [LOCAL], {"max_hours_per_shift": {"longest": "12 h 31 min"}},
        ("max_hours_per_shift", "longest"),
        ("at most 12 h 30 min, or an agreement", "central", "AML § 10-12 (4)"),
    ),
    (
        "aml", [PERMIT], {"max_hours_per_shift": {"longest": "13 h 1 min"}},
        ("max_hours_per_shift", "longest"),
        ("at most 13 h, or an agreement", "central"),
    ),
    # a permit is no agreement with the representatives
    ("aml", [PERMIT], {"daily_rest": {"rest": "10 h"}}, ("daily_rest", "rest"), ("at least 11 h", "local")),
    # beyond every level
    (
        "ks-lokal", [CENTRAL], {"breaks": {"least": "29 min"}}, ("breaks", "least"),
        ("at least 30 min", "AML § 10-9", "no agreement reaches further", "found 29 min"),
    ),
    (
        "medlever", [CENTRAL, INDIVIDUAL], {"live_in_scheme": {"mean": "61 h"}}, ("live_in_scheme", "mean"),
        ("at most 60 h", "no agreement reaches further"),
    ),
    # the named one must itself be enough
    (
        "ks-lokal", [INDIVIDUAL, LOCAL], {"daily_rest": {"rest": "8 h", "agreement": "I"}},
        ("daily_rest", "agreement"), ("local", "AML § 10-8 (3)", "found I (individual)"),
    ),
    (
        "ks-lokal", [INDIVIDUAL], {"daily_rest": {"rest": "9 h", "agreement": "I"}},
        ("daily_rest", "agreement"), ("local", "found I (individual)"),
    ),
    ("ks-lokal", [LOCAL], {"daily_rest": {"agreement": "X"}}, ("daily_rest", "agreement"), ("listed",)),
    # set aside
    (
        "ks-lokal", [LOCAL], {"daily_rest": {"enabled": False}}, ("daily_rest", "enabled"),
        ("the rule to hold, or an agreement", "central", "AML § 10-12 (4)", "found false"),
    ),
    (
        "ks-lokal", [LOCAL], {"daily_rest": {"strength": "soft"}}, ("daily_rest", "strength"),
        ("the rule to hold, or an agreement", "central", 'found "soft"'),
    ),
    (
        "ks-lokal", [CENTRAL], {"breaks": {"enabled": False}}, ("breaks", "enabled"),
        ("the rule to hold (AML § 10-9", "no agreement sets it aside"),
    ),
    # what stands in the place of the act's own limits
    (
        "medlever", [CENTRAL], {"live_in_scheme": {"enabled": False}}, ("live_in_scheme", "enabled"),
        ("the rule to hold (Forskrift om medleverordninger §§ 2–3)", "no agreement sets it aside"),
    ),
    (
        "ks-lokal", [], {"daily_rest": [{"enabled": False, "for": ["Kari"]}, {"rest": "11 h"}]},
        ("daily_rest", 0, "enabled"), ("central",),
    ),
    (
        "ks-lokal", [], {"daily_rest": {"rest": "11 h", "except": ["Kari"]}}, ("daily_rest", "except"),
        ("the rule to hold", "central", "found Kari"),
    ),
    (
        "ks-lokal", [], {"daily_rest": [{"rest": "11 h", "for": ["days"], "except": ["Ola"]}]},
        ("daily_rest", 0, "except"), ("found Ola",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "agreements", "settings", "path", "words"), REFUSED)
def test_refused(
    profile: str,
    agreements: list[dict[str, Any]],
    settings: dict[str, Any],
    path: Path,
    words: tuple[str, ...],
) -> None:
    finding = only_refusal(profile, agreements, settings)
    assert finding.path == ("rules", "set", *path)
    said = finding.sentence()
    assert [word for word in words if word not in said] == []


def test_a_person_with_values_of_her_own_is_no_gap() -> None:
    values = [{"rest": "12 h", "for": ["Kari"]}, {"rest": "11 h", "except": ["Kari"]}]
    assert settled("ks-lokal", [], {"daily_rest": values}).drafts == ()


#: (profile, listed agreements, setting, rule, parameter, value, lowest level)
MARKED: list[tuple[str, list[dict[str, Any]], dict[str, Any], tuple[str, str, str, Level]]] = [
    ("aml", [], {"daily_rest": {"rest": "9 h"}}, ("daily_rest", "rest", "9 h", Level.LOCAL)),
    ("ks-lokal", [LOCAL], {"daily_rest": {"rest": "7 h"}}, ("daily_rest", "rest", "7 h", Level.CENTRAL)),
    (
        "ks-lokal", [INDIVIDUAL], {"daily_rest": {"rest": "8 h", "agreement": "I"}},
        ("daily_rest", "rest", "8 h", Level.LOCAL),
    ),
    (
        "aml", [], {"max_hours_per_shift": {"longest": "10 h"}},
        ("max_hours_per_shift", "longest", "10 h", Level.INDIVIDUAL),
    ),
    ("ks-lokal", [], {"daily_rest": {"enabled": False}}, ("daily_rest", "enabled", "false", Level.CENTRAL)),
    (
        "ks-lokal", [], {"weekly_rest": {"strength": "soft"}},
        ("weekly_rest", "strength", "soft", Level.CENTRAL),
    ),
    ("ks-lokal", [], {"daily_rest": {"except": ["Ola"]}}, ("daily_rest", "except", "Ola", Level.CENTRAL)),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "agreements", "settings", "expected"), MARKED)
def test_marked_in_a_draft(
    profile: str,
    agreements: list[dict[str, Any]],
    settings: dict[str, Any],
    expected: tuple[str, str, str, Level],
) -> None:
    refused(profile, agreements, settings)
    (marked,) = settled(profile, agreements, settings, draft=True).drafts
    assert (marked.rule.id, marked.parameter, marked.value, marked.levels[0]) == expected


@pytest.mark.parametrize(
    "settings",
    [{"breaks": {"least": "29 min"}}, {"breaks": {"enabled": False}}, {"daily_rest": {"agreement": "X"}}],
)
def test_a_draft_does_not_open_for_what_no_agreement_may_do(settings: dict[str, Any]) -> None:
    assert len(refused("ks-lokal", [CENTRAL], settings, draft=True)) == 1


def test_a_draft_with_everything_listed_is_no_draft() -> None:
    assert settled("ks-lokal", [LOCAL], {"daily_rest": {"rest": "8 h"}}, draft=True).drafts == ()


def relied_on(found: tuple[Reliance, ...]) -> set[tuple[str, str, str, Level]]:
    return {(one.rule.id, one.parameter, one.value, one.levels[0]) for one in found}


def test_a_profile_takes_its_agreement_for_granted_and_says_so() -> None:
    found = settled("ks-lokal", [], {})
    assert relied_on(found.unnamed) >= {
        ("daily_rest", "rest", "9 h", Level.LOCAL),
        ("max_hours_per_week", "rota", "54 h", Level.LOCAL),
        ("max_hours_per_shift", "longest", "10 h", Level.INDIVIDUAL),
    }
    (remark,) = [one for one in found.remarks if one.path == ("rules", "profile")]
    assert "Daily rest: 9 h (local" in remark.found
    assert found.drafts == ()


def test_a_listed_agreement_is_named_by_the_values_of_the_profile_that_rest_on_it() -> None:
    found = settled("ks-lokal", [LOCAL], {})
    named = {rule.id: rule.agreement for rule in found.rules if rule.agreement}
    assert named["daily_rest"] == "L"
    assert "weekly_rest" not in named  # 35 h is the law
    assert found.unnamed == ()


def test_the_law_alone_rests_on_nothing() -> None:
    found = settled("aml", [], {})
    assert (found.unnamed, found.drafts, found.remarks) == ((), (), ())


# An agreement that ended. The plan is the six weeks from 2027-03-22 to 2027-05-02.
def until(date: str) -> dict[str, Any]:
    return LOCAL | {"valid_until": date}


@pytest.mark.parametrize(("date", "ended"), [("2027-03-21", True), ("2027-03-22", False)])
def test_an_agreement_that_ended_before_the_plan_is_no_agreement(date: str, ended: bool) -> None:
    scenario = Scenario.model_validate(
        {
            "turnus": 1, "name": "Lia", "horizon": {"weeks": 6, "start": START},
            "shifts": [{"code": "D", "from": "07:30", "to": "15:00"}],
            "demand": [{"block": "day", "shifts": ["D"], "need": 1}], "agreements": [until(date)],
        }
    )  # fmt: skip
    with using_language("en"):
        found = ended_before(scenario)
    assert [one.path for one in found] == [("agreements", 0, "valid_until")] * ended
    assert ["2027-03-22 or later, the first day of the plan" in one.expected for one in found] == [
        True
    ] * ended


def test_a_value_rests_on_an_agreement_to_the_last_day_of_the_plan() -> None:
    short = {"daily_rest": {"rest": "8 h"}}
    assert settled("ks-lokal", [until("2027-05-02")], short, start=START).rules
    finding = only_refusal("ks-lokal", [until("2027-05-01")], short, start=START)
    assert finding.path == ("agreements", 0, "valid_until")
    assert "2027-05-02 or later, the last day of the plan; found 2027-05-01" in finding.sentence()
    (marked,) = settled("ks-lokal", [until("2027-05-01")], short, start=START, draft=True).drafts
    assert (marked.rule.id, marked.value) == ("daily_rest", "8 h")


def test_a_base_rota_without_dates_says_that_the_end_is_not_judged() -> None:
    found = settled("ks-lokal", [until("2020-01-01")], {"daily_rest": {"rest": "8 h"}})
    (remark,) = found.remarks
    assert remark.path == ("agreements", 0, "valid_until")
    assert "2020-01-01" in remark.found
    assert settled("ks-lokal", [until("2027-06-01")], {}, start=START).remarks == ()


def test_a_value_with_its_agreement_and_one_without_stand_on_the_same_rule() -> None:
    hours = {"total_hours": {"shift": "16 h", "week": "70 h"}}
    found = settled("ks-lokal", [LOCAL], hours, draft=True)
    (held,) = [rule for rule in found.rules if rule.id == "total_hours"]
    assert held.agreement == "L"
    assert [(one.parameter, one.held) for one in found.drafts] == [("week", held)]


# What each level reaches.
def test_an_agreement_may_do_what_those_before_it_may_and_a_permit_stands_beside() -> None:
    limit = Limit("longest", "most", 540, {Level.INDIVIDUAL: 600, Level.LOCAL: 750, Level.CENTRAL: None})
    assert [limit.reach(level) for level in Level] == [540, 600, 750, None, 540]
    assert limit.needed(540) == (Level.LAW,)
    assert limit.needed(541) == (Level.INDIVIDUAL, Level.LOCAL, Level.CENTRAL)
    assert limit.needed(751) == (Level.CENTRAL,)


def test_each_level_has_its_own_paragraph_and_says_whether_it_was_read() -> None:
    law = Source("AML § 1 (1)", "https://example.org")
    limit = Limit(
        "longest", "most", 540, {Level.INDIVIDUAL: 600, Level.LOCAL: 750, Level.CENTRAL: None}, "AML § 2",
        {Level.LOCAL: "With rest."},
    )  # fmt: skip
    opened = {level: limit.opening(level, law) for level in Level}
    assert {level: (one.reference, one.verified, one.note) for level, one in opened.items()} == {
        Level.LAW: ("AML § 1 (1)", True, ""),
        Level.INDIVIDUAL: ("AML § 2", True, ""),
        Level.LOCAL: ("AML § 2", True, "With rest."),
        Level.CENTRAL: ("AML § 10-12 (4)", False, ""),
        Level.LABOUR_INSPECTION: ("AML § 1 (1)", True, ""),
    }
    assert [one.reach for one in opened.values()] == [540, 600, 750, None, 540]


def test_a_level_that_opens_for_nothing_of_its_own_rests_on_the_one_before_it() -> None:
    limit = Limit("longest", "most", 540, {Level.LOCAL: None}, notes={Level.LOCAL: "With rest."})
    opened = limit.opening(Level.CENTRAL, Source("AML § 1 (1)", verified=False))
    assert (opened.level, opened.reference, opened.verified) == (Level.LOCAL, "AML § 1 (1)", True)
    assert opened.note == "With rest."


#: (rule, parameter, level) -> its paragraph, whether it was read, a part of its note
OPENINGS: list[tuple[str, str, Level, str, bool, str]] = [
    ("daily_rest", "rest", Level.LOCAL, "AML § 10-8 (3)", True, "compensating rest"),
    ("daily_rest", "rest", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("weekly_rest", "rest", Level.LOCAL, "AML § 10-8 (3)", True, "compensating rest"),
    ("weekly_rest", "rest", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("max_hours_per_shift", "longest", Level.INDIVIDUAL, "AML § 10-5", True, ""),
    ("max_hours_per_shift", "longest", Level.LOCAL, "AML § 10-5", True, "health and welfare"),
    ("max_hours_per_shift", "longest", Level.LOCAL, "AML § 10-5", True, "agree to it themselves"),
    ("max_hours_per_shift", "longest", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("mean_hours_eight_weeks", "mean", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("mean_weekly_hours", "rota", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("total_hours", "shift", Level.LOCAL, "AML § 10-6 (9)", True, "compensating rest"),
    ("total_hours", "week", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("sundays_off", "in_a_row", Level.INDIVIDUAL, "AML § 10-8 (4)", True, "Disputed"),
    ("sundays_off", "in_a_row", Level.CENTRAL, "AML § 10-12 (4)", False, ""),
    ("live_in_scheme", "mean", Level.INDIVIDUAL, "Forskrift om medleverordninger §§ 2–3", True, "consent"),
    ("overtime", "week", Level.LABOUR_INSPECTION, "AML § 10-6 (5)", True, "Not verified"),
]


@pytest.mark.parametrize(("rule", "parameter", "level", "reference", "read", "note"), OPENINGS)
def test_the_paragraph_of_each_level(
    rule: str, parameter: str, level: Level, reference: str, read: bool, note: str
) -> None:
    one = rule_named(rule)
    (limit,) = [limit for limit in one.limits if limit.parameter == parameter]
    opened = limit.opening(level, one.source)
    assert (opened.reference, opened.verified) == (reference, read)
    assert note in opened.note
    assert bool(note) == bool(opened.note)


def test_what_a_central_agreement_opens_for_is_said_not_to_be_verified() -> None:
    finding = only_refusal("ks-lokal", [LOCAL], {"daily_rest": {"rest": "7 h"}})
    assert "central (AML § 10-12 (4), not verified)" in finding.expected
    (marked,) = settled("ks-lokal", [], {"daily_rest": {"rest": "8 h"}}, draft=True).drafts
    with using_language("en"):
        assert marked.sentence() == (
            "Daily rest: 8 h (local, AML § 10-8 (3)) – With compensating rest or other suitable protection"
        )


def test_the_level_that_sets_a_rule_aside() -> None:
    assert level_to_set_aside(DailyRest) == (Level.CENTRAL,)
    assert level_to_set_aside(Breaks) == ()
    assert level_to_set_aside(StandbyHours) == (Level.LOCAL, Level.CENTRAL, Level.LABOUR_INSPECTION)
    for free in (Notice, YoungWorkers):
        assert level_to_set_aside(free) is None
    assert {rule.id for rule in RULES if level_to_set_aside(rule) is not None} <= {
        rule.id
        for rule in RULES
        if rule.standing == "hard" and rule.__module__.startswith("turnus.rules.law.")
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_what_a_profile_uses_is_within_its_own_level(profile: str) -> None:
    one = PROFILES[profile]
    found = settled(profile, [], {})
    beyond = [rest for rest in found.unnamed if one.level not in rest.levels]
    assert one.basis or beyond == []


# An agreement that is for some people only. Kari and Ola are the staff; both are tagged `days`.
def signed_by(*names: str, id: str = "I", level: str = "individual") -> dict[str, Any]:
    return {"id": id, "parties": "Lia", "level": level, "for": list(names)}


TEN = {"max_hours_per_shift": {"longest": "10 h"}}


@pytest.mark.parametrize(
    ("agreements", "settings", "named"),
    [
        ([signed_by("Kari", "Ola")], TEN, "I"),
        ([signed_by("days")], TEN, "I"),
        # two agreements that together are for everybody; the rule names the first
        ([signed_by("Kari"), signed_by("Ola", id="I2")], TEN, "I"),
        # one that is for everybody goes before those that are for some
        ([signed_by("Kari"), signed_by("Ola", id="I2"), LOCAL], TEN, "L"),
        ([signed_by("Kari")], {"max_hours_per_shift": [{"longest": "10 h", "for": ["Kari"]}]}, "I"),
        (
            [signed_by("Kari")],
            {"max_hours_per_shift": [{"longest": "10 h", "except": ["Ola"]}, {"for": ["Ola"]}]},
            "I",
        ),
        ([signed_by("Ola", id="L", level="local")], {"daily_rest": {"rest": "8 h", "for": ["Ola"]}}, "L"),
    ],
)
def test_a_value_rests_on_agreements_that_are_for_those_it_is_for(
    agreements: list[dict[str, Any]], settings: dict[str, Any], named: str
) -> None:
    found = settled("aml", agreements, settings)
    (id,) = settings
    assert named in [rule.agreement for rule in found.rules if rule.id == id]
    assert found.drafts == ()
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("agreements", "settings", "path"),
    [
        ([signed_by("Kari")], TEN, ("max_hours_per_shift", "longest")),
        (
            [signed_by("Kari")],
            {"max_hours_per_shift": [{"longest": "9 h"}, {"longest": "10 h", "for": ["Ola"]}]},
            ("max_hours_per_shift", 1, "longest"),
        ),
        (
            [signed_by("Kari"), LOCAL],
            {"max_hours_per_shift": {"longest": "10 h", "agreement": "I"}},
            ("max_hours_per_shift", "agreement"),
        ),
        ([signed_by("Kari", level="central")], {"daily_rest": {"enabled": False}}, ("daily_rest", "enabled")),
    ],
)
def test_a_value_for_somebody_whom_no_agreement_names_is_refused_or_marked(
    agreements: list[dict[str, Any]], settings: dict[str, Any], path: Path
) -> None:
    finding = only_refusal("aml", agreements, settings)
    assert finding.path == ("rules", "set", *path)
    assert "for everybody" in finding.expected
    assert "Ola" in finding.found
    assert "Kari" not in finding.found
    (marked,) = settled("aml", agreements, settings, draft=True).drafts
    assert marked.rule.id in settings


def test_what_a_profile_takes_for_granted_stays_unnamed_for_those_whom_no_agreement_names() -> None:
    found = settled("ks-individ", [signed_by("Kari")], {})
    assert ("max_hours_per_shift", "longest", "10 h", Level.INDIVIDUAL) in relied_on(found.unnamed)
    assert not any(rule.agreement for rule in found.rules)


def test_an_individual_agreement_that_names_nobody_is_taken_with_a_remark() -> None:
    found = settled("aml", [INDIVIDUAL], TEN)
    (remark,) = found.remarks
    assert remark.path == ("agreements", 0, "for")
    assert "only for those who have signed it" in remark.sentence()
    assert "`for`" in remark.sentence()


def test_what_is_alike_for_several_values_is_said_once() -> None:
    found = settled("ks-lokal", [], {})
    (remark,) = [one for one in found.remarks if one.path == ("rules", "profile")]
    assert remark.found.count("Hours per week") == 1


@pytest.mark.parametrize(
    ("agreements", "ids"),
    [
        ([signed_by("Kari"), signed_by("Ola", id="I2")], {"I", "I2"}),
        ([signed_by("Kari", "Ola"), signed_by("Ola", id="I2")], {"I"}),
        ([signed_by("Kari"), LOCAL], {"L"}),
    ],
)
def test_a_value_for_several_rests_on_the_agreements_of_all_of_them(
    agreements: list[dict[str, Any]], ids: set[str]
) -> None:
    scenario = scenario_of("aml", agreements, TEN)
    unit = build_problem(scenario)
    (rule,) = [one for one in settle(scenario, unit).rules if one.id == "max_hours_per_shift"]
    assert resting_on(scenario.agreements, unit, rule) == ids
    (basis,) = bases(scenario, unit, rule)
    assert {one.id for one in basis.named} == ids
