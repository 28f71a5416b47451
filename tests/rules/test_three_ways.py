"""Checker, automaton and CP-SAT agree on every line, in both directions, and a moved bound is noticed.

A rule's test file may state `TRIALS` (name: trial; the name begins with the rule's id) and `FAULTS`
((trial, type of its first kind, faults that its lines are made to show)); `collected.py` finds them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.collected import FAULTS, TRIALS
from tests.rules.three_ways import EDGES, by_checker, disagreements
from turnus.lines.automata import has_automaton
from turnus.rules import RULES, Rule
from turnus.rules.kinds import Cells, ConvertedHours, Kind, RunningSum, Sequence, WeekEvents, WeekSums


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("name", TRIALS)
def test_checker_automaton_and_cpsat_agree_on_every_line(name: str, edge: str) -> None:
    trial = TRIALS[name]
    if edge == "after" and not trial.history:
        edge = "plan"
    assert disagreements(trial, edge) == {}


@pytest.mark.parametrize("name", sorted(set(TRIALS) - {"volunteers: one"}))
def test_the_trial_has_lines_that_keep_the_rule_and_lines_that_break_it(name: str) -> None:
    counts = set(by_checker(TRIALS[name], "cycle").values())
    assert 0 in counts
    assert max(counts) > 0


def moved(kind: Kind) -> Iterator[tuple[str, Kind]]:
    """Yield faults: a bound moved by one, one cell or step forgotten."""
    if isinstance(kind, ConvertedHours):
        yield from _moved_limits(kind)
        return
    for name in (
        "longest", "shortest", "minimum", "most", "least", "of_weeks", "days", "weeks", "of_groups",
        "given_least", "fewer_than",
    ):  # fmt: skip
        bound = getattr(kind, name, None)
        if bound is not None:
            yield f"{name}+1", replace(kind, **{name: bound + 1})
            yield f"{name}-1", replace(kind, **{name: bound - 1})
    if isinstance(kind, Sequence):
        yield "a step too few", replace(kind, steps=kind.steps[:-1])
        yield "a day later", replace(kind, weekdays=frozenset((day + 1) % 7 for day in kind.weekdays))
        for at, step in enumerate(kind.steps):
            for action in sorted(step):
                steps = (*kind.steps[:at], step - {action}, *kind.steps[at + 1 :])
                yield f"step {at} without {action}", replace(kind, steps=steps)
    if isinstance(kind, Cells):
        for cell in sorted(kind.forbidden):
            yield f"without {cell}", Cells(kind.forbidden - {cell})
    if isinstance(kind, RunningSum | WeekSums):
        for at, (least, most) in enumerate(kind.bounds):
            for fault, bounds in (("most-1", (least, most - 1)), ("least+1", (least + 1, most))):
                changed = (*kind.bounds[:at], bounds, *kind.bounds[at + 1 :])
                yield f"week {at + 1}: {fault}", replace(kind, bounds=changed)
    if isinstance(kind, WeekEvents):
        for cell in sorted(kind.cells):
            yield f"without {cell}", replace(kind, cells=kind.cells - {cell})


def _moved_limits(kind: ConvertedHours) -> Iterator[tuple[str, Kind]]:
    """Yield converted hours with a part of one of their limits a minute off, or without their credits."""
    for name, limit in (("least", kind.least), ("most", kind.most)):
        for at, part in enumerate(("full", "shortest", "longest")):
            for fault, minutes in (("+1", 1), ("-1", -1)):
                changed = (*limit[:at], limit[at] + minutes * kind.parts, *limit[at + 1 :])
                moved_limit: dict[str, Any] = {name: changed}
                yield f"{name} {part}{fault}", replace(kind, **moved_limit)
    yield "without credits", replace(kind, credits=tuple((0,) * len(day) for day in kind.credits))


@pytest.mark.parametrize(
    ("name", "kind_type", "fault"), [(n, k, f) for n, k, faults in FAULTS for f in faults]
)
def test_a_planted_fault_is_noticed_by_every_engine(name: str, kind_type: type[Kind], fault: str) -> None:
    trial = TRIALS[name]
    first, *others = trial.kinds("cycle")
    assert isinstance(first, kind_type)
    wrong = disagreements(trial, "cycle", (dict(moved(first))[fault], *others))
    with_automaton = {"automata"} if all(map(has_automaton, trial.kinds("cycle"))) else set()
    assert set(wrong) == {"cpsat", "hard cpsat"} | with_automaton


def test_every_rule_that_reaches_the_lines_is_tried() -> None:
    def lowers(rule: type[Rule]) -> bool:
        return rule.lowering == "line" and rule.lower is not Rule.lower

    assert {rule.id for rule in RULES if lowers(rule)} == {trial.rule.id for trial in TRIALS.values()}
