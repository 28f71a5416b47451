"""One ward, solved end to end in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.bench.machine import peak_mb
from turnus.bench.run import Run, Terms, Watch
from turnus.errors import ImpossibleError, InternalError, TurnusError

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.result.outcome import GoalValue, Outcome, Progress


def run_ward(path: Path, overrides: Sequence[str], terms: Terms, watch: Watch) -> Run:
    """Return what one run found.

    The cost is the uncovered demand in person-minutes times its value; `goals` has every goal's value and
    bound. The audit is the scorer.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_tell_all, args=(there, path, tuple(overrides), terms))
    process.start()
    there.close()
    try:
        return _listened(here, watch)
    finally:
        process.terminate()
        process.join()


def _listened(here: Connection, watch: Watch) -> Run:
    while True:
        try:
            said = here.recv()
        except EOFError:
            raise InternalError("the process of a ward ended without a result") from None
        if isinstance(said, Run):
            return said
        if isinstance(said, TurnusError):
            raise said
        watch(*said)


def _tell_all(there: Connection, path: Path, overrides: tuple[str, ...], terms: Terms) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process above, which ends this one
    try:
        there.send(solved(path, overrides, terms, lambda *news: there.send(news)))
    except TurnusError as error:
        there.send(error)


def solved(path: Path, overrides: Sequence[str], terms: Terms, watch: Watch) -> Run:
    """Solve a ward in this process."""
    began = time.monotonic()
    from turnus.case import load_case
    from turnus.solve import SolveOptions, solve

    try:
        case = load_case(path, overrides)
    except ImpossibleError:
        return Run("infeasible", seconds=time.monotonic() - began)
    before = time.monotonic() - began
    steps: list[Progress] = []

    def told(step: Progress) -> None:
        steps.append(step)
        watch(step.phase if step.value is None else step.goal, step.value, step.bound)

    options = SolveOptions(terms.seconds, terms.effort, terms.seed, terms.threads)
    outcome = solve(case, options, told)
    run = _run_of(case, outcome, steps)
    run.seconds = time.monotonic() - began
    run.measured |= {
        "seconds_before_solve": round(before, 3),
        "processor_seconds": round(time.process_time(), 3),
        "peak_mb": peak_mb(),
    }
    return run


def _run_of(case: Case, outcome: Outcome, steps: Sequence[Progress]) -> Run:
    from turnus.audit import audit

    run = Run(outcome.status, goals=[_goal(goal) for goal in outcome.goals])
    for step in _of_cover(steps):
        run.tell(step.value, step.bound, step.seconds)
    rota = outcome.rota
    if rota is not None:
        run.broken = tuple(
            f"{one.rule}: post {one.post}, day {one.day}"
            for one in audit(case.problem, case.rules, rota).hard
        )
    cover = next((goal for goal in outcome.goals if goal.id == "uncovered"), None)
    if cover is not None:
        run.best, run.bound = cover.value, cover.bound
    if run.broken:
        run.status = "broken"
    elif outcome.status == "optimal":
        run.seconds_to_proof = round(outcome.seconds, 3)
    run.measured = {
        "heads": None if rota is None else len(rota.posts),
        "repeatable": outcome.repeatable,
        "seconds_to_bound": seconds_to_bound(steps),
        "seconds_to_cover": seconds_to_cover(steps),
    }
    return run


def _goal(goal: GoalValue) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 6)

    return {
        "id": goal.id, "value": rounded(goal.value), "bound": rounded(goal.bound), "proven": goal.proven,
        "unit": goal.unit,
    }  # fmt: skip


def _of_cover(steps: Sequence[Progress]) -> list[Progress]:
    return [step for step in steps if step.phase == "rota" and step.goal == "uncovered"]


def seconds_to_bound(steps: Sequence[Progress]) -> float | None:
    """Return when the staffing plan's bounds were known, from the start of the solve; None if never."""
    known = [step.seconds for step in steps if step.phase == "posts" and step.bound is not None]
    return round(known[-1], 3) if known else None


def seconds_to_cover(steps: Sequence[Progress]) -> float | None:
    """Return when a rota first had no uncovered demand, from the start of the solve; None if never."""
    covered = (step.seconds for step in _of_cover(steps) if step.value is not None and step.value <= 1e-6)
    first = next(covered, None)
    return None if first is None else round(first, 3)
