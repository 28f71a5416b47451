"""How many posts of which size: an integer program over numbers of posts, with cuts from the lines."""

from turnus.posts.plan import Plan, Planner, StageValue
from turnus.posts.program import PLAN_GOALS

__all__ = ["PLAN_GOALS", "Plan", "Planner", "StageValue"]
