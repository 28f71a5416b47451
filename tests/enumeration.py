"""The truth about tiny units, by trying everything: no line program, no solver."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from turnus.problem import FULL_TIME, Post, Problem, Rota
from turnus.rules import Rule

Lines = npt.NDArray[np.int16]


def legal_lines(problem: Problem, rules: Sequence[Rule], class_index: int, days: Sequence[int]) -> Lines:
    """Return every line of a class that breaks no hard rule about lines; shifts only on `days`."""
    post = Post(class_index, problem.classes[class_index].sizes[-1])
    about_lines = [r for r in rules if r.hard and r.lowering == "line" and r.id != "hours_of_post"]
    found = []
    for choice in itertools.product(range(problem.actions), repeat=len(days)):
        line = np.zeros((1, problem.days), np.int16)
        line[0, list(days)] = choice
        rota = Rota((post,), line)
        if not any(True for rule in about_lines for _ in rule.violations(problem, rota)):
            found.append(line[0])
    return np.array(found, np.int16).reshape(-1, problem.days)


def of_size(problem: Problem, lines: Lines, class_index: int, size: int) -> Lines:
    """Return the lines whose hours fit a post of this size."""
    minutes: npt.NDArray[np.int64] = np.asarray(problem.minutes)[lines].sum(axis=1)
    least, most = problem.classes[class_index].window(size, problem.days)
    return lines[(least <= minutes) & (minutes <= most)]


def _row_counts(problem: Problem, class_index: int, lines: Lines) -> npt.NDArray[np.int64]:
    """Return how many people each line puts into each row."""
    competence = problem.classes[class_index].competence
    counts = np.zeros((len(lines), len(problem.rows)), np.int64)
    for index, row in enumerate(problem.rows):
        if competence in row.workers:
            for day, action in row.cells:
                counts[:, index] += lines[:, day] == action
    return counts


def least_uncovered(problem: Problem, choices: Sequence[tuple[int, Lines]]) -> int | None:
    """Return the least weighted uncovered minutes with one line for each post; None when none is legal."""
    sums = np.zeros((1, len(problem.rows)), np.int64)
    for class_index, lines in choices:
        if not len(lines):
            return None
        counts = np.unique(_row_counts(problem, class_index, lines), axis=0)
        sums = np.unique((sums[:, None, :] + counts[None, :, :]).reshape(-1, len(problem.rows)), axis=0)
    need = np.array([row.need for row in problem.rows])
    most = np.array([10**6 if row.most is None else row.most for row in problem.rows])
    weight = np.array([row.minutes * row.value for row in problem.rows])
    legal = sums[(sums <= most).all(axis=1)]
    if not len(legal):
        return None
    return int((np.maximum(0, need - legal) * weight).sum(axis=1).min())


def plans(problem: Problem) -> Iterator[tuple[Post, ...]]:
    """Yield every choice of posts that staff and budget permit."""
    options: list[list[tuple[Post, ...]]] = []
    for index, post in enumerate(problem.classes):
        if post.named:
            options.append([(Post(index, size),) for size in post.sizes])
        else:
            options.append(
                [
                    tuple(Post(index, size) for size in sizes)
                    for number in range(post.at_most + 1)
                    for sizes in itertools.combinations_with_replacement(post.sizes, number)
                ]
            )
    for parts in itertools.product(*options):
        posts = tuple(post for part in parts for post in part)
        if _affordable(problem, posts):
            yield posts


def _affordable(problem: Problem, posts: Sequence[Post]) -> bool:
    if sum(post.size for post in posts) > problem.budget.total:
        return False
    opened = sum(not problem.classes[post.class_index].named for post in posts)
    if problem.most_open_posts is not None and opened > problem.most_open_posts:
        return False
    return all(
        sum(post.size for post in posts if problem.classes[post.class_index].competence == competence) <= most
        for competence, most in problem.budget.by_competence
    )


def plan_values(posts: Sequence[Post], uncovered: int) -> dict[str, float]:
    """Return the goals that posts and their least uncovered demand decide."""
    sizes = [post.size for post in posts]
    full = sum(size >= FULL_TIME for size in sizes)
    heads = len(sizes)
    return {
        "uncovered": float(uncovered),
        "full_time_posts": float(full),
        "full_time_share": 100 * full / max(1, heads),
        "mean_size": sum(sizes) / 100 / max(1, heads),
        "fewest_part_time": float(heads - full),
        "largest_smallest_size": min(sizes, default=0) / 100,
        "fewest_heads": float(heads),
    }
