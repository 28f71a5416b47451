"""One measured solve, in a process of its own so that its peak memory is its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from benchmarks.registry import BenchSpec
from turnus.bench.machine import moment
from turnus.bench.records import Record

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.result.outcome import GoalValue, Outcome, Progress


def measured(spec: BenchSpec, seed: int, workers: int) -> Record:
    """Return the record of one run, made in a fresh process."""
    # A child's peak memory is at least what its parent held: the parent imports no solver.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_run, spec, seed, workers).result()


def _run(spec: BenchSpec, seed: int, workers: int) -> Record:
    at = moment()
    started = time.monotonic()
    from turnus.case import load_case
    from turnus.result.document import versions
    from turnus.solve import SolveOptions, solve

    progress: list[Progress] = []
    case = load_case(spec.path, spec.overrides)
    before = time.monotonic() - started
    options = SolveOptions(effort=spec.effort, seed=seed, workers=workers)
    outcome = solve(case, options, progress.append)
    return {
        **key(spec, seed, workers),
        "name": spec.name,
        "sha256": case.sha256,
        **at,
        "versions": versions(),
        "seconds_before_solve": round(before, 3),
        "seconds_to_bound": seconds_to_bound(progress),
        "seconds_to_cover": seconds_to_cover(progress),
        "seconds": round(time.monotonic() - started, 3),
        "processor_seconds": round(time.process_time(), 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **found(case, outcome),
    }


def key(spec: BenchSpec, seed: int, workers: int) -> Record:
    """Return what tells one run from another."""
    return {
        "scenario": spec.scenario,
        "set": list(spec.overrides),
        "seed": seed,
        "workers": workers,
        "effort": spec.effort,
    }


def found(case: Case, outcome: Outcome) -> Record:
    """Return what a run found; without a rota there are no heads and no breaches to count."""
    from turnus.audit import audit

    rota = outcome.rota
    return {
        "status": outcome.status,
        "repeatable": outcome.repeatable,
        "heads": None if rota is None else len(rota.posts),
        "hard_breaches": None if rota is None else len(audit(case.problem, case.rules, rota).hard),
        "goals": [_goal(goal) for goal in outcome.goals],
    }


def _goal(goal: GoalValue) -> dict[str, Any]:
    rounded = {name: None if value is None else round(value, 6) for name, value in _numbers(goal)}
    return {"id": goal.id, **rounded, "proven": goal.proven, "unit": goal.unit}


def _numbers(goal: GoalValue) -> tuple[tuple[str, float | None], ...]:
    return ("value", goal.value), ("bound", goal.bound)


def seconds_to_bound(progress: Sequence[Progress]) -> float | None:
    """Return when the staffing plan's bounds were known, from the start of the solve; None if never."""
    known = [step.seconds for step in progress if step.phase == "posts" and step.bound is not None]
    return round(known[-1], 3) if known else None


def seconds_to_cover(progress: Sequence[Progress]) -> float | None:
    """Return when a rota first had no uncovered demand, from the start of the solve; None if never."""
    steps = (step for step in progress if step.phase == "rota" and step.goal == "uncovered")
    covered = (step.seconds for step in steps if step.value is not None and step.value <= 1e-6)
    first = next(covered, None)
    return None if first is None else round(first, 3)
