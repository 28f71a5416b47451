"""How many posts of which size: an integer program over numbers of posts, with cuts from the lines."""

from turnus.posts.conditions import Condition, conditions_of
from turnus.posts.groundwork import Groundwork, lay_groundwork
from turnus.posts.plan import Plan, Planner, StageValue
from turnus.posts.program import PLAN_GOALS

__all__ = [
    "PLAN_GOALS",
    "Condition",
    "Groundwork",
    "Plan",
    "Planner",
    "StageValue",
    "conditions_of",
    "lay_groundwork",
]
