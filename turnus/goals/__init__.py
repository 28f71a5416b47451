"""What a rota is worth: covered demand, full-time posts, wishes, health and fairness. No solver."""

from turnus.goals.conditions import Condition, conditions_of
from turnus.goals.coverage import Coverage, Place, Tally, coverage
from turnus.goals.heltid import SIZE_STEPS, Heltid, WishedIncrease, heltid
from turnus.goals.load import Load, kind_of_shift, load, worked_weekends
from turnus.goals.people import Changed, changed, changed_days, fairness, unmet_wishes
from turnus.goals.values import DIRECTION, PLAN_GOALS, UNITS, goal_values

__all__ = [
    "DIRECTION",
    "PLAN_GOALS",
    "SIZE_STEPS",
    "UNITS",
    "Changed",
    "Condition",
    "Coverage",
    "Heltid",
    "Load",
    "Place",
    "Tally",
    "WishedIncrease",
    "changed",
    "changed_days",
    "conditions_of",
    "coverage",
    "fairness",
    "goal_values",
    "heltid",
    "kind_of_shift",
    "load",
    "unmet_wishes",
    "worked_weekends",
]
