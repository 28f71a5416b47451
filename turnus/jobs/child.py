"""The process of one job: `python -m turnus.jobs`.

It loads what jobs need and waits for the name of a folder on stdin. There it reads `job.json`, tells what
happens as JSON lines on stdout, and ends with a line `finished` or `failed`. SIGTERM (or SIGINT) asks for the
best so far. It ends by itself when whoever started it is gone: its stdin then comes to an end.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from turnus.errors import ImpossibleError, InputError
from turnus.jobs.kind import Done, Job, JobKind
from turnus.texts import using_language

ORPHANED = 3
_NICENESS = 10
_NEEDED = (
    "turnus.jobs.registry", "turnus.case", "turnus.solve", "turnus.audit", "turnus.formats",
    "turnus.result.words",
)  # fmt: skip
_log = logging.getLogger("turnus.jobs")


def main() -> int:
    """Work out the job that stdin names; returns 0 when what came of it, good or bad, was told."""
    tell, stop = teller(), heed_signals()
    _give_way()
    _load()
    folder = asked_folder()
    if folder is None:
        return 0
    end_with_the_parent()
    asked = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    with using_language(asked["language"]):
        tell(answer_to(folder, asked, tell, stop.is_set))
    return 0


def answer_to(
    folder: Path, asked: dict[str, Any], tell: Callable[[dict[str, Any]], None], stop: Callable[[], bool]
) -> dict[str, Any]:
    """Return the last line of a job: `finished`, `parts`, or `failed` with what the user can do about it.

    `asked` holds kind, phase (`run` or `parts`), options, seconds left and threads.
    """
    from turnus.jobs.registry import JOB_KINDS

    kind = JOB_KINDS[asked["kind"]]
    options = kind.Options.model_validate(asked["options"])
    job = Job(folder, options, asked["seconds"], asked["threads"], tell, stop)
    try:
        if asked["phase"] == "parts":
            return {"event": "parts", "parts": [asdict(part) for part in kind.parts(job)]}
        return _finished(kind, job)
    except ImpossibleError as error:
        return _failed("impossible", error)
    except InputError as error:
        return _failed("scenario-invalid", error)


def _finished(kind: JobKind, job: Job) -> dict[str, Any]:
    done: Done = kind.run(job)
    return {
        "event": "finished",
        "status": done.status,
        "summary": done.summary,
        "goals": [dict(goal) for goal in done.goals],
        "files": [asdict(file) for file in done.files],
    }


def _failed(code: str, error: InputError | ImpossibleError) -> dict[str, Any]:
    findings = [{**asdict(one), "path": list(one.path)} for one in error.findings[:50]]
    return {"event": "failed", "code": code, "findings": findings}


def teller() -> Callable[[dict[str, Any]], None]:
    """Return what writes a JSON line to the real stdout, which libraries that greet there do not reach."""
    out: TextIO = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    lock = threading.Lock()

    def tell(line: dict[str, Any]) -> None:
        with lock, suppress(BrokenPipeError):
            out.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
            out.flush()

    return tell


def asked_folder() -> Path | None:
    """Return the folder of the job once it is named; None when nobody is left to name one."""
    line = sys.stdin.buffer.readline().rstrip(b"\n")
    return Path(os.fsdecode(line)) if line else None


def _load() -> None:
    """Load what nearly every job needs: seconds that nobody waits for when the process is a spare one."""
    for name in _NEEDED:
        import_module(name)


def _give_way() -> None:
    """Let the service that started it answer first, where both want the same processor."""
    with suppress(OSError, AttributeError):
        os.nice(_NICENESS)


def heed_signals() -> threading.Event:
    """Return what is set once SIGTERM or SIGINT asks for the best so far."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: stop.set())
    return stop


def end_with_the_parent() -> None:
    """End at once when stdin ends: nobody is left to hear the answer."""

    def wait() -> None:
        with suppress(OSError):
            while os.read(sys.stdin.fileno(), 4096):
                pass
        os._exit(ORPHANED)

    threading.Thread(target=wait, name="turnus-parent", daemon=True).start()
