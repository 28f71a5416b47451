"""Repair: some posts' lines anew, all others as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from turnus.cpsat.reference import solve_reference
from turnus.problem import Problem, Rota
from turnus.rules import Rule


def repair(
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota,
    free_posts: Sequence[int],
    deterministic_seconds: float,
    seed: int,
    *,
    health: bool = False,
    wall_seconds: float | None = None,
) -> Rota | None:
    """Return the rota with the best lines found for `free_posts`, which then keep every hard rule.

    None when no such lines exist or none were found in the time: the rota given still stands then.
    Its own lines are the solver's first try, so that one that was lawful never gets less cover.
    `wall_seconds` ends the work by the clock, which does not repeat.
    """
    free = frozenset(free_posts)
    fixed = {post: rota.lines[post] for post in range(len(rota.posts)) if post not in free}
    solved = solve_reference(
        problem,
        rules,
        rota.posts,
        deterministic_seconds,
        seed,
        hint=rota.lines,
        fixed=fixed,
        health=health,
        wall_seconds=wall_seconds,
    )
    return None if solved.lines is None else Rota(rota.posts, solved.lines)
