"""The front: against trying every staffing plan, in both directions, and what people see of it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.dialogue.test_runs import variant
from tests.posts.test_bounds import all_plans, tiny_unit
from turnus.dialogue.findings_page import findings_html
from turnus.dialogue.frontier import front, frontier, frontier_of, undominated
from turnus.dialogue.frontier_goals import asked_goals
from turnus.dialogue.frontier_loads import carried, limited
from turnus.dialogue.frontier_tables import frontier_lead, frontier_picture, frontier_table
from turnus.dialogue.runs import Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.goals import DIRECTION, PLAN_GOALS
from turnus.texts import using_language

Values = Mapping[str, float]


def beats(one: Values, other: Values, goals: tuple[str, ...]) -> bool:
    """Whether one plan is as good in every goal and better in one."""
    signs = {goal: 1 if DIRECTION[goal] == "max" else -1 for goal in goals}
    gains = [signs[goal] * (one[goal] - other[goal]) for goal in goals]
    return min(gains) >= 0 and max(gains) > 0


def by_trying(plans: list[dict[str, float]], goals: tuple[str, ...]) -> set[tuple[float, ...]]:
    """Return the front as the plans that no other plan beats."""
    return {
        tuple(plan[goal] for goal in goals)
        for plan in plans
        if not any(beats(other, plan, goals) for other in plans)
    }


def by_steps(plans: list[dict[str, float]], goals: tuple[str, ...]) -> set[tuple[float, ...]]:
    """Return the front by ε-constraint, where the best under limits is found among the plans."""

    def best(limits: Values) -> Values | None:
        kept = [plan for plan in plans if all(keeps(goal, plan[goal], at) for goal, at in limits.items())]
        signs = [-1 if DIRECTION[goal] == "max" else 1 for goal in goals]
        ranked = sorted(kept, key=lambda plan: [s * plan[g] for s, g in zip(signs, goals, strict=True)])
        return {goal: ranked[0][goal] for goal in goals} if ranked else None

    grains = {goal: 0.01 if "share" in goal or "size" in goal else 1.0 for goal in goals}
    return {tuple(point[goal] for goal in goals) for point in undominated(list(front(goals, grains, best)))}


def keeps(goal: str, value: float, limit: float) -> bool:
    return value >= limit - 1e-6 if DIRECTION[goal] == "max" else value <= limit + 1e-6


@pytest.fixture(scope="module")
def plans() -> list[list[dict[str, float]]]:
    return [all_plans(*tiny_unit(seed)) for seed in (0, 3, 7)]


@pytest.mark.parametrize("goals", list(itertools.permutations(PLAN_GOALS, 2)))
def test_two_goals_give_the_whole_front_and_nothing_else(
    plans: list[list[dict[str, float]]], goals: tuple[str, ...]
) -> None:
    for unit in plans:
        assert by_steps(unit, goals) == by_trying(unit, goals)


@pytest.mark.parametrize("goals", list(itertools.combinations(PLAN_GOALS, 3)))
def test_three_goals_give_the_whole_front_and_nothing_else(
    plans: list[list[dict[str, float]]], goals: tuple[str, ...]
) -> None:
    for unit in plans:
        assert by_steps(unit, goals) == by_trying(unit, goals)


def test_some_front_has_several_points(plans: list[list[dict[str, float]]]) -> None:
    """The tests above would say little of units without a trade-off."""
    for goals in (("uncovered", "fewest_heads"), ("uncovered", "mean_size", "largest_smallest_size")):
        assert max(len(by_trying(unit, goals)) for unit in plans) >= 3


DEMAND = [
    {"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 2, "weekend": 2}},
    {"block": "evening", "from": "15:00", "to": "22:00", "need": {"weekdays": 1, "weekend": 1}},
]


@pytest.fixture
def ward(tmp_path: Path) -> Variant:
    """Return a unit whose weekends small posts cover, so that more full-time posts leave more uncovered."""
    posts = {"smallest_size": 20, "sizes": [20, 40, 50, 60, 75, 80, 100]}
    return variant(tmp_path, demand=DEMAND, open_posts=posts).with_sets("small posts", "budget.fte=4")


def test_the_engines_front_is_that_of_each_number_of_full_time_posts(ward: Variant) -> None:
    """Both ways: each number of posts is asked for by itself, and the best of those are the front."""
    goals = ("full_time_posts", "uncovered")
    found = frontier(ward, goals, Runs(), rotas=False)
    first = ward.with_data("first", ward.data | {"goals": ["uncovered", "full_time_posts"]})
    each = []
    for number in range(5):
        answer = Runs().bound(first, at_least={"full_time_posts": number})
        if not answer.impossible:
            each.append({goal.id: goal.bound for goal in answer.goals if goal.bound is not None})
    expected = by_trying([{goal: one[goal] for goal in goals} for one in each], goals)
    assert {tuple(one.limit[goal] for goal in goals) for one in found.points} == expected
    assert len(found.points) >= 3
    assert found.whole
    assert found.uncovered is None


def test_each_point_has_its_rota(ward: Variant) -> None:
    found = frontier(ward, ("full_time_posts", "uncovered"), Runs(effort=2), jobs=1)
    for one in found.points:
        if one.values is None:
            continue
        assert keeps("full_time_posts", one.values["full_time_posts"], one.limit["full_time_posts"])
        assert one.values["uncovered"] >= one.limit["uncovered"] - 1e-6
    document = found.document()
    assert json.loads(json.dumps(document)) == document


def test_other_goals_keep_the_demand_covered(ward: Variant) -> None:
    found = frontier(ward, asked_goals("full_time_posts,heads"), Runs(), rotas=False)
    least = Runs().bound(ward).goal("uncovered")
    assert least is not None
    assert found.uncovered == least.bound
    assert found.points
    assert found.document()["points"][0]["value"] is None


def test_a_stop_keeps_the_points_found_and_says_that_there_may_be_others(ward: Variant) -> None:
    goals = ("uncovered", "full_time_posts")
    all_of_them = frontier(ward, goals, Runs(), rotas=False)
    told: list[Batch] = []
    found = frontier(ward, goals, Runs(), watch=told.append, stop=lambda: len(told) > 1)
    assert not found.whole
    assert 1 <= len(found.points) < len(all_of_them.points)
    assert {tuple(one.limit.values()) for one in found.points} < {
        tuple(one.limit.values()) for one in all_of_them.points
    }
    with using_language("en"):
        assert "may be others" in " ".join(frontier_lead(found))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("full_time_posts,happiness", "full_time_posts, full_time_share"),
        ("full_time_posts", "2 or 3 different goals"),
        ("uncovered,uncovered", "2 or 3 different goals"),
    ],
)
def test_goals_that_cannot_be_asked_for_are_refused(text: str, told: str) -> None:
    with using_language("en"), pytest.raises(InputError, match=told):
        asked_goals(text)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_picture_and_page_in_each_language(ward: Variant, language: str) -> None:
    found = frontier(ward, ("full_time_posts", "uncovered"), Runs(), rotas=False)
    with using_language(language):
        picture = frontier_picture(found)
        text = findings_html("Front", found.variant, frontier_lead(found), [frontier_table(found)], picture)
    assert picture.count("<g><title>") == len(found.points)
    assert picture in text


def test_weekends_of_whoever_has_most_against_uncovered_demand(tmp_path: Path) -> None:
    """Each limit on the weekends by itself, as a rule of the file, gives the same front."""
    unit = variant(tmp_path, demand=DEMAND, open_posts={"sizes": [75, 100]})
    unit = unit.with_sets("any weekends", "budget.fte=4.5", *frequency(1, 1))
    goals = ("uncovered", "most_weekends")
    found = frontier(unit, goals, Runs(), rotas=False)
    each: list[dict[str, float]] = []
    for most in (1, 2, 3):  # a file with no weekend at work and demand on them is refused
        held = Runs().bound(unit.with_sets("limited", *frequency(most, 3))).goal("uncovered")
        assert held is not None
        assert held.bound is not None
        each.append({"uncovered": held.bound, "most_weekends": float(most)})
    expected = {
        tuple(one.values())
        for one in each
        if not any(other != one and all(other[goal] <= one[goal] for goal in goals) for other in each)
    }
    points = {tuple(one.limit[goal] for goal in goals) for one in found.points}
    assert {one for one in points if one[1] > 0} == expected
    assert len(points) >= 3
    assert all(one.exact for one in found.points)


def frequency(worked: int, weeks: int) -> list[str]:
    """Return what sets the weekend frequency."""
    rule = "rules.set.weekend_frequency"
    return [f"{rule}.worked={worked}", f"{rule}.of={weeks}"]


def test_long_shifts_and_weekends_have_rotas_that_keep_them(tmp_path: Path) -> None:
    long = {"code": "L", "from": "07:30", "to": "20:00", "tags": ["long"], "days": ["weekend"]}
    unit = variant(tmp_path, demand=DEMAND)
    unit = unit.with_data("long", unit.data | {"shifts": [*unit.data["shifts"], long]})
    found = frontier(unit, ("uncovered", "most_long_shifts"), Runs(effort=20), jobs=1)
    assert found.points
    for one in found.points:
        assert one.answer is not None
        if one.answer.outcome is None or one.answer.outcome.rota is None:
            continue
        assert one.answer.case is not None
        assert one.values is not None
        rota, problem = one.answer.outcome.rota, one.answer.case.problem
        assert one.values["most_long_shifts"] == carried("most_long_shifts", problem, rota)
        assert one.values["most_long_shifts"] <= one.limit["most_long_shifts"]
    with using_language("en"):
        assert "Long shifts of whoever has most" in str(frontier_table(found).columns)
        assert "long shifts" in frontier_picture(found)


def test_goals_about_what_is_not_there_are_refused(ward: Variant) -> None:
    with using_language("en"), pytest.raises(InputError, match="tag long; found none"):
        frontier(ward, asked_goals("full_time_posts,long_shifts"), Runs(), rotas=False)


def test_days_known_before_a_plan_leave_nothing_proven(tmp_path: Path) -> None:
    """They count with the weekends of the plan in the bounds, so that the limits are too strict."""
    unit = variant(tmp_path)
    staff = [{"name": "Ada", "competence": "nurse", "size": 50, "history": ["off", "off"]}]
    dated = unit.with_data(
        "dated",
        unit.data | {"horizon": {"start": "2027-01-04", "weeks": 3}, "staff": staff},
    )
    found = frontier(dated, ("uncovered", "most_weekends"), Runs(), rotas=False)
    assert found.points
    assert not any(one.exact or one.proven for one in found.points)
    with using_language("en"):
        assert "Not proven" in " ".join(frontier_lead(found))


def test_a_limit_that_binds_nobody_is_no_rule(ward: Variant) -> None:
    weeks = ward.loaded.scenario.horizon.weeks
    assert limited(ward, {"most_weekends": weeks}) is ward
    assert limited(ward, {"most_weekends": weeks - 1}).sha256 == ward.sha256
    case = limited(ward, {"most_weekends": weeks - 1}).case
    assert case is not None
    assert ward.case is not None
    assert case.sha256 != ward.case.sha256


def test_without_goals_the_first_pair_with_something_to_trade_is_taken(ward: Variant) -> None:
    goals = ["uncovered", "full_time_posts", "fewest_heads"]
    unit = ward.with_data("goals", ward.data | {"goals": goals})
    found = frontier_of(unit, None, Runs(), rotas=False)
    fronts = [
        frontier(unit, pair, Runs(), rotas=False)
        for pair in (("full_time_posts", "fewest_heads"), ("full_time_posts", "uncovered"))
    ]
    lively = next(one for one in fronts if len(one.points) > 1)
    assert found.goals == lively.goals
    assert [one.limit for one in found.points] == [one.limit for one in lively.points]
