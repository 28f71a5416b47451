"""The process of a run, seen from outside: started, listened to, asked to finish, ended."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

#: What starts a job's process; the folder follows.
COMMAND = [sys.executable, "-m", "turnus.jobs"]
_KILL_SECONDS = 5.0


class Child:
    """A job's process; it dies with this one, because its stdin then ends."""

    def __init__(self, folder: Path) -> None:
        self._errors = (folder / "stderr.txt").open("wb")
        # A group of its own, to be ended as one; not a session, where its lower priority would mean nothing.
        self._process = subprocess.Popen(
            [*COMMAND, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, process_group=0,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self._told: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="turnus-child", daemon=True)
        self._reader.start()
        self.ended = False

    @property
    def pid(self) -> int:
        """Return the process's number."""
        return self._process.pid

    def wait_for_line(self, seconds: float) -> dict[str, Any] | None:
        """Return the next thing told; None after so many seconds of silence, or at the end (`ended`)."""
        try:
            line = self._told.get(timeout=seconds)
        except queue.Empty:
            return None
        self.ended = line is None
        return line

    def finish_now(self) -> None:
        """Ask for the best so far."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def end(self) -> int:
        """End the process, at once if it still runs, and return its exit code."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.wait(_KILL_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._reader.join(_KILL_SECONDS)
        self._errors.close()
        return code

    def _read(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):  # closed while reading
            for line in self._process.stdout:
                with suppress(ValueError):  # not ours: a library that writes to stdout
                    told = json.loads(line)
                    if isinstance(told, dict) and "event" in told:
                        self._told.put(told)
        self._told.put(None)
