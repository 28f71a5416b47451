"""What the papers say of full-time posts, part-time and levers: stored answers, and nothing guessed.

What no stored answer holds is None, which the papers show as `not computed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from turnus.dialogue.alternatives import Alternative
from turnus.dialogue.answer import Answer
from turnus.dialogue.lever import Lever, pull
from turnus.dialogue.lever_registry import single_steps
from turnus.dialogue.levers.rule_strength import RuleStrength
from turnus.dialogue.levers.rule_value import RuleValue
from turnus.dialogue.runs import Ask, Runs
from turnus.dialogue.stored import StoredGoal, StoredResult
from turnus.dialogue.variant import Variant
from turnus.errors import TurnusError
from turnus.goals import DIRECTION
from turnus.result.words import condition_phrase
from turnus.rules import RULES, Rule
from turnus.rules.agreements import cited, in_words
from turnus.rules.schema import parameters
from turnus.scenario import Scenario
from turnus.texts import _, percent, signed

FULL_TIME_GOAL = "full_time_posts"
_FULL = 100.0


@dataclass(frozen=True)
class Claim:
    """What is known of full-time posts.

    `at_most` is there only with a proof record that holds the bound, and only when every goal above is at
    its proven best; `given` says which they are. `part_time_at_least` holds when as many
    posts are full-time as were found, and that is the most there can be.
    """

    full_time: int | None = None
    heads: int | None = None
    part_time: int | None = None
    mean_size: float | None = None
    uncovered_minutes: int | None = None
    at_most: int | None = None
    given: tuple[str, ...] = ()
    part_time_at_least: int | None = None

    @property
    def before_full_time(self) -> tuple[str, ...]:
        """Return what the file asks of the posts before they are full-time; without it there may be more."""
        return tuple(one for one in self.given if one != _("all demand covered"))

    @property
    def reached(self) -> bool:
        """Whether as many full-time posts were found as there can be."""
        return self.at_most is not None and self.full_time == self.at_most


def claim_of(result: StoredResult | None) -> Claim:
    """Return what a stored result says, and how much of it is proven."""
    if result is None:
        return Claim()
    at_most, heads = proven_bound(result, FULL_TIME_GOAL), proven_bound(result, "fewest_heads")
    part_time = proven_bound(result, "fewest_part_time")
    vector, cover = result.heltid, result.coverage
    full_time = None if vector is None else vector.full_time_posts
    if part_time is None and heads is not None and at_most is not None and full_time == at_most:
        part_time = heads - at_most
    return Claim(
        full_time=full_time,
        heads=None if vector is None else vector.heads,
        part_time=None if vector is None else vector.heads - vector.full_time_posts,
        mean_size=None if vector is None else vector.mean_size_percent,
        uncovered_minutes=None if cover is None else cover.uncovered_minutes,
        at_most=at_most,
        given=tuple(_above(result)) if at_most is not None else (),
        part_time_at_least=part_time,
    )


def _above(result: StoredResult) -> Iterator[str]:
    """Yield what the goals above the full-time posts are at: `Smallest size ≥ 40 %`."""
    for goal in result.goals:
        if goal.id == FULL_TIME_GOAL:
            return
        if goal.id == "uncovered" and not goal.value:
            yield _("all demand covered")
        elif goal.id == "largest_smallest_size" and goal.value is not None:
            yield _("no post below {size}").format(size=percent(goal.value))
        elif goal.value is not None:
            yield condition_phrase(goal.id, "least" if DIRECTION[goal.id] == "max" else "most", goal.value)


def proven_bound(result: StoredResult, name: str) -> int | None:
    """Return a goal's bound when a record in the result proves it under no condition of what was found."""
    recorded = {goal for record in (result.run.proof if result.run else ()) for goal in record.bounds}
    for goal in result.goals:
        if goal.id == name:
            return _whole(goal) if name in recorded else None
        if not goal.proven:
            return None
    return None


def _whole(goal: StoredGoal) -> int | None:
    return None if goal.bound is None else round(goal.bound)


@dataclass(frozen=True)
class PartTime:
    """Named staff who are part-time now: how many wish more, do not, or have not been asked; sums alone."""

    people: int
    part_time: int
    wish_more: int
    wished_fte: float
    content: int
    not_stated: int

    @classmethod
    def of(cls, scenario: Scenario) -> PartTime | None:
        """Return the counts; None for a unit without named staff."""
        if not scenario.staff:
            return None
        part_time = [person for person in scenario.staff if person.size < _FULL]
        stated = [(person.size, person.wished_size) for person in part_time if person.wished_size is not None]
        more = [wished - size for size, wished in stated if wished > size]
        return cls(
            people=len(scenario.staff),
            part_time=len(part_time),
            wish_more=len(more),
            wished_fte=sum(more) / _FULL,
            content=len(stated) - len(more),
            not_stated=len(part_time) - len(stated),
        )


@dataclass(frozen=True)
class LeverLine:
    """One lever pulled alone, and what it would give; None where no stored answer says it.

    `group` is what several steps share, `step` the one of them. `at_most` is a proven bound, `found` what a
    rota has, `change` from the bound (or find) of today.
    """

    group: str
    step: str
    rests_on: str
    at_most: int | None = None
    found: int | None = None
    change: str | None = None
    impossible: bool = False

    @property
    def title(self) -> str:
        """Return lever and step in one."""
        return f"{self.group}: {self.step}" if self.step else self.group

    @property
    def known(self) -> bool:
        """Whether a stored answer says anything."""
        return self.impossible or self.at_most is not None or self.found is not None


@dataclass(frozen=True)
class LeverGroup:
    """A lever whose steps no stored answer speaks of."""

    title: str
    steps: str
    rests_on: str


def lever_lines(variant: Variant, stored: Sequence[Alternative], runs: Runs, today: Claim) -> list[LeverLine]:
    """Return every lever's single steps, those with an answer first, the best of them on top."""
    by_hash = {one.result.scenario.sha256: one.result for one in stored}
    lines = [_line(step, variant, by_hash, runs, today) for step in single_steps(variant)]
    return sorted(lines, key=lambda line: (not line.known, -_best(line)))


def not_computed_levers(lines: Sequence[LeverLine]) -> list[LeverGroup]:
    """Return the levers that no stored answer speaks of, a lever's steps together."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for line in lines:
        if not line.known:
            about, _sign, value = line.step.rpartition(": ")
            found.setdefault((line.group, line.rests_on), {}).setdefault(about, []).append(value)
    return [LeverGroup(group, _steps(by_about), rests_on) for (group, rests_on), by_about in found.items()]


def _steps(by_about: Mapping[str, Sequence[str]]) -> str:
    """Return `Most nights in a row: 2 / 4`, what is alike said once."""
    return "; ".join(
        f"{about}: {' / '.join(values)}" if about else "; ".join(filter(None, values))
        for about, values in by_about.items()
    )


def _best(line: LeverLine) -> int:
    return next((value for value in (line.at_most, line.found) if value is not None), -1)


def _line(
    step: Lever, variant: Variant, by_hash: dict[str, StoredResult], runs: Runs, today: Claim
) -> LeverLine:
    group, chosen = step_in_words(step, variant.loaded.scenario)
    rests_on = _rests_on(step)
    try:
        pulled = pull(step, variant)
    except TurnusError:
        return LeverLine(group, chosen, rests_on)
    answer = runs.kept(Ask(pulled))
    claim = claim_of(by_hash.get(pulled.sha256))
    impossible = answer is not None and answer.impossible
    at_most = claim.at_most if claim.at_most is not None else bound_of(answer)
    change = _change(at_most, claim.full_time, today)
    return LeverLine(group, chosen, rests_on, at_most, claim.full_time, change, impossible)


def _change(at_most: int | None, found: int | None, today: Claim) -> str | None:
    """Return the change of the bound, or else of what was found; never of one against the other."""
    for after, before in ((at_most, today.at_most), (found, today.full_time)):
        if after is not None and before is not None:
            return signed(after - before)
    return None


def bound_of(answer: Answer | None) -> int | None:
    """Return how many full-time posts a bound allows with all demand covered and the goals above at best."""
    goal = None if answer is None else answer.goal(FULL_TIME_GOAL)
    uncovered = None if answer is None else answer.goal("uncovered")
    if goal is None or goal.bound is None or uncovered is None or uncovered.bound:
        return None
    return round(goal.bound)


def step_in_words(step: Lever, scenario: Scenario) -> tuple[str, str]:
    """Return a lever and the step of it in words, without a key of the file."""
    kind = _rule_of(step)
    if isinstance(step, RuleValue) and kind is not None:
        about = kind.model_fields[parameters(kind)[step.parameter]].description or step.parameter
        return _(kind.title), f"{_(about).partition(';')[0].rstrip('.')}: {in_words(step.value)}"
    if kind is not None:
        return _(kind.title), step.name().partition(": ")[2]
    return _(step.title), ", ".join(step.titled(scenario).values_in_words())


def _rests_on(step: Lever) -> str:
    """Return law and agreement that a step takes; of a rule, its own source."""
    kind = _rule_of(step)
    return _(step.rests_on) if kind is None else cited(kind.source.reference, verified=kind.source.verified)


def _rule_of(step: Lever) -> type[Rule] | None:
    """Return the rule that a step is about, when it is one rule's value or strength."""
    if not isinstance(step, RuleValue | RuleStrength):
        return None
    return next(one for one in RULES if one.id == step.rule)
