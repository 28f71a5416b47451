"""Questions answered by several processes at once; what they find is kept on disk, where all look first.

A process that fails or is killed costs time alone: what it has not kept is worked out by the one that asked.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event
from pathlib import Path

from turnus.dialogue.answer import Answer
from turnus.dialogue.runs import Ask, Batch, Runs
from turnus.posts import Experience
from turnus.texts import language, using_language

ORPHANED = 3
_SECONDS = 0.2  # between two looks at how far the processes are


@dataclass(frozen=True)
class _Setup:
    """What each process is given once."""

    folder: Path
    seed: int
    workers: int
    effort: int
    learnt: Experience | None
    language: str
    stop: Event

    def runs(self) -> Runs:
        return Runs(self.folder, self.seed, self.workers, self.effort, _learnt=self.learnt)


def answered(
    runs: Runs,
    asks: Sequence[Ask],
    processes: int,
    jobs: int,
    watch: Callable[[Batch], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[Answer | None]:
    """Return the answers as `Runs.many`; with more than one of `processes`, each in one of so many.

    They begin with what the runs have learnt, and share answers through the folder of the runs; without a
    folder there is one process.
    """
    if processes < 2 or runs.folder is None or len(asks) < 2:
        return runs.many(asks, jobs, watch, stop)
    _work_out(runs, runs.folder, asks, processes, watch, stop or (lambda: False))
    return runs.many(asks, jobs, None, stop)


def _work_out(
    runs: Runs,
    folder: Path,
    asks: Sequence[Ask],
    processes: int,
    watch: Callable[[Batch], None] | None,
    stop: Callable[[], bool],
) -> None:
    """Let processes answer the questions, and keep the answers."""
    context = get_context("spawn")  # numba and HiGHS have threads, which a fork would break
    ended = context.Event()
    setup = _Setup(folder, runs.seed, runs.workers, runs.effort, runs.learnt, language(), ended)
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(setup,)) as pool:
        waiting = {pool.submit(_answer, ask): ask for ask in asks}
        while not all(one.done() for one in waiting):
            wait(waiting, _SECONDS)
            if watch is not None:
                watch(_batch(waiting))
            if stop():
                ended.set()
                pool.shutdown(wait=False, cancel_futures=True)


def _batch(waiting: dict[Future[None], Ask]) -> Batch:
    done = sum(one.done() for one in waiting)
    running = {ask.variant.name: None for one, ask in waiting.items() if one.running()}
    return Batch(len(waiting), done, running)


_mine: list[tuple[_Setup, Runs]] = []  # of a process


def _begin(setup: _Setup) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked hears Ctrl-C, and says when to end
    threading.Thread(target=_end_with_the_parent, name="turnus-parent", daemon=True).start()
    _mine.append((setup, setup.runs()))


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(ORPHANED)


def _answer(ask: Ask) -> None:
    ((setup, runs),) = _mine
    with using_language(setup.language):
        runs.answer(ask, stop=setup.stop.is_set)
