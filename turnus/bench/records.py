"""Files of measurements: one JSON object a line, only ever added to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def append(path: Path, record: Record) -> None:
    """Add one record at the end of a file; a line that a crash left unfinished is closed first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torn = path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if torn else "") + json.dumps(record, ensure_ascii=False) + "\n")


def read(path: Path) -> list[Record]:
    """Return the records of a file in order, none when there is no file; unfinished lines are left out."""
    if not path.is_file():
        return []
    # A crash may have torn a letter apart; and a text may hold what other systems take for a line's end.
    records = (_record(line) for line in path.read_text(encoding="utf-8", errors="replace").split("\n"))
    return [record for record in records if record is not None]


def _record(line: str) -> Record | None:
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None
