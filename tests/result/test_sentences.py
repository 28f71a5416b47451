"""Breaches in words: the paragraph, amounts that people can read, and what the rule demands."""

import pytest

from tests.result.cases import small_case, small_rota
from turnus.result.sentences import breach_sentence, hours_and_minutes
from turnus.rules import Breach
from turnus.texts import using_language


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
        ("nb", ": 0 t 15 min for lite, krav 9 t"),
        ("nn", ": 0 t 15 min for lite, krav 9 t"),
        ("en", ": 0 h 15 min too little, required 9 h"),
    ],
)
def test_a_rest_is_told_in_hours_with_its_demand(language: str, sentence: str) -> None:
    with using_language(language):
        found = told("daily_rest", 15, "minutes short")
    assert found.endswith(sentence)
    assert "AML § 10-8 (1)" in found


def test_limits_on_hours_say_the_most() -> None:
    with using_language("nb"):
        week = told(
            "max_hours_per_week", 120, "minutes too many", rules__set__max_hours_per_week__most="48 h"
        )
        shift = told(
            "max_hours_per_shift", 45, "minutes too long", rules__set__max_hours_per_shift__longest="10 h"
        )
    assert week.endswith(": 2 t for mye, krav høyst 48 t")
    assert shift.endswith(": 0 t 45 min for lenge, krav høyst 10 t")


def test_people_with_values_of_their_own_are_told_their_own_demand() -> None:
    lists = "[{for: [Ola], rest: 8 h}, {except: [Ola], rest: 11 h}]"
    with using_language("en"):
        own = told("daily_rest", 60, "minutes short", 1, rules__set__daily_rest=lists)
        others = told("daily_rest", 60, "minutes short", 0, rules__set__daily_rest=lists)
    assert own.endswith("02 Ola, week 1 Monday: 1 h too little, required 8 h")
    assert others.endswith("01 Kari, week 1 Monday: 1 h too little, required 11 h")


def test_other_units_stay_counts_and_a_breach_of_the_unit_names_nobody() -> None:
    with using_language("en"):
        assert told("weekend_frequency", 2, "weekends too many").endswith(": weekends too many 2")
        assert told("fte_budget", 1250, "hundredths of a percent too much", None).endswith(
            "(Kommuneloven § 14-5): 12.5% too much"
        )


def test_whole_hours_have_no_minutes() -> None:
    with using_language("en"):
        assert [hours_and_minutes(minutes) for minutes in (540, 15, 645)] == [
            "9 h",
            "0 h 15 min",
            "10 h 45 min",
        ]
