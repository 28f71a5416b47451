"""All figures of the report, by the file they are written to."""

from __future__ import annotations

from pathlib import Path

from benchmarks import growth
from benchmarks.peers import report as peers

FOLDER = Path(__file__).resolve().parent / "figures"


def drawings(folder: Path = FOLDER) -> dict[Path, str]:
    """Return the text of every figure that there are measurements for."""
    found = {**peers.drawings(peers.load()), **growth.drawings(growth.load())}
    return {folder / name: text for name, text in found.items()}
