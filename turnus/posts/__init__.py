"""How many posts of which size: an integer program over numbers of posts, with cuts from the lines."""

from turnus.posts.experience import Experience
from turnus.posts.groundwork import Groundwork, lay_groundwork
from turnus.posts.plan import Plan, Planner, StageValue

__all__ = [
    "Experience",
    "Groundwork",
    "Plan",
    "Planner",
    "StageValue",
    "lay_groundwork",
]
