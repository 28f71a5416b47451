"""The rota of least cost for given posts: a first rota, a proven bound, and ever better rotas.

A first rota is put together line by line. Then the whole is mixed (bound) and dived into, unless that would
take most of the time there is. After that neighbourhoods of the best rota are explored, two at a time, and
those that can hold nothing better are mostly seen at once.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from turnus.lines.halting import StoppedError, heeding
from turnus.lines.master import Evaluation
from turnus.lines.pricing import SCALE, Column
from turnus.rota.choosing import Chooser
from turnus.rota.effort import TELL_SECONDS, Limits
from turnus.rota.first import first_rota
from turnus.rota.mixing import UNLIMITED, Mix, dive, straight, whole
from turnus.rota.neighbourhood import Choice, Finding, Pool, explored
from turnus.rota.standing import Standing, Task

MOST_LINES = 60
PROGRAM_NODES = 200  # of an integer program in a neighbourhood
PROGRAM_SECONDS = 2.0
#: Lines listed in all, and nodes, of the integer programs that try a proof: at first, and at the end.
EARLY_PROOF, LATE_PROOF = (4_000, 2_000), (40_000, 100_000)
EARLY_SECONDS, LATE_SHARE = 5.0, 0.35
USUAL_ROUNDS = 100  # of new lines until the mix of the whole is nearly the best
ROOT_SHARE = 0.4  # of the time, for the mix of the whole
STRAIGHT_SHARE = 0.7  # of the time left after it, for a dive that keeps to the bound
NEAR_STEPS = 3  # between rota and bound, for a late proof to be worth its time


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
    root: Evaluation | None = None
    phase: Phase = "first"
    told_at: float = 0.0

    def run(self, start: Sequence[npt.NDArray[np.int16]] | None) -> Found:
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
        return USUAL_ROUNDS * round_seconds / self.limits.workers < left

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
            self._bounded(mix.evaluated(lambda: self._told_stop() or late(), 0.1 * self.task.step))
            if not late():
                mix.master.pricer = self.task.pricer.changed(quick=False, threads=threads)
                self._bounded(mix.evaluated(lambda: self._told_stop() or late(), gap))
            for column in mix.master.columns:
                self.pool.remember({column.kind: column})
            if share == 0.0 or self.limits.stop():
                return
            self._tell("dive")
            mix.master.pricer = quick
            lines = self._dived(mix)
        if lines is not None:
            standing = Standing(self.task, [lines[post] for post in range(len(self.task.posts))])
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
        """Take note of what a mix of the whole proves."""
        if self.root is None or found.bound > self.root.bound:
            self.root = found
        self.bound = max(self.bound, self.task.rounded_up(found.bound))
        self._tell("bound")

    def _told_stop(self) -> bool:
        """Whether to stop; whoever watches hears now and then that work goes on."""
        now = time.monotonic()
        if now - self.told_at > TELL_SECONDS:
            self._tell(self.phase)
        return self.limits.stop()

    def _explore(self) -> None:
        """Prove the rota or explore neighbourhoods, the workers side by side, until the limits or a proof."""
        if self.best is None:
            return
        self._prove(*EARLY_PROOF, EARLY_SECONDS)
        self._tell("neighbourhoods")
        chooser = Chooser(self.task, np.random.default_rng(self.seed))
        workers = self.limits.workers
        reserved = self._late()
        with ThreadPoolExecutor(workers) as threads:
            while not self._done() and self.steps < self.limits.moves and not reserved():
                choices = chooser.choices(self.best, workers)
                at = self.best
                found = self._waited([threads.submit(self._explored, at, choice) for choice in choices])
                self.steps += len(choices)
                for choice, one in zip(choices, found, strict=True):
                    chooser.learn(choice, one)
                for one in found:
                    if one.standing is not None:
                        self._keep(self._joined(at, one.standing), "neighbourhoods")
                self._tell("neighbourhoods")
        if not self._done():
            left = None if self.limits.deadline is None else self.limits.deadline - time.monotonic()
            self._prove(*LATE_PROOF, left)

    def _waited(self, running: Sequence[Future[Finding]]) -> list[Finding]:
        """Return what all found; whoever watches hears meanwhile that work goes on."""
        while wait(running, TELL_SECONDS).not_done:
            self._tell(self.phase)
        return [one.result() for one in running]

    def _late(self) -> Callable[[], bool]:
        """Return whether the time has come for a last try at a proof, if one is likely to succeed at all."""
        if self.limits.deadline is None or self.best is None:
            return lambda: False
        begins = self.limits.deadline - LATE_SHARE * (self.limits.deadline - time.monotonic())

        def late() -> bool:
            assert self.best is not None
            near = self.best.cost <= self.bound + NEAR_STEPS * self.task.step
            return near and time.monotonic() > begins

        return late

    def _prove(self, most_lines: int, nodes: int, seconds: float | None) -> None:
        """Raise the bound by listing every line that a rota at the bound could have, as far as they are few.

        A rota that costs what the bound says has only lines that earn, at the prices of the root's bound,
        hardly less than their post's best. When an integer program over all of these finds none, the bound
        rises by a step.
        """
        if self.best is None or self.root is None or not self.root.cuts:
            return
        stop = self._until(seconds)
        straight = self.task.next_lower(self.best.cost)
        for target in (straight, self.bound):
            while target < self.best.cost - 1e-9 and not stop():
                listed = self._listed(target - self.root.bound, most_lines)
                if listed is None:
                    break
                cover = self.task.cover
                lines, proven = whole(
                    self.task.pricer,
                    listed,
                    cover.need,
                    cover.most,
                    target,
                    self._seconds(seconds),
                    nodes,
                    self._told_stop,
                )
                if lines is not None:
                    self._keep(Standing(self.task, [lines[post] for post in range(len(lines))]), "proof")
                if not proven:
                    break
                self.bound = min(self.best.cost, target + self.task.step)
                target = self.bound
                self._tell("proof")
            if self.best.cost <= self.bound + 1e-9:
                return

    def _until(self, seconds: float | None) -> Callable[[], bool]:
        ends = None if seconds is None or self.limits.deadline is None else time.monotonic() + seconds
        return lambda: self.limits.stop() or (ends is not None and time.monotonic() > ends)

    def _seconds(self, seconds: float | None) -> float:
        """Return how long an integer program may take; without a deadline only its nodes are counted."""
        if self.limits.deadline is None:
            return UNLIMITED
        left = self.limits.deadline - time.monotonic()
        return max(0.1, left if seconds is None else min(left, seconds))

    def _listed(self, slack: float, most: int) -> list[Column] | None:
        """Return every line that earns at most `slack` less than its post's best; None when too many."""
        assert self.root is not None
        cut = self.root.cuts[-1]
        found: list[Column] = []
        for post in range(len(self.task.posts)):
            least = cut.profits[post] - SCALE * (slack + 1e-6)
            lines, every = self.task.pricer.near(post, cut.prices, least, most - len(found) + 1)
            if not every or len(found) + len(lines) > most or self.limits.stop():
                return None
            found += [self.task.column(post, line.copy()) for line in lines]
        return found

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
