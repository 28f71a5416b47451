"""A rule three ways: its checker, the automata of its kinds, and their CP-SAT encoders, line by line.

A `Trial` lists which actions each day may take; every line that this allows is judged. What a line
costs by the automata is counted on the days of the horizon, after the known history, or in a cycle
once its state has come round.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ortools.sat.python import cp_model

from tests.builders import THREE, actions, one_line, person, problem
from turnus.cpsat import Line, encode
from turnus.lines.automata import Automaton, automaton_of, has_automaton
from turnus.lines.graph import history_state
from turnus.problem import Problem, Shift
from turnus.rules import Rule
from turnus.rules.kinds import Kind, PeriodicPattern

Counts = dict[tuple[int, ...], int]


@dataclass(frozen=True)
class Trial:
    """A rule, and the lines on which it is tried: `days` holds each day's letters, parted by spaces."""

    rule: Rule
    days: str
    history: str = ""
    shifts: tuple[Shift, ...] = THREE
    person: tuple[tuple[str, Any], ...] = ()
    weekend: tuple[str, str] = ("friday 21:00", "monday 00:00")

    def unit(self, edge: str) -> Problem:
        """Return the unit as a `cycle`, as a `plan` without history, or as a plan `after` the history."""
        history = self.history if edge == "after" else ""
        one = person(history=history, shifts=self.shifts, **dict(self.person))
        weeks = len(self.days.split()) // 7
        return problem(one, weeks=weeks, cyclic=edge == "cycle", shifts=self.shifts, weekend=self.weekend)

    def lines(self) -> Iterator[tuple[int, ...]]:
        """Yield every line that the days allow."""
        return product(*(actions(day, self.shifts) for day in self.days.split()))

    def kinds(self, edge: str) -> tuple[Kind, ...]:
        """Return what the rule lowers to for the trial's post."""
        unit = self.unit(edge)
        return self.rule.lower(unit, unit.classes[0])


EDGES = ("cycle", "plan", "after")


def by_checker(trial: Trial, edge: str) -> Counts:
    """Return how often each line breaks the rule by its own checker."""
    unit = trial.unit(edge)
    return {
        line: sum(breach.times for breach in trial.rule.violations(unit, one_line(unit, line)))
        for line in trial.lines()
    }


def by_automata(trial: Trial, edge: str, kinds: Sequence[Kind]) -> Counts:
    """Return how often each line breaks the kinds by their automata."""
    unit = trial.unit(edge)
    automata = [automaton_of(kind) for kind in kinds]
    return {line: sum(walked(unit, automaton, line) for automaton in automata) for line in trial.lines()}


def walked(unit: Problem, automaton: Automaton, line: Sequence[int]) -> int:
    """Return what an automaton counts on one line of a unit's first class."""
    state = history_state(automaton, unit.classes[0].history)
    if unit.cyclic:
        states = [state]
        for _ in range(20):  # more rounds than any kind looks back
            state, count = _round(automaton, states[-1], line)
            if state in states:
                break
            states.append(state)
        else:
            raise AssertionError("the automaton never comes round")
        # One that comes round only after several rounds finds a breach in every one of them.
        assert state == states[-1] or count
    return _round(automaton, state, line)[1]


def _round(automaton: Automaton, state: Hashable, line: Sequence[int]) -> tuple[Hashable, int]:
    total = 0
    for day, action in enumerate(line):
        state, count = automaton.step(day % 7, state, action)
        total += count
    return state, total


def by_cpsat(trial: Trial, edge: str, kinds: Sequence[Kind]) -> Counts:
    """Return the soft count of each line; the encoders may give it no second value."""
    counts: Counts = {}
    for line, count in _solutions(trial, trial.unit(edge), kinds, hard=False):
        assert counts.setdefault(line, count) == count
    return counts


def kept_by_cpsat(trial: Trial, edge: str, kinds: Sequence[Kind]) -> set[tuple[int, ...]]:
    """Return the lines that the hard encoders accept."""
    return {line for line, _ in _solutions(trial, trial.unit(edge), kinds, hard=True)}


def _solutions(
    trial: Trial, unit: Problem, kinds: Sequence[Kind], *, hard: bool
) -> list[tuple[tuple[int, ...], int]]:
    model = cp_model.CpModel()
    line = Line(model, unit, unit.classes[0])
    for day, letters in enumerate(trial.days.split()):
        for action in set(range(unit.actions)) - set(actions(letters, trial.shifts)):
            model.add(line.cells[day][action] == 0)
    count = model.new_int_var(0, 10**7, "")
    model.add(count == sum(encode(line, kind, hard=hard) for kind in kinds))
    found = _Collector(line, count)
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    assert solver.solve(model, found) in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return found.solutions


def solved(unit: Problem, kinds: Sequence[Kind], actions: Sequence[int], *, hard: bool) -> int | None:
    """Return what CP-SAT counts on one line of a unit's first class; None when it refuses the line."""
    model = cp_model.CpModel()
    line = Line(model, unit, unit.classes[0])
    for day, action in enumerate(actions):
        model.add(line.cells[day][action] == 1)
    count = model.new_int_var(0, 10**7, "")
    model.add(count == sum(encode(line, kind, hard=hard) for kind in kinds))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return int(solver.value(count)) if status == cp_model.OPTIMAL else None


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, line: Line, count: cp_model.IntVar) -> None:
        super().__init__()
        self.line, self.count = line, count
        self.solutions: list[tuple[tuple[int, ...], int]] = []

    def on_solution_callback(self) -> None:
        chosen = tuple(
            next(action for action, cell in enumerate(day) if self.boolean_value(cell))
            for day in self.line.cells
        )
        self.solutions.append((chosen, self.value(self.count)))


def disagreements(
    trial: Trial, edge: str, kinds: Sequence[Kind] | None = None
) -> dict[str, list[tuple[int, ...]]]:
    """Return, by engine, the lines it judges otherwise than the checker; empty when all agree."""
    meant = trial.kinds(edge) if kinds is None else kinds
    truth = by_checker(trial, edge)
    engines = {"cpsat": by_cpsat(trial, edge, meant)}
    if all(map(has_automaton, meant)):
        engines["automata"] = by_automata(trial, edge, meant)
    if any(isinstance(kind, PeriodicPattern) for kind in meant) and "automata" in engines:
        # Its automaton tells whether a line fits, not by how many days.
        engines["automata"] = {
            line: truth[line] if count and truth[line] else count
            for line, count in engines["automata"].items()
        }
    wrong = {
        name: sorted(line for line in truth if counts.get(line) != truth[line])
        for name, counts in engines.items()
    }
    kept = {line for line, count in truth.items() if not count}
    wrong["hard cpsat"] = sorted(kept ^ kept_by_cpsat(trial, edge, meant))
    return {name: lines for name, lines in wrong.items() if lines}
