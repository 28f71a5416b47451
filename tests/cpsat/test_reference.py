"""The reference model: the best rota by brute force, statuses, hours, limits and repeatability."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.builders import DAY, EVENING, HOUR, THREE, one_line, person, problem, row
from turnus.audit import audit
from turnus.cpsat import reference_model, repair, solve_reference
from turnus.problem import Post, Problem, Rota
from turnus.rules import Rule
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.whole_weekends import WholeWeekends
from turnus.rules.health.even_hours import EvenHours
from turnus.rules.health.isolated_days_off import IsolatedDaysOff
from turnus.rules.health.isolated_working_days import IsolatedWorkingDays
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.structure.hours_of_post import HoursOfPost
from turnus.rules.structure.leave import Leave
from turnus.rules.structure.personal_limits import PersonalLimits
from turnus.rules.structure.surplus_limit import SurplusLimit

TWO = (DAY, EVENING)
RULES: tuple[Rule, ...] = (
    MaxWorkingDaysInARow(days=3),
    WeeklyRest(rest_minutes=35 * HOUR),
    WholeWeekends(),
    HoursOfPost(),
    SurplusLimit(),
    Leave(),
)
SOFT: tuple[Rule, ...] = (
    IsolatedWorkingDays(strength="soft", weight=3),
    IsolatedDaysOff(strength="soft"),
    EvenHours(step_minutes=HOUR),
)
TIGHT: dict[str, Any] = {"full_week_minutes": 30 * HOUR, "under_minutes": 8 * HOUR, "over_minutes": 0}
SECONDS = 5.0


def ward(cyclic: bool = True) -> Problem:
    """Two people, one of them away on Wednesday, and more demand than they can cover."""
    kari = person("Kari", history="DD", sizes=(5000, 10000), **TIGHT)
    ola = person("Ola", history="-D", leave=frozenset({2}), **TIGHT)
    rows = [row(day, (1,), need, most=need, value=day + 1) for day, need in enumerate((2, 1, 1, 2, 1, 1, 1))]
    return problem(kari, ola, cyclic=cyclic, shifts=(DAY,), rows=tuple(rows))


POSTS = [Post(0, 10000), Post(1, 10000)]


def uncovered(unit: Problem, rota: Rota) -> int:
    total = 0
    for one in unit.rows:
        there = sum(
            any(rota.lines[post, day] == action for day, action in one.cells)
            for post in range(len(rota.posts))
        )
        total += max(0, one.need - there) * one.minutes * one.value
    return total


def best_by_hand(unit: Problem, rules: tuple[Rule, ...]) -> int:
    """The least uncovered demand over all pairs of lines that the checkers accept."""
    lines = list(product(range(unit.actions), repeat=unit.days))
    rotas = (
        Rota(tuple(POSTS), np.array(pair, dtype=np.int16)) for pair in product(*_lawful(unit, rules, lines))
    )
    return min(uncovered(unit, one) for one in rotas if audit(unit, (SurplusLimit(),), one).lawful)


def _lawful(
    unit: Problem, rules: tuple[Rule, ...], lines: list[tuple[int, ...]]
) -> list[list[tuple[int, ...]]]:
    alone = [rule for rule in rules if rule.lowering == "line"]
    found = []
    for post in POSTS:
        kept = [
            line
            for line in lines
            if audit(unit, alone, Rota((post,), np.array([line], dtype=np.int16))).lawful
        ]
        found.append(kept)
    return found


@pytest.mark.parametrize("cyclic", [True, False])
def test_the_reference_model_finds_the_best_rota_of_brute_force(cyclic: bool) -> None:
    unit = ward(cyclic)
    solved = solve_reference(unit, RULES, POSTS, SECONDS, seed=1)
    assert solved.status == "optimal"
    assert solved.lines is not None
    rota = Rota(tuple(POSTS), solved.lines)
    assert audit(unit, RULES, rota).hard == ()
    assert solved.uncovered == uncovered(unit, rota) == best_by_hand(unit, RULES)
    assert solved.bound == solved.uncovered


def test_hours_are_those_of_the_posts_size() -> None:
    unit = ward()
    half = [Post(0, 5000), Post(1, 10000)]
    solved = solve_reference(unit, RULES, half, SECONDS, seed=1)
    assert solved.lines is not None
    assert (solved.lines[0] > 0).sum() == 2  # 15 h of at most 15, at least 7
    assert (solved.lines[1] > 0).sum() in (3, 4)


def test_a_surplus_limit_binds_only_with_its_rule() -> None:
    unit = problem(person(), rows=(row(0, (1, 2, 3), 0, most=0),))
    monday_worked = np.array([[1, 0, 0, 0, 0, 0, 0]], dtype=np.int16)
    fixed = {0: monday_worked[0]}
    assert (
        solve_reference(unit, (SurplusLimit(),), [Post(0, 10000)], 1, 1, fixed=fixed).status == "infeasible"
    )
    assert solve_reference(unit, (), [Post(0, 10000)], 1, 1, fixed=fixed).status == "optimal"


def test_an_impossible_unit_has_no_lines() -> None:
    unit = problem(person(full_week_minutes=31 * HOUR, under_minutes=0, over_minutes=0), shifts=TWO)
    solved = solve_reference(unit, (HoursOfPost(),), [Post(0, 10000)], SECONDS, seed=1)
    assert (solved.status, solved.lines, solved.uncovered, solved.bound) == ("infeasible", None, None, None)


def test_no_time_is_no_answer() -> None:
    unit = problem(
        *[person(f"P{n}", **TIGHT) for n in range(8)],
        weeks=6,
        rows=tuple(row(d, (1, 2, 3), 3) for d in range(42)),
    )
    posts = [Post(n, 10000) for n in range(8)]
    solved = solve_reference(unit, RULES, posts, 1e-6, seed=1)
    assert (solved.status, solved.lines) == ("unknown", None)


def test_the_same_seed_gives_the_same_rota() -> None:
    unit = problem(
        *[person(f"P{n}", **TIGHT) for n in range(3)],
        weeks=2,
        rows=tuple(row(d, (1, 2), 1) for d in range(14)),
    )
    posts = [Post(n, 10000) for n in range(3)]
    one, two = (solve_reference(unit, RULES, posts, 0.5, seed=7) for _ in range(2))
    assert one.lines is not None
    assert two.lines is not None
    assert (one.lines == two.lines).all()


def test_health_is_minimised_without_losing_cover() -> None:
    unit = problem(
        person(full_week_minutes=37 * HOUR + 30, under_minutes=8 * HOUR, over_minutes=0),
        shifts=(DAY,), rows=tuple(row(day, (1,), 1) for day in (0, 1, 3)),
    )  # fmt: skip
    rules = (*RULES, *SOFT)
    plain = solve_reference(unit, rules, [Post(0, 10000)], SECONDS, seed=1)
    healthy = solve_reference(unit, rules, [Post(0, 10000)], SECONDS, seed=1, health=True)
    assert healthy.lines is not None
    assert healthy.uncovered == plain.uncovered == 0
    found = audit(unit, rules, one_line(unit, healthy.lines[0].tolist()))
    points = {rule.id: rule.weight for rule in rules}
    best = min(
        sum(points[b.rule] * b.times for b in audit(unit, rules, one_line(unit, line)).soft)
        for line in product((0, 1), repeat=7)
        if line[0] and line[1] and line[3] and audit(unit, rules, one_line(unit, line)).lawful
    )
    assert found.lawful
    assert sum(points[b.rule] * b.times for b in found.soft) == best > 0


def test_the_model_counts_health_only_when_asked() -> None:
    unit = problem()
    assert reference_model(unit, (*RULES, *SOFT), [Post(0, 10000)]).health == 0


def broken_rota() -> Rota:
    lines = [[1, 1, 1, 1, 1, 1, 1], [1, 1, 0, 1, 0, 0, 0]]
    return Rota(tuple(POSTS), np.array(lines, dtype=np.int16))


def test_repair_makes_the_free_posts_lawful_and_leaves_the_others() -> None:
    unit = ward()
    before = broken_rota()
    assert {breach.post for breach in audit(unit, RULES, before).hard} >= {0}
    after = repair(unit, RULES, before, [0], SECONDS, seed=1)
    assert after is not None
    assert (after.lines[1] == before.lines[1]).all()
    assert {breach.post for breach in audit(unit, RULES, after).hard} <= {1}


def test_repair_never_loses_cover_of_a_lawful_rota() -> None:
    unit = ward()
    solved = solve_reference(unit, RULES, POSTS, SECONDS, seed=1)
    assert solved.lines is not None
    rota = Rota(tuple(POSTS), solved.lines)
    after = repair(unit, RULES, rota, [0, 1], SECONDS, seed=2)
    assert after is not None
    assert uncovered(unit, after) == solved.uncovered


def test_repair_that_cannot_be_has_no_rota() -> None:
    unit = problem(person(pins=(), leave=frozenset(range(7)), **(TIGHT | {"under_minutes": 0})), shifts=THREE)
    hours = HoursOfPost()
    kept = repair(unit, (hours, Leave()), one_line(unit, [1] * 7), [0], SECONDS, seed=1)
    assert kept is not None  # a week of leave asks for no hours
    assert not kept.lines.any()
    impossible = problem(
        person(leave=frozenset(range(6)), full_week_minutes=100 * HOUR, under_minutes=0, over_minutes=0)
    )
    assert repair(impossible, (hours, Leave()), one_line(impossible, [0] * 7), [0], SECONDS, seed=1) is None


def test_the_hours_of_a_converted_post_follow_from_its_line() -> None:
    # A night and three others are 1935 min, at most 90 less than the post's where Sundays and nights take 225
    # min or more off the 2250: the night 120, a Sunday by day 75 or in the evening 81.25, an evening 18.75.
    converted = person(converted=True, full_week_minutes=2130, under_minutes=90, over_minutes=0)
    unit = problem(converted)
    rules = (HoursOfPost(), EvenHours())
    built = solve_reference(unit, rules, [Post(0, 10000)], SECONDS, seed=1, health=True)
    assert built.lines is not None
    line = built.lines[0].tolist()
    assert audit(unit, rules, one_line(unit, line)).hard == ()
    assert line[6] in (1, 2)
    without = problem(replace(converted, bans=frozenset({(5, 2), (6, 1), (6, 2)})))
    assert solve_reference(
        without, (HoursOfPost(), PersonalLimits()), [Post(0, 10000)], SECONDS, seed=1
    ).status == ("infeasible")
