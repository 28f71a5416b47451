"""The conductor: lines, posts, rota, polish, audit, in that order, each with its bound.

- lines: which lines are legal, and what they can earn at most
- posts: how many posts of which size the lines can cover, proven goal by goal
- rota: a line for every post; when the best plan gets no full cover, the next best is tried
- polish: wishes, health and fairness, with posts and cover kept
- audit: every rule again, by code that knows nothing of the above
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from turnus.audit import audit
from turnus.case import Case
from turnus.errors import Finding, InternalError
from turnus.goals import DIRECTION, UNITS, goal_values
from turnus.lines.cover import build_cover
from turnus.lines.master import Master
from turnus.lines.model import LeftOut, LineModel, build_line_model
from turnus.lines.pricing import Pricer
from turnus.posts import PLAN_GOALS, Plan, Planner
from turnus.posts.proof import proof_record
from turnus.problem import Rota
from turnus.result.outcome import GoalValue, Outcome, Polish, Progress
from turnus.rota.build import build_rota
from turnus.rota.effort import Limits
from turnus.rota.mend import mended
from turnus.rota.polish import POLISH_GOALS, polish_rota
from turnus.rota.state import Tables
from turnus.texts import N_, _, up_to

DEFAULT_EFFORT = 10_000  # moves per worker and phase
DEFAULT_SECONDS = 60.0
TIED = N_("it ties people together")
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
    """

    time_seconds: float | None = None
    effort: int | None = None
    seed: int = 1
    workers: int = 2


Watch = Callable[[Progress], None]
Keep = Callable[[Rota], None]


def solve(
    case: Case,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
    stop: Callable[[], bool] | None = None,
    keep: Keep | None = None,
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
    """
    options = options or SolveOptions()
    return _Solve(case, options, watch or _ignore, stop or (lambda: False), keep or _ignore).run()


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
        self._counted_by_moves = self.options.effort is not None or self.options.time_seconds is None
        self.problem, self.rules = self.case.problem, self.case.rules

    def run(self) -> Outcome:
        model = self._timed("lines", self._line_model)
        master = Master(Pricer(model, build_cover(self.problem, model)))
        planner = Planner(self.problem, master, self.limits.stop)
        self._tell("posts", self.problem.goals[0], None, None)
        plan = planner.plan()
        if plan is None:
            return self._without_rota("infeasible", model)
        for stage in plan.stages:
            self._tell("posts", stage.goal, stage.value, stage.bound)
        best = self._rota(planner, plan, model)
        if best is None:
            return self._without_rota("unknown", model, planner, plan)
        before = self._soft_counts(best.rota)
        polished = self._polished(best.rota)
        return self._outcome(polished, before, planner, model)

    def _line_model(self) -> LineModel:
        """Return the line programs; hard rules over several people are none of them, and are named so."""
        model = build_line_model(self.problem, self.rules)
        tied = tuple(
            LeftOut(rule, TIED)
            for rule in dict.fromkeys(
                rule.id for rule in self.rules if rule.hard and rule.lower_together(self.problem)
            )
        )
        return replace(model, left_out=(*model.left_out, *tied))

    def _timed(self, phase: str, work: Callable[[], Any]) -> Any:
        self._tell(phase, self.problem.goals[0], None, None)
        return work()

    def _tell(self, phase: str, goal: str, value: float | None, bound: float | None) -> None:
        self.watch(Progress(phase, goal, value, bound, time.monotonic() - self.started))  # type: ignore[arg-type]

    def _rota(self, planner: Planner, plan: Plan, model: LineModel) -> _Candidate | None:
        """Return the best rota over the best plan and, while demand is not covered, the next best ones."""
        best: _Candidate | None = None
        target = next((stage.bound for stage in plan.stages if stage.goal == "uncovered"), 0.0)
        limits = self.limits.part(ROTA_SHARE, moves=1.0)
        for attempt, other in enumerate(self._plans(planner, plan, limits)):
            found = self._covered(other, planner.master, model, limits, target, attempt)
            if found is not None and (best is None or found.order < best.order):
                best = found
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
                other = planner.plan(worse)
                if other is not None:
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
        built = build_rota(tables, self.options.seed + attempt * 101, share, target / scale, told)
        if built.rota is None:
            return None
        seed = self.options.seed + attempt
        return self._candidate(
            built.rota
            if not model.left_out
            else mended(self.problem, self.rules, model, built.rota, limits, seed, target, told)
        )

    def _candidate(self, rota: Rota) -> _Candidate | None:
        """Return the rota with its values; None when it breaks a hard rule."""
        if audit(self.problem, self.rules, rota).hard:
            return None
        values = goal_values(self.problem, self.rules, rota)
        signed = (values[goal] * (-1 if DIRECTION[goal] == "max" else 1) for goal in self.problem.goals)
        return _Candidate(rota, values, tuple(signed))

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

    def _outcome(self, rota: Rota, before: dict[str, int], planner: Planner, model: LineModel) -> Outcome:
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
        self, status: str, model: LineModel, planner: Planner | None = None, plan: Plan | None = None
    ) -> Outcome:
        bounds = {stage.goal: stage.bound for stage in plan.stages} if plan else {}
        goals = tuple(
            GoalValue(goal, None, bounds.get(goal), False, UNITS[goal]) for goal in self.problem.goals
        )
        reasons = self._reasons(model) if status == "infeasible" else ()
        proof = () if planner is None else (proof_record(planner, model, bounds, {}),)
        return self._finished(status, None, goals, (), proof, reasons)

    def _reasons(self, model: LineModel) -> tuple[Finding, ...]:
        """Return who has no lawful line at all, or else that staff and budget do not fit together."""
        possible = {kind.class_index for kind in Pricer(model, build_cover(self.problem, model)).kinds}
        people = [
            (i, post) for i, post in enumerate(self.problem.classes) if post.named and i not in possible
        ]
        return tuple(_no_line(i, post.id) for i, post in people) or (_no_posts(),)

    def _finished(
        self,
        status: str,
        rota: Rota | None,
        goals: tuple[GoalValue, ...],
        polish: tuple[Polish, ...],
        proof: tuple[dict[str, Any], ...],
        reasons: tuple[Finding, ...] = (),
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
            repeatable=not self.limits.cut_short and self._counted_by_moves,
            reasons=reasons,
        )


def _no_posts() -> Finding:
    """Return why a case without any staffing plan is impossible."""
    return Finding(
        ("budget",),
        _("expected posts for all the staff within the budget"),
        _("found no sizes that fit it"),
        _("Raise the budget, or look at the sizes and the smallest size."),
    )


def _no_line(index: int, name: str) -> Finding:
    """Return that one named person has no line that keeps the rules with any size on offer."""
    return Finding(
        ("staff", index),
        _("expected at least one lawful line for {name}").format(name=name),
        _("found none with the hours of any permitted size"),
        _("Look at this person's fixed and forbidden shifts, leave, history and hours."),
    )


def _beyond(goal: str, value: float, bound: float) -> bool:
    slack = 1e-6 * max(1.0, abs(bound))
    return value > bound + slack if DIRECTION[goal] == "max" else value < bound - slack


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    names = ("turnus", "numpy", "numba", "highspy", "ortools")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
