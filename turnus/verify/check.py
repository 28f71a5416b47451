"""The check itself: cuts first, then the bounds that rest on the cuts that held."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from turnus.case import Case
from turnus.goals import PLAN_GOALS
from turnus.problem import PostClass
from turnus.rules.kinds import Kind
from turnus.texts import N_, _, percent, up_to
from turnus.verify.record import Condition, Cut, PostKind, Record

if TYPE_CHECKING:
    from turnus.cpsat.proof import Limit

Verdict = Literal["re-derived", "not re-checked in time", "REFUTED"]
DERIVED: Verdict = "re-derived"
OPEN: Verdict = "not re-checked in time"
REFUTED: Verdict = "REFUTED"
#: The verdicts, as texts for people are made of them.
VERDICTS = (N_("re-derived"), N_("not re-checked in time"), N_("REFUTED"))
HOURS_RULE = "hours_of_post"  # its window is taken from the post itself, size by size
_NEAR = 1e-6


@dataclass(frozen=True)
class GoalCheck:
    """What became of one goal's bound; `found` says why when it was not re-derived."""

    goal: str
    bound: float
    verdict: Verdict
    found: str = ""


@dataclass(frozen=True)
class CutCheck:
    """What became of one cut; `claims` counts the questions about lines that it took."""

    verdict: Verdict
    claims: int
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verification:
    """The whole check."""

    verdict: Verdict
    goals: tuple[GoalCheck, ...]
    cuts: tuple[CutCheck, ...]
    left_out: tuple[str, ...]
    seconds: float
    conditions: tuple[Condition, ...] = ()


@dataclass
class _Time:
    """The time for the questions still to be asked: each may use its share of what is left."""

    ends: float | None
    deterministic_seconds: float | None
    parts: int = field(default=1)

    def limit(self) -> Limit:
        from turnus.cpsat.proof import Limit

        left = max(1, self.parts)
        self.parts -= 1
        seconds = None if self.ends is None else (self.ends - time.monotonic()) / left
        return Limit(seconds, self.deterministic_seconds)


def verify(
    case: Case, record: Record, seconds: float | None = None, deterministic_seconds: float | None = None
) -> Verification:
    """Re-derive every bound of a record, or say what stands against it.

    Parameters
    ----------
    seconds
        Wall clock for everything, split over the questions.
    deterministic_seconds
        Solver time for each question, which makes the answer repeatable.
    """
    return _Verifier(case, record, seconds, deterministic_seconds).run()


@dataclass(frozen=True)
class _Family:
    """Kinds of posts that may have the same lines but for their hours."""

    post: PostClass
    kinds: tuple[Kind, ...]
    members: tuple[PostKind, ...]


class _Verifier:
    def __init__(
        self, case: Case, record: Record, seconds: float | None, deterministic_seconds: float | None
    ) -> None:
        self.started = time.monotonic()
        self.problem = case.problem
        self.record = record
        self.rules = [
            rule
            for rule in case.rules
            if rule.hard and rule.lowering == "line" and rule.id not in (HOURS_RULE, *record.left_out)
        ]
        self.families = self._families()
        self.time = _Time(None if seconds is None else self.started + seconds, deterministic_seconds)
        self.without_line: set[PostKind] = set()

    def run(self) -> Verification:
        goals = [goal for goal in self.problem.goals if goal in PLAN_GOALS and self._bound(goal) is not None]
        claims = [list(self._claims(cut)) for cut in self.record.cuts]
        self.time.parts = sum(map(len, claims)) + len(goals)
        cuts = tuple(self._check_cut(index, claim) for index, claim in enumerate(claims))
        checked = tuple(self._check_goal(goal, cuts) for goal in goals)
        verdicts = [*(cut.verdict for cut in cuts), *(goal.verdict for goal in checked)]
        verdict = REFUTED if REFUTED in verdicts else DERIVED
        if verdict == DERIVED and (not checked or any(check.verdict == OPEN for check in checked)):
            verdict = OPEN
        seconds = time.monotonic() - self.started
        return Verification(verdict, checked, cuts, self.record.left_out, seconds, self.record.conditions)

    def _bound(self, goal: str) -> float | None:
        """Return the bound that people read; what the record itself says must agree."""
        stated = self.record.stated.get(goal)
        return self.record.bounds.get(goal) if stated is None else stated

    def _families(self) -> list[_Family]:
        found: dict[object, _Family] = {}
        for index, post in enumerate(self.problem.classes):
            for size in post.sizes:
                one = replace(post, sizes=(size,))
                kinds = tuple(
                    kind
                    for rule in self.rules
                    if rule.applies_to(post)
                    for kind in rule.lower(self.problem, one)
                )
                key = (post.competence, kinds, () if self.problem.cyclic else post.history)
                family = found.get(key, _Family(one, kinds, ()))
                found[key] = replace(family, members=(*family.members, (index, size)))
        return list(found.values())

    def _claims(self, cut: Cut) -> Iterator[tuple[_Family, int | None]]:
        """Yield the questions of a cut: each family of kinds, once for each profit that is stated."""
        for family in self.families:
            profits = {cut.profits.get(kind) for kind in family.members}
            for profit in sorted(profits, key=lambda one: (one is None, one or 0)):
                yield (
                    replace(family, members=tuple(k for k in family.members if cut.profits.get(k) == profit)),
                    profit,
                )

    def _check_cut(self, index: int, claims: list[tuple[_Family, int | None]]) -> CutCheck:
        cut = self.record.cuts[index]
        wrong = list(self._arithmetic(cut))
        answers = [self._check_lines(cut, family, profit, wrong) for family, profit in claims]
        verdict = REFUTED if wrong else OPEN if "open" in answers else DERIVED
        return CutCheck(verdict, len(claims), tuple(wrong))

    def _arithmetic(self, cut: Cut) -> Iterator[str]:
        """Yield what is wrong with the prices and the constant of a cut."""
        constant = 0
        for number, (row, price) in enumerate(zip(self.problem.rows, cut.prices, strict=True)):
            highest = self.record.scale * row.minutes * row.value
            if price > highest or (price < 0 and row.most is None):
                text = _("row {row} is priced at {price}; permitted is {least} to {most}")
                least = 0 if row.most is None else "-∞"
                yield text.format(row=number, price=price, least=least, most=highest)
            constant += price * (row.need if price > 0 else row.most or 0)
        if cut.constant > constant:
            text = _("the constant is stated as {stated}, but the row prices give {found}")
            yield text.format(stated=cut.constant, found=constant)

    def _check_lines(self, cut: Cut, family: _Family, profit: int | None, wrong: list[str]) -> str:
        from turnus.cpsat.proof import line_earning

        days = self.problem.days
        windows = {kind: self.problem.classes[kind[0]].window(kind[1], days) for kind in family.members}
        found = line_earning(
            self.problem,
            family.post,
            family.kinds,
            sorted(set(windows.values())),
            self._prices(cut, family.post.competence),
            None if profit is None else profit + 1,
            self.time.limit(),
        )
        if found.answer == "none" and profit is None:
            self.without_line.update(family.members)
        if found.answer == "found":
            kind = next(k for k, (least, most) in windows.items() if least <= found.minutes <= most)
            line = " ".join(self.problem.codes[action] for action in found.actions)
            text = (
                _("{post} is said to have no legal line, but {line} is one")
                if profit is None
                else _("{post} is said to earn at most {stated}, but earns {found} with {line}")
            )
            wrong.append(text.format(post=self._name(kind), stated=profit, found=found.earned, line=line))
        return found.answer

    def _prices(self, cut: Cut, competence: int) -> dict[tuple[int, int], int]:
        """Return what one person of a competence earns in each (day, action), rows summed."""
        prices: dict[tuple[int, int], int] = {}
        for row, price in zip(self.problem.rows, cut.prices, strict=True):
            if price and competence in row.workers:
                for cell in row.cells:
                    prices[cell] = prices.get(cell, 0) + price
        return prices

    def _name(self, kind: PostKind) -> str:
        return f"{self.problem.classes[kind[0]].id} {percent(kind[1] / 100)}"

    def _check_goal(self, goal: str, cuts: tuple[CutCheck, ...]) -> GoalCheck:
        bound = self._bound(goal)
        assert bound is not None
        limit = self.time.limit()
        higher = [one for one in self.problem.goals[: self.problem.goals.index(goal)] if one in PLAN_GOALS]
        mismatch = self._mismatch(goal, higher)
        if mismatch:
            return GoalCheck(goal, bound, REFUTED, mismatch)
        if any(self.record.values.get(one) is None for one in higher):
            return GoalCheck(goal, bound, OPEN, _("the result has no value for a goal above it"))
        return self._judged(goal, bound, higher, cuts, limit)

    def _mismatch(self, goal: str, higher: list[str]) -> str:
        """Say where the goals that people read and the record disagree, if they do."""
        record = self.record
        pairs = [(goal, record.stated.get(goal), record.bounds.get(goal))]
        pairs += [(one, record.values.get(one), record.given.get(one)) for one in higher]
        for name, stated, recorded in pairs:
            if (
                stated is not None
                and recorded is not None
                and not math.isclose(stated, recorded, rel_tol=_NEAR, abs_tol=_NEAR)
            ):
                text = _("`{goal}` is {stated} in the result but {recorded} in its proof record")
                return text.format(goal=name, stated=up_to(stated, 6), recorded=up_to(recorded, 6))
        return ""

    def _judged(
        self, goal: str, bound: float, higher: list[str], cuts: tuple[CutCheck, ...], limit: Limit
    ) -> GoalCheck:
        from turnus.cpsat.proof import PricedCut, posts_beating

        sound = [
            PricedCut(cut.constant, cut.profits)
            for cut, check in zip(self.record.cuts, cuts, strict=True)
            if check.verdict == DERIVED
        ]
        given = [(one, value) for one in higher if (value := self.record.values[one]) is not None]
        found = posts_beating(
            self.problem, sound, self.record.scale, frozenset(self.without_line), given, goal, bound, limit,
            self.record.conditions,
        )  # fmt: skip
        if found.answer == "none":
            return GoalCheck(goal, bound, DERIVED)
        if found.answer == "open":
            return GoalCheck(goal, bound, OPEN, _("the time was up"))
        refuted = [index + 1 for index, check in enumerate(cuts) if check.verdict == REFUTED]
        if refuted:
            text = _("it rests on cut {numbers}, which is refuted")
            return GoalCheck(goal, bound, REFUTED, text.format(numbers=", ".join(map(str, refuted))))
        if len(sound) < len(cuts):
            return GoalCheck(goal, bound, OPEN, _("the time was up for a cut it rests on"))
        posts = ", ".join(f"{number} × {self._name(kind)}" for kind, number in found.numbers)
        text = _("the cuts permit posts that beat it: {posts}")
        return GoalCheck(goal, bound, REFUTED, text.format(posts=posts or "0"))
