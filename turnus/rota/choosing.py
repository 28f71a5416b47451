"""Which neighbourhood to explore next: more often in ways that have borne fruit lately."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnus.clock import WEEK_DAYS
from turnus.rota.neighbourhood import Choice, Days, Finding, Way
from turnus.rota.standing import Standing, Task

FIRST_POSTS, FIRST_DIVING = 6, 16
#: Of neighbourhoods that are too large, and of those that could be larger.
DEAR_PIVOTS, CHEAP_PIVOTS = 16_000, 2_000
TRIES_OF_A_SIZE = 6
LONG_WEEKS = 13  # beyond which only some weeks are looked at together


@dataclass
class _Arm:
    """A way of choosing: round a dear place or anywhere, all days or some weeks, and how lines are chosen."""

    posts: int
    dear: bool
    weeks: bool
    way: Way = "exact"
    weight: float = 1.0
    fruitless: int = 0


class Chooser:
    """Chooses neighbourhoods, more often in ways that have borne fruit lately."""

    def __init__(self, task: Task, rng: np.random.Generator) -> None:
        self.task, self.rng = task, rng
        third = min(FIRST_DIVING, max(FIRST_POSTS, len(task.posts) // 3))
        self.arms = {
            "any": _Arm(FIRST_POSTS, dear=False, weeks=False),
            "dear": _Arm(FIRST_POSTS, dear=True, weeks=False),
            "any, dive": _Arm(third, dear=False, weeks=False, way="dive"),
            "dear, dive": _Arm(third, dear=True, weeks=False, way="dive"),
            "any, straight": _Arm(third, dear=False, weeks=False, way="straight"),
            "dear, straight": _Arm(third, dear=True, weeks=False, way="straight"),
        }
        if task.problem.weeks > LONG_WEEKS:
            self.arms.clear()
        if task.problem.weeks > 4:
            self.arms["any weeks"] = _Arm(2 * FIRST_POSTS, dear=False, weeks=True)
            self.arms["weeks"] = _Arm(2 * FIRST_POSTS, dear=True, weeks=True)
            self.arms["weeks, dive"] = _Arm(2 * FIRST_DIVING, dear=True, weeks=True, way="dive")
            self.arms["weeks, straight"] = _Arm(2 * FIRST_DIVING, dear=True, weeks=True, way="straight")

    def choices(self, standing: Standing, count: int) -> list[Choice]:
        """Return neighbourhoods that share no post as far as possible."""
        busy: set[int] = set()
        chosen = []
        for _ in range(count):
            names = list(self.arms)
            weights = np.array([self.arms[name].weight for name in names])
            name = str(self.rng.choice(names, p=weights / weights.sum()))
            choice = self._choice(name, standing, busy)
            busy |= set(choice.posts)
            chosen.append(choice)
        return chosen

    def _choice(self, name: str, standing: Standing, busy: set[int]) -> Choice:
        arm, total = self.arms[name], len(self.task.posts)
        order = self.rng.permutation(total).tolist()
        place = self._dear_day(standing) if arm.dear else None
        if place is not None:
            order = self._near(standing, order, place)
        order.sort(key=lambda post: post in busy)
        days = self._stretch(place) if arm.weeks else np.ones(self.task.problem.days, bool)
        posts = min(arm.posts, total)
        if arm.way != "exact":
            posts = int(self.rng.integers(max(1, posts // 2), min(total, 2 * posts) + 1))
        return Choice(tuple(sorted(order[:posts])), days, name, arm.way)

    def _stretch(self, place: int | None) -> Days:
        days = self.task.problem.days
        length = int(self.rng.integers(2, 5)) * WEEK_DAYS
        middle = int(self.rng.integers(days)) if place is None else place
        first = min(max(0, middle - int(self.rng.integers(length))), days - length)
        free = np.zeros(days, bool)
        free[first : first + length] = True
        return free

    def _dear_day(self, standing: Standing) -> int | None:
        """Return a day on which demand is dear; None when it is nowhere."""
        cover, counts = self.task.cover, standing.counts
        cost = np.maximum(0.0, cover.need - counts) * cover.weight
        cost += np.maximum(0.0, counts - cover.most) * cover.over
        if not cost.any():
            return None
        return self.task.problem.rows[int(self.rng.choice(len(cost), p=cost / cost.sum()))].day

    def _near(self, standing: Standing, order: list[int], place: int) -> list[int]:
        """Return the posts with those first that work close to a day."""
        around = slice(max(0, place - 2), place + 3)
        at_work = (standing.lines[:, around] > 0).sum(axis=1)
        closeness = {post: float(at_work[post]) + 4 * float(self.rng.random()) for post in order}
        return sorted(order, key=lambda post: -closeness[post])

    def learn(self, choice: Choice, found: Finding) -> None:
        """Weigh the way of choosing by what came of it, and take more posts when nothing has for long."""
        arm = self.arms[choice.origin]
        gained = found.standing is not None
        arm.weight = max(0.1, 0.9 * arm.weight + (0.35 if gained else 0.0))
        if found.pivots > DEAR_PIVOTS:
            arm.posts = max(3, round(0.8 * arm.posts))
        elif arm.way != "exact" and found.pivots < CHEAP_PIVOTS:
            arm.posts = min(len(self.task.posts), arm.posts + 1)
        if gained:
            arm.fruitless = 0
            return
        arm.fruitless += 1
        if not found.exact and choice.way == "exact":
            arm.fruitless = 0
            arm.posts = max(3, arm.posts - 1)
        elif arm.fruitless >= TRIES_OF_A_SIZE:
            arm.fruitless = 0
            arm.posts = min(len(self.task.posts), arm.posts + 2)
