"""The sentence, in English so that it can be read beside its wording in the code."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.result.cases import PROOF, goal, small_case, small_outcome
from tests.result.wards import ward
from turnus.case import Case, case_of
from turnus.errors import Finding
from turnus.formats import to_json
from turnus.result import summary_sentence, weekend_arithmetic, weekend_sentence
from turnus.result.outcome import Outcome
from turnus.result.sentences import audit_sentence, proof_facts, status_text
from turnus.scenario import read_scenario
from turnus.texts import using_language

GIVEN = "this demand, 3.0 FTE, smallest size 50% and these rules"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


def sentence(*goals: Any, **changes: Any) -> str:
    case = small_case()
    return said(case, small_outcome(case, goals=goals, **changes))


def said(case: Case, outcome: Outcome) -> str:
    return summary_sentence(case.problem, case.rules, outcome)


def test_a_proven_number_is_said_with_its_conditions() -> None:
    text = sentence(goal("full_time_posts", 1, 1, proven=True))
    assert text == f"At most 1 full-time post with {GIVEN}; found 1 full-time post (proven)."


def test_a_gap_is_said_to_be_not_proven() -> None:
    text = sentence(goal("full_time_posts", 1, 2, proven=False))
    assert text == f"At most 2 full-time posts with {GIVEN}; found 1 full-time post (not proven best)."


def test_a_value_that_meets_its_bound_under_an_unproven_goal_says_so() -> None:
    text = sentence(goal("full_time_posts", 2, 2, proven=False))
    assert "(equal, but a goal before it is not proven)" in text


def test_without_a_bound_at_most_is_not_said() -> None:
    text = sentence(goal("full_time_posts", 1, None, proven=False))
    assert text == f"Found 1 full-time post with {GIVEN}; whether more is possible is not proven."


def test_a_goal_to_be_small_has_a_bound_from_below() -> None:
    text = sentence(goal("fewest_part_time", 2, 1, proven=False))
    assert text.startswith("At least 1 part-time post with")


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("full_time_share", 33.333, "33.3% full-time posts"),
        ("mean_size", 58.333, "a mean size of 58.3%"),
        ("largest_smallest_size", 50, "a smallest size of 50%"),
    ],
)
def test_shares_and_sizes_are_percent(name: str, value: float, phrase: str) -> None:
    assert f"found {phrase}" in sentence(goal(name, value, value, proven=True, unit="percent"))


def test_the_first_heltid_goal_of_the_file_leads_the_sentence() -> None:
    text = sentence(
        goal("uncovered", 0, 0, proven=True, unit="person-minutes"),
        goal("mean_size", 60, 60, proven=True, unit="percent"),
        goal("full_time_posts", 1, 1, proven=True),
    )
    assert text.startswith("At most a mean size of 60%")


def test_uncovered_demand_is_said_with_what_cannot_be_covered() -> None:
    text = sentence(goal("uncovered", 900, 450, proven=False, unit="person-minutes"))
    assert text.endswith("; 15 h of demand is uncovered, at least 7.5 h cannot be covered.")


def test_no_rota_is_not_called_impossible_unless_it_is() -> None:
    assert sentence(rota=None, status="unknown").endswith("Nothing is proven: one may still exist.")
    reason = Finding(("budget", "fte"), "expected 3 FTE", "found 1", "Raise it.")
    text = sentence(rota=None, status="infeasible", reasons=(reason,))
    assert text == "Proven: no rota can keep these rules (budget.fte: expected 3 FTE; found 1. Raise it)."


def reference_ward() -> Case:
    return case_of(read_scenario(to_json(ward()), [], "ward.yaml"))


def test_weekends_bind_when_the_arithmetic_gives_the_bound() -> None:
    case = reference_ward()
    outcome = small_outcome(small_case(), goals=(goal("full_time_posts", 9, 9, proven=True),))
    assert said(case, outcome).endswith("(proven); weekends bind.")
    other = replace(outcome, goals=(goal("full_time_posts", 8, 8, proven=True),))
    assert "weekends" not in said(case, other)


def test_the_weekend_arithmetic_can_be_read_aloud() -> None:
    case = reference_ward()
    found = weekend_arithmetic(case.problem, case.rules)
    assert found is not None
    assert weekend_sentence(found) == (
        "13 people on a weekend day, each working 1 of 3 weekends: 39 heads; 24.0 FTE over 39 heads: "
        "mean size 61.5%; at most 9 full-time posts."
    )
    one = replace(found, full_time_bound=1.0)
    assert weekend_sentence(one).endswith("at most 1 full-time post.")
    with using_language("nb"):
        assert weekend_sentence(one).endswith("høyst 1 heltidsstilling.")


def test_a_proven_number_of_posts_shows_in_the_status_even_when_the_rota_could_be_nicer() -> None:
    case = small_case()
    proven = small_outcome(case, goals=(goal("full_time_posts", 1, 1, proven=True),))
    assert status_text(proven) == "posts proven best"
    assert status_text(small_outcome(case)) == "found, not proven best"


@pytest.mark.parametrize(
    ("hard", "soft", "text"),
    [
        (0, 1, "Audit: every hard rule is kept; 1 breach of soft rules."),
        (2, 0, "Audit: 2 breaches of hard rules, 0 breaches of soft rules."),
    ],
)
def test_the_audit_in_one_sentence(hard: int, soft: int, text: str) -> None:
    assert audit_sentence(hard, soft) == text


def test_the_proof_says_what_it_leaves_out_and_whether_it_is_re_checked() -> None:
    facts = proof_facts(PROOF, {"weekly_rest": "Weekly rest"})
    assert [(fact.name, fact.value) for fact in facts] == [
        ("Left out of the bound", "Weekly rest (for the test)"),
        ("Kinds of posts", "2"),
        ("Cuts", "3"),
        ("Re-check", "bound, not re-checked"),
    ]
    assert proof_facts({"left_out": []}, {})[0].value == "nothing, every rule counts"
