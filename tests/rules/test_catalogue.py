"""The rule catalogue says what the rules say, in every language, and its examples are valid files."""

import json
from typing import Annotated, Any, ClassVar, Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field
from ruamel.yaml import YAML

from turnus.case import case_of, scenario_schema
from turnus.clock import ClockTime, parse_clock, show_clock
from turnus.errors import InputError
from turnus.problem import build_problem
from turnus.rules import PROFILES, RULES, Level, Limit, Rule, Source, build_rules
from turnus.rules.base import Minutes
from turnus.rules.catalogue import (
    CATALOGUE_SCHEMA,
    GROUPS,
    catalogue,
    entry,
    example,
    one_breach,
    own_parameters,
    profile_named,
    rule_named,
)
from turnus.rules.registry import group_of
from turnus.rules.schema import GENERAL, parameters
from turnus.scenario import STARTERS, read_scenario, starter
from turnus.scenario.models import Scenario
from turnus.texts import using_language

LOCAL = PROFILES["ks-lokal"]
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
VALID = Draft202012Validator(scenario_schema())
ENTRY_KEYS = (
    "id group name sentence breach_example source assumed standing strength weight always may_soften "
    "may_harden may_switch_off counted kept parameters levels profiles example"
).split()
WARD: dict[str, Any] = {
    "turnus": 1,
    "name": "Lia",
    "horizon": {"weeks": 6},
    "shifts": [
        {"code": "D", "from": "07:30", "to": "15:00", "tags": ["day"]},
        {"code": "A", "from": "14:45", "to": "22:15", "tags": ["evening"]},
        {"code": "N", "from": "22:00", "to": "07:45", "tags": ["night"]},
    ],
    "demand": [{"block": "day", "shifts": ["D"], "need": 1}],
    "staff": [{"name": name, "competence": "staff", "size": 50} for name in ("Kari", "Ola", "Ada")],
}


class Trial(Rule):
    """A rule that turnus does not have."""

    id: ClassVar[str] = "trial"
    title: ClassVar[str] = "Trial"
    sentence: ClassVar[str] = "At most so many."
    example: ClassVar[str] = "Five nights where four are allowed."
    source: ClassVar[Source] = Source("Nowhere § 1", verified=False)
    unit: ClassVar[str] = "nights too many"

    most: Annotated[int, Field(gt=1, lt=9, description="How many.")] = 4
    pause_minutes: Minutes = Field(90, alias="pause")
    way: Literal["long", "short"] = "long"
    words: tuple[str, ...] = ("a: b", "plain")

    def violations(self, problem: Any, rota: Any) -> Any:
        """Yield each night beyond; `amount` is one."""
        del problem, rota
        return iter(())


class SoftOnly(Trial):
    """A rule that cannot be hard."""

    strength: Literal["soft"] = "soft"


class HardOnly(Trial):
    """A rule that cannot be soft."""

    strength: Literal["hard"] = "hard"


class Always(Trial):
    """A rule that always holds."""

    always: ClassVar[bool] = True


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@EVERY_RULE
@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_an_example_is_a_valid_part_of_a_file_and_states_what_holds_anyway(
    rule: type[Rule], profile: Any
) -> None:
    content = {**WARD, **parsed(example(rule, profile))}
    assert content["rules"]["profile"] == profile.id
    assert [error.message for error in VALID.iter_errors(content)] == []
    scenario = Scenario.model_validate(content)
    unit = build_problem(scenario)
    stated = next(one for one in build_rules(scenario, unit) if one.id == rule.id)
    plain = Scenario.model_validate(WARD | {"rules": {"profile": profile.id}})
    held = [one for one in build_rules(plain, unit) if one.id == rule.id]
    assert bool(held) == profile.holds(rule)
    for one in held:
        assert _comparable(stated, rule) == _comparable(one, rule)


def _comparable(built: Rule, rule: type[Rule]) -> dict[str, Any]:
    """The values but for those whose example is no default, and the agreement that an example may name."""
    shown = {name for name in own_parameters(rule).values() if rule.model_fields[name].examples}
    return built.model_dump(exclude=shown | {"agreement"})


@EVERY_RULE
def test_an_example_states_every_value_of_the_rule(rule: type[Rule]) -> None:
    stated = parsed(example(rule, LOCAL))["rules"]["set"]
    assert set(stated) == {rule.id}
    assert set(own_parameters(rule)) <= set(stated[rule.id])


@pytest.mark.parametrize("kind", STARTERS)
def test_all_examples_together_fit_into_a_starter(kind: str) -> None:
    content = parsed(starter(kind))
    held = [rule for rule in RULES if LOCAL.holds(rule)]
    settings = {id: one for rule in held for id, one in parsed(example(rule, LOCAL))["rules"]["set"].items()}
    content["agreements"] = parsed(example(rule_named("leave"), LOCAL))["agreements"]
    content["rules"] = {"profile": LOCAL.id, "set": settings}
    rules = case_of(read_scenario(json.dumps(content), source="ward.json")).rules
    assert [one.id for one in rules] == [rule.id for rule in held]


def test_a_catalogue_is_one_json_document_of_all_rules_with_the_same_keys() -> None:
    document = json.loads(json.dumps(catalogue(), allow_nan=False))
    assert list(document) == ["schema", "profile", "groups", "profiles", "rules"]
    assert (document["schema"], document["profile"]) == (CATALOGUE_SCHEMA, "ks-lokal")
    assert [one["id"] for one in document["rules"]] == [rule.id for rule in RULES]
    assert {tuple(one) for one in document["rules"]} == {tuple(ENTRY_KEYS)}
    assert {one["group"] for one in document["rules"]} == {one["id"] for one in document["groups"]}


def test_the_catalogue_does_not_depend_on_the_language_in_use() -> None:
    with using_language("nn"):
        in_nynorsk = catalogue()
    with using_language("en"):
        assert catalogue() == in_nynorsk


@EVERY_RULE
def test_every_text_is_there_in_every_language(rule: type[Rule]) -> None:
    said = entry(rule, LOCAL)
    described = [one["description"] for one in said["parameters"] if one["description"]]
    plain = (said["name"], said["sentence"], said["breach_example"], said["source"]["reference"])
    for text in (*plain, *said["counted"].values()):
        assert list(text) == ["nb", "nn", "en"]
        assert all(text.values())
    for text in (said["sentence"], said["counted"]["breach"], *described):
        assert text["nb"] != text["en"] != text["nn"]


@EVERY_RULE
def test_what_one_breach_is_comes_from_the_checker(rule: type[Rule]) -> None:
    said = one_breach(rule)
    assert (rule.violations.__doc__ or "").startswith(f"Yield {said[0].lower()}{said[1:-1]}")
    assert said.endswith(".")
    assert "`" not in said


def test_the_values_of_daily_rest() -> None:
    said = entry(rule_named("daily_rest"), LOCAL)
    assert said["source"]["reference"]["nb"] == "AML § 10-8 (1) og (3)"
    assert [(one["name"], one["unit"], one["default"]) for one in said["parameters"]] == [
        ("rest", "minutes", 540)
    ]
    used = {one["id"]: one["values"]["rest"] for one in said["profiles"]}
    reach = {one["id"]: one["limits"] for one in said["profiles"]}
    assert (used["aml"], used["ks-lokal"]) == (11 * 60, 9 * 60)
    least = {"parameter": "rest", "bound": "least", "verified": True}
    assert reach["aml"] == [least | {"value": 11 * 60}]
    assert reach["ks-lokal"] == [least | {"value": 8 * 60}]
    assert reach["sentral-langvakt"] == [least | {"value": None, "verified": False}]


def test_a_clock_time_is_written_as_people_write_it() -> None:
    said = entry(rule_named("night_work"), LOCAL)
    (begins,) = [one for one in said["parameters"] if one["name"] == "night_from"]
    (level,) = [one for one in said["levels"] if one["parameter"] == "night_from"]
    (aml,) = [one for one in said["profiles"] if one["id"] == "aml"]
    assert (begins["default"], begins["unit"]) == ("21:00", None)
    assert (level["by"]["law"], level["by"]["local"]) == ("21:00", None)
    assert {"parameter": "night_from", "bound": "most", "value": "21:00", "verified": True} in aml["limits"]
    assert 'night_from: "21:00"' in said["example"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("sundays_off", ("red days in a row part at midnight", "18:00 the day before")),
        ("weekly_rest", ("before the week or end after it",)),
        ("daily_rest", ()),
    ],
)
def test_what_a_source_leaves_open_is_said(rule: str, words: tuple[str, ...]) -> None:
    said = entry(rule_named(rule), LOCAL)["assumed"]
    assert len(said) == len(words)
    for text, word in zip(said, words, strict=True):
        assert word in text["en"]
        assert text["nb"] != text["en"] != text["nn"]


def test_a_number_that_is_no_length_of_time_has_no_unit_of_time() -> None:
    (one_in,) = entry(rule_named("standby_hours"), LOCAL)["parameters"]
    assert (one_in["name"], one_in["unit"]) == ("one_in", None)


@EVERY_RULE
def test_what_a_profile_uses_is_what_a_scenario_without_settings_gets(rule: type[Rule]) -> None:
    for one in entry(rule, LOCAL)["profiles"]:
        if not one["holds"]:
            continue
        scenario = Scenario.model_validate(WARD | {"rules": {"profile": one["id"]}})
        built = next(r for r in build_rules(scenario, build_problem(scenario)) if r.id == rule.id)
        values = {shown: getattr(built, name) for shown, name in own_parameters(rule).items()}
        assert one["values"] == {k: _in_json(v) for k, v in values.items()}
        assert one["strength"] == built.strength


def _in_json(value: Any) -> Any:
    """A value of a rule as the catalogue has it: a list for several, clock times as text."""
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, ClockTime) else value


@EVERY_RULE
def test_a_value_at_the_limit_is_taken_and_one_minute_beyond_is_refused(rule: type[Rule]) -> None:
    for one in entry(rule, LOCAL)["profiles"]:
        for limit in one["limits"]:
            if limit["value"] is None or (rule.standing == "hard" and not one["holds"]):
                continue
            beyond = -1 if limit["bound"] == "least" else 1
            for more, fits in ((0, True), (beyond, False)):
                written = _written(own_parameters(rule)[limit["parameter"]], limit["value"], more)
                assert _takes(rule, one["id"], limit["parameter"], written) == fits


def _written(name: str, value: Any, more: int) -> Any:
    """A value with so much more, as a file has it."""
    if isinstance(value, str):
        return show_clock(parse_clock(value) + more)
    return f"{value + more} min" if name.endswith("_minutes") else value + more


def _takes(rule: type[Rule], profile: str, parameter: str, value: Any) -> bool:
    """Whether a file that lists the profile's agreement may set a parameter, beside those it must."""
    fields = {shown: rule.model_fields[name] for shown, name in parameters(rule).items()}
    needed = {shown: field.examples[0] for shown, field in fields.items() if field.examples}
    setting = {"profile": profile, "set": {rule.id: {**needed, parameter: value}}}
    level = PROFILES[profile].level
    listed = [] if level is Level.LAW else [{"id": "L-1", "parties": "KS, NSF", "level": level.value}]
    scenario = Scenario.model_validate(WARD | {"rules": setting, "agreements": listed})
    try:
        build_rules(scenario, build_problem(scenario))
    except InputError:
        return False
    return True


@EVERY_RULE
def test_the_strength_is_what_a_file_may_make_of_it(rule: type[Rule]) -> None:
    said = entry(rule, LOCAL)
    other = "soft" if said["strength"] == "hard" else "hard"
    assert _takes(rule, LOCAL.id, "strength", other) == (said["may_soften"] or said["may_harden"])
    assert _takes(rule, LOCAL.id, "enabled", False) == said["may_switch_off"]


@EVERY_RULE
def test_the_range_of_a_number_is_what_a_file_may_say(rule: type[Rule]) -> None:
    for one in entry(rule, LOCAL)["parameters"]:
        assert not set(GENERAL) & {one["name"]}
        written = (lambda n: f"{n} min") if one["unit"] == "minutes" else (lambda n: n)
        for bound, step in ((one["least"], -1), (one["most"], 1)):
            if bound is not None and bound + step >= 0:
                assert not _takes(rule, LOCAL.id, one["name"], written(bound + step))


def test_groups_follow_from_the_package_that_a_rule_stands_in() -> None:
    said = {
        "one_shift_a_day": "structure",
        "daily_rest": "law",
        "weekly_rest": "law",
        "weekend_frequency": "agreed",
        "quick_returns": "health",
    }
    assert {id: group_of(rule_named(id)) for id in said} == said
    assert {group_of(rule) for rule in RULES} == set(GROUPS)


class Limited(Trial):
    """A rule whose pause the law draws a line for."""

    limits: ClassVar[tuple[Limit, ...]] = (
        Limit(
            "pause", "least", 60, {Level.LOCAL: 30, Level.CENTRAL: None}, "Nowhere § 2",
            {Level.LOCAL: "Disputed."},
        ),
    )  # fmt: skip


def test_the_levels_of_a_limited_rule_are_said() -> None:
    (said,) = entry(Limited, LOCAL)["levels"]
    assert said["by"] == {
        "law": 60, "individual": 60, "local": 30, "central": None, "labour_inspection": 60,
    }  # fmt: skip
    opened = {
        level: (one["level"], one["reference"]["en"], one["verified"], one["note"] and one["note"]["en"])
        for level, one in said["openings"].items()
    }
    assert opened == {
        "law": ("law", "Nowhere § 1", False, None),
        "individual": ("law", "Nowhere § 1", False, None),
        "local": ("local", "Nowhere § 2", True, "Disputed."),
        "central": ("central", "AML § 10-12 (4)", False, None),
        "labour_inspection": ("law", "Nowhere § 1", False, None),
    }
    assert entry(Limited, LOCAL)["profiles"][0]["limits"] == [
        {"parameter": "pause", "bound": "least", "value": 60, "verified": True}
    ]


def test_a_rule_of_the_law_may_not_be_softened_or_left_out() -> None:
    said = entry(Limited, LOCAL)
    assert (said["may_soften"], said["may_switch_off"]) == (False, False)


def test_a_new_rule_needs_no_second_list() -> None:
    said = catalogue((Trial,))["rules"][0]
    assert said["source"] == {
        "reference": {"nb": "Nowhere § 1", "nn": "Nowhere § 1", "en": "Nowhere § 1"},
        "url": None,
        "verified": False,
    }
    assert said["counted"]["breach"]["en"] == "Each night beyond."
    facts = {
        one["name"]: (one["unit"], one["default"], one["least"], one["most"], one["choices"])
        for one in said["parameters"]
    }
    assert facts == {
        "most": ("nights", 4, 2, 8, None),
        "pause": ("minutes", 90, 0, None, None),
        "way": (None, "long", None, None, ["long", "short"]),
        "words": (None, ["a: b", "plain"], None, None, None),
    }
    assert said["parameters"][0]["description"]["en"] == "How many."
    assert parsed(said["example"])["rules"]["set"]["trial"] == {
        "most": 4, "pause": "1 h 30 min", "way": "long", "words": ["a: b", "plain"], "strength": "hard",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "may"),
    [
        (Trial, (True, False, True)),
        (SoftOnly, (False, False, True)),
        (HardOnly, (False, False, True)),
        (Always, (False, False, False)),
    ],
)
def test_what_may_be_changed_follows_from_the_class(rule: type[Rule], may: tuple[bool, bool, bool]) -> None:
    said = entry(rule, LOCAL)
    assert (said["may_soften"], said["may_harden"], said["may_switch_off"]) == may


def test_the_profile_gives_the_defaults_and_the_example() -> None:
    said = catalogue(profile="aml")["rules"]
    daily = next(one for one in said if one["id"] == "daily_rest")
    assert daily["parameters"][0]["default"] == 11 * 60
    assert "rest: 11 h" in daily["example"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("daily_rst", "daily_rest"),
        ("daily-rest", "daily_rest"),
        ("Daglig arbeidsfri", "daily_rest"),
        ("helgehyppigheit", "weekend_frequency"),
    ],
)
def test_an_unknown_rule_is_refused_with_the_one_that_is_meant(word: str, meant: str) -> None:
    with using_language("nb"), pytest.raises(InputError) as caught:
        rule_named(word)
    assert caught.value.findings[0].hint == f"Mente du {meant}?"


def test_a_word_like_no_rule_is_refused_with_where_to_look() -> None:
    with using_language("en"), pytest.raises(InputError) as caught:
        rule_named("xyzzy")
    assert caught.value.findings[0].hint == "`turnus rules` lists them all."


def test_an_unknown_profile_is_refused_with_the_one_that_is_meant() -> None:
    with using_language("en"), pytest.raises(InputError) as caught:
        profile_named("ks-lokall")
    assert caught.value.findings[0].hint == "Did you mean ks-lokal?"
