"""What plans of the same unit share: its line programs, and the lines and cuts found so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from turnus.lines.cover import build_cover
from turnus.lines.halting import heeding
from turnus.lines.master import Master
from turnus.lines.model import LeftOut, LineModel, build_line_model
from turnus.lines.pricing import Pricer
from turnus.lines.weeks_alike import WeeksAlike, weeks_alike
from turnus.posts.experience import Experience, experience_of
from turnus.problem import Budget, Problem
from turnus.rules.base import Rule
from turnus.texts import N_

TIED = N_("it ties people together")


@dataclass(frozen=True)
class Groundwork:
    """Line programs of a unit and the program that mixes lines; its cuts hold for any numbers of posts.

    It may serve one solve at a time.
    """

    problem: Problem
    rules: tuple[Rule, ...]
    model: LineModel
    master: Master
    alike: WeeksAlike | None

    @property
    def quick(self) -> Master:
        """Return the program that is tried first: the small one where there is one."""
        return self.master if self.alike is None else self.alike.small

    def experience(self) -> Experience:
        """Return what was found so far, for units that are like this one."""
        return experience_of(self.problem, self.master, self.quick)

    def serves(self, problem: Problem, rules: Sequence[Rule]) -> bool:
        """Whether lines and demand are the same: budget, goals and how many posts there are may differ."""
        return tuple(rules) == self.rules and _lines_alone(problem) == _lines_alone(self.problem)


def lay_groundwork(
    problem: Problem,
    rules: Sequence[Rule],
    stop: Callable[[], bool] = lambda: False,
    like: Experience | None = None,
) -> Groundwork:
    """Return the groundwork of a unit; hard rules over several people are in none of its lines.

    `like` is what was found for a unit like it, to begin with. StoppedError when `stop`, which is asked
    before each step, is true.
    """
    model = build_line_model(problem, rules, stop=stop)
    tied = tuple(
        LeftOut(rule, TIED)
        for rule in dict.fromkeys(rule.id for rule in rules if rule.hard and rule.lower_together(problem))
    )
    model = replace(model, left_out=(*model.left_out, *tied))
    with heeding(stop, model.halt):
        master = Master(Pricer(model, build_cover(problem, model)))
        ground = Groundwork(problem, tuple(rules), model, master, weeks_alike(problem, master))
        if like is not None:
            like.give(problem, ground.master, ground.quick)
    return ground


def _lines_alone(problem: Problem) -> Problem:
    """Return the problem without what only the numbers of posts depend on."""
    return replace(
        problem,
        name="",
        unit="",
        goals=(),
        budget=Budget(0, ()),
        most_open_posts=None,
        discussed=None,
        classes=tuple(replace(post, at_most=1) for post in problem.classes),
    )
