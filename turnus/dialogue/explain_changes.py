"""The smallest changes that would do: each lever's sizes searched by bisection, each answer proven.

A change of one rule's value can only help when the rule is part of the conflict, so that the others are
known to be in vain without solving.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from turnus.dialogue.answer import Answer
from turnus.dialogue.differences import Difference, scenario_differences
from turnus.dialogue.explain_elements import Element, same_but_for
from turnus.dialogue.explain_proof import How, Judge, Verdict
from turnus.dialogue.lever import Lever, pull
from turnus.dialogue.lever_registry import LEVERS
from turnus.dialogue.levers.base_staffing import BaseStaffing
from turnus.dialogue.levers.budget import Budget
from turnus.dialogue.levers.extra_weekends import ExtraWeekends
from turnus.dialogue.levers.minimum_size import MinimumSize
from turnus.dialogue.levers.rule_strength import RuleStrength
from turnus.dialogue.levers.rule_value import RuleValue
from turnus.dialogue.levers.weekend_frequency import WeekendFrequency
from turnus.dialogue.rule_edits import RuleStep, rule_steps
from turnus.dialogue.variant import Variant
from turnus.errors import InputError
from turnus.rules import RULES
from turnus.rules.agreements import cited, sentences
from turnus.texts import _

_MOST_STEPS = 4  # of one rule's value
_MOST_PEOPLE = 2  # more or fewer
_EXTRA_WEEKENDS = (2, 3, 4, 6, 8, 13)  # a year; fewer than two make a base rota of a year
#: FTE more, in tenths: by tenths, then by halves, then by whole posts.
_BUDGET_TENTHS = (*range(1, 31), *range(35, 101, 5), *range(110, 501, 10))


@dataclass(frozen=True)
class Family:
    """One lever in growing sizes; `rule` is the one that it changes and nothing else, empty otherwise.

    With `grows`, a larger size does whatever a smaller one does, so that the smallest is found by bisection;
    fewer people with a smaller budget, for one, does not grow.
    """

    sizes: tuple[Lever, ...]
    rule: str = ""
    grows: bool = True


@dataclass(frozen=True)
class Change:
    """A change that would do.

    Parameters
    ----------
    lever
        Id of the lever; empty where something of one person's is let go.
    name, rests_on
        What is changed, and what that takes, in words.
    steps
        How many of the lever's steps it is from today.
    smallest
        Whether one step less is proven not to do; None for a change of one step.
    verdict
        `possible` when a rota shows it, `open` when the bounds allow it and no rota was looked for.
    needs
        Agreements that the file does not list, each in a sentence.
    rota
        The rota looked for, when one was.
    budget_more
        FTE that the budget grows by, below 0 where it shrinks.
    chosen
        The lever with its values; None where it is no single one.
    people
        Names of those it is for, the fewest that were found to be enough; None where it is for everybody.
    fewest
        Whether it is proven that fewer people are not enough, whoever they are; None without `people`.
    """

    lever: str
    name: str
    rests_on: str
    variant: Variant
    steps: int
    smallest: bool | None
    verdict: Verdict
    how: How
    needs: tuple[str, ...]
    differences: tuple[Difference, ...]
    rota: Answer | None = None
    budget_more: float = 0.0
    chosen: Lever | None = None
    people: tuple[str, ...] | None = None
    fewest: bool | None = None

    @property
    def size(self) -> tuple[int, float, int, float]:
        """Return by what changes are ordered: steps, FTE more, missing agreements, how many people."""
        people = math.inf if self.people is None else len(self.people)
        return self.steps, self.budget_more, len(self.needs), people


@dataclass(frozen=True, slots=True)
class Vain:
    """A change that is proven not to do, in its largest size; `untouched` when its rule is in no conflict."""

    name: str
    untouched: bool = False
    rule: str = ""


def families(variant: Variant, rules: Collection[str]) -> Iterator[Family]:
    """Yield every lever in the sizes worth trying, the smallest first; of rules but these the first step."""
    own: dict[type[Lever], Callable[[Variant], Iterator[Family]]] = {
        BaseStaffing: _base_staffing,
        Budget: _budget,
        ExtraWeekends: _extra_weekends,
        MinimumSize: _minimum_size,
        RuleStrength: _rules_out,
        RuleValue: lambda variant: _rule_values(variant, rules),
        WeekendFrequency: _weekend_frequency,
    }
    for kind in LEVERS.values():
        if kind in own:
            yield from own[kind](variant)
        else:
            yield from (Family((step,)) for step in kind.steps(variant))


def _untold(name: str) -> None:
    del name


def searched(
    variant: Variant,
    judge: Judge,
    conflict: Sequence[Element],
    tell: Callable[[str], None] = _untold,
    only: Sequence[Family] | None = None,
) -> tuple[list[Change], list[Vain]]:
    """Return the changes that would do, the smallest first, and those that are proven not to.

    What leaves every element of the conflict as it is cannot help, which is known without solving.
    """
    rules, scenario = {one.rule for one in conflict}, variant.loaded.scenario
    changes: list[Change] = []
    vain: list[Vain] = []
    for family in families(variant, rules) if only is None else only:
        if judge.stop is not None and judge.stop():
            break
        if family.rule and family.rule not in rules:
            vain.append(Vain(family.sizes[-1].name_in(scenario), untouched=True, rule=family.rule))
            continue
        tell(family.sizes[0].name_in(scenario))
        pulled = list(_pulled(variant, family))
        if not pulled:
            continue
        if conflict and all(_untouched(variant, changed, conflict) for _lever, changed in pulled):
            vain.append(Vain(pulled[-1][0].name_in(scenario), untouched=True))
            continue
        found = _smallest(variant, pulled, judge, family.grows)
        changes += [found] if found else []
        vain += [] if found else [Vain(pulled[-1][0].name_in(scenario))]
    return sorted(changes, key=lambda one: one.size), vain


def _untouched(variant: Variant, changed: Variant, conflict: Sequence[Element]) -> bool:
    return changed.case is not None and same_but_for(variant, changed, conflict)


def with_rota(change: Change, judge: Judge, effort: int | None, seconds: float | None) -> Change:
    """Return the change with a rota looked for under the conditions."""
    answer = judge.runs.rota(
        change.variant, effort=effort, seconds=seconds,
        at_least=judge.at_least, at_most=judge.at_most, stop=judge.stop,
    )  # fmt: skip
    shown = answer.status in ("optimal", "feasible")
    return replace(change, rota=answer, verdict="possible" if shown else change.verdict)


def _pulled(variant: Variant, family: Family) -> Iterator[tuple[Lever, Variant]]:
    for lever in family.sizes:
        if lever.why_not(variant):
            continue
        try:
            yield lever, pull(lever, variant)
        except InputError:  # beyond what the file may say
            continue


def _smallest(
    variant: Variant, pulled: Sequence[tuple[Lever, Variant]], judge: Judge, grows: bool
) -> Change | None:
    """Return the smallest size that is not refuted; None when there is none."""
    found = (_bisected if grows else _first)([one for _lever, one in pulled], judge)
    if found is None:
        return None
    high, verdict, how = found
    smallest = None if high == 0 else True
    return change_by(variant, *pulled[high], steps=high + 1, smallest=smallest, verdict=verdict, how=how)


def change_by(
    variant: Variant, lever: Lever, changed: Variant, *, steps: int, smallest: bool | None,
    verdict: Verdict, how: How,
) -> Change:  # fmt: skip
    """Return the change that a lever makes."""
    missing = [one for one in changed.needs if one not in variant.needs]
    return Change(
        lever.id,
        lever.name_in(variant.loaded.scenario),
        rests_on(lever),
        changed,
        steps,
        smallest,
        verdict,
        how,
        tuple(sentences(missing)),
        tuple(scenario_differences([variant.loaded.scenario, changed.loaded.scenario])),
        budget_more=fte_of(changed) - fte_of(variant),
        chosen=lever,
    )


def fte_of(variant: Variant) -> float:
    """Return the budget; 0 where there is none."""
    budget = variant.loaded.scenario.budget
    return 0.0 if budget is None else budget.fte


def _bisected(sizes: Sequence[Variant], judge: Judge) -> tuple[int, Verdict, How] | None:
    """Return the first size that is not refuted, by bisection; None when the largest is refuted."""
    verdict, how = judge.judge(sizes[-1])
    if verdict == "impossible":
        return None
    low, high = -1, len(sizes) - 1  # refuted, not refuted
    while high - low > 1:
        middle = (low + high) // 2
        tried = judge.judge(sizes[middle])
        if tried[0] == "impossible":
            low = middle
        else:
            high, (verdict, how) = middle, tried
    return high, verdict, how


def _first(sizes: Sequence[Variant], judge: Judge) -> tuple[int, Verdict, How] | None:
    """Return the first size that is not refuted, tried one by one."""
    for at, size in enumerate(sizes):
        verdict, how = judge.judge(size)
        if verdict != "impossible":
            return at, verdict, how
    return None


def rests_on(lever: Lever) -> str:
    """Return what a change takes; a rule's value rests on the rule's own paragraph."""
    if isinstance(lever, RuleValue | RuleStrength):
        source = next(one.source for one in RULES if one.id == lever.rule)
        return cited(source.reference, verified=source.verified)
    return _(lever.rests_on)


def _rule_values(variant: Variant, rules: Collection[str]) -> Iterator[Family]:
    """Yield each rule's value step after step, in either direction."""
    for first in rule_steps(variant):
        steps = [first]
        at = _pull_step(variant, first) if first.rule in rules else None
        while at is not None and len(steps) < _MOST_STEPS:
            further = next((one for one in rule_steps(at) if _goes_on(steps, variant, one)), None)
            if further is None:
                break
            steps.append(further)
            at = _pull_step(at, further)
        levers = tuple(RuleValue.model_validate(step._asdict()) for step in steps)
        yield Family(levers, first.rule)


def _pull_step(variant: Variant, step: RuleStep) -> Variant | None:
    try:
        return pull(RuleValue.model_validate(step._asdict()), variant)
    except InputError:
        return None


def _goes_on(steps: Sequence[RuleStep], variant: Variant, one: RuleStep) -> bool:
    """Whether a step is the next of the same value, and not a way back."""
    last = steps[-1]
    if (one.rule, one.parameter) != (last.rule, last.parameter) or isinstance(one.value, bool):
        return False
    seen = {step.value for step in steps} | set(_start_values(variant, last))
    return one.value not in seen


def _start_values(variant: Variant, step: RuleStep) -> Iterator[str | int]:
    """Yield what the value was at first, as a file writes it."""
    from turnus.clock import show_duration
    from turnus.rules.catalogue import own_parameters

    for rule in variant.case.rules if variant.case else ():
        if rule.id == step.rule:
            name = own_parameters(type(rule))[step.parameter]
            value = getattr(rule, name)
            yield show_duration(value) if name.endswith("_minutes") else value


def _rules_out(variant: Variant) -> Iterator[Family]:
    for step in RuleStrength.steps(variant):
        if isinstance(step, RuleStrength) and step.strength == "out":
            yield Family((step,), step.rule)


def _weekend_frequency(variant: Variant) -> Iterator[Family]:
    """Yield ever more frequent weekends: from every fourth to every third and every second."""
    steps = [one for one in WeekendFrequency.steps(variant) if isinstance(one, WeekendFrequency)]
    more = min((one.of_weeks for one in steps), default=0)
    if more and more < max(one.of_weeks for one in steps):  # the other step is less frequent
        weeks = range(more, 1, -1)
        found = tuple(WeekendFrequency.model_validate({"worked": 1, "of": n}) for n in weeks)
        if found:
            yield Family(found)


def _extra_weekends(variant: Variant) -> Iterator[Family]:
    del variant
    yield Family(tuple(ExtraWeekends.model_validate({"a_year": n}) for n in _EXTRA_WEEKENDS))


def _budget(variant: Variant) -> Iterator[Family]:
    budget = variant.loaded.scenario.budget
    if budget is not None:
        yield Family(
            tuple(Budget.model_validate({"fte": round(budget.fte + n / 10, 2)}) for n in _BUDGET_TENTHS)
        )


def _minimum_size(variant: Variant) -> Iterator[Family]:
    posts = variant.loaded.scenario.open_posts
    smaller = sorted({one for one in posts.sizes if one < posts.smallest_size}, reverse=True) if posts else ()
    if smaller:
        yield Family(tuple(MinimumSize(size=size) for size in smaller))


def _base_staffing(variant: Variant) -> Iterator[Family]:
    """Yield ever fewer people, and ever more, at each time of day."""
    for weekend in (False, True):
        for part in ("day", "evening", "night"):
            for sign in (-1, 1):
                sizes = (
                    BaseStaffing.model_validate({part: sign * n, "weekend": weekend})
                    for n in range(1, _MOST_PEOPLE + 1)
                )
                fitting = tuple(one for one in sizes if not one.why_not(variant))
                if fitting:
                    yield Family(fitting, grows=False)
