"""The arithmetic is never below a feasible rota, and agrees with every recorded result."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.expected import content, folders
from tests.result.cases import small_case
from tests.result.wards import LONG_SHIFTS, SHIFTS, long_ward, ward
from turnus.case import Case, case_of, load_case
from turnus.dialogue.arithmetic import Arithmetic, arithmetic, arithmetic_document
from turnus.goals import UNITS, coverage
from turnus.problem import OFF, Post, Rota
from turnus.result import GoalValue
from turnus.scenario import read_scenario
from turnus.texts import using_language

ALL = [(folder, entry) for folder in folders() for entry in content(folder)["runs"] if entry["goals"]]


def case(text: dict[str, Any]) -> Case:
    return case_of(read_scenario(json.dumps(text)))


def goals(entries: list[dict[str, Any]]) -> list[GoalValue]:
    return [GoalValue(g["id"], g["value"], g["bound"], g["proven"], UNITS[g["id"]]) for g in entries]


def numbers(found: Arithmetic) -> dict[str, str]:
    return {step.id: step.numbers for step in found.steps}


@pytest.mark.parametrize(("folder", "entry"), ALL, ids=lambda one: one.name if isinstance(one, Path) else "")
def test_arithmetic_bound_and_rota_stand_in_order_in_every_recorded_run(
    folder: Path, entry: dict[str, Any]
) -> None:
    found = arithmetic(load_case(folder / entry["file"], entry["set"]), goals(entry["goals"]))
    by_goal = {one.goal: one for one in found.beside}
    assert {one.consistent for one in found.beside} <= {True, None}
    recorded = {goal["id"]: goal for goal in entry["goals"]}
    for name, one in by_goal.items():
        assert (one.consistent is True) == (name in recorded), one.reason
        if one.consistent:
            assert (one.bound, one.found) == (recorded[name]["bound"], recorded[name]["value"])


@st.composite
def rotas(draw: st.DrawFn) -> tuple[dict[str, Any], list[int], list[list[int]]]:
    """Draw a rota that keeps a weekend frequency, with the demand that it covers to the last person."""
    weeks, worked, of = draw(
        st.sampled_from([(6, 1, 3), (6, 1, 2), (4, 1, 4), (6, 2, 3), (5, 1, 2), (2, 1, 1)])
    )
    sizes = draw(st.lists(st.sampled_from([14, 50, 75, 100]), min_size=1, max_size=6))
    random = Random(draw(st.integers(0, 2**32)))
    lines = [_line(random, weeks, worked, of) for _size in sizes]
    text = ward(
        horizon={"weeks": weeks},
        shifts=SHIFTS + LONG_SHIFTS,
        demand=_demand(lines),
        weekend={"from": "saturday 00:00", "to": "monday 00:00"},
        open_posts={"sizes": [14, 50, 75, 100], "smallest_size": min(sizes)},
        budget={"fte": sum(sizes) / 100 + draw(st.sampled_from([0, 0.3])), "by_competence": {
            "nurse": {"share_percent": 100}}},
        rules={"set": {"weekend_frequency": {"worked": worked, "of": of}}},
    )  # fmt: skip
    return text, sizes, lines


#: Which blocks each action is there for: early, day, evening, late, night; off, D, A, N, L, L2.
BLOCKS = (("07:30", "09:45"), ("09:45", "14:45"), ("15:00", "20:00"), ("20:00", "22:00"), ("22:15", "07:30"))
THERE = {0: (), 1: (0, 1), 2: (2, 3), 3: (4,), 4: (0, 1, 2), 5: (1, 2, 3)}


def _line(random: Random, weeks: int, worked: int, of: int) -> list[int]:
    first = random.randrange(of)
    may = {(first + week) % weeks for week in range(weeks // of * of) if week % of < worked}
    line = [
        OFF if day % 7 > 4 and day // 7 not in may else random.randrange(6 if day % 7 > 4 else 4)
        for day in range(7 * weeks)
    ]
    return line if _lawful(line, weeks, worked, of) else [OFF if d % 7 > 4 else a for d, a in enumerate(line)]


def _lawful(line: list[int], weeks: int, worked: int, of: int) -> bool:
    events = [any(line[7 * week + 5 : 7 * week + 7]) for week in range(weeks)]
    return all(sum(events[(w + i) % weeks] for i in range(of)) <= worked for w in range(weeks))


def _demand(lines: list[list[int]]) -> list[dict[str, Any]]:
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return [
        {"block": f"b{index}", "from": begins, "to": ends, "need": {
            f"week {day // 7 + 1} {names[day % 7]}": sum(index in THERE[line[day]] for line in lines)
            for day in range(len(lines[0]))}}
        for index, (begins, ends) in enumerate(BLOCKS)
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(rotas())
def test_no_rota_that_covers_the_demand_beats_the_arithmetic(
    drawn: tuple[dict[str, Any], list[int], list[list[int]]],
) -> None:
    text, sizes, lines = drawn
    one = case_of(read_scenario(json.dumps(text)), to_check=True)
    posts = tuple(Post(0, size * 100) for size in sizes)
    assert (
        coverage(one.problem, Rota(posts, np.array(lines, dtype=np.int16))).headcount.uncovered_minutes == 0
    )
    found = arithmetic(one)
    if found.steps:
        assert found.full_time_posts is not None
        assert found.full_time_posts >= sum(size == 100 for size in sizes)
        assert found.heads is not None
        assert found.heads <= len(sizes)


def test_the_steps_can_be_followed_with_pen_and_paper() -> None:
    with using_language("en"):
        found = arithmetic(case(long_ward(4, 3)))
    assert numbers(found) == {
        "people_on_a_weekend_day": "Saturday: 4 L (07:30–20:00) + 2 L2 (09:45–22:15) + 1 A (14:45–22:15)"
        " + 2 N (22:00–07:45) = 9",
        "weekends_to_fill": "9 × 6 = 54",
        "weekends_of_one_post": "1 of 3 × 6 = 2",
        "open_posts": "54 ÷ 2 = 27",
        "fte_of_demand": "806 h ÷ 35.5 h = 22.7",
        "mean_size": "24 ÷ 27 = 88.9%",
        "smallest_sizes": "27 × 50% = 13.5",
        "left_of_budget": "24 − 13.5 = 10.5",
        "full_time_posts": "10.5 ÷ (100 − 50) % = 21",
        "weekends_if_all_full_time": "54 ÷ 24 = 2.25 of 6, one in 2.67",
    }
    assert (found.full_time_posts, found.heads) == (21, 27)


def test_named_people_of_different_frequencies_are_added_up() -> None:
    staff = [
        {"name": "Ada", "competence": "nurse", "size": 80, "accepts": {"extra_weekends": True}},
        {"name": "Bo", "competence": "aide", "size": 60, "arrangement": {"weekend_exempt": True}},
        {"name": "Cy", "competence": "aide", "size": 60},
    ]  # fmt: skip
    rules = {"set": {"weekend_frequency": {"worked": 1, "of": 3, "volunteers_worked": 1, "volunteers_of": 2}}}
    with using_language("en"):
        found = arithmetic(case(ward(staff=staff, rules=rules)))
    steps = numbers(found)
    assert steps["weekends_of_named_staff"] == "1 × 3 + 1 × 2 + 1 × 0 = 5"
    assert steps["open_posts"] == "(78 − 5) ÷ 2 = 36.5 → 37"
    assert steps["heads"] == "3 + 37 = 40"
    assert steps["smallest_sizes"] == "1 × 80% + 2 × 60% + 37 × 50% = 20.5"
    assert "weekends_if_all_full_time" not in steps


def test_where_the_formula_does_not_apply_it_says_why() -> None:
    demand = [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 4}}]
    with using_language("en"):
        found = arithmetic(case(ward(demand=demand)))
    assert (found.full_time_posts, found.heads, found.beside) == (None, None, ())
    assert found.reason == "Nobody is needed at weekends, so weekends limit nothing."
    with using_language("en"):
        short = arithmetic(case(ward(demand=demand, weekend={"from": "saturday 12:00", "to": "sunday 12:00"},
                                     rules={"set": {"whole_weekends": {"enabled": False}}})))  # fmt: skip
    assert short.reason.startswith("The weekend holds no whole day")


def beside(*found: GoalValue) -> dict[str, tuple[bool | None, str]]:
    with using_language("en"):
        told = arithmetic(case(ward()), found).beside
    return {one.goal: (one.consistent, one.reason) for one in told}


COVERED = GoalValue("uncovered", 0, 0, True, "person-minutes")
FULL = GoalValue("full_time_posts", 9, 9, True, "posts")


@pytest.mark.parametrize(("value", "bound", "consistent"), [
    (9, 9, True), (8, 9, True), (None, 9, True), (9, None, True),
    (10, 10, False), (9, 8, False), (8, 10, False),
])  # fmt: skip
def test_a_number_out_of_order_is_seen(value: float | None, bound: float | None, consistent: bool) -> None:
    goal = replace(FULL, value=value, bound=bound)
    assert beside(COVERED, goal)["full_time_posts"][0] is consistent


def test_heads_go_the_other_way() -> None:
    heads = GoalValue("fewest_heads", 40, 39, False, "heads")
    assert beside(COVERED, heads)["fewest_heads"][0] is True
    assert beside(COVERED, replace(heads, value=38, bound=38))["fewest_heads"][0] is False


@pytest.mark.parametrize(("found", "reason"), [
    ((), "no result to compare with"),
    ((COVERED,), "this result has no such goal"),
    ((FULL, COVERED), "the arithmetic takes all demand as covered, which is not the first goal here"),
    ((replace(COVERED, value=450), FULL),
     "some demand is uncovered, and the arithmetic takes all of it as covered"),
    ((replace(COVERED, value=None, bound=None), FULL), "it is not known whether all demand can be covered"),
    ((COVERED, replace(FULL, value=None, bound=None)), "the solve found neither a bound nor a rota"),
])  # fmt: skip
def test_what_does_not_compare_is_not_compared(found: tuple[GoalValue, ...], reason: str) -> None:
    assert beside(*found)["full_time_posts"] == (None, reason)


def test_the_document_holds_unrounded_values_and_null_for_what_is_unknown() -> None:
    one = case(ward())
    document = arithmetic_document(one, arithmetic(one))
    assert document["applies"] is True
    assert document["reason"] is None
    assert [step["value"] for step in document["steps"] if step["id"] == "mean_size"] == [61.538462]
    assert document["beside"][0]["bound"] is None
    none = small_case()
    assert arithmetic_document(none, arithmetic(none))["full_time_posts"] is None
