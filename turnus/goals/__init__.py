"""What a rota is worth: covered demand, full-time posts, wishes, health and fairness. No solver."""

from turnus.goals.coverage import Coverage, Place, Tally, coverage
from turnus.goals.heltid import SIZE_STEPS, Heltid, WishedIncrease, heltid
from turnus.goals.people import fairness, unmet_wishes
from turnus.goals.values import DIRECTION, UNITS, goal_values

__all__ = [
    "DIRECTION",
    "SIZE_STEPS",
    "UNITS",
    "Coverage",
    "Heltid",
    "Place",
    "Tally",
    "WishedIncrease",
    "coverage",
    "fairness",
    "goal_values",
    "heltid",
    "unmet_wishes",
]
