"""The arithmetic against the values that the reference ward is known to have."""

from typing import Any

import pytest

from tests.result.wards import long_ward, ward
from turnus.problem import Problem, build_problem
from turnus.result.weekend import WeekendArithmetic, people_on_weekend, weekend_arithmetic
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.base import Rule
from turnus.scenario.models import Scenario


def problem_of(text: dict[str, Any]) -> Problem:
    return build_problem(Scenario.model_validate(text))


def every(nth: int, **values: Any) -> tuple[Rule, ...]:
    return (WeekendFrequency.model_validate({"worked": 1, "of": nth} | values),)


def arithmetic(text: dict[str, Any], rules: tuple[Rule, ...]) -> WeekendArithmetic:
    found = weekend_arithmetic(problem_of(text), rules)
    assert found is not None
    return found


def budget(fte: float) -> dict[str, Any]:
    return {"fte": fte, "by_competence": {"nurse": {"share_percent": 40}}}


def smallest(percent: int) -> dict[str, Any]:
    return {"sizes": [14, 20, 40, 50, 60, 75, 80, 90, 100], "smallest_size": percent}


@pytest.mark.parametrize(
    ("nth", "size", "heads", "mean", "bound"),
    [
        (3, 50, 39, 61.54, 9.0),  # 13 × 3 = 39; (24 − .5·39)/.5 = 9
        (3, 14, 39, 61.54, 21.56),  # (24 − .14·39)/.86 = 21.56
        (2, 50, 26, 92.31, 22.0),  # 13 × 2 = 26
        (2, 14, 26, 92.31, 23.67),
    ],
)
def test_the_reference_ward(nth: int, size: int, heads: int, mean: float, bound: float) -> None:
    found = arithmetic(ward(open_posts=smallest(size)), every(nth))
    assert found.people_per_day == 13  # 6 days + 5 evenings + 2 nights
    assert found.heads == heads
    assert found.mean_size_percent == pytest.approx(mean, abs=0.01)
    assert found.full_time_bound == pytest.approx(bound, abs=0.01)
    assert found.full_time_posts == int(bound)


@pytest.mark.parametrize(
    ("early", "late", "people", "heads", "bound"),
    [
        (6, 5, 13, 39, 9.0),  # long shifts do not help when everybody is needed at the edges
        (4, 3, 9, 27, 21.0),  # 4 early + 3 late are 7 people, and 2 nights
        (3, 3, 8, 24, 24.0),
    ],
)
def test_long_shifts_help_only_when_fewer_are_needed_early_and_late(
    early: int, late: int, people: int, heads: int, bound: float
) -> None:
    found = arithmetic(long_ward(early, late), every(3))
    assert (found.people_per_day, found.heads) == (people, heads)
    assert found.full_time_bound == pytest.approx(bound)


def test_two_of_three_weekends_take_half_as_many_heads_again_rounded_up() -> None:
    # 13 people × 6 weekends = 78; a post works 4 of 6: 19.5 posts
    assert arithmetic(ward(), every(3, worked=2)).heads == 20


def test_a_soft_frequency_limits_nobody() -> None:
    assert arithmetic(ward(), every(3, strength="soft")).heads == 13


def test_named_people_count_with_their_own_frequency_and_smallest_size() -> None:
    staff = [
        {"name": "Kari", "competence": "nurse", "size": 100, "accepts": {"extra_weekends": True}},
        {"name": "Ola", "competence": "aide", "size": 60, "arrangement": {"weekend_exempt": True}},
    ]
    found = arithmetic(ward(staff=staff), every(3, volunteers_worked=1, volunteers_of=2))
    # Kari works 3 of 6 weekends, Ola none: (78 − 3) / 2 = 37.5 open posts, and the two named
    assert found.heads == 2 + 38
    # 24 − 1.0 − 0.6 − 38 × 0.5 = 3.4 FTE left: Kari, and 6 steps from 50 to 100 %
    assert found.full_time_posts == 1 + 6


def test_a_budget_above_one_post_per_head_buys_more_posts_at_full_price() -> None:
    found = arithmetic(ward(budget=budget(16.0)), every(1))
    assert (found.heads, found.full_time_posts) == (13, 16)


def test_a_budget_too_small_for_the_heads_leaves_no_full_time_post() -> None:
    assert arithmetic(ward(budget=budget(15.0)), every(3)).full_time_bound == 0


def test_nobody_needed_at_weekends_gives_no_arithmetic() -> None:
    demand = [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 4}}]
    assert weekend_arithmetic(problem_of(ward(demand=demand)), every(3)) is None


def test_a_calendar_plan_counts_the_weekends_of_its_last_incomplete_window() -> None:
    text = ward(horizon={"weeks": 4, "start": "2027-01-04"})
    # 4 weeks, every third weekend: the first and the fourth, so 2 of 4; 52 / 2 = 26
    assert arithmetic(text, every(3)).heads == 26


def test_a_weekend_that_ends_on_sunday_evening_does_not_need_the_sunday_night() -> None:
    text = ward(demand=[{"block": "night", "from": "22:00", "to": "07:45", "need": {"sunday": 2}}])
    assert people_on_weekend(problem_of(text), 0) == 2
    shorter = text | {"weekend": {"from": "saturday 00:00", "to": "sunday 22:00"}}
    assert people_on_weekend(problem_of(shorter), 0) == 0
