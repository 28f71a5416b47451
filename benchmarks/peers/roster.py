"""pyworkforce's `MinHoursRoster` on a ward, as far as it has words for it.

It knows people, shifts by day, people needed on each shift, one least number of minutes and one most
number of days off for everybody, and shifts that may not follow another. It has no limit above on minutes
or surplus, no sizes, no competences inside a headcount (each competence is rostered apart here), no runs,
weekends, weekly rest or cycle, and no missing people and no prices, which is all that the Curtois & Qu set
consists of. Naming two shifts that may not follow the same one forbids that shift altogether, so one is.
"""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np

from benchmarks.peers.cases import Built
from benchmarks.peers.linear import Attempt
from benchmarks.peers.plain import Lines


def by_pyworkforce(case: Built, seconds: float, workers: int) -> tuple[Attempt, Lines | None]:
    """Return what it found for each competence by itself, put together; no lines when one has none."""
    from pyworkforce.rostering import MinHoursRoster  # type: ignore[import-not-found,unused-ignore]

    began = time.monotonic()
    problem = case.problem
    competence_of = [problem.classes[post.class_index].competence for post in case.posts]
    lines = np.zeros((len(case.posts), problem.days), np.int16)
    for competence in range(len(problem.competences)):
        people = [at for at, own in enumerate(competence_of) if own == competence]
        least = min(
            problem.classes[case.posts[at].class_index].window(case.posts[at].size, problem.days)[0]
            for at in people
        )
        roster = MinHoursRoster(
            num_days=problem.days,
            resources=[str(at) for at in people],
            shifts=list(problem.codes[1:]),
            shifts_hours=list(problem.minutes[1:]),
            min_working_hours=least,
            max_resting=problem.days - math.ceil(least / max(problem.minutes)),
            required_resources=_required(case, competence),
            banned_shifts=[],
            non_sequential_shifts=[{"origin": "N", "destination": "D"}],
            max_search_time=seconds / len(problem.competences),
            num_search_workers=workers,
        )
        found: dict[str, Any] = roster.solve()
        if found["status"] not in ("OPTIMAL", "FEASIBLE"):
            return Attempt(found["status"].lower(), None, [], None, time.monotonic() - began), None
        for one in found["resource_shifts"]:
            lines[int(one["resource"]), one["day"]] = problem.codes.index(one["shift"])
    spent = time.monotonic() - began
    return Attempt("feasible", None, [], None, spent), lines


def _required(case: Built, competence: int) -> dict[str, list[int]]:
    """Return how many of a competence every shift needs each day; the last takes what the others leave."""
    problem = case.problem
    of_which = {(row.day, row.cells): row.need for row in problem.rows if row.competence is not None}
    required = {code: [0] * problem.days for code in problem.codes[1:]}
    for row in problem.rows:
        if row.competence is None:
            nurses = of_which.get((row.day, row.cells), 0)
            ((day, action),) = row.cells
            required[problem.codes[action]][day] = nurses if competence == 0 else row.need - nurses
    return required
