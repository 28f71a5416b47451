"""The best staffing plan, goal by goal: numbers of posts that the lines can cover, and proven bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import numpy as np

from turnus.goals import PLAN_GOALS, Condition
from turnus.lines.cover import FloatArray
from turnus.lines.halting import StoppedError
from turnus.lines.master import Cut, Evaluation, Master
from turnus.lines.weeks_alike import WeeksAlike
from turnus.posts.program import Limit, PostsProgram
from turnus.problem import FULL_TIME, Post, Problem

SLACK = 0.5  # weighted minutes of θ that rounding may hide; rows are longer than that
MAXIMISED = (
    "full_time_posts", "full_time_share", "mean_size", "largest_smallest_size", "total_size",
    "wished_increase",
)  # fmt: skip
_MOST_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class StageValue:
    """A goal's value in the plan and its proven bound, both in the goal's unit."""

    goal: str
    value: float
    bound: float


@dataclass(frozen=True)
class Plan:
    """How many posts of each kind, and what that gives for each goal."""

    numbers: FloatArray
    stages: tuple[StageValue, ...]
    converged: bool

    def posts(self, master: Master) -> tuple[Post, ...]:
        """Return the posts, named staff first as in the file, open posts by falling size."""
        kinds = master.pricer.kinds
        counted = [kind for kind, n in zip(kinds, self.numbers, strict=True) for _ in range(int(n))]
        chosen = sorted((kind.class_index, -kind.size) for kind in counted)
        return tuple(Post(index, -negative) for index, negative in chosen)


class Planner:
    """Solves the plan goals one after another; cuts are shared by everything it is asked.

    With `conditions`, every plan and bound is one under them. `alike` is the small program beside the master;
    lines of different classes are looked for by so many `workers`.
    """

    def __init__(
        self,
        problem: Problem,
        master: Master,
        stop: Callable[[], bool] = lambda: False,
        conditions: Sequence[Condition] = (),
        alike: WeeksAlike | None = None,
        workers: int = 1,
    ) -> None:
        self.problem = problem
        self.master = master
        self.alike = alike
        self.workers = workers
        self.stop = stop
        self.conditions = tuple(conditions)
        self.program = PostsProgram(problem, master.pricer)
        self.program.fixed += [limit for one in self.conditions for limit in self._kept(one)]
        self.weeks_alike = False  # whether θ is now that of the small program
        self.rounds_are_over = False
        self.theta = 0.0  # of the program's last solution
        self.evaluations: dict[bytes, float] = {}  # θ of the whole program, by numbers
        self.mixes: dict[bytes, Evaluation] = {}  # of the small program, by numbers

    def plan(self, worse_by: Mapping[str, int] | None = None) -> Plan | None:
        """Return the best plan, or the best that is worse by the given whole units in some goals.

        None when nobody has a lawful line, or no numbers of posts fit staff, budget and conditions: that is
        proven.
        """
        if not self.master.pricer.kinds:
            return None
        with ThreadPoolExecutor(self.workers) as threads, ExitStack() as helped:
            for master in (self.master,) if self.alike is None else (self.master, self.alike.small):
                helped.enter_context(master.helped(threads))
            return self._best(worse_by)

    def _best(self, worse_by: Mapping[str, int] | None) -> Plan | None:
        """Return the plan by weeks alike, if the whole program reaches it, or else by the whole program."""
        if self.alike is not None and not worse_by:  # "worse" is told from what the whole program reaches
            self.weeks_alike = True
            rough, theta = self._planned(worse_by)
            self.weeks_alike = False
            if rough is None or (rough.converged and self._reaches(rough.numbers, theta)):
                return rough  # what weeks alike cannot beat, and the whole program reaches
        return self._planned(worse_by)[0]

    def _planned(self, worse_by: Mapping[str, int] | None) -> tuple[Plan | None, float]:
        """Return a plan as `plan`, and how much demand it may leave uncovered, in weighted minutes."""
        self.rounds_are_over = False
        limits: list[Limit] = []
        stages: list[StageValue] = []
        numbers: FloatArray | None = None
        converged = True
        asked = [goal for goal in self.problem.goals if goal in PLAN_GOALS]
        for goal in (*asked, "wished_increase", "total_size"):
            found = self._stage(goal, limits)
            if found is None:
                return None, 0.0
            value, bound, numbers, done = found
            shift = (worse_by or {}).get(goal, 0)
            if shift:
                limits.append(self._no_better(goal, value + (-shift if goal in MAXIMISED else shift)))
                again = self._stage(goal, limits)
                if again is None:
                    return None, 0.0
                value, _, numbers, done = again
            converged &= done
            if goal in asked:
                stages.append(StageValue(goal, value, bound))
            limits.extend(self.at_least(goal, value))
        assert numbers is not None
        return Plan(numbers, tuple(stages), converged), self.theta

    def bounds(self, found: Mapping[str, float], cuts: list[Cut] | None = None) -> dict[str, float | None]:
        """Return each plan goal's bound given every higher goal at its found value or better."""
        limits: list[Limit] = []
        bounds: dict[str, float | None] = {}
        for goal in (g for g in self.problem.goals if g in PLAN_GOALS):
            bounds[goal] = self._bound(goal, limits, self.master.cuts if cuts is None else cuts)
            limits.extend(self.at_least(goal, found[goal]))
        return bounds

    def at_least(self, goal: str, value: float) -> list[Limit]:
        """Return rows that keep a goal at `value` or better."""
        program = self.program
        match goal:
            case "full_time_share" | "mean_size":
                return [Limit(self._ratio_row(goal, value), least=-1e-6)]
            case "largest_smallest_size":
                return [self._no_smaller(value)]
            case "uncovered":
                return [Limit(program.linear(goal), most=value + SLACK)]
        if goal in MAXIMISED:
            return [Limit(program.linear(goal), least=value - 1e-6)]
        return [Limit(program.linear(goal), most=value + 1e-6)]

    def _kept(self, condition: Condition) -> list[Limit]:
        """Return the rows of a condition."""
        goal, value = condition.goal, condition.value
        if (condition.bound == "least") == (goal in MAXIMISED):
            return self.at_least(goal, value)
        if goal in ("full_time_share", "mean_size"):
            return [Limit(self._ratio_row(goal, value), most=1e-6)]
        if goal == "largest_smallest_size":
            small = self.program.sizes <= round(value * FULL_TIME / 100)
            return [Limit(self.program.row(small.astype(float)), least=1.0)]
        return [self._no_better(goal, value)]

    def _no_better(self, goal: str, value: float) -> Limit:
        row = self.program.linear(goal)
        return Limit(row, most=value + 1e-6) if goal in MAXIMISED else Limit(row, least=value - 1e-6)

    def _ratio_row(self, goal: str, ratio: float) -> FloatArray:
        """Return numerator − ratio · heads: not negative when the goal (in percent) is at least `ratio`."""
        top = self.program.linear("full_time_posts" if goal == "full_time_share" else "total_size")
        return top - ratio / 100 * self.program.linear("fewest_heads")

    def _no_smaller(self, percent: float) -> Limit:
        small = self.program.sizes < round(percent * FULL_TIME / 100)
        return Limit(self.program.row(small.astype(float)), most=0.0)

    def _stage(self, goal: str, limits: list[Limit]) -> tuple[float, float, FloatArray, bool] | None:
        """Return (value, bound, numbers, converged) of one goal under the limits of the higher ones."""
        if goal in ("full_time_share", "mean_size"):
            return self._ratio(goal, limits)
        if goal == "largest_smallest_size":
            return self._largest_smallest(limits)
        solved = self._optimise(self.program.linear(goal), goal in MAXIMISED, limits)
        if solved is None:
            return None
        value, numbers, done = solved
        if goal == "uncovered":
            # Cuts of the whole program may say more than weeks alike do.
            reached = max(value, self._theta(numbers)) if done else value
            return reached, self._rounded(goal, value), numbers, done
        reached = float(self.program.linear(goal)[:-1] @ numbers)
        return reached, self._rounded(goal, value), numbers, done

    def _rounded(self, goal: str, bound: float) -> float:
        """Tighten a bound to the next value the goal can take: whole posts, whole rows of demand."""
        if goal == "uncovered":
            step = math.gcd(*(row.minutes * row.value for row in self.problem.rows)) or 1
            return math.ceil((bound - SLACK) / step) * step if bound > SLACK else 0.0
        if goal in ("full_time_posts", "fewest_heads", "fewest_part_time"):
            return float(math.floor(bound + 1e-6) if goal in MAXIMISED else math.ceil(bound - 1e-6))
        return bound

    def _optimise(
        self, objective: FloatArray, maximise: bool, limits: list[Limit]
    ) -> tuple[float, FloatArray, bool] | None:
        """Return (bound, numbers, converged); what the cuts so far say when stopped."""
        try:
            for whole in (False, True):
                found = self._rounds(objective, maximise, limits, whole)
                if found is None:
                    break
        except StoppedError:
            return self._as_far_as_known(objective, maximise, limits)
        return found

    def _rounds(
        self, objective: FloatArray, maximise: bool, limits: list[Limit], whole: bool
    ) -> tuple[float, FloatArray, bool] | None:
        """Return (bound, numbers, converged); rounds of cuts until θ in the program is θ of the lines."""
        for _ in range(_MOST_ROUNDS):
            solved = self.program.optimum(objective, maximise, self.master.cuts, limits, whole)
            if solved is None:
                return None
            if self._stopping():
                raise StoppedError
            bound, values = solved
            numbers, self.theta = values[:-1], float(values[-1])
            if self._theta(numbers) <= self.theta + SLACK:
                return bound, numbers, True
        if whole:  # from now on the cuts stay as they are, lest more of them refuse what these promise
            self.rounds_are_over = True
            raise StoppedError
        return bound, numbers, False

    def _as_far_as_known(
        self, objective: FloatArray, maximise: bool, limits: list[Limit]
    ) -> tuple[float, FloatArray, bool] | None:
        """Return bound and whole numbers by the cuts so far, which the lines may not be able to cover."""
        solved = self.program.optimum(objective, maximise, self.master.cuts, limits)
        return None if solved is None else (solved[0], solved[1][:-1], False)

    def _stopping(self) -> bool:
        """Whether to end: by the sign that searches heed, by its own question, or after all rounds."""
        return self.rounds_are_over or bool(self.master.pricer.model.halt[0]) or self.stop()

    def _theta(self, numbers: FloatArray) -> float:
        """Return the uncovered demand, in weighted minutes, that lines leave with given numbers of posts.

        With all weeks alike, at least so much is left. StoppedError when told to stop before that is known.
        """
        if self.alike is not None and self.weeks_alike:
            return self._alike(numbers, self.alike).value
        key = _key(numbers)
        if key not in self.evaluations:
            found = self._whole(numbers)
            if self._stopping():
                raise StoppedError
            self.evaluations[key] = found
        return self.evaluations[key]

    def _reaches(self, numbers: FloatArray, theta: float) -> bool:
        """Whether lines leave no more uncovered than θ, as far as that is known before the stop."""
        with suppress(StoppedError):
            return self._theta(numbers) <= theta + SLACK
        return False

    def _alike(self, numbers: FloatArray, alike: WeeksAlike) -> Evaluation:
        """Return what the small program finds, once for the same numbers; the whole one has its cuts then."""
        key = _key(numbers)
        if key not in self.mixes:
            lifted = len(alike.small.cuts)
            found = self._evaluated(alike.small, numbers)
            alike.lift(alike.small.cuts[lifted:])
            if self._stopping():
                raise StoppedError
            self.mixes[key] = found
        return self.mixes[key]

    def _whole(self, numbers: FloatArray) -> float:
        if self.alike is not None:
            self.alike.seed(self._alike(numbers, self.alike).weights)
        return self._evaluated(self.master, numbers).value

    def _evaluated(self, master: Master, numbers: FloatArray) -> Evaluation:
        """Return the best mix; exact pricing has to close only what is left open by a quicker one."""
        exact = master.pricer
        master.pricer = exact.loosely()
        try:
            found = master.evaluate(numbers, self._stopping)
        finally:
            master.pricer = exact
        if found.value - found.bound <= SLACK or self._stopping():
            return found
        return master.evaluate(numbers, self._stopping)

    def _ratio(self, goal: str, limits: list[Limit]) -> tuple[float, float, FloatArray, bool] | None:
        """Maximise a share of the heads (Dinkelbach): raise the ratio until nothing beats it."""
        ratio = 0.0
        while True:
            row = self._ratio_row(goal, ratio)
            solved = self._optimise(row, True, limits)
            if solved is None:
                return None
            excess, numbers, done = solved
            heads = float(numbers.sum())
            if excess <= 1e-6 or heads == 0 or not done:
                # With `excess` left, numerator ≤ ratio · heads + excess, so the ratio is at most this:
                bound = ratio if excess <= 1e-6 else ratio + 100 * excess
                return self._ratio_of(goal, numbers), max(bound, self._ratio_of(goal, numbers)), numbers, done
            ratio = self._ratio_of(goal, numbers)

    def _ratio_of(self, goal: str, numbers: FloatArray) -> float:
        top = self.program.linear("full_time_posts" if goal == "full_time_share" else "total_size")[:-1]
        return 100 * float(top @ numbers) / max(1.0, float(numbers.sum()))

    def _largest_smallest(self, limits: list[Limit]) -> tuple[float, float, FloatArray, bool] | None:
        """Return the largest size below which no post need be; sizes are tried from the largest down."""
        heads = self.program.linear("fewest_heads")
        for size in sorted(set(self.program.sizes), reverse=True):
            solved = self._optimise(heads, False, [*limits, self._no_smaller(100 * size / FULL_TIME)])
            if solved is not None:
                _, numbers, done = solved
                percent = 100 * size / FULL_TIME
                return percent, percent, numbers, done
        return None

    def _bound(self, goal: str, limits: list[Limit], cuts: list[Cut]) -> float | None:
        """Return a proven bound from cuts; None when the higher goals' values leave nothing."""
        if goal == "largest_smallest_size":
            heads = self.program.linear("fewest_heads")
            for size in sorted(set(self.program.sizes), reverse=True):
                percent = 100 * size / FULL_TIME
                if self.program.optimum(heads, False, cuts, [*limits, self._no_smaller(percent)]):
                    return float(percent)
            return None
        if goal in ("full_time_share", "mean_size"):
            return self._ratio_bound(goal, limits, cuts)
        solved = self.program.optimum(self.program.linear(goal), goal in MAXIMISED, cuts, limits)
        return None if solved is None else self._rounded(goal, solved[0])

    def _ratio_bound(self, goal: str, limits: list[Limit], cuts: list[Cut]) -> float | None:
        ratio = 0.0
        while True:
            solved = self.program.optimum(self._ratio_row(goal, ratio), True, cuts, limits)
            if solved is None:
                return None
            higher = self._ratio_of(goal, solved[1][:-1])
            if solved[0] <= 1e-6:
                return ratio
            if higher <= ratio + 1e-9:
                # numerator ≤ ratio · heads + what is left, and there is at least one head
                return ratio + 100 * solved[0]
            ratio = higher


def _key(numbers: FloatArray) -> bytes:
    return np.round(numbers, 9).tobytes()
