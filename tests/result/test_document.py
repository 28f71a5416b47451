"""`result.json` against its published schema, and against what the rota says when counted by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.result.cases import small_case, small_outcome, small_rota
from turnus.case import load_case
from turnus.errors import Finding
from turnus.formats import to_json
from turnus.goals import worked_weekends
from turnus.problem import Rota
from turnus.result import result_document, result_schema


def document(**changes: Any) -> dict[str, Any]:
    case = small_case()
    return result_document(case, small_outcome(case, **changes))


def valid(found: dict[str, Any]) -> None:
    """Check what stands in the file: the document after a turn through JSON."""
    schema = result_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(to_json(found)))


REASON = Finding(("budget", "fte"), "expected 3 FTE", "found 1", "Raise it.")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": "optimal"},
        {"rota": None, "status": "unknown", "goals": ()},
        {"rota": None, "status": "infeasible", "goals": (), "reasons": (REASON,)},
        {"effort": None, "repeatable": False, "polish": (), "proof": ()},
    ],
)
def test_every_kind_of_outcome_keeps_the_schema(changes: dict[str, Any]) -> None:
    valid(document(**changes))


def test_the_schema_refuses_an_unknown_key_and_a_missing_one() -> None:
    found = document()
    with pytest.raises(Exception, match="extra"):
        valid(found | {"extra": 1})
    del found["audit"]
    with pytest.raises(Exception, match="audit"):
        valid(found)


def test_without_a_rota_everything_about_it_is_null_not_zero() -> None:
    found = document(rota=None, status="unknown")
    assert (found["heltid"], found["coverage"], found["audit"]) == (None, None, None)
    assert (found["posts"], found["assignments"]) == ([], [])


def test_posts_show_hours_against_the_position() -> None:
    kari, ola, opened = document()["posts"]
    # Kari 7 days of 450 minutes against 75 % of 2 × 2130
    assert (kari["id"], kari["person"], kari["size_percent"]) == ("01", "Kari", 75)
    assert kari["planned_minus_position_minutes"] == 7 * 450 - 0.75 * 2 * 2130
    assert (kari["present_size_percent"], kari["wished_size_percent"]) == (50, 75)
    assert ola["planned_minus_position_minutes"] == 7 * 450 - 2130
    assert (opened["person"], opened["present_size_percent"], opened["competence"]) == (None, None, "aide")


def test_every_post_and_day_has_an_assignment_with_its_code() -> None:
    found = document()["assignments"]
    assert len(found) == 3 * 14
    kari = [entry["code"] for entry in found if entry["post"] == "01"]
    # Sunday holds the weekly rest; F2 is the day off beside it
    assert kari == "D D D D off F2 F1 D D off off D F2 F1".split()
    assert found[0] == {
        "post": "01", "date_or_day": "week 1 monday", "code": "D",
        "shift": "Day", "unit": "Lia", "minutes": 450,
    }  # fmt: skip
    assert (found[4]["shift"], found[4]["minutes"]) == (None, 0)


def test_coverage_names_the_place_that_is_uncovered() -> None:
    found = document()["coverage"]
    assert found["uncovered_minutes"] == 450
    assert found["places"] == [
        {
            "date_or_day": "week 2 monday", "block": "evening", "from": "14:45", "to": "22:15",
            "competence": None, "missing": 1, "minutes": 450,
        }
    ]  # fmt: skip


def test_the_audit_counts_hard_and_soft_breaches_apart() -> None:
    case = small_case(rules__set__daily_rest__rest="11 h")
    found = result_document(case, small_outcome(case))["audit"]
    # the open post: Thursday evening to Friday day is 9 h 15 min of rest
    hard = [breach for breach in found["breaches"] if breach["hard"]]
    assert found["hard"] == len(hard) == 1
    assert hard[0] | {"unit": ""} == {
        "rule": "daily_rest", "source": "AML § 10-8 (1) and (3)", "hard": True, "post": "03",
        "date_or_day": "week 1 friday", "amount": 105, "unit": "", "times": 1, "about": None,
    }  # fmt: skip
    assert found["soft"] == len(found["breaches"]) - 1


def test_a_weekend_counts_once_however_many_of_its_days_are_worked() -> None:
    case = small_case()
    rota = small_rota(case, ("....DDD D......", ".....D. .....DD", "....... ......."))
    assert [worked_weekends(case.problem, rota, post) for post in range(3)] == [1, 2, 0]


def test_run_says_what_is_needed_to_do_it_again() -> None:
    run = document()["run"]
    assert (run["seed"], run["workers"], run["effort"], run["repeatable"]) == (7, 2, 500, True)
    assert run["seconds"] == 1.234 or run["seconds"] == 1.235
    assert {"turnus", "python", "numpy", "ortools", "highspy", "numba"} <= run["versions"].keys()
    assert run["versions"]["turnus"] == "0.1.0"


def test_goals_keep_their_order_and_whole_values_stay_whole_numbers() -> None:
    found = document()["goals"]
    assert [entry["id"] for entry in found] == ["uncovered", "full_time_posts", "fewest_heads", "wishes"]
    assert '"value": 450,' in to_json({"goals": found})


def test_a_rota_without_posts_has_a_document() -> None:
    case = small_case()
    empty = Rota((), small_rota(case).lines[:0])
    found = result_document(case, small_outcome(case, rota=empty, goals=()))
    valid(found)
    assert found["heltid"]["mean_size_percent"] is None


def test_tasks_stand_in_the_document_with_the_demand_built_from_them() -> None:
    path = Path(__file__).parents[2] / "scenarios" / "home-care-tasks" / "scenario.yaml"
    found = result_document(
        load_case(path), small_outcome(small_case(), rota=None, status="unknown", goals=())
    )
    valid(found)
    weekend = next(day for day in found["tasks"] if "week 1 saturday" in day["days"])
    assert weekend["demand"][0] == {"from": "07:30", "to": "15:00", "people": 5, "of_which": {"nurse": 1}}
    assert weekend["placed"][0]["task"] == "Alarmer og telefon"
    assert (weekend["proven"], weekend["starts_every_minutes"]) == (True, 5)
    assert weekend["demand_minutes"] == sum(_minutes(one) * one["people"] for one in weekend["demand"])
    assert weekend["handover_minutes"] == 15  # four are needed from 14:45, five are asked for
    assert weekend["task_minutes"] == sum(_minutes(one) * one["people"] for one in weekend["placed"])
    assert {one["task"] for one in found["tasks_elsewhere"]} == {"Matombringing", "Tilsyn om natta"}


def _minutes(one: dict[str, Any]) -> int:
    begins, ends = (int(text[:2]) * 60 + int(text[3:]) for text in (one["from"], one["to"]))
    return ends - begins
