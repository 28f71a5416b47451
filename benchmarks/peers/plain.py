"""The plain model: a Boolean for each person, day and shift, as in OR-Tools' published rota example.

Rules are sums and clauses over these Booleans, demand is counted with missing and surplus people. What a
rule says is read from its kinds, so that everybody solves the same case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.peers.linear import Linear, Terms
from turnus.clock import DAY_MINUTES, WEEK_DAYS
from turnus.problem import FULL_TIME, OFF, Post, PostClass, Problem, Row
from turnus.rules import Rule
from turnus.rules.kinds import (
    Cells,
    ClockGap,
    HorizonSum,
    Kind,
    PlanShifts,
    PlanWeeks,
    RestInWeek,
    RunLength,
    WeekEvents,
    WindowSum,
)
from turnus.rules.kinds import Sequence as Steps

Lines = npt.NDArray[np.int16]


@dataclass
class Person:
    """One person's Booleans, `cells[day][action]`."""

    model: Linear
    problem: Problem
    post: PostClass

    def __post_init__(self) -> None:
        self.cells = [[self.model.new() for _ in range(self.problem.actions)] for _ in self.days]
        for day in self.cells:
            self.model.add([(1, one) for one in day], 1, 1)

    @property
    def days(self) -> range:
        """Return the days of the horizon."""
        return range(self.problem.days)

    def known(self, day: int) -> bool:
        """Whether a day is in the horizon, wrapped round in a cycle."""
        return self.problem.cyclic or 0 <= day < self.problem.days

    def on(self, day: int, actions: Iterable[int], by: int = 1) -> Terms:
        """Return "works one of the actions on this day", `by` times."""
        return [(by, self.cells[day % self.problem.days][action]) for action in sorted(actions)]

    def minutes(self, days: Iterable[int], weights: Sequence[int]) -> Terms:
        """Return the sum of the actions' weights over days."""
        return [
            (weight, self.cells[day % self.problem.days][action])
            for day in days
            for action, weight in enumerate(weights)
            if weight
        ]

    def windows(self, length: int, every: int = 1) -> list[range]:
        """Return the stretches of so many days that lie in the horizon, wrapped round in a cycle."""
        firsts = range(0, self.problem.days, every)
        return [range(day, day + length) for day in firsts if self.known(day + length - 1)]


def add_kind(person: Person, kind: Kind) -> None:
    """Add what a kind says of one person; TypeError for a kind that the plain model has no words for."""
    ADD[type(kind)](person, kind)


def _run_length(person: Person, kind: RunLength) -> None:
    others = frozenset(range(person.problem.actions)) - kind.members
    if kind.longest is not None and kind.longest < person.problem.days:
        for days in person.windows(kind.longest + 1):
            person.model.add([t for day in days for t in person.on(day, kind.members)], most=kind.longest)
    for length in range(1, kind.shortest or 0):
        for days in person.windows(length + 2):
            inside = [t for day in days[1:-1] for t in person.on(day, kind.members)]
            edges = person.on(days[0], others) + person.on(days[-1], others)
            person.model.add(edges + inside, most=length + 1)


def _steps(person: Person, kind: Steps) -> None:
    for days in person.windows(len(kind.steps)):
        if days[0] % WEEK_DAYS in kind.weekdays:
            terms = [t for day, step in zip(days, kind.steps, strict=True) for t in person.on(day, step)]
            person.model.add(terms, most=len(kind.steps) - 1)


def _clock_gap(person: Person, kind: ClockGap) -> None:
    for off in range(person.problem.days):
        close = {
            one: [two for two in kind.before if _rest(kind, one, two, off + 1) < kind.minimum]
            for one in kind.after
        }
        if not any(close.values()):
            return
        for days in person.windows(off + 2):
            for one, after in close.items():
                between = [t for day in days[1:-1] for t in person.on(day, {OFF})]
                if after:
                    ends = person.on(days[0], {one}) + person.on(days[-1], after)
                    person.model.add(ends + between, most=off + 1)


def _rest(kind: ClockGap | RestInWeek, one: int, two: int, days: int) -> int:
    return days * DAY_MINUTES + kind.starts[two] - kind.ends[one]


def _rest_in_week(person: Person, kind: RestInWeek) -> None:
    worked = person.problem.worked
    if not kind.straddle or kind.begins:
        raise TypeError("rest inside the week only")
    for monday in range(0, person.problem.days, WEEK_DAYS):
        resting = []
        for day in range(monday, monday + WEEK_DAYS):
            rests = person.model.new()
            resting.append((1, rests))
            person.model.add([(1, rests), *person.on(day, {OFF}, -1)], most=0)
            if not (person.known(day - 1) and person.known(day + 1)):
                continue
            for one in worked:
                after = [two for two in worked if _rest(kind, one, two, 2) < kind.minimum]
                if after:
                    terms = [(1, rests), *person.on(day - 1, {one}), *person.on(day + 1, after)]
                    person.model.add(terms, most=2)
        person.model.add(resting, 1)


def _window_sum(person: Person, kind: WindowSum) -> None:
    highest = max(kind.weights)
    holds: Terms = []
    if kind.given:
        night = person.model.new()
        days = [t for day in person.days for t in person.on(day, kind.given)]
        person.model.add([*days, (-person.problem.days, night)], most=kind.given_least - 1)
        holds = [(highest * kind.days, night)]
    for window in person.windows(kind.days, kind.every):
        beyond = highest * kind.days if holds else 0
        person.model.add(person.minutes(window, kind.weights) + holds, kind.least, kind.most + beyond)


def _weeks_with(person: Person, cells: frozenset[tuple[int, int]]) -> list[int]:
    """Return a Boolean for each week: is one of the cells (weekday, action) worked."""
    weeks = []
    for monday in range(0, person.problem.days, WEEK_DAYS):
        week = person.model.new()
        for weekday in sorted({day for day, _ in cells}):
            actions = {action for day, action in cells if day == weekday}
            person.model.add([*person.on(monday + weekday, actions), (-1, week)], most=0)
        weeks.append(week)
    return weeks


def _week_events(person: Person, kind: WeekEvents) -> None:
    weeks = _weeks_with(person, kind.cells)
    for first in range(len(weeks) if person.problem.cyclic else len(weeks) - kind.of_weeks + 1):
        stretch = [weeks[(first + at) % len(weeks)] for at in range(kind.of_weeks)]
        person.model.add([(1, week) for week in stretch], most=kind.most)


def _plan_weeks(person: Person, kind: PlanWeeks) -> None:
    person.model.add([(1, week) for week in _weeks_with(person, kind.cells)], most=kind.most)


def _plan_shifts(person: Person, kind: PlanShifts) -> None:
    person.model.add([t for day in person.days for t in person.on(day, kind.members)], most=kind.most)


def _cells(person: Person, kind: Cells) -> None:
    for day, action in sorted(kind.forbidden):
        person.model.add(person.on(day, {action}), most=0)


def _horizon_sum(person: Person, kind: HorizonSum) -> None:
    person.model.add(person.minutes(person.days, kind.weights), kind.least, kind.most)


ADD: dict[type, Callable[[Person, Any], None]] = {
    Cells: _cells, ClockGap: _clock_gap, HorizonSum: _horizon_sum, PlanShifts: _plan_shifts,
    PlanWeeks: _plan_weeks, RestInWeek: _rest_in_week, RunLength: _run_length, Steps: _steps,
    WeekEvents: _week_events, WindowSum: _window_sum,
}  # fmt: skip


def rota_model(problem: Problem, rules: Sequence[Rule], posts: Sequence[Post]) -> tuple[Linear, list[Person]]:
    """Return the model of given posts' lines, at least missing people, wishes and surplus where priced."""
    model, people = Linear(), []
    for post in posts:
        sized = replace(problem.classes[post.class_index], sizes=(post.size,))
        person = Person(model, problem, sized)
        least, most = sized.window(post.size, problem.days)
        person.model.add(person.minutes(person.days, problem.minutes), least, most)
        _keep_rules(person, rules)
        _wishes(person)
        people.append(person)
    for row in problem.rows:
        _cover(model, people, row)
    return model, people


def _keep_rules(person: Person, rules: Sequence[Rule], leave_out: frozenset[type] = frozenset()) -> None:
    for rule in rules:
        if rule.hard and rule.lowering == "line" and rule.applies_to(person.post):
            for kind in rule.lower(person.problem, person.post):
                if type(kind) not in leave_out:
                    add_kind(person, kind)


def _wishes(person: Person) -> None:
    for wish in person.post.wishes:
        for _, cell in person.on(wish.day, frozenset(range(person.problem.actions)) - wish.actions):
            person.model.cost[cell] = person.model.cost.get(cell, 0) + wish.strength


def _cover(model: Linear, people: Sequence[Person], row: Row) -> None:
    able = [person for person in people if person.post.competence in row.workers]
    present = [t for person in able for day, action in row.cells for t in person.on(day, {action})]
    missing: Terms = []
    if row.need:
        missing = [(1, model.new(row.need))]
        model.cost[missing[0][1]] = row.minutes * row.value
        model.add(present + missing, row.need)
    if row.most is not None and row.surplus_value is not None:
        over = model.new(len(people))
        model.cost[over] = row.minutes * row.surplus_value
        model.add([*present, (-1, over)], most=row.most)
    elif row.most is not None:
        model.add(present, most=row.most)


def posts_model(
    problem: Problem, rules: Sequence[Rule], heads: Sequence[int]
) -> tuple[Linear, list[Person], list[dict[int, int]]]:
    """Return the model in which sizes are variables too: so many possible heads of each class.

    Uncovered minutes come first, then full-time posts, for a row of demand weighs more than all posts.
    """
    model, people, sizes = Linear(), [], []
    for class_index, count in enumerate(heads):
        for _ in range(count):
            post = problem.classes[class_index]
            person = Person(model, problem, post)
            chosen = {size: model.new() for size in post.sizes}
            model.add([(1, one) for one in chosen.values()], most=1)
            windows = {size: post.window(size, problem.days) for size in post.sizes}
            minutes = person.minutes(person.days, problem.minutes)
            model.add(minutes + [(-windows[size][0], one) for size, one in chosen.items()], least=0)
            model.add(minutes + [(-windows[size][1], one) for size, one in chosen.items()], most=0)
            _keep_rules(person, rules, frozenset({HorizonSum}))
            model.cost[chosen[FULL_TIME]] = -1
            people.append(person)
            sizes.append(chosen)
    for row in problem.rows:
        _cover(model, people, row)
    _budget(model, problem, people, sizes)
    return model, people, sizes


def _budget(
    model: Linear, problem: Problem, people: Sequence[Person], sizes: Sequence[dict[int, int]]
) -> None:
    everybody = range(len(problem.competences))
    limits = [(everybody, problem.budget.total)]
    limits += [(range(one, one + 1), most) for one, most in problem.budget.by_competence]
    for competences, most in limits:
        terms = [
            (size, one)
            for person, chosen in zip(people, sizes, strict=True)
            if person.post.competence in competences
            for size, one in chosen.items()
        ]
        model.add(terms, most=most)


def lines_of(people: Sequence[Person], values: Sequence[float]) -> Lines:
    """Return the lines of a solution."""
    return np.array(
        [
            [next(a for a, cell in enumerate(day) if values[cell] > 0.5) for day in one.cells]
            for one in people
        ],
        np.int16,
    )
