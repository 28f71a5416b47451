"""JSON files, written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def to_json(document: dict[str, Any]) -> str:
    """Return a document as indented JSON with a final line break; infinity and NaN are refused."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Write a document so that the file is always the old one or the new one, never half of it."""
    write_whole(path, to_json(document).encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Write bytes to a temporary file beside the target and rename it, creating the folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's umask; it can only be read by setting it."""
    current = os.umask(0o022)
    os.umask(current)
    return current
