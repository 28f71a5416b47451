"""The same facts as tables: pandas frames for analysis and reports.

Kept apart from the other modules so that solving does not have to load pandas.
"""

from __future__ import annotations

import pandas as pd

from turnus.clock import show_clock, show_end
from turnus.goals.coverage import coverage
from turnus.problem import FULL_TIME, Problem, Rota


def coverage_frame(problem: Problem, rota: Rota) -> pd.DataFrame:
    """Return one line for each row of the demand: day, block, clock times, competence, need and presence.

    `competence` is None for the headcount; `minutes` is how long the row lasts.
    """
    present = coverage(problem, rota).present
    return pd.DataFrame(
        {
            "day": [row.day for row in problem.rows],
            "day_name": [problem.day_name(row.day) for row in problem.rows],
            "block": [row.block for row in problem.rows],
            "from": [show_clock(row.begins) for row in problem.rows],
            "to": [show_end(row.ends) for row in problem.rows],
            "competence": [
                None if row.competence is None else problem.competences[row.competence]
                for row in problem.rows
            ],
            "need": [row.need for row in problem.rows],
            "present": list(present),
            "missing": [max(0, row.need - there) for row, there in zip(problem.rows, present, strict=True)],
            "minutes": [row.minutes for row in problem.rows],
        }
    )


def posts_frame(problem: Problem, rota: Rota) -> pd.DataFrame:
    """Return one line for each post: person (None for an open post), competence, size and minutes."""
    classes = [problem.classes[post.class_index] for post in rota.posts]
    position = [rota.position_minutes(problem, index) for index in range(len(rota.posts))]
    planned = [rota.worked_minutes(problem, index) for index in range(len(rota.posts))]
    return pd.DataFrame(
        {
            "person": [c.person for c in classes],
            "competence": [problem.competences[c.competence] for c in classes],
            "size_percent": [100 * post.size / FULL_TIME for post in rota.posts],
            "planned_minutes": planned,
            "position_minutes": position,
            "planned_minus_position_minutes": [p - q for p, q in zip(planned, position, strict=True)],
        }
    )
