"""Benchmark runs: one JSON line each, never made twice, whatever came between."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from turnus.bench.families import FAMILIES, Family, chosen, folder_of
from turnus.bench.machine import moment
from turnus.bench.records import Record, append, read
from turnus.bench.rotas import Coded
from turnus.bench.rotas import read as read_rota
from turnus.bench.rotas import write as write_rota
from turnus.bench.run import Run, Terms
from turnus.errors import Finding, InputError
from turnus.texts import _, language, set_language

DATA_VARIABLE = "TURNUS_BENCH_DATA"
SCHEMA = "turnus-bench/1"
_PACKAGES = ("turnus", "numpy", "numba", "highspy", "ortools")
Watch = Callable[[str, str, float | None, float | None], None]


@dataclass(frozen=True)
class Session:
    """Which instances of a set to run, from which folder, on which terms, several at a time.

    With `again`, what `out` holds already is run again too. `rotas` is the folder in which each run leaves
    its rota, `starts` are those that runs begin with, by instance.
    """

    family: Family
    folder: Path
    names: tuple[str, ...]
    terms: Terms
    jobs: int = 1
    out: Path | None = None
    again: bool = False
    rotas: Path | None = None
    starts: Mapping[str, Coded] = field(default_factory=dict)


def data_folder() -> Path | None:
    """Return the folder of the public sets; None when the environment names none."""
    named = os.environ.get(DATA_VARIABLE, "")
    return Path(named) if named else None


def session(
    family_id: str,
    data: Path | None,
    asked: Sequence[str],
    terms: Terms,
    jobs: int,
    out: Path | None,
    *,
    again: bool = False,
    rotas: Path | None = None,
    start: Path | None = None,
) -> Session:
    """Return a session; InputError for an instance that is not there or not as its set is published.

    `data` may be None for a set of the repository only. All instances are read before the first is run, so
    that no mistake is told after hours.
    """
    family = FAMILIES[family_id]
    folder = folder_of(data, family)
    names = chosen(family, folder, asked)
    missing = [name for name in names if not _is_there(family, folder, name)]
    if missing or not names:
        raise InputError([_not_there(family, folder, missing)], str(folder))
    for name in names:
        family.read(folder, name)
    starts = {} if start is None else _starts(family, folder, names, start)
    return Session(family, folder, tuple(names), terms, jobs, out, again, rotas, starts)


def _starts(family: Family, folder: Path, names: Sequence[str], start: Path) -> dict[str, Coded]:
    """Return the rotas to begin with by instance; an instance that a folder has none of is left out."""
    if not family.starts:
        able = ", ".join(one.id for one in FAMILIES.values() if one.starts)
        finding = Finding(
            ("--start",),
            _("expected a set whose runs can begin with a rota: {able}").format(able=able),
            _("found {value}").format(value=family.id),
            _("Leave it out."),
        )
        raise InputError([finding])
    found = {name: read_rota(start, name, family.sha256(folder, name)) for name in names}
    return {name: rota for name, rota in found.items() if rota is not None}


def _is_there(family: Family, folder: Path, name: str) -> bool:
    try:
        return all(path.is_file() for path in family.files(folder, name))
    except ValueError:
        return False


def _not_there(family: Family, folder: Path, missing: Sequence[str]) -> Finding:
    known = ", ".join(family.names(folder)) or "–"
    return Finding(
        ("--instances",) if missing else (),
        _("expected instances of the set {name}: {known}").format(name=family.id, known=known),
        _("found {value}").format(value=", ".join(missing)) if missing else _("found none in the folder"),
        _where(family),
    )


def _where(family: Family) -> str:
    if family.own is not None:
        return _(
            "The set is part of the repository of turnus; `60x12` is the ward for 60 people over 12 weeks."
        )
    return _("The set is published at {where}; {variable} names the folder above `{name}`.").format(
        where=family.published, variable=DATA_VARIABLE, name=family.id
    )


def records(of: Session, watch: Watch = lambda *_: None) -> Iterator[tuple[Record, bool]]:
    """Yield the record of each run and whether it is new; what the file has already is not run again.

    With several jobs runs come as they are done, each in the file at once.
    """
    written = read(of.out) if of.out is not None and not of.again else []
    known = {_key(record): record for record in written if record.get("schema") == SCHEMA}
    waiting = []
    for name in of.names:
        head = _head(of, name)
        if _key(head) in known:
            yield known[_key(head)], False
        else:
            waiting.append((name, head))
    if of.jobs <= 1:
        for name, head in waiting:
            yield _written(of, head, _one(of, name, watch)), True
        return
    with ProcessPoolExecutor(
        of.jobs, get_context("spawn"), initializer=set_language, initargs=(language(),)
    ) as processes:
        heads = {
            processes.submit(_in_process, of.family.id, of.folder, name, _terms(of, name)): head
            for name, head in waiting
        }
        for run in as_completed(heads):
            yield _written(of, heads[run], run.result()), True


def _one(of: Session, name: str, watch: Watch) -> Run:
    def told(phase: str, best: float | None, bound: float | None) -> None:
        watch(name, phase, best, bound)

    return of.family.run(of.folder, name, _terms(of, name), told)


def _terms(of: Session, name: str) -> Terms:
    return replace(of.terms, start=of.starts.get(name))


def _in_process(family_id: str, folder: Path, name: str, terms: Terms) -> Run:
    return FAMILIES[family_id].run(folder, name, terms, lambda *_: None)


def _head(of: Session, name: str) -> Record:
    """Return what a run is known by."""
    return {
        "schema": SCHEMA,
        "set": of.family.id,
        "instance": name,
        "sha256": of.family.sha256(of.folder, name),
        "seed": of.terms.seed,
        "time_limit_seconds": of.terms.seconds,
        "effort": of.terms.effort,
        "threads": of.terms.threads,
        "start": _hash(of.starts.get(name)),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
    }


def _hash(rota: Coded | None) -> str | None:
    """Return what tells a rota that a run begins with from others."""
    if rota is None:
        return None
    return hashlib.sha256(json.dumps(dict(rota), sort_keys=True).encode()).hexdigest()


def _key(record: Record) -> tuple[Any, ...]:
    names = ("set", "instance", "sha256", "seed", "time_limit_seconds", "effort", "threads", "start")
    return (*(record.get(name) for name in names), record.get("versions", {}).get("turnus"))


def _written(of: Session, head: Record, run: Run) -> Record:
    record = {**head, **moment(), **_figures(run)}
    if of.out is not None:
        append(of.out, record)
    if of.rotas is not None and run.rota is not None and record["verdict"] == "kept":
        write_rota(of.rotas, record, run.rota)
    return record


def _figures(run: Run) -> Record:
    """Return what a run found, as written; unknown is null."""
    first = run.trail[0] if run.trail else (None, None)
    last = run.trail[-1] if run.trail else (None, None)
    gap = None
    if run.best is not None and run.bound is not None and not run.broken:
        gap = round(100 * max(0.0, run.best - run.bound) / max(1.0, abs(run.best)), 4)
    figures = asdict(run)
    for name in ("trail", "broken", "seconds", "measured", "rota"):
        del figures[name]
    return {
        **figures,
        "first": first[1],
        "gap_percent": gap,
        "seconds": round(run.seconds, 3),
        "seconds_to_first": first[0],
        "seconds_to_best": last[0],
        "verdict": None if run.best is None else ("; ".join(run.broken[:5]) or "kept"),
        **run.measured,
    }
