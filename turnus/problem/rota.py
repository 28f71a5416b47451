"""A rota: who works which action on which day, and on how large a post."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turnus.clock import WEEK_DAYS
from turnus.problem.model import FULL_TIME, OFF, Problem


@dataclass(frozen=True, slots=True)
class Post:
    """One post: which class it belongs to and its size in hundredths of a percent."""

    class_index: int
    size: int


@dataclass(frozen=True)
class Rota:
    """Posts and their lines; `lines[p, d]` is the action of post p on day d."""

    posts: tuple[Post, ...]
    lines: npt.NDArray[np.int16]

    def action(self, problem: Problem, post: int, day: int) -> int | None:
        """Return the action on any day: wrapped round in a cycle, from history before a calendar plan.

        None means that the day is not known.
        """
        if 0 <= day < problem.days:
            return int(self.lines[post, day])
        if problem.cyclic:
            return int(self.lines[post, day % problem.days])
        history = problem.classes[self.posts[post].class_index].history
        return history[day] if -len(history) <= day < 0 else None

    def worked_minutes(self, problem: Problem, post: int) -> int:
        """Return the hours planned for a post over the horizon, in minutes."""
        return int(np.asarray(problem.minutes)[self.lines[post]].sum())

    def credit(self, problem: Problem, post: int) -> int:
        """Return what Sundays and nights take off the hours of a converted post, in twelfths of a minute."""
        if not problem.classes[self.posts[post].class_index].converted:
            return 0
        return sum(problem.credits[day][action] for day, action in enumerate(self.lines[post].tolist()))

    def position_minutes(self, problem: Problem, post: int) -> float:
        """Return the hours of a post over the horizon in minutes, by its own line where converted."""
        one = self.posts[post]
        owner = problem.classes[one.class_index]
        return float(owner.position(one.size, problem.days, self.credit(problem, post)))

    def full_week_minutes(self, problem: Problem, post: int) -> float:
        """Return the minutes a week of a full position on a post's line."""
        one = self.posts[post]
        owner = problem.classes[one.class_index]
        present = problem.days - len(owner.leave)
        if not owner.converted or not present:
            return owner.full_week_minutes
        return self.position_minutes(problem, post) * FULL_TIME * WEEK_DAYS / (one.size * present)

    def is_off(self, post: int, day: int) -> bool:
        """Whether the post is off on a day of the horizon."""
        return bool(self.lines[post, day] == OFF)


def present_rota(problem: Problem) -> Rota | None:
    """Return the rota that people have now, of those whose rota is known; None when nobody's is."""
    known = [(index, one) for index, one in enumerate(problem.classes) if one.present_rota]
    if not known:
        return None
    posts = tuple(Post(index, one.size) for index, one in known)
    return Rota(posts, np.array([one.present_rota for _index, one in known], np.int16))
