"""Breaches in words: the paragraph, amounts that people can read, and what the rule demands."""

import pytest

from tests.builders import problem, rota, shift
from tests.result.cases import small_case, small_rota
from turnus.result.sentences import breach_amount, breach_sentence, breach_words
from turnus.rules import RULES, Breach, Rule
from turnus.rules.agreed.shift_count import DAYS_MISSING, DAYS_TOO_MANY, MINUTES_SHORT, MINUTES_TOO_MANY
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.law.breaks import Breaks
from turnus.rules.law.live_in_scheme import LiveInScheme
from turnus.rules.law.mean_weekly_hours import MeanWeeklyHours
from turnus.rules.law.standby_hours import StandbyHours
from turnus.rules.law.total_hours import TotalHours
from turnus.rules.law.young_workers import YoungWorkers
from turnus.texts import hours_and_minutes, using_language

YOUNG = YoungWorkers(people=("Kari",))


def told(rule: str, amount: int, unit: str, post: int | None = 0, **changes: str) -> str:
    """Return the sentence with plain spaces."""
    case = small_case(**changes)
    sentence = breach_sentence(
        case.problem, small_rota(case), Breach(rule, post, 0 if post is not None else None, amount, unit),
        case.rules,
    )  # fmt: skip
    return sentence.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", ": 15 min for lite, krav 9 t"),
        ("nn", ": 15 min for lite, krav 9 t"),
        ("en", ": 15 min too little, required 9 h"),
    ],
)
def test_a_rest_is_told_in_hours_with_its_demand(language: str, sentence: str) -> None:
    with using_language(language):
        found = told("daily_rest", 15, "minutes short")
    assert found.endswith(sentence)
    assert "AML § 10-8 (1)" in found


def test_limits_on_hours_say_the_most() -> None:
    with using_language("nb"):
        shift = told(
            "max_hours_per_shift", 45, "minutes too long", rules__set__max_hours_per_shift__longest="10 h"
        )
    assert shift.endswith(": 45 min for lenge, krav høyst 10 t")


@pytest.mark.parametrize(
    ("rule", "breach", "words"),
    [
        # 3 h more than the stated 13 h of a shift, and 120 min more than 69 h of a week
        (TotalHours(), ("minutes too many", 180, "shift"), "3 h too much, at most 13 h allowed"),
        (TotalHours(), ("minutes too many", 120, "week"), "2 h too much, at most 69 h allowed"),
        (MeanWeeklyHours(), ("minutes too many", 60, "rota"), "1 h too much, at most 38 h a week as a mean"),
        (LiveInScheme(), ("minutes outside", 420, ""), "7 h outside"),
        (LiveInScheme(), ("minutes outside", 420, "mean"), "7 h outside, at most 48 h a week as a mean"),
        (YOUNG, ("minutes outside", 30, ""), "30 min outside"),
        (YOUNG, ("minutes outside", 30, "rest"), "30 min outside, required 12 h"),
        (YOUNG, ("minutes outside", 30, "most"), "30 min outside, at most 40 h allowed"),
        (StandbyHours(), ("minutes too few counted", 36, ""), "36 min too little counted"),
        (Breaks(), ("minutes short", 10, ""), "10 min too little, required 30 min"),
    ],
)
def test_a_length_of_time_is_said_with_the_value_it_is_measured_from(
    rule: Rule, breach: tuple[str, int, str], words: str
) -> None:
    unit, amount, parameter = breach
    with using_language("en"):
        assert breach_amount(Breach(rule.id, 0, 0, amount, unit, parameter=parameter), rule) == words


@pytest.mark.parametrize(
    ("unit", "one", "many"),
    [
        ("times", "1 gang", "2 ganger"),
        ("weekends too many", "1 helg for mye", "2 helger for mye"),
        ("days missing", "1 dag for lite", "2 dager for lite"),
        ("people too many", "1 person for mye", "2 personer for mye"),
        ("broken weekends", "1 delt helg", "2 delte helger"),
    ],
)
def test_counts_are_said_as_people_say_them(unit: str, one: str, many: str) -> None:
    rule = WeekendFrequency()
    with using_language("nb"):
        words = [breach_amount(Breach(rule.id, 0, 0, amount, unit), rule) for amount in (1, 2)]
    assert words == [one, many]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_unit_of_every_rule_has_words(language: str) -> None:
    rule = WeekendFrequency()
    units = {one.unit for one in RULES} - {"days or minutes outside", "days too many or missing"}
    for unit in units | {DAYS_MISSING, DAYS_TOO_MANY, MINUTES_SHORT, MINUTES_TOO_MANY}:
        with using_language(language):
            words = breach_amount(Breach(rule.id, 0, 0, 1, unit), rule)
        assert not words.endswith(unit) or unit == "days", unit


def test_a_shift_without_any_break_is_said_so() -> None:
    unit = problem(shifts=[shift("D", "07:30", "14:00", break_minutes=0)])
    one = rota(unit, "D------")
    (breach,) = Breaks().violations(unit, one)
    with using_language("en"):
        assert breach_words(unit, one, breach, Breaks()) == "no break"


def test_people_with_values_of_their_own_are_told_their_own_demand() -> None:
    lists = "[{for: [Ola], rest: 8 h}, {except: [Ola], rest: 11 h}]"
    with using_language("en"):
        own = told("daily_rest", 60, "minutes short", 1, rules__set__daily_rest=lists)
        others = told("daily_rest", 60, "minutes short", 0, rules__set__daily_rest=lists)
    assert own.endswith("02 Ola, week 1 Monday: 1 h too little, required 8 h")
    assert others.endswith("01 Kari, week 1 Monday: 1 h too little, required 11 h")


def test_other_units_stay_counts_and_a_breach_of_the_unit_names_nobody() -> None:
    with using_language("en"):
        assert told("weekend_frequency", 2, "weekends too many").endswith(": 2 weekends too many")
        assert told("fte_budget", 1250, "hundredths of a percent too much", None).endswith(
            "(Kommuneloven § 14-5): 12.5% too much"
        )


def test_whole_hours_have_no_minutes() -> None:
    with using_language("en"):
        assert [hours_and_minutes(minutes) for minutes in (540, 15, 645)] == [
            "9 h",
            "15 min",
            "10 h 45 min",
        ]
