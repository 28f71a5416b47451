"""Mending: a rota made to keep the rules that the search for cover does not see, with the cover won back.

The search knows lines one by one. Rules that tie people together, and rules that did not fit the line
program, are kept here by CP-SAT over some posts at a time: first the posts of the breach, then more and more
of the others. Where that costs cover, the search goes on round the tied posts, which stay as they are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from turnus.audit import audit
from turnus.goals import coverage
from turnus.lines.model import LineModel
from turnus.problem import Problem, Rota
from turnus.rota.build import Watch, build_rota
from turnus.rota.effort import Limits
from turnus.rota.state import Tables
from turnus.rules import Rule

REPAIR_SECONDS = 20.0  # deterministic seconds of CP-SAT, which repeat
ROUND_SECONDS = 3.0
ROUNDS = 12  # of CP-SAT over the tied posts and some others
OTHERS = 4  # posts added to the tied ones in such a round


def tied_posts(problem: Problem, rules: Sequence[Rule], rota: Rota) -> list[int]:
    """Return the posts whose lines some of the rules tie together."""
    classes = {index for rule in rules for kind in rule.lower_together(problem) for index in kind.members}
    return [
        post
        for post, one in enumerate(rota.posts)
        if one.class_index in classes and problem.classes[one.class_index].named
    ]


@dataclass
class Mending:
    """One rota's mending; `target` is the uncovered demand, in minutes times value, below which none lies."""

    problem: Problem
    rules: Sequence[Rule]
    model: LineModel
    limits: Limits
    seed: int
    target: float
    watch: Watch = lambda _: None

    def mended(self, rota: Rota) -> Rota:
        """Return a rota that keeps every hard rule, with the best cover found; as given when none is."""
        lawful = self._lawful(rota)
        if lawful is None:
            return rota
        return self._covered(lawful)

    def _lawful(self, rota: Rota) -> Rota | None:
        if not audit(self.problem, self.rules, rota).hard:
            return rota
        for free in self._ever_more(rota):
            if self.limits.stop():
                return None
            found = self._repaired(rota, free, REPAIR_SECONDS)
            if found is not None and not audit(self.problem, self.rules, found).hard:
                return found
        return None

    def _ever_more(self, rota: Rota) -> Iterator[list[int]]:
        """Yield the posts of the breaches, then twice as many each time, up to all."""
        breaches = audit(self.problem, self.rules, rota).hard
        broken = {breach.rule for breach in breaches}
        together = [rule for rule in self.rules if rule.hard and rule.id in broken]
        concerned = {breach.post for breach in breaches if breach.post is not None}
        concerned |= set(tied_posts(self.problem, together, rota))
        competences = {self._competence(rota, post) for post in concerned}
        others = [post for post in range(len(rota.posts)) if post not in concerned]
        np.random.default_rng(self.seed).shuffle(others)
        others.sort(key=lambda post: self._competence(rota, post) not in competences)
        free = sorted(concerned)
        while free:
            yield sorted(free)
            if not others:
                return
            more = max(2, len(free))
            free, others = free + others[:more], others[more:]

    def _competence(self, rota: Rota, post: int) -> int:
        return self.problem.classes[rota.posts[post].class_index].competence

    def _repaired(self, rota: Rota, free: Sequence[int], seconds: float) -> Rota | None:
        from turnus.cpsat import repair  # imported only when needed: loading the solver takes a while

        left = None if self.limits.deadline is None else self.limits.deadline - time.monotonic()
        return repair(self.problem, self.rules, rota, free, seconds, self.seed, wall_seconds=left)

    def _uncovered(self, rota: Rota) -> float:
        rows = self.problem.rows
        short = coverage(self.problem, rota).places
        return float(sum(place.missing * rows[place.row].minutes * rows[place.row].value for place in short))

    def _better(self, best: Rota, other: Rota | None) -> Rota:
        """Return the rota with less uncovered demand, of those that keep every hard rule."""
        if other is None or self._uncovered(other) >= self._uncovered(best):
            return best
        return best if audit(self.problem, self.rules, other).hard else other

    def _done(self, rota: Rota) -> bool:
        return self._uncovered(rota) <= self.target or self.limits.stop()

    def _covered(self, rota: Rota) -> Rota:
        """Return the rota with cover won back: by the search round the tied posts, then by CP-SAT."""
        tied = tied_posts(self.problem, [rule for rule in self.rules if rule.hard], rota)
        if not self._done(rota) and len(tied) < len(rota.posts):
            rota = self._better(rota, self._searched_round(rota, tied))
        rng = np.random.default_rng(self.seed)
        for _ in range(ROUNDS):
            if self._done(rota):
                break
            others = [post for post in range(len(rota.posts)) if post not in tied]
            picked = rng.permutation(others)[:OTHERS].tolist() if others else []
            chosen = rng.permutation(tied)[:OTHERS].tolist() if tied else []
            rota = self._better(rota, self._repaired(rota, sorted({*picked, *chosen}), ROUND_SECONDS))
        return rota

    def _searched_round(self, rota: Rota, tied: Sequence[int]) -> Rota | None:
        """Return what the search finds when the tied posts keep their lines."""
        worth = np.zeros((len(rota.posts), self.problem.days, self.problem.actions))
        for post in tied:
            worth[post] = -np.inf
            worth[post, np.arange(self.problem.days), rota.lines[post]] = 0.0
        tables = Tables(self.problem, self.model, rota.posts, worth=worth)
        scale = max((row.minutes * row.value for row in self.problem.rows), default=1)
        share = self.limits.part(0.5, moves=0.5)
        return build_rota(tables, self.seed, share, self.target / scale, self.watch).rota


def mended(
    problem: Problem,
    rules: Sequence[Rule],
    model: LineModel,
    rota: Rota,
    limits: Limits,
    seed: int,
    target: float,
    watch: Callable[[float], None] = lambda _: None,
) -> Rota:
    """Return the rota with every hard rule kept and as much cover as is found; as given when it fails."""
    return Mending(problem, rules, model, limits, seed, target, watch).mended(rota)
