"""Time `turnus solve` of the 24-bed example as a user meets it: first run with compiling, then the next.

`python -m benchmarks.startup` adds two lines to its file. Compiled code goes to a folder of its own,
so that the first run compiles everything whatever was compiled before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.registry import EXAMPLE, RESULTS, ROOT
from turnus.bench.machine import moment
from turnus.bench.records import Record, append

FILE = RESULTS / "startup.jsonl"
RUNS = ("first, with compiling", "second")


def timed(words: list[str], compiled: Path) -> Record:
    """Return wall seconds, peak memory and exit code of one `turnus` command in a process of its own."""
    command = [str(Path(sys.executable).parent / "turnus"), *words]
    at = moment()
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"NUMBA_CACHE_DIR": str(compiled)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "command": " ".join(["turnus", *words]),
        "exit_code": process.returncode,
        "seconds": round(time.monotonic() - started, 2),
        "processor_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "peak_mb": round(usage.ru_maxrss / 1024),
        **at,
    }


def main(
    out: Annotated[Path, typer.Option(help="File to add to.")] = FILE,
    effort: Annotated[int, typer.Option(help="Search moves; 0 leaves the time limit of turnus.")] = 1_500,
) -> None:
    """Measure the example twice, with nothing compiled and with everything compiled."""
    words = ["solve", EXAMPLE, *(["--effort", str(effort)] if effort else [])]
    with tempfile.TemporaryDirectory() as compiled:
        for run in RUNS:
            record = {"run": run, **timed(words, Path(compiled))}
            append(out, record)
            typer.echo(f"{run}: {record['seconds']} s, {record['peak_mb']} MB, exit {record['exit_code']}")


if __name__ == "__main__":
    typer.run(main)
