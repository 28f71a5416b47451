"""The scenario, indexed and in whole minutes: what everything below reads."""

from turnus.problem.build import build_problem
from turnus.problem.model import FULL_TIME, OFF, Budget, Part, PostClass, Problem, Row, Shift, Wish
from turnus.problem.rota import Post, Rota, present_rota

__all__ = [
    "FULL_TIME",
    "OFF",
    "Budget",
    "Part",
    "Post",
    "PostClass",
    "Problem",
    "Rota",
    "Row",
    "Shift",
    "Wish",
    "build_problem",
    "present_rota",
]
