"""Why something cannot be had, as a minimal named conflict, and the smallest changes that would do.

Three questions: can the demand be met, or a goal be reached; can one person have a shift or a day off; can
one post have another size. The last two are answered by difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from turnus.dialogue.answer import Answer
from turnus.dialogue.explain_changes import Change, Vain, searched, with_rota
from turnus.dialogue.explain_elements import Element, asking, elements_of, whole_case, without
from turnus.dialogue.explain_own_changes import demand_changes, personal_changes
from turnus.dialogue.explain_pairs import pairs
from turnus.dialogue.explain_people import for_fewest
from turnus.dialogue.explain_proof import How, Judge, Proof, Verdict, proven_again, shrunk
from turnus.dialogue.levers.budget import Budget
from turnus.dialogue.runs import Runs
from turnus.dialogue.variant import Variant
from turnus.goals import DIRECTION, PLAN_GOALS, Condition
from turnus.texts import _

#: `free`: possible at no cost; `price`: possible, but a goal gets worse; `open`: not forbidden, not found.
Reply = Literal["impossible", "possible", "free", "price", "open"]
_NEAR = 1e-6


def _untold(text: str) -> None:
    del text


@dataclass(frozen=True)
class Settings:
    """How an explanation is worked out.

    Parameters
    ----------
    most_changes
        How many of the smallest changes are told; with 0 none is searched.
    rotas
        Whether a rota is looked for with each of them.
    effort, seconds
        Of each rota.
    recheck_seconds
        For deriving the certificate of a conflict again by other code; 0 leaves it out.
    tell
        Called with what is being worked on.
    """

    runs: Runs
    most_changes: int = 5
    rotas: bool = False
    effort: int | None = None
    seconds: float | None = None
    recheck_seconds: float = 20.0
    tell: Callable[[str], None] = _untold
    stop: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Conflict:
    """Elements that cannot hold together.

    `without_one` has, for each element, what is known when it alone is let go: with none of them
    `impossible`, the conflict is minimal. No elements: shifts, staff and sizes alone are too few.
    """

    elements: tuple[Element, ...]
    without_one: tuple[Verdict, ...]
    how: How
    again: tuple[Proof, ...]
    #: false when it was cut short, so that fewer elements may be enough
    whole: bool = True

    @property
    def minimal(self) -> bool:
        """Whether letting any one element go takes the conflict away."""
        return self.whole and "impossible" not in self.without_one


@dataclass(frozen=True, slots=True)
class Price:
    """A goal that gets worse: from what to what; `proven` when it cannot stay where it is."""

    goal: str
    before: float
    after: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Give:
    """What would have to give, alone: a higher goal, or the other full-time posts (`what` is `others`).

    From what it is to the best that is not refuted; all other goals above stay where they are.
    """

    what: Literal["goal", "others"]
    goal: str
    before: float
    at_best: float


@dataclass(frozen=True)
class Explanation:
    """The whole answer; `asked` is what had to be kept, with `conditions` on goals.

    `before` is what is known of the scenario as it is, `after` of what was asked for.
    """

    variant: Variant
    asked: Mapping[str, Any]
    reply: Reply
    how: How
    conditions: tuple[Condition, ...] = ()
    conflict: Conflict | None = None
    changes: tuple[Change, ...] = ()
    further: int = 0
    in_vain: tuple[Vain, ...] = ()
    prices: tuple[Price, ...] = ()
    gives: tuple[Give, ...] = ()
    before: Answer | None = None
    after: Answer | None = None


def explain_goal(variant: Variant, goal: str | None, value: float, settings: Settings) -> Explanation:
    """Return whether a goal can reach a value with as much demand covered as can be; else why not.

    Without a goal, the question is whether all demand can be covered.
    """
    before = settings.runs.bound(variant)
    covered = before.goal("uncovered")
    kept = covered.bound if goal is not None and covered is not None and covered.bound is not None else 0.0
    at_least: dict[str, float] = {}
    at_most = {"uncovered": kept}
    if goal is not None:
        (at_least if DIRECTION[goal] == "max" else at_most)[goal] = value
    judge = Judge(settings.runs, at_least, at_most, settings.stop)
    asked = {"goal": goal, "value": value if goal else None}
    verdict, how = judge.judge(variant)
    if verdict == "impossible":
        found = why_not(variant, judge, settings, how)
        return Explanation(variant, asked, "impossible", how, judge.conditions, before=before, **found)
    if verdict == "possible":
        return Explanation(variant, asked, "possible", how, judge.conditions, before=before)
    after = settings.runs.rota(
        variant, effort=settings.effort, seconds=settings.seconds,
        at_least=at_least, at_most=at_most, stop=settings.stop,
    )  # fmt: skip
    reply: Reply = "possible" if after.status in ("optimal", "feasible") else "open"
    return Explanation(variant, asked, reply, how, judge.conditions, before=before, after=after)


def explain_shift(variant: Variant, person: str, on: str, shift: str, settings: Settings) -> Explanation:
    """Return whether a person can have a shift, or `off`, on a day (as the file writes it), and its price."""
    data = variant.data
    entry = next(one for one in data["staff"] if one["name"] == person)
    entry["fixed"] = [*entry.get("fixed", ()), {"on": [on], "shift": shift}]
    mine = f"person/{person}/fixed/{len(entry['fixed']) - 1}/{on}"
    asked = {"person": person, "day": on, "shift": shift}
    return _by_difference(variant, asking(variant.name, variant, data), asked, frozenset({mine}), settings)


def explain_size(variant: Variant, person: str, size: float, settings: Settings) -> Explanation:
    """Return whether a person's post can have a size, in percent, within the budget that there is."""
    data = variant.data
    present = _present_fte(data)
    data.setdefault("budget", {"fte": present})
    entry = next(one for one in data["staff"] if one["name"] == person)
    entry["size"] = int(size) if float(size).is_integer() else size
    entry.pop("wished_size", None)
    asked = {"post": person, "size": size}
    needed = _present_fte(data)
    if needed > data["budget"]["fte"]:
        return _beyond_budget(variant, data, asked, needed, settings)
    return _by_difference(variant, asking(variant.name, variant, data), asked, frozenset(), settings)


def _present_fte(data: Mapping[str, Any]) -> float:
    return round(float(sum(one["size"] for one in data["staff"])) / 100, 4)


def _beyond_budget(
    variant: Variant, data: dict[str, Any], asked: Mapping[str, Any], needed: float, settings: Settings
) -> Explanation:
    """Return that the sizes alone are more than the budget, and whether a budget of their sum would do."""
    judge = Judge(settings.runs, stop=settings.stop)
    more = needed - data["budget"]["fte"]
    (budget,) = (one for one in elements_of(variant) if one.id == "budget/all")
    data["budget"]["fte"] = needed
    raised = asking(variant.name, variant, data)
    verdict, how = judge.judge(raised)
    lever = Budget.model_validate({"fte": needed})
    change = Change(
        lever.id, lever.name(), _(lever.rests_on), raised, 1, True, verdict, how, (), (), budget_more=more
    )
    conflict = Conflict((budget,), (verdict,), "arithmetic", ())
    changes = () if verdict == "impossible" else (change,)
    return Explanation(variant, asked, "impossible", "arithmetic", conflict=conflict, changes=changes)


def _by_difference(
    variant: Variant, changed: Variant, asked: Mapping[str, Any], mine: frozenset[str], settings: Settings
) -> Explanation:
    """Answer by solving the scenario as it is and with what is asked for."""
    judge = Judge(settings.runs, stop=settings.stop)
    verdict, how = judge.judge(changed)
    if verdict == "impossible":
        found = why_not(changed, judge, settings, how, mine)
        return Explanation(variant, asked, "impossible", how, **found)
    settings.tell(variant.name)
    before, after = (
        settings.runs.rota(one, effort=settings.effort, seconds=settings.seconds, stop=settings.stop)
        for one in (variant, changed)
    )
    if after.outcome is None or after.outcome.rota is None:
        return Explanation(variant, asked, "open", how, before=before, after=after)
    worse = first_worse(before, after)
    if worse is None:
        return Explanation(variant, asked, "free", how, before=before, after=after)
    keeping = _keeping(before, worse, judge)
    proven = keeping is not None and keeping.refutes(changed)
    price = price_of(before, after, worse, proven=proven)
    answer = Explanation(variant, asked, "price", how, prices=(price,), before=before, after=after)
    if keeping is None or not proven:
        return answer
    found = why_not(changed, keeping, settings, "bound", mine)
    return replace(answer, conditions=keeping.conditions, **found)


def price_of(before: Answer, after: Answer, goal: str, *, proven: bool) -> Price:
    """Return the price in a goal that two rotas have."""
    return Price(goal, _value(before, goal), _value(after, goal), proven)


def _value(answer: Answer, goal: str) -> float:
    found = answer.goal(goal)
    assert found is not None
    assert found.value is not None
    return found.value


def first_worse(before: Answer, after: Answer) -> str | None:
    """Return the first goal that gets worse; None when all stay, or a higher one gets better."""
    for goal in before.goals:
        if goal.value is None:
            return None
        gain = (_value(after, goal.id) - goal.value) * (1 if DIRECTION[goal.id] == "max" else -1)
        if abs(gain) > _NEAR:
            return goal.id if gain < 0 else None
    return None


def _keeping(before: Answer, last: str, judge: Judge) -> Judge | None:
    """Return who judges whether goals down to one can stay as they are; None for what posts do not decide."""
    if last not in PLAN_GOALS:
        return None
    at_least: dict[str, float] = {}
    at_most: dict[str, float] = {}
    for goal in before.goals:
        if goal.id in PLAN_GOALS:
            (at_least if DIRECTION[goal.id] == "max" else at_most)[goal.id] = _value(before, goal.id)
        if goal.id == last:
            break
    return replace(judge, at_least=at_least, at_most=at_most)


def why_not(
    variant: Variant, judge: Judge, settings: Settings, how: How, mine: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the conflict and the changes, as fields of an explanation."""
    conflict = _conflict(variant, judge, settings, how, mine)
    if not settings.most_changes:
        return {"conflict": conflict}
    ready = replace(variant, case=whole_case(variant))
    changes, vain = searched(ready, judge, conflict.elements, settings.tell)
    own = [
        *personal_changes(variant, judge, conflict.elements),
        *demand_changes(ready, judge, conflict.elements),
    ]
    changes = sorted([*own, *changes], key=lambda one: one.size)
    if not changes and conflict.elements:
        changes = pairs(ready, judge, conflict.elements, settings.tell)
    told = [for_fewest(ready, one, judge, settings.tell) for one in changes[: settings.most_changes]]
    told.sort(key=lambda one: one.size)
    if settings.rotas:
        told = [with_rota(one, judge, settings.effort, settings.seconds) for one in told]
    return {
        "conflict": conflict,
        "changes": tuple(told),
        "further": len(changes) - len(told),
        "in_vain": tuple(vain),
    }


def _conflict(variant: Variant, judge: Judge, settings: Settings, how: How, mine: frozenset[str]) -> Conflict:
    elements = [one for one in elements_of(variant) if one.id not in mine]
    kept = shrunk(variant, elements, judge.refutes)
    if kept is None:
        return Conflict((), (), how, ())
    every = {one.id for one in elements}
    core_ids = {one.id for one in kept}
    core = without(variant, every - core_ids)
    without_one = [judge.judge(without(variant, (every - core_ids) | {one.id}))[0] for one in kept]
    again = proven_again(core, judge, settings.recheck_seconds)
    whole = settings.stop is None or not settings.stop()
    return Conflict(tuple(kept), tuple(without_one), judge.judge(core)[1], tuple(again), whole)
