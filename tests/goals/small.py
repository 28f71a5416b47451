"""A unit so small that every number can be worked out by hand.

One week that repeats; D 07:30–15:00 and A 14:45–22:15 count 450 minutes, N 22:00–07:45 585.
A full week of 35.5 h is 2130 minutes.
"""

import numpy as np

from turnus.problem import Post, Problem, Rota, build_problem
from turnus.scenario.models import Scenario

SHIFTS = [
    {"code": "D", "name": "Day", "from": "07:30", "to": "15:00", "tags": ["day"]},
    {"code": "A", "name": "Evening", "from": "14:45", "to": "22:15", "tags": ["evening"]},
    {
        "code": "N",
        "name": "Night",
        "from": "22:00",
        "to": "07:45",
        "tags": ["night"],
        "competences": ["nurse"],
    },
]
DEMAND = [
    {
        "block": "day",
        "from": "07:30",
        "to": "15:00",
        "need": {"weekdays": 2, "weekend": 1},
        "of_which": {"nurse": 1},
    },
    {"block": "evening", "shifts": ["A"], "need": 1, "value": 3, "max_surplus": 1},
]
COMPETENCES = {"nurse": {"name": "Nurses", "covers": ["aide"]}, "aide": {"name": "Health workers"}}


def small_problem(**changes: object) -> Problem:
    """Return the unit's problem; `changes` replace whole keys of the scenario."""
    text = {
        "turnus": 1,
        "name": "Small unit",
        "horizon": {"weeks": 1},
        "competences": COMPETENCES,
        "shifts": SHIFTS,
        "demand": DEMAND,
        "staff": [
            {"name": "Kari", "competence": "nurse", "size": 75, "wished_size": 100},
            {"name": "Ola", "competence": "aide", "size": 80},
        ],
        "open_posts": {"sizes": [50, 100], "competences": ["aide"]},
        "budget": {"fte": 3},
    }
    return build_problem(Scenario.model_validate(text | changes))


def small_rota(
    problem: Problem, weeks: list[str], sizes: list[int], classes: list[int] | None = None
) -> Rota:
    """Return a rota from one string of codes per post, `.` for off, in the order of the classes."""
    lines = [[problem.codes.index(c) if c != "." else 0 for c in week] for week in weeks]
    owners = classes if classes is not None else range(len(weeks))
    posts = tuple(Post(owner, size) for owner, size in zip(owners, sizes, strict=True))
    return Rota(posts, np.array(lines, dtype=np.int16))
