"""Sums over windows of days: by definition, by the automaton and by CP-SAT, on every line of a horizon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from tests.builders import actions, person, problem
from tests.rules.three_ways import EDGES, Trial, disagreements, walked
from turnus.lines.automata import automaton_of, has_automaton
from turnus.lines.graph import GraphTooLargeError, kind_graph
from turnus.problem import Problem, Rota
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.kinds import WindowSum


class ByDefinition(Rule):
    """Reads windows day by day as the kind's text says: the checker of these trials."""

    id: ClassVar[str] = "by_definition"
    source: ClassVar[Source] = Source("")
    unit: ClassVar[str] = "windows"

    kind: Any

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each window outside."""
        kind, line = self.kind, rota.lines[0].tolist()
        known = list(problem.classes[0].history) + line
        before = len(known) - len(line)
        if sum(line.count(action) for action in kind.given) < kind.given_least:
            return
        for last in range(problem.days):
            window = range(last - kind.days + 1, last + 1)
            if window.start % kind.every:
                continue
            if problem.cyclic:
                acts = [line[day % len(line)] for day in window]
            else:
                acts = [known[day + before] for day in window if day + before >= 0]
            total = sum(kind.weights[action] for action in acts)
            if total > kind.most or (total < kind.least and len(acts) == len(window)):
                yield Breach(self.id, 0, last, 1, self.unit)


ONE_WEEK = "-D -N -D -DN -A -D -N"
TWO_WEEKS = "-D - -D -N - -D - - -D -N - D -D -"
THREE_WEEKS = "-D - - - -N - - -D - - D - - - -D - - - - -N -"
COUNT = (0, 1, 1, 1)
HOURS = (0, 450, 450, 585)

CASES = {
    "a week": (WindowSum(HOURS, 1800), ONE_WEEK, "DDDD"),
    "a week with a least": (WindowSum(HOURS, 1800, least=900), ONE_WEEK, "DDDD"),
    "two weeks": (WindowSum(HOURS, 2400, days=14), TWO_WEEKS, "DDDD D--N---"),
    "two weeks with a least": (WindowSum(COUNT, 4, days=14, least=2), TWO_WEEKS, "D D--N---"),
    "two weeks after a longer past": (WindowSum(COUNT, 5, days=14, least=3), TWO_WEEKS, "D-D---- -D-----"),
    "longer than the cycle": (WindowSum(COUNT, 9, days=21, least=5), ONE_WEEK, "---- D--N---"),
    "three weeks of which two fit the cycle": (WindowSum(COUNT, 5, days=21), TWO_WEEKS, "D--DD---"),
    "any three days": (WindowSum(COUNT, 2, days=3, every=1), ONE_WEEK, "DD"),
    "any three days with a least": (WindowSum(COUNT, 2, days=3, every=1, least=1), ONE_WEEK, "--"),
    "any ten days": (WindowSum(COUNT, 4, days=10, every=1, least=1), TWO_WEEKS, "DD-D"),
    "each day": (WindowSum(HOURS, 450, days=1, every=1), ONE_WEEK, "N"),
    "given": (WindowSum(COUNT, 3, given=frozenset({3}), given_least=2), ONE_WEEK, "DDNN"),
    "given over two weeks": (
        WindowSum(HOURS, 1500, days=14, least=600, given=frozenset({3}), given_least=1), TWO_WEEKS, "D--N---"
    ),
    "given more than there are": (WindowSum(COUNT, 1, given=frozenset({3}), given_least=8), ONE_WEEK, "D"),
    "given to everybody": (WindowSum(COUNT, 3, given=frozenset({3})), ONE_WEEK, "D"),
    "three weeks": (WindowSum(COUNT, 4, days=21, least=2), THREE_WEEKS, "DD"),
    "nothing weighs": (WindowSum((0, 0, 0, 0), 0), ONE_WEEK, "D"),
    "nothing weighs, and something is owed": (WindowSum((0, 0, 0, 0), 3, least=1), ONE_WEEK, "D"),
}  # fmt: skip


def trial_of(name: str) -> tuple[WindowSum, Trial]:
    kind, days, history = CASES[name]
    return kind, Trial(ByDefinition(kind=kind), days, history.replace(" ", ""))


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("name", CASES)
def test_definition_automaton_and_cpsat_agree_on_every_line(name: str, edge: str) -> None:
    kind, trial = trial_of(name)
    assert disagreements(trial, edge, (kind,)) == {}


@pytest.mark.parametrize("fault", ["most", "least"])
@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("name", ["a week with a least", "two weeks with a least", "any ten days"])
def test_a_bound_moved_by_one_is_noticed_by_every_engine(name: str, fault: str, step: int) -> None:
    kind, trial = trial_of(name)
    distance = 450 if max(kind.weights) > 1 else 1
    moved = replace(kind, **{fault: getattr(kind, fault) + step * distance})
    assert set(disagreements(trial, "cycle", (moved,))) == {"automata", "cpsat", "hard cpsat"}


@pytest.mark.parametrize(
    ("kind", "joins"),
    [
        (WindowSum(COUNT, 3), True),
        (WindowSum(COUNT, 3, least=1), True),
        (WindowSum(COUNT, 3, days=56), True),
        (WindowSum(COUNT, 3, days=10, every=1), True),
        (WindowSum(COUNT, 3, days=10), False),  # would begin on a Monday and end on a Wednesday
        (WindowSum(COUNT, 3, days=14, every=14), False),
        (WindowSum(COUNT, 3, given=frozenset({3}), given_least=1), False),  # who, is known in the end only
    ],
)
def test_it_is_told_which_windows_have_an_automaton(kind: WindowSum, joins: bool) -> None:
    assert has_automaton(kind) == joins


def test_a_window_that_can_never_be_passed_has_one_state_a_day() -> None:
    graph = kind_graph(WindowSum(COUNT, 28, days=28), 4, [()], None)
    assert graph.nodes == (1,) * 7


def test_hours_of_eight_weeks_are_too_many_states() -> None:
    with pytest.raises(GraphTooLargeError):
        kind_graph(WindowSum(HOURS, 8 * 48 * 60, days=56), 4, [()], None)


def test_a_history_that_begins_in_mid_week_owes_nothing_for_that_week() -> None:
    unit = problem(person(history="D--"), cyclic=False)
    kind = WindowSum(COUNT, 7, days=14, least=3)
    assert walked(unit, automaton_of(kind), actions("-------")) == 0
    whole = problem(person(history="D------"), cyclic=False)
    assert walked(whole, automaton_of(kind), actions("-------")) == 1
