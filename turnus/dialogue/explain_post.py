"""Why one open post cannot be larger: that very post, with higher goals and other full-time posts kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from turnus.dialogue.answer import Answer
from turnus.dialogue.explain import Explanation, Give, Settings, first_worse, price_of, why_not
from turnus.dialogue.explain_elements import asking
from turnus.dialogue.explain_proof import Judge
from turnus.dialogue.stored import StoredResult
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.goals import DIRECTION, PLAN_GOALS, UNITS
from turnus.problem import FULL_TIME
from turnus.result import GoalValue
from turnus.texts import _, number, percent

FULL_POSTS = "full_time_posts"
_FULL = 100.0
_NEAR = 1e-6


@dataclass(frozen=True)
class Today:
    """The rota that the question is about: size and competence of each post, and the goals as they are."""

    posts: Sequence[tuple[str, float]]  # key of the competence, percent
    goals: tuple[GoalValue, ...]

    @property
    def full_posts(self) -> int:
        """Return how many posts are full-time."""
        return sum(size >= _FULL for _competence, size in self.posts)

    @classmethod
    def stored(cls, result: StoredResult) -> Today:
        """Return what a result on disk holds."""
        return cls([(one.competence, one.size_percent) for one in result.posts], result.goal_values)

    @classmethod
    def answered(cls, answer: Answer) -> Today | None:
        """Return what an answer holds; None without a rota."""
        if answer.outcome is None or answer.outcome.rota is None or answer.case is None:
            return None
        problem = answer.case.problem
        posts = [
            (problem.competences[problem.classes[one.class_index].competence], 100 * one.size / FULL_TIME)
            for one in answer.outcome.rota.posts
        ]
        return cls(posts, answer.goals)


def explain_open_post(
    variant: Variant, at: int, size: float, settings: Settings, today: Today | None = None, where: str = ""
) -> Explanation:
    """Return whether an open post, by its number in the result, can have a size; else what stands against it.

    The goals before full-time posts stay at what they are, and no other full-time post gives way. Without
    `today` a rota is looked for first.

    Raises
    ------
    InputError
        When there is no open post of that number, or it has the size already; `where` the number was given.
    """
    asked: dict[str, Any] = {"number": at, "size": size, "competence": None, "present_size": None}
    today = today or Today.answered(_as_it_is(variant, settings))
    if today is None:
        return Explanation(variant, asked, "open", "bound")
    competence, present = _open_post(variant, today, at, size, where)
    asked |= {"competence": competence, "present_size": present}
    changed = _with_the_post(variant, competence, at, size)
    question = _Question(variant, changed, today, size >= _FULL > present, asked, settings)
    return question.answer()


def _as_it_is(variant: Variant, settings: Settings) -> Answer:
    return settings.runs.rota(variant, effort=settings.effort, seconds=settings.seconds, stop=settings.stop)


def _open_post(variant: Variant, today: Today, at: int, size: float, where: str) -> tuple[str, float]:
    """Return competence and size of an open post that is smaller than what is asked for."""
    first, last = len(variant.loaded.scenario.staff) + 1, len(today.posts)
    if not first <= at <= last:
        expected = _("expected the number of an open post in the result, {first} to {last}")
        raise InputError(
            [
                Finding(
                    (where,),
                    expected.format(first=first, last=last),
                    _("found {value}").format(value=at),
                    _("Name one of the staff, or look the number up in the result."),
                )
            ]
        )
    competence, present = today.posts[at - 1]
    if present >= size - _NEAR:
        expected = _("expected a post below {size}").format(size=percent(size))
        found = _("found that it has {size}").format(size=percent(present))
        raise InputError([Finding((where,), expected, found, _("Ask about a smaller post."))])
    return competence, present


def _with_the_post(variant: Variant, competence: str, at: int, size: float) -> Variant:
    """Return the scenario where somebody has the post, in that size, and the other posts are still open."""
    data = variant.data
    posts = data["open_posts"]
    if posts.get("at_most") is not None:
        posts["at_most"] -= 1
    one = {"name": post_name(at), "competence": competence, "size": int(size) if size == int(size) else size}
    data["staff"] = [*data.get("staff", ()), one | {"accepts": posts.get("accepts", {})}]
    return asking(variant.name, variant, data)


def post_name(at: int) -> str:
    """Return what an open post is called, translated."""
    return _("open post {n}").format(n=number(at))


@dataclass(frozen=True)
class _Question:
    variant: Variant
    changed: Variant
    today: Today
    one_more: bool  # whether the post becomes full-time
    asked: Mapping[str, Any]
    settings: Settings
    higher: tuple[GoalValue, ...] = field(init=False)

    def __post_init__(self) -> None:
        goals = [goal for goal in self.today.goals if goal.id in PLAN_GOALS and goal.value is not None]
        last = next((n for n, goal in enumerate(goals) if _decides_sizes(goal.id, goals)), len(goals))
        object.__setattr__(self, "higher", tuple(goals[:last]))

    @property
    def full_posts(self) -> int:
        return self.today.full_posts + self.one_more

    def judge(self, kept: Sequence[GoalValue]) -> Judge:
        """Return who judges whether some goals can stay where they are, with so many full-time posts."""
        least, most = _limits(kept)
        return Judge(self.settings.runs, {**least, FULL_POSTS: self.full_posts}, most, self.settings.stop)

    def answer(self) -> Explanation:
        judge = self.judge(self.higher)
        before = Answer(self.variant.name, self.variant.sha256, "rota", "feasible", self.today.goals)
        verdict, how = judge.judge(self.changed)
        base = Explanation(self.variant, self.asked, "open", how, judge.conditions, before=before)
        if verdict == "impossible":
            gives = tuple(give for give in (self._higher_give(), self._others_give()) if give is not None)
            found = why_not(self.changed, judge, self.settings, how)
            return replace(base, reply="impossible", gives=gives, **found)
        after = self.settings.runs.rota(
            self.changed, effort=self.settings.effort, seconds=self.settings.seconds,
            at_least=judge.at_least, at_most=judge.at_most, stop=self.settings.stop,
        )  # fmt: skip
        if after.outcome is None or after.outcome.rota is None:
            return replace(base, after=after)
        worse = first_worse(before, after)
        if worse is None:
            return replace(base, reply="free", after=after)
        return self._at_a_price(replace(base, after=after), before, after, worse)

    def _at_a_price(self, base: Explanation, before: Answer, after: Answer, worse: str) -> Explanation:
        """Return that a lower goal gets worse; why it must, where that is proven."""
        goals = [goal.id for goal in self.today.goals]
        kept = [one for one in self.today.goals[: goals.index(worse) + 1] if one.id in PLAN_GOALS]
        keeping = self.judge([one for one in kept if one.id != FULL_POSTS])
        proven = worse in PLAN_GOALS and keeping.refutes(self.changed)
        told = replace(base, reply="price", prices=(price_of(before, after, worse, proven=proven),))
        if not proven:
            return told
        found = why_not(self.changed, keeping, self.settings, "bound")
        return replace(told, conditions=keeping.conditions, **found)

    def _higher_give(self) -> Give | None:
        """Return by how much the first goal that cannot stay gets worse at best, all others as they are."""
        for at, goal in enumerate(self.higher):
            if not self.judge(self.higher[: at + 1]).refutes(self.changed):
                continue
            kept = self.judge(self.higher[:at])
            best = self._best(goal.id, kept.at_least, kept.at_most)
            return None if best is None or goal.value is None else Give("goal", goal.id, goal.value, best)
        return None

    def _others_give(self) -> Give | None:
        """Return how many of the other full-time posts are left at best when the higher goals stay."""
        if not self.one_more:
            return None
        best = self._best(FULL_POSTS, *_limits(self.higher))
        return None if best is None else Give("others", FULL_POSTS, float(self.today.full_posts), best - 1)

    def _best(self, goal: str, at_least: Mapping[str, float], at_most: Mapping[str, float]) -> float | None:
        """Return the bound of a goal before all others, with the post; None where there is none."""
        first = asking(self.changed.name, self.changed, self.changed.data | {"goals": [goal]})
        stop = self.settings.stop
        answer = self.settings.runs.bound(first, at_least=at_least, at_most=at_most, stop=stop)
        best = answer.goal(goal)
        return None if answer.impossible or best is None else best.bound


def _decides_sizes(goal: str, goals: Sequence[GoalValue]) -> bool:
    """Whether a goal is the one that a larger post is for: full-time posts, or the first about sizes."""
    has_full = any(one.id == FULL_POSTS for one in goals)
    return goal == FULL_POSTS if has_full else UNITS[goal] != UNITS["uncovered"]


def _limits(goals: Sequence[GoalValue]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what goals must be at least, and at most, to stay where they are."""
    known = [(goal.id, goal.value) for goal in goals if goal.value is not None]
    least = {goal: value for goal, value in known if DIRECTION[goal] == "max"}
    most = {goal: value for goal, value in known if DIRECTION[goal] == "min"}
    return least, most
