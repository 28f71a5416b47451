"""The conductor on tiny units: against enumeration, repeatable, honest when cut short or impossible."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import numpy as np
import pytest

from tests.builders import DAY, NIGHT, person, problem, row
from tests.enumeration import least_uncovered, legal_lines, of_size
from tests.files import ADA, BO, SHIFTS, small
from tests.files import case as case_in_file
from tests.posts.test_bounds import HELTID_GOALS, all_plans, better_or_equal, tiny_unit
from turnus.audit import audit
from turnus.case import Case
from turnus.goals import DIRECTION
from turnus.problem import FULL_TIME, Budget, Problem, Wish
from turnus.result.outcome import Outcome, Progress
from turnus.rules import Rule
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.health.isolated_days_off import IsolatedDaysOff
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.structure.personal_limits import PersonalLimits
from turnus.rules.structure.surplus_limit import SurplusLimit
from turnus.scenario import Scenario
from turnus.solve import SolveOptions, solve

SMALL = SolveOptions(effort=1_500, seed=3, workers=2)


def case(unit: Problem, rules: tuple[Rule, ...]) -> Case:
    return Case(cast(Scenario, None), unit, rules, "0" * 64, "tiny.yaml")


def values(outcome: Outcome) -> dict[str, float | None]:
    return {goal.id: goal.value for goal in outcome.goals}


def ward(people: int = 4, need: int = 2, **changes: Any) -> tuple[Problem, tuple[Rule, ...]]:
    """Return a week with `need` full-timers on every day shift and one at night."""
    staff = [
        person(
            f"P{i}",
            under_minutes=900,
            over_minutes=900,
            shifts=(DAY, NIGHT),
            wishes=(Wish(i, frozenset({0}), 3),),
        )
        for i in range(people)
    ]
    staffed: dict[str, Any] = {"workers": frozenset({0})}
    rows = [row(day, (1,), need, most=need + 1, minutes=450, **staffed) for day in range(7)]
    rows += [row(day, (2,), 1, most=1, minutes=570, **staffed) for day in range(5)]
    values: dict[str, Any] = {
        "goals": ("uncovered", "fewest_heads", "wishes", "health", "fairness"),
        **changes,
    }
    unit = problem(*staff, shifts=(DAY, NIGHT), rows=tuple(rows), **values)
    rules = (DailyRest(rest_minutes=9 * 60), WeeklyRest(rest_minutes=35 * 60), MaxWorkingDaysInARow(days=5),
             IsolatedDaysOff(strength="soft"))  # fmt: skip
    return unit, rules


def test_overtime_is_never_planned() -> None:
    """Only overtime could cover the late block: it stays uncovered, and the audit has nothing to refuse."""
    overtime = {"code": "O", "from": "15:00", "to": "20:00", "tags": ["overtime"]}
    late = {"block": "late", "from": "15:00", "to": "20:00", "need": {"weekdays": 1}}
    content = small(horizon={"weeks": 3}, shifts=[SHIFTS[0], overtime], staff=[ADA, BO])
    unit = case_in_file(content | {"demand": [*content["demand"], late]})
    outcome = solve(unit, SMALL)
    assert outcome.rota is not None
    assert not (outcome.rota.lines == 2).any()
    assert not audit(unit.problem, unit.rules, outcome.rota).hard
    assert values(outcome)["uncovered"] == 15 * 5 * 60


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_result_never_contradicts_enumeration(seed: int) -> None:
    unit, rules, days = tiny_unit(seed)
    unit = dataclasses.replace(unit, goals=("uncovered", HELTID_GOALS[seed % 6], "fewest_heads"))
    unit = dataclasses.replace(unit, goals=tuple(dict.fromkeys(unit.goals)))
    outcome = solve(case(unit, rules), SMALL)
    truth = all_plans(unit, rules, days)
    if outcome.rota is None:
        return
    assert not audit(unit, rules, outcome.rota).hard
    rivals = truth
    for goal in outcome.goals:
        assert goal.value is not None
        assert goal.bound is not None
        for rival in rivals:
            assert better_or_equal(goal.id, goal.bound, rival[goal.id])
        if goal.proven:
            best = (max if DIRECTION[goal.id] == "max" else min)(rival[goal.id] for rival in rivals)
            assert goal.value == pytest.approx(best)
        rivals = [rival for rival in rivals if better_or_equal(goal.id, rival[goal.id], goal.value)]


def test_most_tiny_units_are_solved_to_the_optimum() -> None:
    reached = 0
    for seed in range(12):
        unit, rules, days = tiny_unit(seed)
        outcome = solve(case(dataclasses.replace(unit, goals=("uncovered", "full_time_posts")), rules), SMALL)
        truth = all_plans(unit, rules, days)
        best = min((plan["uncovered"], -plan["full_time_posts"]) for plan in truth)
        found = values(outcome)
        reached += (found["uncovered"], -(found["full_time_posts"] or 0)) == best
    assert reached >= 11


def test_least_uncovered_demand_when_full_cover_is_impossible() -> None:
    unit, rules = ward(people=2, goals=("uncovered",))
    outcome = solve(case(unit, rules), SMALL)
    legal = [of_size(unit, legal_lines(unit, rules, c, range(7)), c, FULL_TIME) for c in range(2)]
    assert outcome.goals[0].value == least_uncovered(unit, list(enumerate(legal)))
    assert 0 < (outcome.goals[0].bound or 0) <= (outcome.goals[0].value or 0)


def test_same_seed_and_effort_give_the_same_rota() -> None:
    unit, rules = ward()
    one, two = (solve(case(unit, rules), SMALL) for _ in range(2))
    assert one.rota is not None
    assert two.rota is not None
    assert np.array_equal(one.rota.lines, two.rota.lines)
    assert one.repeatable
    assert one.goals == two.goals


def test_polish_loses_no_cover_and_improves_what_it_is_for() -> None:
    unit, rules = ward(people=5)
    rough = solve(case(dataclasses.replace(unit, goals=("uncovered", "fewest_heads")), rules), SMALL)
    polished = solve(case(unit, rules), SMALL)
    assert values(polished)["uncovered"] == values(rough)["uncovered"]
    assert values(polished)["wishes"] == 0
    before, after = (sum(getattr(part, when) for part in polished.polish) for when in ("before", "after"))
    assert after <= before


def test_stopped_at_once_it_says_so_and_claims_nothing() -> None:
    unit, rules = ward()
    outcome = solve(case(unit, rules), SMALL, stop=lambda: True)
    assert outcome.status in ("feasible", "unknown")
    assert not outcome.repeatable
    if outcome.rota is None:
        assert all(goal.value is None for goal in outcome.goals)
    else:
        assert not audit(unit, rules, outcome.rota).hard


def test_stopped_in_polish_it_keeps_the_covered_rota() -> None:
    unit, rules = ward(people=5)
    seen: list[Progress] = []
    outcome = solve(
        case(unit, rules),
        SolveOptions(effort=10**6),
        seen.append,
        stop=lambda: any(p.phase == "polish" for p in seen),
    )
    assert values(outcome)["uncovered"] == 0
    assert {"lines", "posts", "rota", "polish", "audit"} == {progress.phase for progress in seen}


def test_staff_beyond_the_budget_is_infeasible_with_a_reason() -> None:
    unit, rules = ward(budget=Budget(15_000, ()))
    outcome = solve(case(unit, rules), SMALL)
    assert outcome.status == "infeasible"
    assert outcome.rota is None
    assert outcome.reasons


def test_a_rule_too_large_for_the_lines_is_named_and_still_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnus.lines.graph.MOST_NODES", 4)
    unit, rules = ward(people=5, goals=("uncovered",))
    outcome = solve(case(unit, rules), SMALL)
    assert outcome.proof[0]["left_out"]
    assert outcome.rota is not None
    assert not audit(unit, rules, outcome.rota).hard


@pytest.mark.parametrize("weeks", [1, 2, 16])
def test_cycles_of_any_length(weeks: int) -> None:
    staff = [person(f"P{i}", under_minutes=900 * weeks, over_minutes=0) for i in range(3)]
    rows = tuple(row(day, (1,), 1, minutes=450, workers=frozenset({0})) for day in range(7 * weeks))
    unit = problem(*staff, weeks=weeks, rows=rows, goals=("uncovered",))
    rules = (DailyRest(rest_minutes=11 * 60), WeeklyRest(rest_minutes=35 * 60), MaxWorkingDaysInARow(days=5))
    outcome = solve(case(unit, rules), SMALL)
    assert outcome.status == "optimal"
    assert values(outcome) == {"uncovered": 0}


def test_a_person_without_any_lawful_line_is_named() -> None:
    nowhere = frozenset((day, action) for day in range(7) for action in (1, 2))
    bo = person("Bo", shifts=(DAY, NIGHT), bans=nowhere, under_minutes=60)
    unit, rules = ward()
    unit = dataclasses.replace(unit, classes=(*unit.classes, bo))
    outcome = solve(case(unit, (*rules, PersonalLimits())), SMALL)
    assert outcome.status == "infeasible"
    assert [finding.path for finding in outcome.reasons] == [("staff", 4)]


def test_a_window_of_half_a_year_is_left_out_of_the_lines_and_not_of_memory() -> None:
    unit, rules = ward(people=5, goals=("uncovered",))
    outcome = solve(case(unit, (*rules, WeekendFrequency(worked=8, of_weeks=26))), SMALL)
    assert [left["rule"] for left in outcome.proof[0]["left_out"]] == ["weekend_frequency"]
    assert outcome.status in ("optimal", "feasible", "unknown")


def test_surplus_is_never_bought_with_uncovered_demand() -> None:
    staff = [person(f"P{i}", under_minutes=450, over_minutes=0, shifts=(DAY, NIGHT)) for i in range(4)]
    rows = tuple(row(day, (1,), 2, most=2, minutes=450, workers=frozenset({0})) for day in range(6))
    unit = problem(*staff, shifts=(DAY, NIGHT), rows=rows, goals=("uncovered",))
    rules = (DailyRest(rest_minutes=11 * 60), MaxWorkingDaysInARow(days=5), SurplusLimit())
    outcome = solve(case(unit, rules), SMALL)
    assert outcome.rota is not None
    assert not audit(unit, rules, outcome.rota).hard


def test_a_time_alone_is_not_called_repeatable() -> None:
    unit, rules = ward(goals=("uncovered",))
    assert not solve(case(unit, rules), SolveOptions(time_seconds=60)).repeatable
    assert solve(case(unit, rules), SolveOptions(time_seconds=60, effort=500)).repeatable
