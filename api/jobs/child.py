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
from tempfile import TemporaryFile
from typing import Any

#: What starts a job's process; the folder of the job follows on its stdin.
COMMAND = [sys.executable, "-m", "turnus.jobs"]
_KILL_SECONDS = 5.0
_MOST_WORDS = 2_000


class Child:
    """A job's process; it dies with this one, because its stdin then ends.

    Until `begin` it loads what jobs need, and waits. After `end`, `last_words` are what it wrote to stderr.
    """

    def __init__(self) -> None:
        self._errors = TemporaryFile()  # noqa: SIM115 - as long as the process
        # A group of its own, to be ended as one; not a session, where its lower priority would mean nothing.
        self.process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, process_group=0,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self._told: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="turnus-child", daemon=True)
        self._reader.start()
        self.ended = False
        self.last_words = ""

    def begin(self, folder: Path) -> None:
        """Name the folder of the job; a process that is gone shows in what it tells: nothing."""
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.write(os.fsencode(folder) + b"\n")
            self.process.stdin.flush()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    @property
    def pid(self) -> int:
        """Return the process's number."""
        return self.process.pid

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
            self.process.send_signal(signal.SIGTERM)

    def end(self) -> int:
        """End the process, at once if it still runs, and return its exit code."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait(_KILL_SECONDS)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._reader.join(_KILL_SECONDS)
        if not self._errors.closed:
            self._errors.seek(0)
            self.last_words = self._errors.read().decode("utf-8", errors="replace")[-_MOST_WORDS:]
            self._errors.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        with suppress(ValueError, OSError):  # closed while reading
            for line in self.process.stdout:
                with suppress(ValueError):  # not ours: a library that writes to stdout
                    told = json.loads(line)
                    if isinstance(told, dict) and "event" in told:
                        self._told.put(told)
        self._told.put(None)


class Processes:
    """Gives each run its process, and keeps one ready, so that a run does not wait until turnus is loaded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.spare: Child | None = None
        self._closed = False

    def prepare(self) -> None:
        """Start the process of the next run; where none can be started now, that run starts its own."""
        with self._lock, suppress(OSError):
            if self.spare is None and not self._closed:
                self.spare = Child()

    def take(self) -> Child:
        """Return a process that has begun to load, or is ready."""
        with self._lock:
            spare, self.spare = self.spare, None
        if spare is not None and not spare.is_alive:
            spare.end()
            spare = None
        taken = spare or Child()
        self.prepare()
        return taken

    def close(self) -> None:
        """End the process that no run has taken."""
        with self._lock:
            self._closed, spare, self.spare = True, self.spare, None
        if spare is not None:
            spare.end()
