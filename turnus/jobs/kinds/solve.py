"""Posts and rota of a scenario, as `turnus solve` finds them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from turnus.errors import InputError
from turnus.jobs.kind import Done, Job, JobFile, JobKind
from turnus.texts import N_

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.problem import Rota
    from turnus.result import Progress


class Solve(JobKind):
    """Find posts and rota; the best so far is kept on disk, and a new attempt begins with it."""

    id = "solve"
    title = N_("Posts and rota")
    time_is_for_the_whole = True

    def run(self, job: Job) -> Done:
        """Return the outcome, with `result.json`, the rota and the report as files."""
        from turnus.case import load_case
        from turnus.formats import write_result
        from turnus.result import result_document
        from turnus.solve import SolveOptions, solve

        options = job.options
        case = load_case(job.scenario, options.set, draft=options.draft)
        asked = SolveOptions(job.seconds, options.effort, options.seed, job.threads)
        outcome = solve(
            case, asked, lambda one: _tell(job, one), job.stop,
            keep=lambda rota: _keep(job, case, rota), start=_kept(job, case),
        )  # fmt: skip
        files = write_result(job.out, case, outcome)
        document = result_document(case, outcome)
        named = [JobFile.named(path.name) for path in files]
        return Done(outcome.status, document["summary"], document["goals"], named)


def _tell(job: Job, progress: Progress) -> None:
    """Tell where the solve is, for programs and as a line for people."""
    from turnus.goals import UNITS
    from turnus.result.words import progress_line

    unit, line = UNITS.get(progress.goal), progress_line(progress)
    job.tell({"event": "progress", **asdict(progress), "unit": unit, "line": line})


def _keep(job: Job, case: Case, rota: Rota) -> None:
    """Put the best so far on disk, whole or not at all, and say so."""
    from turnus.audit import free_days
    from turnus.formats import write_rota_csv

    with suppress(OSError):  # a full disk must not end the search
        write_rota_csv(job.best_so_far, case.problem, rota, free_days(case.problem, case.rules, rota))
        job.tell({"event": "kept", "file": job.best_so_far.name})


def _kept(job: Job, case: Case) -> Any:
    """Return the rota that an earlier attempt left; None where there is none that can be read."""
    from turnus.formats import read_rota

    if not job.best_so_far.exists():
        return None
    try:
        return read_rota(job.best_so_far, case.problem)
    except InputError:
        return None
