"""From a file to a case: load, index, build the rules, check by arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from turnus.case.precheck import precheck
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.problem import Problem, build_problem
from turnus.rules import Rule, build_rules
from turnus.scenario import Loaded, Scenario, load_scenario


@dataclass(frozen=True)
class Case:
    """What every verb works on: the file, the indexed problem, its rules and the file's hash.

    `notes` is what the planner should know before reading a result. `reachable_sizes` holds, for each
    class of posts in order, the sizes (hundredths of a percent) whose hours some set of shifts can make
    up; the problem's classes have no others.
    """

    scenario: Scenario
    problem: Problem
    rules: tuple[Rule, ...]
    sha256: str
    source: str
    notes: tuple[Finding, ...] = ()
    reachable_sizes: tuple[tuple[int, ...], ...] = ()


def load_case(path: FilePath, overrides: Sequence[str] = ()) -> Case:
    """Return the case in a scenario file, with `--set` overrides applied.

    Raises
    ------
    InputError
        With every mistake and its line and column.
    ImpossibleError
        When arithmetic alone proves that the demand cannot be met or no rota exists.
    """
    return case_of(load_scenario(path, overrides))


def case_of(loaded: Loaded) -> Case:
    """Return the case of a scenario that has been read; raises as `load_case` does."""
    scenario = loaded.scenario
    try:
        problem = build_problem(scenario)
        rules = build_rules(scenario, problem)
    except InputError as error:
        raise InputError(_located(loaded, error.findings), loaded.source) from None
    checked = precheck(scenario, problem, rules)
    if checked.errors:
        raise InputError(_located(loaded, checked.errors), loaded.source)
    if checked.impossible:
        raise ImpossibleError(_located(loaded, checked.impossible), loaded.source)
    return Case(
        scenario,
        checked.reduced(problem),
        rules,
        loaded.sha256,
        loaded.source,
        _located(loaded, checked.notes),
        checked.reachable_sizes,
    )


def _located(loaded: Loaded, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(map(loaded.located, findings))
