"""Many solves of like scenarios: kept on disk, sharing work, several side by side with one progress.

`Runs.bound` answers by the staffing plan alone, with proven bounds, in seconds; `Runs.rota` looks for a whole
audited rota; `Runs.many` answers a list of questions.
"""

from __future__ import annotations

import contextvars
import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from turnus.case import Case
from turnus.dialogue import cache
from turnus.dialogue.answer import Answer, Kind, answer_of, impossible_answer
from turnus.dialogue.variant import Variant
from turnus.goals import conditions_of
from turnus.lines.halting import StoppedError
from turnus.posts import Experience, Groundwork, lay_groundwork
from turnus.problem import Problem, Rota
from turnus.result import Outcome, Progress
from turnus.solve import DEFAULT_EFFORT, SolveOptions, bound, solve

Values = Mapping[str, float]
NO_VALUES: Values = MappingProxyType({})
_MOST_GROUNDWORKS = 4
Watch = Callable[[Progress], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Ask:
    """One question to `Runs`.

    Parameters
    ----------
    kind
        `bound` for the plan and its bounds alone, `rota` for a whole rota.
    effort, seconds
        How hard to try, as in `SolveOptions`; without either, `effort` is that of the runs.
    at_least, at_most
        What goals must keep, by goal id, in the goal's unit: the ε-constraints of a trade-off.
    start
        An answer with a rota of a like scenario to begin with.
    """

    variant: Variant
    kind: Kind = "bound"
    effort: int | None = None
    seconds: float | None = None
    at_least: Values = field(default_factory=dict)
    at_most: Values = field(default_factory=dict)
    start: Answer | None = None


@dataclass(frozen=True)
class Batch:
    """Where `Runs.many` is: how many questions are answered, and what the running ones last told."""

    total: int
    done: int
    running: Mapping[str, Progress | None]


@dataclass
class Runs:
    """Answers questions about variants; safe to use from several threads.

    Parameters
    ----------
    folder
        Where answers are kept, by the hash of scenario, settings and code; None keeps none. A folder that
        cannot be written is done without.
    seed, workers, effort
        Of every solve. The same ones give the same answers.
    """

    folder: Path | None = None
    seed: int = 1
    workers: int = 1
    effort: int = DEFAULT_EFFORT
    _idle: list[Groundwork] = field(default_factory=list, repr=False)
    _learnt: Experience | None = field(default=None, repr=False)  # from the first question with a plan
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def learnt(self) -> Experience | None:
        """Return what was found for the first unit, for units that are like it."""
        return self._learnt

    def bound(
        self,
        variant: Variant,
        *,
        at_least: Values = NO_VALUES,
        at_most: Values = NO_VALUES,
        watch: Watch | None = None,
        stop: Stop | None = None,
    ) -> Answer:
        """Return the best staffing plan's bounds, proven by the lines alone; no rota is looked for."""
        return self.answer(Ask(variant, "bound", at_least=at_least, at_most=at_most), watch, stop)

    def rota(
        self,
        variant: Variant,
        *,
        effort: int | None = None,
        seconds: float | None = None,
        start: Answer | None = None,
        at_least: Values = NO_VALUES,
        at_most: Values = NO_VALUES,
        watch: Watch | None = None,
        stop: Stop | None = None,
    ) -> Answer:
        """Return the best audited rota found, with its bounds; `start` is a neighbour's answer."""
        return self.answer(Ask(variant, "rota", effort, seconds, at_least, at_most, start), watch, stop)

    def answer(self, ask: Ask, watch: Watch | None = None, stop: Stop | None = None) -> Answer:
        """Return the answer to one question, from disk where it is kept.

        Raises
        ------
        InputError
            When a condition names a goal that the posts do not decide.
        """
        variant, case = ask.variant, ask.variant.case
        if case is None:
            return impossible_answer(variant.name, ask.kind, variant.sha256, variant.impossible)
        kept = self.kept(ask)
        if kept is not None:
            return kept
        options, start = self._options(ask), _carried(ask.start, case)
        key = cache.key_of(_content(case, ask.kind, options, start))
        outcome = self._solved(case, ask.kind, options, start, watch, stop)
        stopped = stop is not None and stop()
        # What a bound gives does not depend on time as long as there is enough; a rota is one of its time.
        if self.folder is not None and not stopped and (outcome.whole or ask.kind == "rota"):
            with suppress(OSError):  # a full disk costs time, not the answer
                cache.write(self.folder, key, outcome)
        return answer_of(variant.name, ask.kind, case, outcome)

    def kept(self, ask: Ask) -> Answer | None:
        """Return the answer to a question that was asked before, from disk; None where there is none."""
        variant, case = ask.variant, ask.variant.case
        if case is None:
            return impossible_answer(variant.name, ask.kind, variant.sha256, variant.impossible)
        if self.folder is None:
            return None
        options, start = self._options(ask), _carried(ask.start, case)
        found = cache.read(self.folder, cache.key_of(_content(case, ask.kind, options, start)), case)
        return None if found is None else answer_of(variant.name, ask.kind, case, found, cached=True)

    def many(
        self,
        asks: Sequence[Ask],
        jobs: int = 2,
        watch: Callable[[Batch], None] | None = None,
        stop: Stop | None = None,
    ) -> list[Answer | None]:
        """Return the answers in order, `jobs` of them worked out at a time.

        Once `stop` says so, running solves end with the best so far, and questions not begun have None.
        """
        return _Many(self, asks, watch, stop).run(jobs)

    def _options(self, ask: Ask) -> SolveOptions:
        effort = self.effort if ask.effort is None and ask.seconds is None else ask.effort
        conditions = conditions_of(ask.at_least, ask.at_most)
        return SolveOptions(ask.seconds, effort, self.seed, self.workers, conditions)

    def _solved(
        self,
        case: Case,
        kind: Kind,
        options: SolveOptions,
        start: Rota | None,
        watch: Watch | None,
        stop: Stop | None,
    ) -> Outcome:
        if kind == "rota":  # on ground of its own, so that it can be repeated
            return solve(case, options, watch, stop, start=start)
        try:
            ground = self._borrowed(case, stop)
        except StoppedError:
            return bound(case, options, watch, stop)  # which is stopped, too, and says what that leaves
        try:
            outcome = bound(case, options, watch, stop, ground)
            if self._learnt is None and outcome.whole and outcome.plan:
                self._learnt = ground.experience()
        finally:
            with self._lock:
                self._idle = [ground, *self._idle][:_MOST_GROUNDWORKS]
        return outcome

    def _borrowed(self, case: Case, stop: Stop | None) -> Groundwork:
        """Return groundwork that serves the case, and nobody else meanwhile; StoppedError if stopped."""
        with self._lock:
            for ground in self._idle:
                if ground.serves(case.problem, case.rules):
                    self._idle = [one for one in self._idle if one is not ground]
                    return ground
        return lay_groundwork(case.problem, case.rules, stop or _never, like=self._learnt)


def _never() -> bool:
    return False


class _Many:
    """One run of `Runs.many`."""

    def __init__(
        self, runs: Runs, asks: Sequence[Ask], watch: Callable[[Batch], None] | None, stop: Stop | None
    ) -> None:
        self.runs, self.asks = runs, asks
        self.watch, self.asked_to_stop = watch, stop
        self.failed = False
        self.done = 0
        self.running: dict[int, Progress | None] = {}
        self.lock = threading.Lock()

    def run(self, jobs: int) -> list[Answer | None]:
        with ThreadPoolExecutor(max(1, jobs), thread_name_prefix="turnus-run") as pool:
            waiting: list[Future[Answer | None]] = [
                pool.submit(contextvars.copy_context().run, self._one, at) for at in range(len(self.asks))
            ]
        return [one.result() for one in waiting]

    def _stop(self) -> bool:
        return self.failed or (self.asked_to_stop is not None and self.asked_to_stop())

    def _one(self, at: int) -> Answer | None:
        if self._stop():
            return None
        self._tell(at, None)
        try:
            return self.runs.answer(self.asks[at], lambda progress: self._tell(at, progress), self._stop)
        except BaseException:
            self.failed = True  # the others need not go on
            raise
        finally:
            with self.lock:
                self.done += 1
                del self.running[at]
            self._tell(None, None)

    def _tell(self, at: int | None, progress: Progress | None) -> None:
        with self.lock:
            if at is not None:
                self.running[at] = progress
            running = {self.asks[one].variant.name: told for one, told in self.running.items()}
            batch = Batch(len(self.asks), self.done, running)
        if self.watch is not None:
            self.watch(batch)


def _content(case: Case, kind: Kind, options: SolveOptions, start: Rota | None) -> dict[str, object]:
    """Return everything a solve depends on."""
    settings = asdict(options)
    if kind == "bound":  # neither chance nor effort has a part in it
        settings = {"conditions": settings["conditions"]}
    return {"scenario": case.sha256, "kind": kind, "settings": settings, "start": _hash_of(start)}


def _hash_of(rota: Rota | None) -> str | None:
    if rota is None:
        return None
    return hashlib.sha256(repr(rota.posts).encode() + rota.lines.tobytes()).hexdigest()


def _carried(start: Answer | None, case: Case) -> Rota | None:
    """Return a neighbour's rota in this case's posts and shifts; what it has not becomes a day off."""
    if start is None or start.outcome is None or start.outcome.rota is None or start.case is None:
        return None
    old, new, rota = start.case.problem, case.problem, start.outcome.rota
    if old.days != new.days:
        return None
    actions = np.array([_action(code, new) for code in old.codes], np.int16)
    classes = {post.id: index for index, post in enumerate(new.classes)}
    kept = [at for at, post in enumerate(rota.posts) if old.classes[post.class_index].id in classes]
    posts = (rota.posts[at] for at in kept)
    moved = tuple(replace(one, class_index=classes[old.classes[one.class_index].id]) for one in posts)
    return Rota(moved, actions[rota.lines[kept]]) if kept else None


def _action(code: str, problem: Problem) -> int:
    return problem.codes.index(code) if code in problem.codes else 0
