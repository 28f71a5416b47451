"""The rota of least cost for given posts: a first rota, a proven bound, and ever better rotas.

A first rota is put together line by line. Then the whole is mixed (bound) and dived into, unless that would
take most of the time there is. After that neighbourhoods of the best rota are explored, two at a time, and
those that can hold nothing better are mostly seen at once. In turns with that, all rotas are looked at in
parts (`turnus.rota.branching`), which ends in a proof.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from turnus.lines.cover import FloatArray
from turnus.lines.halting import StoppedError, heeding
from turnus.lines.master import Evaluation
from turnus.lines.pricing import Column
from turnus.rota.branching import LookTerms, Tree
from turnus.rota.choosing import Chooser
from turnus.rota.effort import TELL_SECONDS, Limits
from turnus.rota.first import first_rota
from turnus.rota.mixing import UNLIMITED, Mix, dive, straight
from turnus.rota.neighbourhood import Choice, Finding, Pool, explored
from turnus.rota.standing import Standing, Task

MOST_LINES = 60
PROGRAM_NODES = 200  # of an integer program in a neighbourhood
PROGRAM_SECONDS = 2.0
LOOK = LookTerms(lines=1_500, lines_of_all=10_000, nodes=PROGRAM_NODES)
PROGRAM_SHARE = 0.1  # of the time left, for an integer program over the lines of a part
FIRST_PARTS, LAST_PARTS = 20, 400  # of all rotas, before the first neighbourhood, and in all without a clock
FAR_SHARE, NEAR_SHARE = 0.05, 0.5  # of the time, for parts of all rotas
USUAL_ROUNDS = 100  # of new lines until the mix of the whole is nearly the best
ROOT_SHARE = 0.4  # of the time, for the mix of the whole
FAR_MIX = 0.1  # of its value, above its bound: a mix so far from converged is no guide to whole lines
STRAIGHT_SHARE = 0.7  # of the time left after it, for a dive that keeps to the bound
NEAR_STEPS = 3  # between rota and bound, for parts to have the larger share

T = TypeVar("T")
Phase = Literal["start", "first", "bound", "dive", "neighbourhoods", "proof"]


@dataclass(frozen=True)
class Told:
    """What is known so far; costs in points, None when not known yet."""

    phase: Phase
    cost: float | None
    bound: float | None


Watch = Callable[[Told], None]


@dataclass(frozen=True)
class Found:
    """The best rota, a proven bound on every rota's cost, and how many neighbourhoods were tried."""

    standing: Standing | None
    bound: float
    steps: int

    @property
    def proven(self) -> bool:
        """Whether no rota costs less."""
        return self.standing is not None and self.standing.cost <= self.bound + 1e-6 * max(
            1.0, abs(self.bound)
        )


def least_cost(
    task: Task,
    seed: int,
    limits: Limits,
    watch: Watch = lambda _: None,
    start: Sequence[npt.NDArray[np.int16]] | None = None,
) -> Found:
    """Return the best rota found for a task within the limits, never worse than `start`.

    `limits.moves` counts neighbourhoods.
    """
    return _LeastCost(task, seed, limits, watch).run(start)


def guides(mix: Evaluation) -> bool:
    """Return whether a mix is near enough to the best one for a dive from it to be worth its time."""
    return math.isfinite(mix.value) and mix.value - mix.bound <= FAR_MIX * abs(mix.value) + 1e-6


def good_prices(mix: Evaluation) -> FloatArray | None:
    """Return the scaled row prices at which neighbourhoods of a mix begin; None when it is no guide."""
    return mix.cuts[-1].prices if mix.cuts and guides(mix) else None


def parts_first(parts: int, part_seconds: float, given_seconds: float) -> bool:
    """Whether some parts come before the first neighbourhood, for what they prove early.

    They do as long as they are few and take little of the time.
    """
    return parts < FIRST_PARTS and part_seconds < FAR_SHARE * given_seconds


@dataclass
class _LeastCost:
    task: Task
    seed: int
    limits: Limits
    watch: Watch
    best: Standing | None = None
    bound: float = -math.inf
    steps: int = 0
    pool: Pool = field(default_factory=Pool)
    tree: Tree | None = None
    phase: Phase = "first"
    told_at: float = 0.0
    given_seconds: float = math.inf
    part_seconds: float = 0.0
    neighbourhood_seconds: float = 0.0

    def run(self, start: Sequence[npt.NDArray[np.int16]] | None) -> Found:
        if self.limits.deadline is not None:
            self.given_seconds = self._seconds(None)
        if start is not None:
            self._keep(Standing.of_lines(self.task, np.array(start, np.int16)), "start")
        with heeding(self.limits.stop, self.task.pricer.model.halt), suppress(StoppedError):
            share = ROOT_SHARE if self._first() else 0.0
            if not self._done():
                self._root(share)
            if not self._done():
                self._explore()
        return Found(self.best, self.bound, self.steps)

    def _done(self) -> bool:
        proven = self.best is not None and Found(self.best, self.bound, self.steps).proven
        return proven or self.limits.stop()

    def _keep(self, standing: Standing, phase: Phase) -> None:
        if self.best is None or standing.cost < self.best.cost - 1e-9:
            self.best = standing
            self.pool.remember(dict(enumerate(standing.columns)))
        self._tell(phase)

    def _tell(self, phase: Phase) -> None:
        self.phase, self.told_at = phase, time.monotonic()
        bound = self.bound if math.isfinite(self.bound) else None
        self.watch(Told(phase, None if self.best is None else self.best.cost, bound))

    def _first(self) -> bool:
        """Put a first rota together; return whether there is time to mix the whole."""
        self._tell("first")
        began = time.monotonic()
        rounds = 0

        def seen(standing: Standing) -> None:
            nonlocal rounds
            rounds += 1
            self._keep(standing, "first")

        found = first_rota(self.task, np.random.default_rng(self.seed), self._told_stop, seen)
        if found is not None:
            self._keep(found, "first")
        if self.limits.deadline is None:
            return True
        round_seconds = (time.monotonic() - began) / (rounds + 1)
        left = self.limits.deadline - time.monotonic()
        return USUAL_ROUNDS * round_seconds / self.limits.workers < ROOT_SHARE * left

    def _root(self, share: float) -> None:
        """Prove a bound by the best mix, for a share of the time at most, and dive from it."""
        cover = self.task.cover
        gap = 0.01 * self.task.step
        late = self._until(None if self.limits.deadline is None else share * self._seconds(None))
        with ThreadPoolExecutor(self.limits.workers) as threads:
            quick = self.task.pricer.changed(quick=True, threads=threads)
            mix = Mix(quick, cover.need, cover.most, 0.0)
            if self.best is not None:
                mix.add(self.best.columns)
            self._tell("bound")
            found = mix.evaluated(lambda: self._told_stop() or late(), 0.1 * self.task.step)
            self._bounded(found)
            if not late():
                mix.master.pricer = self.task.pricer.changed(quick=False, threads=threads)
                found = mix.evaluated(lambda: self._told_stop() or late(), gap)
                self._bounded(found)
            for column in mix.master.columns:
                self.pool.remember({column.kind: column})
            self._plant(mix, found)
            if share == 0.0 or self.limits.stop() or not guides(found):
                return
            self._tell("dive")
            mix.master.pricer = quick
            lines = self._dived(mix)
            if lines is None:  # in time: the posts that have no line yet get theirs as in a first rota
                rng = np.random.default_rng(self.seed)
                standing = first_rota(self.task, rng, self._told_stop, begun=mix.taken)
            else:
                standing = Standing(self.task, [lines[post] for post in range(len(self.task.posts))])
        if standing is not None:
            self._keep(standing, "dive")

    def _dived(self, mix: Mix) -> dict[int, Column] | None:
        """Return the lines of a dive that keeps to the bound as long as it can, then as near as it can."""
        timed = self.limits.deadline is not None
        late = self._until(STRAIGHT_SHARE * self._seconds(None) if timed else None)
        lines = straight(mix, self.bound, lambda: self._told_stop() or late())
        if lines is not None:
            return lines
        late = self._until(STRAIGHT_SHARE * self._seconds(None) if timed else None)
        return dive(mix, self.task.step, lambda: self._told_stop() or late())

    def _bounded(self, found: Evaluation) -> None:
        """Take note of what a mix of the whole proves, and at which prices."""
        prices = good_prices(found)
        if prices is not None:
            self.pool.prices = prices
        self.bound = max(self.bound, self.task.rounded_up(found.bound))
        self._tell("bound")

    def _plant(self, mix: Mix, found: Evaluation) -> None:
        """Begin to see all rotas as parts, if the whole could be mixed to the end."""
        if found.value - found.bound <= self.task.step:
            exact = self.task.pricer.changed(quick=False)
            self.tree = Tree(self.task, exact, mix.master.columns, self.bound)

    def _told_stop(self) -> bool:
        """Whether to stop; whoever watches hears now and then that work goes on."""
        now = time.monotonic()
        if now - self.told_at > TELL_SECONDS:
            self._tell(self.phase)
        return self.limits.stop()

    def _explore(self) -> None:
        """Explore neighbourhoods and parts of all rotas side by side, until the limits or a proof."""
        if self.best is None:
            return
        chooser = Chooser(self.task, np.random.default_rng(self.seed))
        with ThreadPoolExecutor(self.limits.workers) as threads:
            while not self._done():
                began = time.monotonic()
                searched_out = self.steps >= self.limits.moves
                if self.tree is not None and self._part_is_due(self.tree, searched_out):
                    self._parts(threads, self.tree)
                    self.part_seconds += time.monotonic() - began
                elif searched_out:
                    return
                else:
                    self._neighbourhoods(threads, chooser)
                    self.neighbourhood_seconds += time.monotonic() - began

    def _part_is_due(self, tree: Tree, searched_out: bool) -> bool:
        """Whether to look at parts of all rotas next, or else at neighbourhoods of the best one.

        After the first ones parts have their share of the time, which is larger where rota and bound are
        close. Where only moves count, the last parts come at the end.
        """
        assert self.best is not None
        if tree.over:
            return False
        if searched_out:
            return tree.parts < LAST_PARTS
        if parts_first(tree.parts, self.part_seconds, self.given_seconds):
            return True
        if self.limits.deadline is None:
            return False
        near = self.best.cost <= self.bound + NEAR_STEPS * self.task.step
        share = NEAR_SHARE if near else FAR_SHARE
        return self.part_seconds < share * (self.part_seconds + self.neighbourhood_seconds)

    def _neighbourhoods(self, threads: ThreadPoolExecutor, chooser: Chooser) -> None:
        """Explore neighbourhoods of the best rota, one for each worker."""
        assert self.best is not None
        self._tell("neighbourhoods")
        choices = chooser.choices(self.best, self.limits.workers)
        at = self.best
        found = self._waited([threads.submit(self._explored, at, choice) for choice in choices])
        self.steps += len(choices)
        for choice, one in zip(choices, found, strict=True):
            chooser.learn(choice, one)
            if one.standing is not None:
                self._keep(self._joined(at, one.standing), "neighbourhoods")

    def _parts(self, threads: ThreadPoolExecutor, tree: Tree) -> None:
        """Look at parts of all rotas, one for each worker."""
        assert self.best is not None
        self._tell("proof")
        seconds = UNLIMITED if self.limits.deadline is None else PROGRAM_SHARE * self._seconds(None)
        looks = tree.looks(
            self.limits.workers, self.best, replace(LOOK, seconds=seconds, stop=self.limits.stop)
        )
        looked = self._waited([threads.submit(look) for look in looks])
        tree.learn(looked)
        for one in looked:
            self._keep(one.best, "proof")
        self.bound = max(self.bound, min(tree.bound, self.best.cost))
        self._tell("proof")

    def _waited(self, running: Sequence[Future[T]]) -> list[T]:
        """Return what all found; whoever watches hears meanwhile that work goes on."""
        while wait(running, TELL_SECONDS).not_done:
            self._tell(self.phase)
        return [one.result() for one in running]

    def _until(self, seconds: float | None) -> Callable[[], bool]:
        ends = None if seconds is None or self.limits.deadline is None else time.monotonic() + seconds
        return lambda: self.limits.stop() or (ends is not None and time.monotonic() > ends)

    def _seconds(self, seconds: float | None) -> float:
        """Return how long an integer program may take; without a deadline only its nodes are counted."""
        if self.limits.deadline is None:
            return UNLIMITED
        left = self.limits.deadline - time.monotonic()
        return max(0.1, left if seconds is None else min(left, seconds))

    def _joined(self, at: Standing, other: Standing) -> Standing:
        """Return the best rota with another's changes too, where that is better still."""
        assert self.best is not None
        changed = {
            post: new
            for post, (old, new) in enumerate(zip(at.columns, other.columns, strict=True))
            if old is not new
        }
        joined = self.best.replaced(changed)
        return joined if joined.cost < other.cost else other

    def _explored(self, at: Standing, choice: Choice) -> Finding:
        seconds = min(PROGRAM_SECONDS, self._seconds(None)) if self.limits.deadline is not None else UNLIMITED
        try:
            return explored(
                self.task, at, choice, self.pool, MOST_LINES, seconds, PROGRAM_NODES, self.limits.stop
            )
        except StoppedError:
            return Finding(None, -math.inf, exact=False)
