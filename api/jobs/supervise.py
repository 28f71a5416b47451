"""A run from taking it to its answer: the process, what it tells, what is asked of it meanwhile."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.jobs.attempt import BEST_SO_FAR, Attempt, Superseded, Taken, take
from api.jobs.child import Child, Processes
from api.settings import Settings
from api.store import Database
from turnus import JOB_KINDS, using_language
from turnus import translated as _

_log = logging.getLogger("turnus.jobs")
_LISTEN_SECONDS = 0.1
_NOTE_SECONDS = 0.5  # how often progress is written down
_LEAST_SECONDS = 1.0
_GRACE_SECONDS = 30.0  # for writing the answer after its time is over
_LAST_WORDS = ("finished", "failed", "parts")


def work(database: Database, settings: Settings, processes: Processes, run_id: str, phase: str,
         executor: str, leaving: threading.Event) -> None:  # fmt: skip
    """Work a run out, or as much of it as this worker may: cancelled, superseded or given back in between.

    Parameters
    ----------
    leaving
        Once set, the worker is shutting down: the run is given back with its best so far.
    """
    taken = take(database, run_id, phase, executor)
    if taken is None:
        return
    with TemporaryDirectory(prefix="turnus-run-") as place, using_language(taken.language):
        attempt = Attempt(database, taken)
        try:
            _Supervision(attempt, settings, processes, Path(place), leaving.is_set).run()
        except Superseded:
            _log.warning("run is in other hands", extra={"run_id": run_id, "attempt": taken.number})
        except Exception:
            _log.exception("a run could not be worked out", extra={"run_id": run_id})
            with suppress(Superseded):
                attempt.fail({"code": "internal-error", "where": []}, taken.spent_seconds)


def seconds_of(taken: Taken, settings: Settings) -> float | None:
    """Return the seconds that a run's process is given; None when effort alone limits it.

    Where they are for the whole, earlier attempts have used some of them. Where they are for each search they
    stay the same, so that a search is found among those that have been answered.
    """
    asked = taken.options.get("time_seconds")
    if asked is None and taken.options.get("effort") is not None:
        return None
    seconds = min(asked or settings.default_run_seconds, settings.max_run_seconds)
    if not JOB_KINDS[taken.kind].time_is_for_the_whole:
        return float(seconds)
    return max(_LEAST_SECONDS, seconds - taken.spent_seconds)


@dataclass
class _Supervision:
    attempt: Attempt
    settings: Settings
    processes: Processes
    folder: Path
    leaving: Callable[[], bool]
    started: float = field(default_factory=time.monotonic)
    finishing: bool = False
    progress: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    noted: float = 0.0
    answers: set[str] = field(default_factory=set)

    def run(self) -> None:
        self._prepare()
        child = self.processes.take()
        child.begin(self.folder)
        extra = {"run_id": self.taken.run_id, "attempt": self.taken.number, "pid": child.pid}
        _log.info("run starts", extra=extra)
        try:
            last = self._listen(child)
        finally:
            code = child.end()
        if last is not None:
            self._answer(last, code, child.last_words)
        _log.info("run leaves this worker", extra={**extra, "seconds": round(self.spent, 3)})

    @property
    def taken(self) -> Taken:
        return self.attempt.taken

    @property
    def spent(self) -> float:
        return self.taken.spent_seconds + time.monotonic() - self.started

    def _prepare(self) -> None:
        """Put what the process needs in its folder."""
        taken = self.taken
        (self.folder / "scenario.yaml").write_text(taken.scenario, encoding="utf-8")
        for name, content in taken.files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.answers = {name.removeprefix("answers/") for name in taken.files if name.startswith("answers/")}
        asked = {
            "kind": taken.kind, "phase": taken.phase, "options": dict(taken.options),
            "seconds": seconds_of(self.taken, self.settings), "threads": self.settings.solver_threads,
            "language": taken.language,
        }  # fmt: skip
        (self.folder / "job.json").write_text(json.dumps(asked), encoding="utf-8")

    def _listen(self, child: Child) -> dict[str, Any] | None:
        """Return the process's last words, `crashed` for none; None when the run was given up here."""
        last: dict[str, Any] | None = None
        while True:
            line = child.wait_for_line(_LISTEN_SECONDS)
            if line is not None:
                last = self._heard(line) or last
            if child.ended:
                return last or {"event": "crashed"}
            if self.leaving():
                self.attempt.give_back(self.spent)
                return None
            if time.monotonic() - self.noted >= _NOTE_SECONDS and self._note(child) == "cancel":
                self.attempt.cancel(self.spent)
                return None

    def _heard(self, line: dict[str, Any]) -> dict[str, Any] | None:
        if line["event"] in _LAST_WORDS:
            return line
        if line["event"] == "kept":
            self.attempt.keep((self.folder / BEST_SO_FAR).read_bytes())
        elif line["event"] == "progress":
            about = str(line.get("phase")), str(line.get("goal"))
            self.progress.pop(about, None)  # the latest word on each goal, in the order in which they came
            self.progress[about] = line
        return None

    def _note(self, child: Child) -> str | None:
        """Write down what is new, and heed what somebody wants; returns that."""
        self.noted = time.monotonic()
        events, self.progress = list(self.progress.values()), {}
        wanted = self.attempt.note(self.spent, events)
        if any("done" in one for one in events):  # of the questions of a sweep
            self._keep_answers()
        over = self.spent > self.settings.max_run_seconds
        if (wanted == "finish" or over) and not self.finishing:
            self.finishing = True
            child.finish_now()
        if self.spent > self.settings.max_run_seconds + _GRACE_SECONDS:
            child.end()
        return wanted

    def _answer(self, last: dict[str, Any], code: int, words: str) -> None:
        if self.progress:
            self.attempt.note(self.spent, list(self.progress.values()))
        self._keep_answers()
        if last["event"] == "finished":
            self.attempt.finish(last, self.folder / "out", self.spent)
        elif last["event"] == "parts":
            self.attempt.divide(last["parts"], self.spent)
        elif last["event"] == "failed":
            self.attempt.fail({"code": last["code"], "where": last["findings"]}, self.spent)
        elif not self.attempt.give_back(self.spent, crashed=True):
            self._log_crash(code, words)
            self.attempt.fail(
                {"code": "crashed", "where": [], "detail": _("The process ended without an answer."),
                 "hint": _("Try a smaller unit or fewer weeks, or tell the operator the run's id.")},
                self.spent,
            )  # fmt: skip
        else:
            self._log_crash(code, words)

    def _keep_answers(self) -> None:
        folder = self.folder / "answers"
        found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.json"))}
        new = {name: path.read_bytes() for name, path in found.items() if name not in self.answers}
        if new:
            self.attempt.keep_answers(new)
            self.answers |= new.keys()

    def _log_crash(self, code: int, words: str) -> None:
        extra = {
            "run_id": self.taken.run_id,
            "attempt": self.taken.number,
            "exit_code": code,
            "stderr": words,
        }
        _log.error("the process of a run ended without an answer", extra=extra)
