"""The check arranged for people: against the audit itself, and its schema against what is written."""

import datetime as dt
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.result.cases import small_case, small_rota
from turnus.audit import audit
from turnus.result import result_schema
from turnus.result.check import Check, arranged
from turnus.result.check_basis import advice, bases
from turnus.result.check_document import check_document, check_schema
from turnus.rules import Breach, Rule
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.health.quick_returns import QuickReturns
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.max_hours_per_shift import MaxHoursPerShift
from turnus.rules.structure.hours_of_post import HoursOfPost
from turnus.scenario.models import Agreement
from turnus.texts import using_language


@pytest.fixture(autouse=True)
def english() -> Any:
    with using_language("en"):
        yield


def checked(**overrides: str) -> tuple[Check, dict[str, Any]]:
    """Return the small case's check and its document."""
    case = small_case(**overrides)
    rota = small_rota(case)
    found = audit(case.problem, case.rules, rota)
    check = arranged(case.scenario, case.problem, case.rules, rota, found)
    return check, check_document(case, rota, "rota.csv", found, check)


OVERRIDES: list[dict[str, str]] = [
    {},
    {"rules__set__daily_rest__rest": "11 h"},
    {"rules__set__daily_rest": '[{rest: 9 h, agreement: "K-7"}, {rest: 11 h, for: [Kari]}]'},
    {"agreements": "[]", "rules__set": "{}"},
    {"rules__set__weekly_rest__rest": "60 h"},
]


@pytest.mark.parametrize("overrides", OVERRIDES)
def test_every_breach_of_the_audit_stands_under_its_rule(overrides: dict[str, str]) -> None:
    case = small_case(**overrides)
    rota = small_rota(case)
    found = audit(case.problem, case.rules, rota)
    check = arranged(case.scenario, case.problem, case.rules, rota, found)
    by_rule = sorted(
        (rule.id, rule.hard, line.post, line.day or -1) for rule in check.rules for line in rule.breaches
    )
    of_audit = sorted(
        (breach.rule, hard, breach.post, breach.day or -1)
        for hard, breaches in ((True, found.hard), (False, found.soft))
        for breach in breaches
    )
    assert by_rule == of_audit
    assert (check.hard, check.soft) == (len(found.hard), len(found.soft))


@pytest.mark.parametrize("overrides", OVERRIDES)
def test_the_document_keeps_the_schema(overrides: dict[str, str]) -> None:
    _check, document = checked(**overrides)
    Draft202012Validator(check_schema()).validate(document)


def test_the_schema_refuses_an_unknown_key_and_a_missing_one() -> None:
    _check, document = checked()
    validator = Draft202012Validator(check_schema())
    with pytest.raises(ValidationError, match="extra"):
        validator.validate(document | {"extra": 1})
    for key in document:
        with pytest.raises(ValidationError, match=key):
            validator.validate({name: value for name, value in document.items() if name != key})


def test_what_both_schemas_define_is_the_same() -> None:
    """A check's parts are a result's parts; only what is null without a scenario may differ."""
    ours, theirs = check_schema()["$defs"], result_schema()["$defs"]
    for name in ("coverage", "finding", "heltid", "count", "day"):
        assert ours[name] == theirs[name]
    breach = theirs["audit"]["properties"]["breaches"]["items"]["properties"]
    assert breach.items() <= ours["audit"]["properties"]["breaches"]["items"]["properties"].items()
    assert ours["post"]["required"] == theirs["post"]["required"]


def test_every_rule_is_kept_broken_unjudged_or_not_in_use() -> None:
    from turnus.rules import RULES

    check, _document = checked()
    named = (
        {rule.id for rule in (*check.kept, *check.broken)}
        | {one.rule for one in check.unjudged}
        | {one.rule for one in check.not_used}
    )
    assert named == {rule.id for rule in RULES}


def breach(rule: type[Rule], amount: int) -> Breach:
    parameter = "longest" if rule is MaxHoursPerShift else ""  # the one of its two limits that is broken
    return Breach(rule.id, 0, 0, amount, rule.unit, parameter=parameter)


@pytest.mark.parametrize(
    ("rule", "amount", "words"),
    [
        (DailyRest(rest_minutes=660), 105, "9 h 15 min, would take an agreement: local (AML § 10-8 (3))"),
        (DailyRest(rest_minutes=540), 60, "8 h, would take an agreement: local"),
        (DailyRest(rest_minutes=540), 61, "7 h 59 min, would take an agreement: central"),
        (DailyRest(rest_minutes=720), 60, "the law allows the worst of them, 11 h"),
        (MaxHoursPerShift(longest_minutes=540), 60, "10 h, would take an agreement: individual (AML § 10-5)"),
        (MaxHoursPerShift(longest_minutes=540), 61, "10 h 1 min, would take an agreement: local"),
        (DailyRest(rest_minutes=540), 540, "Change the rota; the paragraph says"),
        (MaxNightsInARow(), 1, "ask the parties for another value"),
        (HoursOfPost(), 30, "what the file says about the post"),
        (QuickReturns(strength="soft"), 30, "A soft rule: take it up"),
    ],
)
def test_what_to_do_names_who_could_allow_the_worst_breach(rule: Rule, amount: int, words: str) -> None:
    assert words in advice(rule, [breach(type(rule), amount), breach(type(rule), 1)])


def test_a_named_agreement_that_has_ended_is_called_expired() -> None:
    case = small_case(horizon__start="2027-01-04")
    ended, lasting = (
        Agreement(id=id, parties="Lia", level="local", valid_until=dt.date(2027, 1, day))
        for id, day in (("ended", 16), ("lasting", 17))  # the plan ends on Sunday 17 January
    )
    (rule,) = [rule for rule in case.rules if rule.id == "daily_rest"]
    rule = rule.model_copy(update={"agreement": None})
    for agreements, sentence in (
        ((ended,), "expired: ended (until Jan 16, 2027)"),
        ((ended, lasting), "named: lasting (until Jan 17, 2027)"),
        ((), "none is named – ask to see it"),
    ):
        scenario = case.scenario.model_copy(update={"agreements": agreements})
        (basis,) = bases(scenario, case.problem, rule)
        assert f"9 h takes an agreement: local (AML § 10-8 (3)); {sentence}" in basis.sentence()


def test_a_value_that_the_law_allows_rests_on_no_agreement() -> None:
    case = small_case()
    assert bases(case.scenario, case.problem, DailyRest(rest_minutes=660)) == []
    (basis,) = bases(case.scenario, case.problem, DailyRest(rest_minutes=659, agreement="other"))
    assert (basis.named, basis.levels[0]) == ((), "local")
