"""The cases that turnus and its peers are measured on, and how a found rota is judged there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from turnus.bench.wards import ward_of

if TYPE_CHECKING:
    from turnus.problem import Post, Problem
    from turnus.rules import Rule

Lines = npt.NDArray[np.int16]
Question = Literal["rota", "posts"]


@dataclass(frozen=True)
class PeerCase:
    """An instance of a set, and what is asked: the rota of given posts, or posts and rota together."""

    family: str
    instance: str
    question: Question = "rota"

    @property
    def name(self) -> str:
        """Return how reports call it."""
        return f"{self.instance}, {self.question}" if self.family == "wards" else self.instance


CASES = (
    PeerCase("wards", "base-14+4h"),
    PeerCase("wards", "12-weeks-14+4h"),
    PeerCase("wards", "twice-12-weeks-14+4h"),
    PeerCase("wards", "base-14+4h", "posts"),
    PeerCase("curtois", "Instance4"),
    PeerCase("curtois", "Instance6"),
    PeerCase("curtois", "Instance9"),
)


@dataclass(frozen=True)
class Judged:
    """What the audit or the set's scorer says of a rota: its cost, what it breaks, its full-time posts."""

    cost: float
    broken: tuple[str, ...]
    full_time_posts: int | None = None


@dataclass(frozen=True)
class Built:
    """A case that has been read; `posts` is turnus' own plan where the posts are given by it."""

    problem: Problem
    rules: Sequence[Rule]
    posts: tuple[Post, ...]
    judge: Callable[[Sequence[Post], Lines], Judged]


def built(case: PeerCase, folder: Path) -> Built:
    """Return a case read from its set's folder."""
    return _ward(case, folder) if case.family == "wards" else _curtois(case, folder)


def _ward(case: PeerCase, folder: Path) -> Built:
    from turnus.audit import audit
    from turnus.case import load_case
    from turnus.goals import goal_values
    from turnus.lines.cover import build_cover
    from turnus.lines.master import Master
    from turnus.lines.model import build_line_model
    from turnus.lines.pricing import Pricer
    from turnus.posts import Planner
    from turnus.problem import Rota

    ward = ward_of(case.instance)
    loaded = load_case(ward.path(folder), ward.overrides)
    problem, rules = loaded.problem, loaded.rules
    model = build_line_model(problem, rules)
    master = Master(Pricer(model, build_cover(problem, model)))
    plan = Planner(problem, master).plan()
    assert plan is not None, f"{case.name}: no staffing plan"

    def judge(posts: Sequence[Post], lines: Lines) -> Judged:
        rota = Rota(tuple(posts), lines)
        values = goal_values(problem, rules, rota)
        broken = tuple(
            f"{one.rule}: post {one.post}, day {one.day}" for one in audit(problem, rules, rota).hard
        )
        return Judged(values["uncovered"], broken, int(values["full_time_posts"]))

    return Built(problem, rules, plan.posts(master), judge)


def _curtois(case: PeerCase, folder: Path) -> Built:
    from turnus.bench import curtois
    from turnus.bench.curtois_unit import assignment_of, unit_of
    from turnus.problem import FULL_TIME, Post

    instance = curtois.read(folder / f"{case.instance}.txt")
    unit = unit_of(instance)

    def judge(posts: Sequence[Post], lines: Lines) -> Judged:
        del posts
        found = curtois.score(instance, assignment_of(lines))
        return Judged(float(found.cost), found.broken)

    people = tuple(Post(at, FULL_TIME) for at in range(len(unit.problem.classes)))
    return Built(unit.problem, unit.stated, people, judge)
