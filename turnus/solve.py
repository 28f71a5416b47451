"""The conductor: lines, posts, rota, polish, audit, in that order, each with its bound.

- lines: which lines are legal, and what they can earn at most
- posts: how many posts of which size the lines can cover, proven goal by goal
- rota: a line for every post; when the best plan gets no full cover, the next best is tried
- polish: changed days, wishes, health and fairness, with posts and cover kept
- audit: every rule again, by code that knows nothing of the above
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from turnus.audit import audit
from turnus.case import Case
from turnus.errors import Finding, InternalError
from turnus.goals import DIRECTION, PLAN_GOALS, UNITS, Condition, goal_values
from turnus.lines.halting import StoppedError, heeding
from turnus.lines.master import Master
from turnus.lines.model import LineModel
from turnus.posts import Groundwork, Plan, Planner, lay_groundwork
from turnus.posts.proof import proof_record
from turnus.posts.reasons import reasons
from turnus.problem import Post, Rota, present_rota
from turnus.result.outcome import GoalValue, Outcome, Polish, Progress
from turnus.rota.build import build_rota
from turnus.rota.effort import Limits
from turnus.rota.mend import mended
from turnus.rota.near import near_rota
from turnus.rota.polish import POLISH_GOALS, polish_rota
from turnus.rota.state import Tables
from turnus.texts import N_, _, up_to

DEFAULT_EFFORT = 10_000  # moves per worker and phase
DEFAULT_SECONDS = 60.0
NEAR_SHARE = 0.3  # of the time that is left, for keeping to the present rota
ROTA_SHARE = 0.6  # of the time, for finding cover; the rest is for polish


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How hard to try.

    Parameters
    ----------
    time_seconds
        Wall clock for everything; None with an effort given is no limit, otherwise 60 s.
    effort
        Moves each worker makes at most in each phase; the repeatable limit.
    seed, workers
        Same file, seed, workers and effort give the same rota.
    conditions
        What goals must keep: only plans, bounds and rotas that do are looked at.
    """

    time_seconds: float | None = None
    effort: int | None = None
    seed: int = 1
    workers: int = 2
    conditions: tuple[Condition, ...] = ()


Watch = Callable[[Progress], None]
Keep = Callable[[Rota], None]


def solve(
    case: Case,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
    stop: Callable[[], bool] | None = None,
    keep: Keep | None = None,
    groundwork: Groundwork | None = None,
    start: Rota | None = None,
) -> Outcome:
    """Return the best staffing plan and rota found for a case, with proven bounds, audited.

    Parameters
    ----------
    case
        What to solve.
    options
        Time, effort, seed and workers.
    watch
        Called from the solving thread whenever something is known better.
    stop
        Asked often; once true, the best so far is returned.
    keep
        Given every audited rota that is better than the last, so that a crash loses nothing.
    groundwork
        Lines and cuts of an earlier solve that serve this case; what they lead to is not repeatable.
    start
        A rota of a like case, in this one's posts and shifts, whose lawful lines the search begins with;
        what it leads to is not repeatable.
    """
    options = options or SolveOptions()
    run = _Solve(case, options, watch or _ignore, stop or (lambda: False), keep or _ignore, groundwork, start)
    return run.run()


def bound(
    case: Case,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
    stop: Callable[[], bool] | None = None,
    groundwork: Groundwork | None = None,
) -> Outcome:
    """Return what the lines alone prove: the best staffing plan and its bounds, without looking for a rota.

    Each goal's bound holds given every higher goal at its own bound. The status is `infeasible` when no
    plan exists, otherwise `unknown`: whether a rota reaches the bounds has not been tried.
    """
    options = options or SolveOptions()
    return _Solve(case, options, watch or _ignore, stop or (lambda: False), _ignore, groundwork).bound()


def _ignore(told: object) -> None:
    del told


@dataclass
class _Candidate:
    """A rota with its true goal values, by the hand-written goals."""

    rota: Rota
    values: dict[str, float]
    order: tuple[float, ...]


@dataclass
class _Solve:
    case: Case
    options: SolveOptions
    watch: Watch
    cancelled: Callable[[], bool]
    keep: Keep
    groundwork: Groundwork | None = None
    start: Rota | None = None
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        seconds = self.options.time_seconds
        if seconds is None and self.options.effort is None:
            seconds = DEFAULT_SECONDS
        self.deadline = None if seconds is None else self.started + seconds
        self.limits = Limits(
            self.options.effort or DEFAULT_EFFORT, self.options.workers, self.deadline, self.cancelled
        )
        # With a time alone, the number of moves made is the machine's, even when it was not reached.
        counted_by_moves = self.options.effort is not None or self.options.time_seconds is None
        self._repeatable = counted_by_moves and self.groundwork is None and self.start is None
        self.problem, self.rules = self.case.problem, self.case.rules
        self.present = present_rota(self.problem) if "changed_days" in self.problem.goals else None

    def run(self) -> Outcome:
        try:
            planner, model = self._planner()
        except StoppedError:
            return self._finished("unknown", None, self._unknown_goals(), (), ())
        plan = self._plan(planner)
        if plan is None:
            return self._without_rota("infeasible", planner, model)
        best = self._rota(planner, plan, model)
        if best is None or not self._kept(best.values):
            return self._without_rota("unknown", planner, model, plan)
        best = self._nearer(best, model)
        before = self._soft_counts(best.rota)
        polished = self._polished(best.rota)
        return self._outcome(polished, before, planner, model, plan)

    def bound(self) -> Outcome:
        try:
            planner, model = self._planner()
        except StoppedError:
            return self._finished("unknown", None, self._unknown_goals(), (), ())
        plan = self._plan(planner)
        return self._without_rota("infeasible" if plan is None else "unknown", planner, model, plan)

    def _planner(self) -> tuple[Planner, LineModel]:
        self._tell("lines", self.problem.goals[0], None, None)
        ground = self.groundwork or lay_groundwork(self.problem, self.rules, self.limits.stop)
        planner = Planner(
            self.problem, ground.master, self.limits.stop, self.options.conditions, ground.alike,
            self.options.workers,
        )  # fmt: skip
        return planner, ground.model

    def _plan(self, planner: Planner) -> Plan | None:
        self._tell("posts", self.problem.goals[0], None, None)
        with heeding(self.limits.stop, planner.master.pricer.model.halt):
            plan = planner.plan()
        for stage in plan.stages if plan else ():
            self._tell("posts", stage.goal, stage.value, stage.bound)
        return plan

    def _kept(self, values: dict[str, float]) -> bool:
        return all(one.holds(values[one.goal]) for one in self.options.conditions)

    def _tell(self, phase: str, goal: str, value: float | None, bound: float | None) -> None:
        self.watch(Progress(phase, goal, value, bound, time.monotonic() - self.started))  # type: ignore[arg-type]

    def _rota(self, planner: Planner, plan: Plan, model: LineModel) -> _Candidate | None:
        """Return the best rota over the best plan and, while demand is not covered, the next best ones."""
        best: _Candidate | None = None
        accepted = (one.value for one in self.options.conditions if one.goal == "uncovered")
        bounds = (stage.bound for stage in plan.stages if stage.goal == "uncovered")
        target = next(bounds, next(accepted, 0.0))
        limits = self.limits.part(ROTA_SHARE, moves=1.0)
        for attempt, other in enumerate(self._plans(planner, plan, limits)):
            found = self._covered(other, planner.master, model, limits, target, attempt)
            if found is not None and (best is None or found.order < best.order):
                best = found
                if self._kept(found.values):
                    self.keep(found.rota)
            if limits.stop() or (best is not None and best.values["uncovered"] <= target):
                break
        return best

    def _plans(self, planner: Planner, plan: Plan, limits: Limits) -> Iterator[Plan]:
        """Yield the best plan, the same with another seed, then plans ever further down."""
        yield plan
        yield plan
        goals = {stage.goal for stage in plan.stages}
        steps = [{"fewest_heads": 1}, {"fewest_heads": 2}, {"full_time_posts": 1}, {"full_time_posts": 2},
                 {"fewest_part_time": 1}, {"full_time_posts": 3}, {"full_time_posts": 4}]  # fmt: skip
        for worse in steps:
            if limits.stop():
                return
            if set(worse) <= goals:
                with heeding(limits.stop, planner.master.pricer.model.halt):
                    other = planner.plan(worse)
                if other is not None and other.converged:  # one cut short may not be one that lines can cover
                    yield other

    def _covered(
        self, plan: Plan, master: Master, model: LineModel, limits: Limits, target: float, attempt: int
    ) -> _Candidate | None:
        posts = plan.posts(master)
        if not posts:
            return None
        tables = Tables(self.problem, model, posts)
        scale = max((row.minutes * row.value for row in self.problem.rows), default=1)

        def told(shortfall: float) -> None:
            self._tell("rota", "uncovered", shortfall * scale, target)

        share = limits.part(0.5, moves=1.0 if attempt < 2 else 0.5)
        built = build_rota(tables, self.options.seed + attempt * 101, share, target / scale, told, self.start)
        if built.rota is None:
            return None
        seed = self.options.seed + attempt
        return self._candidate(
            built.rota
            if not model.left_out
            else mended(self.problem, self.rules, model, built.rota, limits, seed, target, told)
        )

    def _nearer(self, best: _Candidate, model: LineModel) -> _Candidate:
        """Return a rota near the one that people have, where that is better by the goals in their order."""
        if self.present is None:
            return best
        limits, seed = self.limits.part(NEAR_SHARE, moves=1.0), self.options.seed

        def told(days: float) -> None:
            self._tell("rota", "changed_days", days, 0.0)

        near = near_rota(self.problem, self.rules, model, best.rota, self.present, seed, limits, told)
        found = self._candidate(near)
        return best if found is None or found.order > best.order else found

    def _candidate(self, rota: Rota) -> _Candidate | None:
        """Return the rota with its values; None when it breaks a hard rule."""
        if audit(self.problem, self.rules, rota).hard:
            return None
        values = goal_values(self.problem, self.rules, rota)
        signed = (values[goal] * (-1 if DIRECTION[goal] == "max" else 1) for goal in self.problem.goals)
        return _Candidate(rota, values, (float(not self._kept(values)), *signed))

    def _polished(self, rota: Rota) -> Rota:
        limits = self.limits.part(1.0)

        def told(goal: str, value: float) -> None:
            self._tell("polish", goal, value, 0.0)

        return polish_rota(self.problem, self.rules, rota, self.options.seed, limits, told, self.keep)

    def _soft_counts(self, rota: Rota) -> dict[str, int]:
        mendable = [rule for rule in self.rules if rule.counts_as_health]
        counts = {rule.id: 0 for rule in mendable}
        for breach in audit(self.problem, mendable, rota).soft:
            counts[breach.rule] += breach.times
        return counts

    def _outcome(
        self, rota: Rota, before: dict[str, int], planner: Planner, model: LineModel, plan: Plan
    ) -> Outcome:
        self._tell("audit", self.problem.goals[-1], None, None)
        report = audit(self.problem, self.rules, rota)
        if report.hard:
            raise InternalError(_("the finished rota breaks {rule}").format(rule=report.hard[0].rule))
        values = goal_values(self.problem, self.rules, rota)
        bounds = planner.bounds(values)
        goals = self._goals(values, bounds)
        after = self._soft_counts(rota)
        return self._finished(
            "optimal" if all(goal.proven for goal in goals) else "feasible",
            rota,
            goals,
            tuple(Polish(rule, count, after[rule], N_("times")) for rule, count in sorted(before.items())),
            (proof_record(planner, model, bounds, values),),
            plan=plan.posts(planner.master),
        )

    def _goals(self, values: dict[str, float], bounds: dict[str, float | None]) -> tuple[GoalValue, ...]:
        """Return value and bound of each goal; proven when they meet and all higher ones are proven."""
        goals: list[GoalValue] = []
        proven = True
        for goal in self.problem.goals:
            bound = 0.0 if goal in POLISH_GOALS else bounds.get(goal)
            value = values[goal]
            if bound is not None and goal in PLAN_GOALS and _beyond(goal, value, bound):
                told = _("{goal}: the value {value} lies beyond its bound {bound}")
                raise InternalError(told.format(goal=goal, value=up_to(value, 6), bound=up_to(bound, 6)))
            proven = proven and bound is not None and abs(value - bound) <= 1e-6 * max(1.0, abs(bound))
            goals.append(GoalValue(goal, value, bound, proven, UNITS[goal]))
        return tuple(goals)

    def _without_rota(
        self, status: str, planner: Planner, model: LineModel, plan: Plan | None = None
    ) -> Outcome:
        bounds = {stage.goal: stage.bound for stage in plan.stages} if plan else {}
        goals = self._unknown_goals(bounds)
        if plan is None:
            told = reasons(self.problem, planner.master.pricer, self.options.conditions)
            return self._finished(status, None, goals, (), (), told)
        proof = (proof_record(planner, model, bounds, {}),)
        return self._finished(status, None, goals, (), proof, plan=plan.posts(planner.master))

    def _unknown_goals(self, bounds: Mapping[str, float] = MappingProxyType({})) -> tuple[GoalValue, ...]:
        return tuple(
            GoalValue(goal, None, bounds.get(goal), False, UNITS[goal]) for goal in self.problem.goals
        )

    def _finished(
        self,
        status: str,
        rota: Rota | None,
        goals: tuple[GoalValue, ...],
        polish: tuple[Polish, ...],
        proof: tuple[dict[str, Any], ...],
        reasons: tuple[Finding, ...] = (),
        plan: tuple[Post, ...] | None = None,
    ) -> Outcome:
        return Outcome(
            status=status,  # type: ignore[arg-type]
            rota=rota,
            goals=goals,
            polish=polish,
            proof=proof,
            seconds=time.monotonic() - self.started,
            seed=self.options.seed,
            workers=self.options.workers,
            effort=self.options.effort,
            repeatable=self._repeatable and not self.limits.cut_short,
            reasons=reasons,
            plan=plan,
            conditions=self.options.conditions,
            whole=not self.limits.cut_short,
        )


def _beyond(goal: str, value: float, bound: float) -> bool:
    slack = 1e-6 * max(1.0, abs(bound))
    return value > bound + slack if DIRECTION[goal] == "max" else value < bound - slack
