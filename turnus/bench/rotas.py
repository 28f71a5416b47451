"""Rotas that runs have found, a file for each instance, which later runs may begin with.

A file names set, instance and hash, and has by person the days' codes with spaces between: `D - - N/Nurse`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

from turnus.errors import Finding, InputError
from turnus.problem import Problem
from turnus.texts import _

SCHEMA = "turnus-bench-rota/1"
ENDING = ".rota.json"
OFF = "-"
Lines = npt.NDArray[np.int16]
Coded = Mapping[str, str]  # codes of all days by person


def coded(problem: Problem, lines: Lines) -> dict[str, str]:
    """Return the lines of named people as a file has them."""
    codes = (OFF, *(shift.code for shift in problem.shifts))
    return {
        person.id: " ".join(codes[action] for action in line)
        for person, line in zip(problem.classes, lines, strict=True)
    }


def decoded(problem: Problem, rota: Coded) -> Lines:
    """Return the lines of a rota; InputError when it is not one of these people, days and shifts."""
    actions = {OFF: 0, **{shift.code: at for at, shift in enumerate(problem.shifts, start=1)}}
    people = [person.id for person in problem.classes]
    if sorted(rota) != sorted(people):
        raise _refused(_("expected a line for each of {people}").format(people=", ".join(people)), list(rota))
    lines = np.zeros((len(people), problem.days), np.int16)
    for at, person in enumerate(people):
        codes = rota[person].split()
        if len(codes) != problem.days or not set(codes) <= set(actions):
            expected = _("expected {days} codes among {codes} for {person}")
            told = expected.format(days=problem.days, codes=", ".join(actions), person=person)
            raise _refused(told, codes)
        lines[at] = [actions[code] for code in codes]
    return lines


def file_of(folder: Path, name: str) -> Path:
    """Return where the rota of an instance is in a folder of rotas."""
    return folder / f"{name}{ENDING}"


def write(folder: Path, record: Mapping[str, Any], rota: Coded) -> None:
    """Write the rota of a run, whole or not at all, unless the one in the folder costs less."""
    path = file_of(folder, record["instance"])
    if path.is_file() and _cost(path, record["sha256"]) < record["best"]:
        return
    document = {
        "schema": SCHEMA,
        **{name: record[name] for name in ("set", "instance", "sha256")},
        "cost": record["best"],
        "rota": dict(rota),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=folder, prefix=f".{path.name}.", delete=False) as file:
        file.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    Path(file.name).replace(path)


def _cost(path: Path, sha256: str) -> float:
    try:
        before = _document(path)
    except InputError:
        return float("inf")
    cost = before.get("cost")
    same = before.get("sha256") == sha256 and isinstance(cost, int | float)
    return float(cost) if same and cost is not None else float("inf")


def read(start: Path, name: str, sha256: str) -> Coded | None:
    """Return the rota of an instance from a file of rotas or a folder of them; None when the folder has none.

    Raises
    ------
    InputError
        When there is no such file or folder, or what it holds is not a rota of this instance.
    """
    if start.is_dir():
        path = file_of(start, name)
        if not path.is_file():
            return None
    else:
        path = start
    found = _document(path)
    if found.get("schema") != SCHEMA:
        raise _refused(
            _("expected a rota that `turnus bench --rotas` has written"), found.get("schema"), path
        )
    if (found.get("instance"), found.get("sha256")) != (name, sha256):
        raise _refused(
            _("expected a rota of {name} as it is here").format(name=name), found.get("instance"), path
        )
    rota = found.get("rota")
    if not isinstance(rota, dict) or not all(isinstance(codes, str) for codes in rota.values()):
        raise _refused(
            _("expected codes by person under {key}").format(key="rota"), type(rota).__name__, path
        )
    return rota


def _document(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused(_("expected a file of JSON with a rota"), str(error), path) from None
    if not isinstance(found, dict):
        raise _refused(_("expected a file of JSON with a rota"), type(found).__name__, path)
    return found


def broken(name: str, what: Sequence[str]) -> InputError:
    """Return the error that a rota to begin with breaks hard rules of its instance."""
    return _refused(_("expected a rota that keeps the hard rules of {name}").format(name=name), what[0])


def _refused(expected: str, found: object, path: Path | None = None) -> InputError:
    finding = Finding(
        ("--start",),
        expected,
        _("found {value}").format(value=str(found)[:200]),
        _("Name a file or a folder that `--rotas` has written for these instances, or leave it out."),
    )
    return InputError([finding], "" if path is None else str(path))
