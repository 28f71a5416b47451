"""Files that a verb writes: never over a file that it reads, and told when they cannot be written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from turnus.errors import Finding, InputError
from turnus.texts import _, os_reason


def refuse_overwriting(written: Iterable[Path], read: Iterable[Path | None]) -> None:
    """Refuse to write over what is read, however the two names are spelled.

    Raises
    ------
    InputError
        Naming the file that would be lost.
    """
    inputs = [path for path in read if path is not None]
    for path in written:
        for source in inputs:
            if _same(path, source):
                raise InputError(
                    [
                        Finding(
                            (),
                            _("expected another file than the one that is read"),
                            _("found {value}").format(value=source),
                            _("Choose another name, so that nothing is lost."),
                        )
                    ],
                    str(path),
                )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return False


def unwritable(error: OSError) -> Finding:
    """Return the finding for a file or folder that cannot be written."""
    found = _("found {value}").format(value=os_reason(error))
    return Finding((), _("expected a place that can be written"), found, _("Choose another folder."))
