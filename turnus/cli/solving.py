"""`turnus solve`: the solve runs in a thread, the main thread draws and listens for Ctrl-C."""

from __future__ import annotations

import contextvars
import ctypes
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Generic, TypeVar

from turnus.cli.exits import ABORTED, DONE, IMPOSSIBLE, NOTHING_FOUND, put, say
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import refuse_number
from turnus.errors import InputError
from turnus.texts import _

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.problem import Rota
    from turnus.result import Outcome, Progress

_EXIT_OF = {"optimal": DONE, "feasible": DONE, "infeasible": IMPOSSIBLE, "unknown": NOTHING_FOUND}
_TICK_SECONDS = 0.1
Found = TypeVar("Found")
BEST_SO_FAR = "best-so-far.csv"
_MOST_WORKERS = 256


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for."""

    path: Path
    overrides: tuple[str, ...]
    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int
    out: Path | None
    as_json: bool
    draft: bool = False


@dataclass
class _Work(Generic[Found]):
    """What the working thread and the main thread share."""

    found: list[Found] = field(default_factory=list)
    error: BaseException | None = None


class _Aborted(Exception):
    """Ctrl-C was pressed a second time."""


def solve_file(request: Request) -> int:
    """Solve a scenario, write its result and return the exit code."""
    from turnus.case import load_case
    from turnus.formats.folder import RESULT_FILES

    check_numbers(request)
    if request.out is not None:
        names = (*RESULT_FILES, BEST_SO_FAR)
        refuse_overwriting((request.out / name for name in names), (request.path,))
        _make_folder(request.out)
    case = load_case(request.path, request.overrides, draft=request.draft)
    outcome = solve_watched(case, request)
    _write(case, outcome, request)
    return _EXIT_OF[outcome.status]


def check_numbers(request: Request) -> None:
    """Refuse a time, an effort, a seed or a number of workers that nothing can be done with."""
    limits = {
        "time": request.time_seconds is None or 0 < request.time_seconds < float("inf"),
        "effort": request.effort is None or request.effort >= 1,
        "seed": 0 <= request.seed < 2**31,
        "workers": 1 <= request.workers <= _MOST_WORKERS,
    }
    for option, fine in limits.items():
        if not fine:
            raise refuse_number(option)


def _make_folder(folder: Path) -> None:
    """Find out before solving, not after, that the result cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise InputError([unwritable(error)], str(folder)) from None


def _write(case: Case, outcome: Outcome, request: Request) -> None:
    from turnus.formats import to_json, write_result
    from turnus.result import result_document

    written: list[Path] = []
    if request.out is not None:
        try:
            written = write_result(request.out, case, outcome)
            (request.out / BEST_SO_FAR).unlink(missing_ok=True)
        except OSError as error:
            raise InputError([unwritable(error)], str(request.out)) from None
    if request.as_json:
        put(to_json(result_document(case, outcome)))
        return
    from turnus.cli.summary import show_summary

    show_summary(case, outcome)
    for path in written:
        say(_("Wrote {file}").format(file=path))


def solve_watched(case: Case, request: Request) -> Outcome:
    """Solve a case with progress on stderr; Ctrl-C keeps the best so far."""
    from turnus.cli.progress import progress_display
    from turnus.solve import SolveOptions, solve

    options = SolveOptions(
        time_seconds=request.time_seconds,
        effort=request.effort,
        seed=request.seed,
        workers=request.workers,
    )
    stop = threading.Event()
    told: list[Progress] = []
    keep = _keeper(case, request.out)
    return watched(
        lambda: solve(case, options, told.append, stop.is_set, keep), stop, progress_display(told, stop)
    )


def watched(
    work: Callable[[], Found], stop: threading.Event, display: AbstractContextManager[Callable[[], None]]
) -> Found:
    """Return what long work finds, done in a thread while this one draws; Ctrl-C sets `stop`."""
    run = _Work[Found]()
    worker = _worker(run, work)
    try:
        with _quiet_libraries(), _interrupts(stop), display as draw:
            worker.start()
            while worker.is_alive():
                worker.join(_TICK_SECONDS)
                draw()
    except _Aborted:
        _leave_at_once()
    if run.error is not None:
        raise run.error
    return run.found[0]


def _keeper(case: Case, folder: Path | None) -> Callable[[Rota], None]:
    """Return what puts the best rota so far on disk, so that a crash loses nothing already found."""

    def keep(rota: Rota) -> None:
        from turnus.audit import free_days
        from turnus.formats import write_rota_csv

        if folder is None:
            return
        # A full disk must not end the search; writing the result at the end tells about it.
        with suppress(OSError):
            free = free_days(case.problem, case.rules, rota)
            write_rota_csv(folder / BEST_SO_FAR, case.problem, rota, free)

    return keep


def _worker(run: _Work[Found], work: Callable[[], Found]) -> threading.Thread:
    """Return the thread that works; it inherits the language, and as a daemon it cannot delay an abort."""

    def target() -> None:
        try:
            run.found.append(work())
        except BaseException as error:  # handed to the main thread, which alone tells people
            run.error = error

    context = contextvars.copy_context()
    return threading.Thread(target=lambda: context.run(target), name="turnus-solve", daemon=True)


@contextmanager
def _interrupts(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C (or SIGTERM) stop the search and keep the best so far, the second abort."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupted(number: int, frame: FrameType | None) -> None:
        del number, frame
        if stop.is_set():
            raise _Aborted
        stop.set()
        if not sys.stderr.isatty():
            say(_("Stopping; the best so far is kept. Ctrl-C again aborts."))

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep stdout for the result alone: HiGHS greets there from C, whatever its options say."""
    try:
        stdout = sys.stdout.fileno()
    except (OSError, ValueError, AttributeError):  # stdout is no file, so nothing in C writes to it
        yield
        return
    sys.stdout.flush()
    kept, nowhere = os.dup(stdout), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stdout)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # what C still holds back must not come out after the result
        os.dup2(kept, stdout)
        os.close(kept)
        os.close(nowhere)


def _leave_at_once() -> None:
    """End the process without waiting for native code in the solving thread to return."""
    say(_("Aborted."))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ABORTED)
