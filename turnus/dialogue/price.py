"""What each rule and lever costs: the goals when one of them alone is moved by one meaningful step.

The reverse is there, too: how often a rota found without a rule breaks it, and for how many people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest
from typing import Any

from turnus.case import Case
from turnus.dialogue.answer import Answer
from turnus.dialogue.lever import Lever, pull
from turnus.dialogue.lever_registry import LEVERS, single_steps
from turnus.dialogue.levers.rule_strength import RuleStrength
from turnus.dialogue.price_changes import Change, changes, takes
from turnus.dialogue.processes import answered
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, ImpossibleError, InputError
from turnus.goals import DIRECTION, PLAN_GOALS
from turnus.rules import RULES
from turnus.scenario.messages import found as found_text
from turnus.scenario.messages import suggestion
from turnus.texts import _

SCHEMA = "turnus-prices/1"
Document = dict[str, Any]
Watch = Callable[[Batch], None]


@dataclass(frozen=True)
class Step:
    """One lever with the values chosen for it, and the scenario it makes; `reason` says why it makes none.

    Without a lever it is the scenario as it is today.
    """

    lever: Lever | None
    variant: Variant | None
    changes: tuple[Change, ...] = ()
    takes: tuple[str, ...] = ()
    reason: str = ""
    told: str = ""  # the lever's name in the words of the scenario

    @property
    def name(self) -> str:
        """Return the lever's name with its values, translated."""
        return _("Today") if self.lever is None else self.told or self.lever.name()


@dataclass(frozen=True, slots=True)
class Protected:
    """How often the rota found after the step breaks a rule as it is today, and for how many posts."""

    rule: str
    times: int
    people: int


@dataclass(frozen=True)
class Row:
    """What a step gives; an answer is None where it was not asked for or not reached.

    `same` is True where the step leaves every lawful line and the demand as they are, so that the bounds are
    today's by that alone.
    """

    step: Step
    bound: Answer | None = None
    rota: Answer | None = None
    same: bool = False
    protects: tuple[Protected, ...] | None = None

    def difference(self, base: Row, goal: str, of: str) -> float | None:
        """Return how much a goal's `bound` or `value` is above today's; None where either is not known."""
        return _less(_known(self, goal, of), _known(base, goal, of))


@dataclass(frozen=True)
class Prices:
    """Today's answers, every row in the order asked for, and levers that have no step here, with why."""

    variant: Variant
    base: Row
    rows: tuple[Row, ...]
    without_step: tuple[tuple[str, str], ...]
    not_asked: tuple[Step, ...] = ()

    @property
    def goals(self) -> tuple[str, ...]:
        """Return the goals that the posts decide, in the scenario's order."""
        return tuple(goal for goal in self.variant.loaded.scenario.goals if goal in PLAN_GOALS)

    def ranked(self) -> list[Row]:
        """Return the rows that were answered, the greatest gain first; what is impossible stands last."""
        answered = [row for row in self.rows if row.bound is not None and not row.same]
        return sorted(answered, key=lambda row: _rank(row, self.base, self.goals))

    def document(self) -> Document:
        """Return everything as plain data after `SCHEMA`; what is not known is None."""
        return {
            "schema": SCHEMA,
            "scenario": {"name": self.variant.loaded.scenario.name, "sha256": self.variant.sha256},
            "base": _row_part(self.base, self.base, self.goals),
            "rows": [_row_part(row, self.base, self.goals) for row in self.rows],
            "without_step": [{"lever": name, "reason": reason} for name, reason in self.without_step],
            "not_asked": [{**_lever_part(one.lever), "name": one.name} for one in self.not_asked],
        }


def price(
    variant: Variant,
    runs: Runs,
    *,
    only: Sequence[str] = (),
    most: int | None = None,
    rotas: bool = False,
    seconds: float | None = None,
    jobs: int = 2,
    processes: int = 1,
    watch: Watch | None = None,
    stop: Callable[[], bool] | None = None,
) -> Prices:
    """Return the price of each step: bounds first, and whole rotas where they are asked for.

    Parameters
    ----------
    only
        Ids of levers and rules; all when empty.
    most
        Rows to work out at most; those that leave the bounds as they are cost nothing and are not counted.
    seconds
        Most seconds for each rota; without it the effort of the runs.
    jobs, processes
        Rows that are worked out at a time, in this process, or in so many.

    Raises
    ------
    InputError
        When `only` names what is no lever and no rule.
    """
    _check(only)
    steps = list(steps_of(variant, only))
    same = [_same_bounds(variant, one.variant) for one in steps]
    asked = [one for one, alike in zip(steps, same, strict=True) if one.variant is not None and not alike]
    left = asked[most:] if most is not None else []
    asked = asked[: len(asked) - len(left)]
    variants = [variant, *(one.variant for one in asked if one.variant is not None)]
    # What today's lines and prices are is where the others begin.

    def ask(asks: Sequence[Ask], watch: Watch | None) -> list[Answer | None]:
        return answered(runs, asks, processes, jobs, watch, stop)

    first = runs.many([Ask(variant)], 1, _one_bar(watch, 0, len(variants)), stop)
    others = [Ask(one) for one in variants[1:]]
    bounds = [*first, *ask(others, _one_bar(watch, 1, len(variants)))]
    found = bounds if not rotas else _rotas(variants, bounds, runs, seconds, ask, watch, stop)
    answers = {id(one): at for at, one in enumerate(asked, 1)}
    base = Row(Step(None, variant), bounds[0], found[0] if rotas else None)
    rows = []
    for one, alike in zip(steps, same, strict=True):
        if id(one) in answers:
            at = answers[id(one)]
            rota = found[at] if rotas else None
            rows.append(Row(one, bounds[at], rota, protects=protected(variant, rota)))
        elif one.variant is None or alike:
            bound = replace(bounds[0], name=one.name) if alike and bounds[0] else None
            rows.append(Row(one, bound, same=alike))
    return Prices(variant, base, tuple(rows), tuple(_without_step(variant, only, steps)), tuple(left))


def _one_bar(watch: Watch | None, before: int, total: int) -> Watch | None:
    """Return a watch to which several lists of questions are one."""
    if watch is None:
        return None
    return lambda batch: watch(replace(batch, total=total, done=before + batch.done))


def steps_of(variant: Variant, only: Sequence[str] = ()) -> Iterator[Step]:
    """Yield every step, by turns one of each lever and rule, so that the first ones are of all kinds."""
    levers = sorted(single_steps(variant), key=lambda one: (_is_of_a_rule(one), one.id == RuleStrength.id))
    groups: dict[str, list[Lever]] = {}
    for lever in levers:
        if not only or {lever.id, subject(lever)} & set(only):
            groups.setdefault(subject(lever), []).append(lever)
    for turn in zip_longest(*groups.values()):
        yield from (_step(lever, variant) for lever in turn if lever is not None)


def subject(lever: Lever) -> str:
    """Return what a lever is about: a rule's id where it changes one rule, otherwise the lever's own."""
    return str(getattr(lever, "rule", lever.id))


def _is_of_a_rule(lever: Lever) -> bool:
    return subject(lever) != lever.id


def _step(lever: Lever, variant: Variant) -> Step:
    told = lever.name_in(variant.loaded.scenario)
    try:
        made = pull(lever, variant)
    except (InputError, ImpossibleError) as error:
        return Step(lever, None, reason=error.findings[0].sentence(), told=told)
    if made.sha256 == variant.sha256:
        return Step(lever, None, reason=_("found that it is so already"), told=told)
    return Step(lever, made, tuple(changes(variant, made)), tuple(takes(lever, variant, made)), told=told)


def _check(only: Sequence[str]) -> None:
    known = [*LEVERS, *(rule.id for rule in RULES)]
    wrong = [word for word in only if word not in known]
    expected = _("expected the id of a lever or a rule")
    hint = _("`turnus lever` and `turnus rules` list them all.")
    if wrong:
        raise InputError(
            [
                Finding(("--only",), expected, found_text(word), suggestion(word, known) or hint)
                for word in wrong
            ]
        )


def _rotas(
    variants: Sequence[Variant],
    bounds: Sequence[Answer | None],
    runs: Runs,
    seconds: float | None,
    ask: Callable[[Sequence[Ask], Watch | None], list[Answer | None]],
    watch: Watch | None,
    stop: Callable[[], bool] | None,
) -> list[Answer | None]:
    """Return a rota for each variant; the others begin with today's."""
    if any(one is None for one in bounds):  # stopped
        return [None] * len(variants)
    asked = Ask(variants[0], "rota", seconds=seconds)
    first = runs.many([asked], 1, watch, stop)
    others = [replace(asked, variant=one, start=first[0]) for one in variants[1:]]
    return [*first, *ask(others, watch)]


def _same_bounds(before: Variant, after: Variant | None) -> bool:
    """Whether demand, posts and lawful lines are the same, whatever values the rules have."""
    if before.case is None or after is None or after.case is None:
        return False
    same = replace(after.case.problem, name=before.case.problem.name) == before.case.problem
    return same and _lines(before.case) == _lines(after.case)


def _lines(case: Case) -> list[Any]:
    """Return what lawful lines depend on beside the problem: hard rules as kinds, class by class."""
    hard = [rule for rule in case.rules if rule.hard]
    problem = case.problem
    each = [
        [kind for rule in hard if rule.applies_to(post) for kind in rule.lower(problem, post)]
        for post in problem.classes
    ]
    return [*each, [kind for rule in hard for kind in rule.lower_together(problem)]]


def protected(variant: Variant, rota: Answer | None) -> tuple[Protected, ...] | None:
    """Return what the rota after a step breaks of today's hard rules; None where nothing can be said."""
    if rota is None or rota.case is None or variant.case is None:
        return None
    if rota.outcome is None or rota.outcome.rota is None:
        return None
    old, new = variant.case.problem, rota.case.problem
    if replace(new, name=old.name) != old:  # other posts, shifts or days: not the same question
        return None
    told = []
    for rule in variant.case.rules:
        breaches = list(rule.violations(old, rota.outcome.rota)) if rule.hard else []
        if breaches:
            people = {breach.post for breach in breaches}
            told.append(Protected(rule.id, sum(breach.times for breach in breaches), len(people)))
    return tuple(told)


def _without_step(variant: Variant, only: Sequence[str], steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """Yield each lever that has no step from where the unit is, with the reason in words."""
    tried = {one.lever.id for one in steps if one.lever is not None}
    for kind in LEVERS.values():
        if kind.id in tried or (only and kind.id not in only):
            continue
        reason = ""
        if all(not field.is_required() for field in kind.model_fields.values()):
            reason = kind().why_not(variant)
        yield _(kind.title), reason or _("found no meaningful step from here")


def _known(row: Row, goal: str, of: str) -> float | None:
    answer = row.rota or row.bound
    held = None if answer is None else answer.goal(goal)
    return None if held is None else getattr(held, of)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _rank(row: Row, base: Row, goals: Sequence[str]) -> tuple[float, ...]:
    """Return how little a step gains, goal by goal; rows without a plan stand behind all others."""
    assert row.bound is not None
    found = []
    for goal in goals:
        gain = row.difference(base, goal, "value")
        gain = row.difference(base, goal, "bound") if gain is None else gain
        sign = -1.0 if DIRECTION[goal] == "max" else 1.0
        found.append(0.0 if gain is None else sign * gain)
    return (float(row.bound.impossible), *found)


def _row_part(row: Row, base: Row, goals: Sequence[str]) -> Document:
    step = row.step
    return {
        **_lever_part(step.lever),
        "name": step.name,
        "changes": [asdict(one) for one in step.changes],
        "takes": list(step.takes),
        "state": _state(row),
        "reason": step.reason or None,
        "difference": {
            goal: {of: row.difference(base, goal, of) for of in ("value", "bound")} for goal in goals
        },
        "protects": None if row.protects is None else [asdict(one) for one in row.protects],
        "bound": None if row.bound is None else row.bound.document(),
        "rota": None if row.rota is None else row.rota.document(),
    }


def _lever_part(lever: Lever | None) -> Document:
    if lever is None:
        return {"lever": None, "subject": None, "parameters": {}}
    return {"lever": lever.id, "subject": subject(lever), "parameters": lever.model_dump(by_alias=True)}


def _state(row: Row) -> str:
    """Return `answered`, `same` as today, `does_not_apply`, or `not_reached` before it was stopped."""
    if row.step.variant is None:
        return "does_not_apply"
    if row.bound is None:
        return "not_reached"
    return "same" if row.same else "answered"
