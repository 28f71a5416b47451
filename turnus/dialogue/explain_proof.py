"""Whether a scenario can keep some conditions: proven impossible, shown possible, or left open by the bounds.

A conflict is found by deletion with such proofs alone, and proven again by plain solves with other settings:
what a solver names as the core of its refutation is never taken for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from turnus.audit import audit
from turnus.case import Case
from turnus.dialogue.answer import Answer
from turnus.dialogue.explain_elements import Element, without
from turnus.dialogue.runs import NO_VALUES, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.goals import DIRECTION, Condition, conditions_of, goal_values
from turnus.problem import Post, Rota

Verdict = Literal["impossible", "possible", "open"]
How = Literal["arithmetic", "bound", "reference", "certificate"]
#: The reference model proves in a blink up to about so many days of people's work.
_MOST_PERSON_DAYS = 250
_REFERENCE_SECONDS = 2.0  # deterministic
_NEAR = 1e-6


@dataclass(frozen=True)
class Judge:
    """Judges scenarios against conditions.

    Bounds of the staffing plan come first; then, where posts are given and few, the exact reference model.
    """

    runs: Runs
    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)
    stop: Callable[[], bool] | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return what has to be kept."""
        return conditions_of(self.at_least, self.at_most)

    def judge(self, variant: Variant) -> tuple[Verdict, How]:
        """Return the verdict, and what it rests on."""
        if variant.case is None:
            return "impossible", "arithmetic"
        answer = self.runs.bound(variant, at_least=self.at_least, at_most=self.at_most, stop=self.stop)
        if answer.impossible:
            return "impossible", "bound"
        found = by_reference(variant.case, self.conditions, self.runs.seed)
        return (found, "reference") if found is not None else ("open", "bound")

    def refutes(self, variant: Variant) -> bool:
        """Whether it is proven that the scenario cannot keep the conditions."""
        return self.judge(variant)[0] == "impossible"


def by_reference(case: Case, conditions: Sequence[Condition], seed: int) -> Verdict | None:
    """Return what the exact model says; None where posts are not given, are too many, or time ran out.

    It decides about the rules and the uncovered demand; other conditions follow from the posts.
    """
    problem = case.problem
    given = all(one.named and len(one.sizes) == 1 for one in problem.classes)
    if not given or len(problem.classes) * problem.days > _MOST_PERSON_DAYS:
        return None
    from turnus.cpsat.reference import solve_reference

    posts = tuple(Post(index, one.sizes[0]) for index, one in enumerate(problem.classes))
    most = next((one.value for one in conditions if one.goal == "uncovered"), None)
    solved = solve_reference(problem, case.rules, posts, _REFERENCE_SECONDS, seed)
    if solved.status == "infeasible":
        return "impossible"
    if most is not None and solved.bound is not None and solved.bound > most + _NEAR:
        return "impossible"
    if solved.lines is None:
        return None
    rota = Rota(posts, solved.lines)
    values = goal_values(problem, case.rules, rota)
    lawful = not audit(problem, case.rules, rota).hard
    return "possible" if lawful and all(one.holds(values[one.goal]) for one in conditions) else None


def shrunk(
    variant: Variant, elements: Sequence[Element], refutes: Callable[[Variant], bool]
) -> list[Element] | None:
    """Return a minimal part of the elements that is refuted by itself, by deletion in halves.

    None when the scenario is refuted even without all of them.
    """
    every = {one.id for one in elements}
    if refutes(without(variant, every)):
        return None
    gone: set[str] = set()

    def delete(part: Sequence[Element]) -> None:
        trial = gone | {one.id for one in part}
        if refutes(without(variant, trial)):
            gone.update(trial)
        elif len(part) > 1:
            middle = len(part) // 2
            delete(part[:middle])
            delete(part[middle:])

    kinds = dict.fromkeys(one.kind for one in elements)
    for kind in kinds:
        delete([one for one in elements if one.kind == kind])
    return [one for one in elements if one.id not in gone]


@dataclass(frozen=True, slots=True)
class Proof:
    """One more derivation of a conflict: how, and whether it came to the same."""

    how: How
    again: bool | None  # None when it was not finished


def proven_again(core: Variant, judge: Judge, seconds: float) -> list[Proof]:
    """Return what plain solves with another seed, fresh ground and another question say of a conflict.

    The bound is asked for the best value there is, without the condition; its certificate, where there is
    time, is derived again by the rules' own encoders; given posts are refuted by the exact model.
    """
    if core.case is None:
        return []
    fresh = Runs(None, seed=judge.runs.seed + 1, workers=judge.runs.workers)
    found: list[Proof] = []
    answer, beyond = _by_value(core, judge, fresh)
    if beyond is not None:
        found.append(Proof("bound", beyond))
        if beyond and answer is not None and seconds > 0:
            found.append(Proof("certificate", _certified(answer, seconds)))
    exact = by_reference(core.case, judge.conditions, judge.runs.seed + 1)
    if exact is not None:
        found.append(Proof("reference", exact == "impossible"))
    return found


def _by_value(core: Variant, judge: Judge, fresh: Runs) -> tuple[Answer | None, bool | None]:
    """Return the best value's bound as an answer, and whether the condition lies beyond it."""
    assert core.case is not None
    asked = judge.conditions
    if not asked:
        return None, fresh.bound(core).impossible or None
    last = asked[-1]
    others = [one for one in asked if one is not last]
    least = {one.goal: one.value for one in others if one.bound == "least"}
    most = {one.goal: one.value for one in others if one.bound == "most"}
    problem = replace(core.case.problem, goals=(last.goal,))
    turned = replace(core, case=replace(core.case, problem=problem))
    answer = fresh.bound(turned, at_least=least or NO_VALUES, at_most=most or NO_VALUES)
    if answer.impossible:
        return None, True
    goal = answer.goal(last.goal)
    if goal is None or goal.bound is None:
        return None, None
    if (DIRECTION[last.goal] == "max") != (last.bound == "least"):
        return None, None
    beyond = not last.holds(goal.bound)
    return answer, beyond or None


def _certified(answer: Answer, seconds: float) -> bool | None:
    from turnus.result import result_document
    from turnus.verify import DERIVED, REFUTED, record_of, verify

    if answer.outcome is None or answer.case is None or not answer.outcome.proof:
        return None
    try:
        record = record_of(result_document(answer.case, answer.outcome), answer.case)
    except InputError:
        return None
    verdict = verify(answer.case, record, seconds).verdict
    return {DERIVED: True, REFUTED: False}.get(verdict)
