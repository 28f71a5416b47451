"""A limit on several weeks, added to a graph: it keeps exactly the lines that a line program may have."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.builders import DAY, EVERY_DAY, NIGHT, THREE, actions, person, problem, shift
from turnus.lines.far_window import MOST_STATES, can_be_added, with_far_window
from turnus.lines.graph import GraphTooLargeError, WeekGraph, free_graph, kind_graph, trimmed
from turnus.lines.implied import keeps, may_hold_for_all
from turnus.lines.model import NOT_BY_DAYS, TOO_LARGE, build_line_model
from turnus.lines.most_in_days import MostInDays, without_closed
from turnus.problem import Problem
from turnus.rules.base import Rule
from turnus.rules.kinds import RunLength, WindowSum
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.law.night_work import NightWork
from turnus.rules.structure.competence import Competence

COUNT, HOURS = (0, 1, 1, 1), (0, 450, 450, 585)
DAYS = "-D - -D -N - -D - - -D -N - DN -D -"
LOOSE = free_graph(4, roots=1)
THREE_IN_A_ROW = kind_graph(RunLength(frozenset({1, 2, 3}), longest=3), 4, [()], None)


def permits(graph: WeekGraph, line: tuple[int, ...], *, cyclic: bool) -> bool:
    """Whether a graph has a line; in a cycle from some node back to itself."""
    starts = range(graph.nodes[0]) if cyclic else graph.roots.tolist()
    return any(
        _walked(graph, start, line) in ((start,) if cyclic else range(graph.nodes[0])) for start in starts
    )


def _walked(graph: WeekGraph, node: int, line: tuple[int, ...]) -> int:
    for day, action in enumerate(line):
        if node >= 0:
            node = int(graph.follow[day % 7][node, action])
    return node


def sums(kind: WindowSum, line: tuple[int, ...], history: tuple[int, ...], *, cyclic: bool) -> list[int]:
    """The sum of every window that ends in the horizon, by definition."""
    found = []
    for last in range(6, len(line), 7):
        window = range(last - kind.days + 1, last + 1)
        if cyclic:
            found.append(sum(kind.weights[line[day % len(line)]] for day in window))
        else:
            known = (*history, *line)
            at = [day + len(history) for day in window]
            found.append(sum(kind.weights[known[day]] for day in at if day >= 0))
    return found


CASES = [
    (WindowSum(COUNT, 5, days=14), ""),
    (WindowSum(COUNT, 5, days=14), "DDD-DDD D-D----"),
    (WindowSum(HOURS, 2250, days=14), "D--D---"),
    (WindowSum(HOURS, 2385, days=21), "N------ D--D---"),
    (WindowSum(HOURS, 2384, days=21), "D---"),
    (WindowSum(COUNT, 3, days=7), "DDDDDDD"),
]


@pytest.mark.parametrize("base", [LOOSE, THREE_IN_A_ROW], ids=["loose", "runs"])
@pytest.mark.parametrize("cyclic", [True, False], ids=["cycle", "plan"])
@pytest.mark.parametrize(("kind", "past"), CASES)
def test_exactly_the_lines_that_keep_the_limit_are_left(
    kind: WindowSum, past: str, cyclic: bool, base: WeekGraph
) -> None:
    history = () if cyclic else actions(past)
    base = trimmed(base) if cyclic else base
    graph = with_far_window(base, kind, history)
    lines = list(product(*(actions(day) for day in DAYS.split())))
    kept = [
        line
        for line in lines
        if permits(base, line, cyclic=cyclic) and max(sums(kind, line, history, cyclic=cyclic)) <= kind.most
    ]
    assert kept == [line for line in lines if permits(graph, line, cyclic=cyclic)]


def test_costs_stay_what_they_were() -> None:
    costly = kind_graph(RunLength(frozenset({3}), longest=1), 4, [()], 5.0)
    graph = with_far_window(costly, WindowSum(COUNT, 2, days=14), ())
    node, paid = int(graph.roots[0]), list[float]()
    for action in (3, 3, 0):
        paid.append(float(graph.cost[len(paid)][node, action]))
        node = int(graph.follow[len(paid) - 1][node, action])
    assert paid == [0.0, 5.0, 0.0]


def test_a_graph_that_cannot_reach_the_limit_stays_as_it_is() -> None:
    graph = with_far_window(THREE_IN_A_ROW, WindowSum(COUNT, 24, days=28), ())
    assert graph.nodes == THREE_IN_A_ROW.nodes
    assert max(with_far_window(THREE_IN_A_ROW, WindowSum(COUNT, 20, days=28), ()).nodes) > 4


def test_too_many_sums_are_refused() -> None:
    weights = (0, *(2**at for at in range(12)))
    with pytest.raises(GraphTooLargeError):
        with_far_window(free_graph(13, roots=1), WindowSum(weights, 2**14, days=28), ())
    assert MOST_STATES < 60_000


@pytest.mark.parametrize(
    ("changes", "possible"),
    [({}, True), ({"least": 1}, False), ({"every": 1}, False), ({"days": 10}, False),
     ({"given": frozenset({3}), "given_least": 1}, False)],
)  # fmt: skip
def test_which_limits_can_be_added(changes: dict[str, Any], possible: bool) -> None:
    assert can_be_added(replace(WindowSum(COUNT, 5, days=14), **changes)) == possible


@pytest.mark.parametrize("rare_days", [None, 0, 1, 2, 9])
@pytest.mark.parametrize(("weekday", "days"), [(0, 1), (2, 3), (5, 4)])
def test_the_most_in_some_days_by_trying_all(weekday: int, days: int, rare_days: int | None) -> None:
    most = MostInDays(THREE_IN_A_ROW, HOURS, frozenset({3})).after(weekday, days, rare_days)
    for node in range(THREE_IN_A_ROW.nodes[weekday]):
        tried = [-np.inf]
        for line in product(range(4), repeat=days):
            at = node
            for day, action in enumerate(line):
                at = int(THREE_IN_A_ROW.follow[(weekday + day) % 7][at, action]) if at >= 0 else at
            if at >= 0 and (rare_days is None or line.count(3) <= rare_days):
                tried.append(sum(HOURS[action] for action in line))
        assert most[node] == max(tried)


def test_what_nobody_may_work_on_a_weekday_is_left_out() -> None:
    closed = np.zeros((7, 4), bool)
    assert without_closed(LOOSE, closed) is LOOSE
    closed[2, 3] = True
    graph = without_closed(LOOSE, closed)
    assert [int((table[:, 3] < 0).sum()) for table in graph.follow] == [0, 0, 1, 0, 0, 0, 0]


# 45 h a week let four weeks be 180 h, a little above the 177 h 20 min of a night worker.
RULES: tuple[Rule, ...] = (MaxHoursPerWeek.alike(45 * 60), Competence(), NightWork())
WEEKENDS = frozenset(day for day in EVERY_DAY if day % 7 in (5, 6))
LONG = shift("L", "07:30", "20:00", "long")


def left_out(unit: Problem, *rules: Rule) -> list[tuple[str, str]]:
    return [(left.rule, left.reason) for left in build_line_model(unit, rules or RULES).left_out]


def night_worker(unit: Problem, **changes: Any) -> WindowSum:
    (kind,) = NightWork(**changes).lower(unit, unit.classes[0])
    assert isinstance(kind, WindowSum)
    return kind


def test_a_limit_for_those_with_some_nights_is_held_by_all_where_the_others_keep_it_anyway() -> None:
    unit = problem(weeks=6, shifts=(NIGHT, replace(DAY, minutes=300)))  # 28 days of 5 h are 140 h
    graph, few = free_graph(3, roots=1), 10**6
    assert may_hold_for_all(unit, unit.classes[0], graph, few, night_worker(unit))
    # With 5 nights of 9 h 45 min and 23 days of 5 h they have 163 h 45 min; with 8 nights 178 h.
    assert may_hold_for_all(unit, unit.classes[0], graph, few, night_worker(unit, regular_nights=4))
    assert not may_hold_for_all(unit, unit.classes[0], graph, few, night_worker(unit, regular_nights=6))
    # In a cycle of a week one night is four of them in four weeks: 4 x 9 h 45 min + 24 x 5 h = 159 h.
    week = problem(shifts=(NIGHT, replace(DAY, minutes=300)))
    assert may_hold_for_all(week, week.classes[0], graph, few, night_worker(week, regular_nights=8))
    assert not may_hold_for_all(week, week.classes[0], graph, few, night_worker(week, regular_nights=12))


def test_night_work_is_part_of_the_line_program() -> None:
    shifts = (NIGHT, replace(DAY, minutes=300))
    exact = person(under_minutes=0, over_minutes=0)
    assert left_out(problem(exact, weeks=6, shifts=shifts)) == []
    # With 6 x 7 h 30 min in every week they may pass it without a night: who is meant, shows at the end only.
    assert left_out(problem(exact, weeks=6, shifts=THREE)) == [("night_work", NOT_BY_DAYS)]


def test_shifts_of_some_weekdays_do_not_count_on_the_others() -> None:
    unit = problem(
        weeks=6,
        shifts=(replace(DAY, minutes=300), replace(LONG, days=WEEKENDS, volunteers_only=False), NIGHT),
    )
    kind = night_worker(unit)
    closed = np.zeros((7, 4), bool)
    closed[:5, 2] = True
    graph = free_graph(4, roots=1)
    post = unit.classes[0]
    assert not may_hold_for_all(unit, post, graph, 10**6, kind)  # 28 x 12 h 30 min
    # 8 x 12 h 30 min + 20 x 5 h = 200 h, too; but with two of the weekends 175 h.
    assert not may_hold_for_all(unit, post, without_closed(graph, closed), 10**6, kind)
    closed[5, 2] = True
    assert may_hold_for_all(unit, post, without_closed(graph, closed), 10**6, kind)
    assert not keeps(unit, post, without_closed(graph, closed), 10**6, kind)


def test_what_is_too_large_is_named() -> None:
    many = tuple(shift(f"{at}", "20:00", "05:00", minutes=121 + 2**at) for at in range(9))
    rule = NightWork(mean_minutes=240)
    assert left_out(problem(weeks=6, shifts=many), rule) == [("night_work", TOO_LARGE)]
