"""`turnus rules`: the overview, the page of one rule, the JSON, and what is refused."""

import json

import pytest

from tests.cli.conftest import Runner
from tests.files import ROOT
from tests.test_texts import english_left
from turnus.rules import PROFILES, RULES
from turnus.rules.catalogue import GROUPS, own_parameters
from turnus.texts import _, set_language

EVERY_RULE = pytest.mark.parametrize("rule", [rule.id for rule in RULES])


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_overview_shows_every_rule_in_its_group(turnus: Runner) -> None:
    ran = turnus("rules")
    assert (ran.code, ran.err) == (0, "")
    headings = [ran.out.index(title) for title in GROUPS.values()]
    assert headings == sorted(headings)
    assert {word for word in ran.out.split() if "_" in word} >= {rule.id for rule in RULES if "_" in rule.id}
    law, agreement = headings[:2]
    assert law < ran.out.index("daily_rest") < agreement < ran.out.index("weekend_frequency") < headings[2]


def test_the_overview_shows_the_value_its_limit_and_an_unverified_source(turnus: Runner) -> None:
    lines = turnus("rules").out.splitlines()
    rest = one_line(next(line for line in lines if line.startswith("Daily rest")))
    assert rest == "Daily rest rest 9 h at least 8 h hard AML § 10-8 (1) and (3)"
    days = one_line(next(line for line in lines if line.startswith("Working days in a row")))
    assert days == "Working days in a row days 5 – hard AML § 10-2 (1) (not verified)"
    assert " always " in next(line for line in lines if line.startswith("Leave"))


def test_the_profile_chooses_the_values(turnus: Runner) -> None:
    lines = turnus("rules", "--profile", "aml").out.splitlines()
    rest = one_line(next(line for line in lines if line.startswith("Daily rest")))
    assert "rest 11 h at least 11 h" in rest
    assert "profile: aml" in turnus("rules", "daily_rest", "--profile", "aml").out


def test_a_page_says_all_there_is_to_know(turnus: Runner) -> None:
    out = one_line(turnus("rules", "weekly_rest").out)
    for part in (
        "Weekly rest weekly_rest",
        "Every week has a day off inside an unbroken rest of the stated hours.",
        "AML § 10-8 (2) and (3)",
        "https://compendia24.no/arbeidstid/hvilepauser-og-fritid/ukentlig-fritid/",
        "Hard; no agreement that the profile presumes lets it be made soft or switched off. How far its "
        "values may go is said below.",
        "Taken for granted The rest may begin before the week or end after it (`straddle`). Not verified:",
        "minutes short",
        "Each week without such a rest, dated on its first day.",
        "rest hours and minutes 35 h from 0 h to 168 h",
        "straddle – yes – Whether the rest may begin before Monday or end after Sunday.",
        "rest The law at least 35 h AML § 10-8 (2) and (3)",
        "Local representative at least 28 h AML § 10-8 (3)",
        "Central union any value AML § 10-12 (4) (not verified)",
        "rest – Local representative: With compensating rest or other suitable protection.",
        "weekly_rest: rest: 35 h straddle: true week_begins: monday strength: hard",
    ):
        assert part in out
    assert all(profile in out for profile in PROFILES)


def test_a_page_says_when_a_rule_always_holds_and_when_its_source_is_not_verified(turnus: Runner) -> None:
    out = one_line(turnus("rules", "leave").out)
    assert "Always holds; it cannot be made soft or switched off." in out
    assert "Ferieloven § 5 and AML ch. 12 (not verified)" in out
    assert "Source AML § 10-8 (1) and (3) https" in one_line(turnus("rules", "daily_rest").out)


def test_a_page_says_what_the_profile_makes_of_the_rule_and_what_is_not_verified_about_it(
    turnus: Runner,
) -> None:
    assert "Off until the file sets it." in turnus("rules", "live_in_scheme").out
    assert "Off until the file sets it." in turnus("rules", "daily_rest", "--profile", "medlever").out
    out = one_line(turnus("rules", "live_in_scheme", "--profile", "medlever").out)
    assert "Off until the file sets it." not in out
    assert "medlever: Not verified: which of the act's limits the regulation sets aside." in out


def test_a_page_shows_what_is_disputed_about_a_level(turnus: Runner) -> None:
    out = one_line(turnus("rules", "total_hours").out)
    assert "shift – Local representative: With compensating rest or other suitable protection." in out


@pytest.mark.parametrize("rule", ["daily_rest", "max_hours_per_shift"])
def test_a_page_does_not_call_a_value_the_laws_that_takes_an_agreement(turnus: Runner, rule: str) -> None:
    out = one_line(turnus("rules", rule).out)
    assert "the law says so" not in out
    assert "no agreement that the profile presumes lets it be made soft or switched off." in out


def test_a_page_shows_where_a_rule_is_off_and_where_it_is_soft(turnus: Runner) -> None:
    def under(rule: str, profile: str) -> str:
        _head, _found, table = turnus("rules", rule).out.partition("Under each profile")
        lines = [line for line in table.splitlines() if line.startswith(profile)]
        return one_line(lines[0])

    assert under("max_hours_per_shift", "medlever").endswith("hard longest 24 h longest at most 24 h")
    assert under("daily_rest", "medlever").endswith("off – –")
    assert under("total_hours", "medlever").endswith("off – –")
    assert under("live_in_scheme", "aml").endswith("off – –")
    assert under("compensating_rest", "ks-lokal").endswith("off – –")
    assert under("sundays_off", "aml").endswith("hard in_a_row 1 at most 1")
    assert under("daily_rest", "sentral-langvakt").endswith("hard rest 9 h any value (not verified)")
    assert under("weekend_frequency", "aml").split(" worked")[0].endswith("soft")
    assert under("whole_weekends", "aml").endswith("soft – –")


def test_a_page_of_a_soft_rule_says_what_a_breach_costs(turnus: Runner) -> None:
    assert "it may be made hard" in turnus("rules", "single_nights").out
    out = one_line(turnus("rules", "even_hours").out)
    assert "but not made hard. Each counted breach costs 1 point in the goal health." in out
    assert "step hours and minutes 1 h at least 1 min" in out


@pytest.mark.parametrize("rule", ["hours_regime", "notice"])
def test_a_page_of_a_soft_rule_that_no_rota_can_mend_says_that_it_costs_nothing(
    turnus: Runner, rule: str
) -> None:
    page, _heading, example = turnus("rules", rule).out.partition("In the scenario file")
    assert "Its breaches are told and cost nothing." in one_line(page)
    assert "point" not in page
    assert "weight" not in example


def test_a_long_address_is_kept_whole(turnus: Runner) -> None:
    shown = "".join(turnus("rules", "weekend_frequency").out.split())
    source = next(rule for rule in RULES if rule.id == "weekend_frequency").source
    assert source.url in shown


@EVERY_RULE
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_english_is_left_on_a_page(turnus: Runner, rule: str, language: str) -> None:
    set_language(language)
    page, _heading, example = turnus("rules", rule).out.partition(_("In the scenario file"))
    assert example.strip()
    keys = own_parameters(next(one for one in RULES if one.id == rule))
    plain = " ".join(word for word in page.replace("\n", " \n ").split(" ") if word not in keys)
    assert english_left(plain) == []


def test_durations_are_written_as_the_language_does(turnus: Runner) -> None:
    set_language("nb")
    out = one_line(turnus("rules", "max_hours_per_shift", "--profile", "ks-lokal-langvakt").out)
    assert "høyst 12,5 t" in out
    assert "longest: 12 h 30 min" in out


def test_the_schema_of_the_file_is_written_as_the_repository_has_it(turnus: Runner) -> None:
    ran = turnus("rules", "--schema")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (ROOT / "scenarios" / "scenario.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [("daily_rest",), ("--profile", "aml")])
def test_the_schema_is_of_the_whole_file(turnus: Runner, more: tuple[str, ...]) -> None:
    ran = turnus("rules", *more, "--schema")
    assert (ran.code, ran.out) == (1, "")
    assert "leave out RULE and --profile" in one_line(ran.err)


def test_json_is_one_document_of_every_rule(turnus: Runner) -> None:
    ran = turnus("rules", "--json")
    document = json.loads(ran.out)
    assert (ran.code, ran.err, document["schema"]) == (0, "", "turnus-rules/1")
    assert [rule["id"] for rule in document["rules"]] == [rule.id for rule in RULES]


def test_json_of_one_rule_has_the_same_shape(turnus: Runner) -> None:
    whole = json.loads(turnus("rules", "--json", "--profile", "aml").out)
    one = json.loads(turnus("rules", "weekly_rest", "--json", "--profile", "aml").out)
    assert one == {**whole, "rules": [rule for rule in whole["rules"] if rule["id"] == "weekly_rest"]}
    assert one["profile"] == "aml"


def test_an_unknown_rule_ends_with_1_and_the_rule_that_is_meant(turnus: Runner) -> None:
    ran = turnus("rules", "daily_rst")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == 'RULE: expected the id of a rule; found "daily_rst". Did you mean daily_rest?\n'


def test_an_unknown_rule_or_profile_is_told_as_json_too(turnus: Runner) -> None:
    ran = turnus("rules", "daily_rst", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["findings"][0]["hint"] == "Did you mean daily_rest?"
    ran = turnus("rules", "--profile", "ks-loka", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["findings"][0]["path"] == ["--profile"]
