"""The machine and the moment of a measurement, as recorded beside every figure."""

from __future__ import annotations

import datetime as dt
import os
import platform
import resource
from pathlib import Path
from typing import Any


def machine() -> str:
    """Return the processor's name and the system's, without the host's."""
    return f"{_processor()}, {platform.system()} {platform.machine()}"


def cpus() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def today() -> str:
    """Return the date in UTC."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def moment() -> dict[str, Any]:
    """Return date, machine, processors and how busy it was over the last minute (processes)."""
    return {
        "date": today(),
        "host": machine(),
        "cpus": cpus(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def peak_mb() -> int:
    """Return the most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # of this program alone; the other figure may be that of the process that started it
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
