"""The sets that `turnus bench` knows: where they are published, their instances, and how one is run."""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnus.bench import curtois, inrc2, rotas, rws, wards
from turnus.bench.run import Run, Terms, Watch
from turnus.bench.unit import Unit
from turnus.rota.effort import Limits
from turnus.scenario import load_scenario
from turnus.texts import N_


@dataclass(frozen=True)
class Family:
    """A set: `names` lists its instances in a folder, `files` and `read` are those of one, `run` solves one.

    The scorers are independent of the engine; a run's best is what they say. `own` is the folder of a set
    that is part of the repository. `set_on_top` is what an instance changes in its files. A set with `starts`
    can begin with a rota that a run has found before.
    """

    id: str
    title: str
    published: str
    names: Callable[[Path], list[str]]
    files: Callable[[Path, str], list[Path]]
    read: Callable[[Path, str], object]
    run: Callable[[Path, str, Terms, Watch], Run]
    own: Path | None = None
    set_on_top: Callable[[str], Sequence[str]] = lambda _: ()
    starts: bool = False

    def sha256(self, folder: Path, name: str) -> str:
        """Return the hash over all files of an instance."""
        digest = hashlib.sha256()
        for path in self.files(folder, name):
            digest.update(path.read_bytes())
        for override in self.set_on_top(name):
            digest.update(f"\n{override}".encode())
        return digest.hexdigest()


DEFAULT_SECONDS = 60.0


def _natural(name: str) -> list[object]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def _sorted_names(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: [str(part).zfill(9) for part in _natural(name)])


def _text_files(folder: Path) -> list[str]:
    return _sorted_names(path.stem for path in folder.glob("*.txt"))


def _text_file(folder: Path, name: str) -> list[Path]:
    return [folder / f"{name}.txt"]


def _least_cost(
    name: str, unit: Unit, terms: Terms, watch: Watch, score: Callable[[Any], tuple[float, tuple[str, ...]]]
) -> Run:
    """Run the engine on a unit of named people, and let the set's scorer judge."""
    from turnus.bench.named_task import task_of
    from turnus.lines.halting import StoppedError
    from turnus.rota.least_cost import Told, least_cost

    began = time.monotonic()
    run = Run()

    def told(news: Told) -> None:
        run.tell(news.cost, news.bound, time.monotonic() - began, unit.constant)
        watch(news.phase, run.trail[-1][1] if run.trail else None, run.bound)

    deadline = None if terms.seconds is None else began + terms.seconds
    limits = Limits(terms.effort or 10**9, terms.threads, deadline)
    try:
        task = task_of(unit, limits.stop)
    except StoppedError:
        return Run("unknown", seconds=time.monotonic() - began)
    if task is None:
        return Run("infeasible", seconds=time.monotonic() - began)
    start = None if terms.start is None else rotas.decoded(unit.problem, terms.start)
    if start is not None and score(start)[1]:
        raise rotas.broken(name, score(start)[1])
    found = least_cost(task, terms.seed, limits, told, None if start is None else list(start))
    run.seconds = time.monotonic() - began
    run.bound = found.bound + unit.constant if math.isfinite(found.bound) else None
    if found.standing is not None:
        run.best, run.broken = score(found.standing.lines)
        run.rota = rotas.coded(unit.problem, found.standing.lines)
        run.status = "broken" if run.broken else "optimal" if found.proven else "feasible"
    if run.status == "optimal":
        run.seconds_to_proof = round(run.seconds, 3)
    return run


def _read_curtois(folder: Path, name: str) -> curtois.Instance:
    return curtois.read(folder / f"{name}.txt")


def _run_curtois(folder: Path, name: str, terms: Terms, watch: Watch) -> Run:
    from turnus.bench.curtois_unit import assignment_of, unit_of

    instance = _read_curtois(folder, name)

    def score(lines: Any) -> tuple[float, tuple[str, ...]]:
        found = curtois.score(instance, assignment_of(lines))
        return float(found.cost), found.broken

    return _least_cost(name, unit_of(instance), terms, watch, score)


def _inrc2_parts(name: str) -> tuple[str, int, list[int]]:
    """Return data set, history and weeks of a name such as `n030w4_1_6-2-9-1`."""
    dataset, history, weeks = name.split("_")
    return dataset, int(history), [int(week) for week in weeks.split("-")]


#: Instances on which static results are published; any other combination runs as well.
INRC2_NAMES = (
    "n005w4_0_1-2-3-3", "n030w4_1_6-2-9-1", "n030w4_1_6-7-5-3", "n040w4_0_2-0-6-1", "n040w4_2_6-1-0-6",
    "n050w4_0_0-4-8-7", "n050w4_0_7-2-7-2", "n080w4_2_4-3-3-3", "n080w4_2_6-0-4-8",
)  # fmt: skip


def _inrc2_files(folder: Path, name: str) -> list[Path]:
    dataset, history, weeks = _inrc2_parts(name)
    at = folder / dataset
    return [
        at / f"Sc-{dataset}.txt",
        at / f"H0-{dataset}-{history}.txt",
        *(at / f"WD-{dataset}-{week}.txt" for week in weeks),
    ]


def _inrc2_names(folder: Path) -> list[str]:
    return [name for name in INRC2_NAMES if all(path.is_file() for path in _inrc2_files(folder, name))]


def _read_inrc2(folder: Path, name: str) -> inrc2.Instance:
    dataset, history, weeks = _inrc2_parts(name)
    return inrc2.read(folder / dataset, history, weeks)


def _run_inrc2(folder: Path, name: str, terms: Terms, watch: Watch) -> Run:
    from turnus.bench import inrc2_score
    from turnus.bench.inrc2_unit import assignment_of, unit_of

    instance = _read_inrc2(folder, name)

    def score(lines: Any) -> tuple[float, tuple[str, ...]]:
        found = inrc2_score.score(instance, assignment_of(instance, lines))
        return float(found.cost), found.broken

    return _least_cost(name, unit_of(instance), terms, watch, score)


def _read_rws(folder: Path, name: str) -> rws.Instance:
    return rws.read(folder / f"{name}.txt")


def _run_rws(folder: Path, name: str, terms: Terms, watch: Watch) -> Run:
    from turnus.bench.rws_unit import shared_line

    instance = _read_rws(folder, name)
    line, none_exists, seconds = shared_line(
        instance, terms.seed, DEFAULT_SECONDS if terms.seconds is None else terms.seconds, terms.threads
    )
    run = Run("infeasible" if none_exists else "unknown", seconds=seconds)
    if line is not None:
        run.broken = rws.score(instance, line)
        run.best, run.bound, run.trail = float(len(run.broken)), 0.0, [(round(seconds, 3), 0.0)]
        run.status = "broken" if run.broken else "optimal"
        run.seconds_to_proof = None if run.broken else round(seconds, 3)
    watch("line", run.best, run.bound)
    return run


def _read_ward(folder: Path, name: str) -> object:
    ward = wards.ward_of(name)
    return load_scenario(ward.path(folder), ward.overrides)


def _run_ward(folder: Path, name: str, terms: Terms, watch: Watch) -> Run:
    from turnus.bench.ward_run import run_ward

    ward = wards.ward_of(name)
    return run_ward(ward.path(folder), ward.overrides, terms, watch)


FAMILIES: dict[str, Family] = {
    family.id: family
    for family in (
        Family(
            "curtois", N_("Shift scheduling, T. Curtois and R. Qu 2014"), "schedulingbenchmarks.org",
            _text_files, _text_file, _read_curtois, _run_curtois, starts=True,
        ),
        Family(
            "rws", N_("Rotating workforce scheduling, TU Wien"), "dbai.tuwien.ac.at/staff/musliu/benchmarks",
            _text_files, _text_file, _read_rws, _run_rws,
        ),
        Family(
            "inrc2", N_("Second International Nurse Rostering Competition, static"),
            "mobiz.vives.be/inrc2", _inrc2_names, _inrc2_files, _read_inrc2, _run_inrc2,
            starts=True,
        ),
        Family(
            "wards", N_("Own wards: the reference ward, harsher wards, any people and weeks"),
            "turnus/scenarios", wards.names, lambda folder, name: [wards.ward_of(name).path(folder)],
            _read_ward, _run_ward, wards.SCENARIOS, lambda name: wards.ward_of(name).overrides,
        ),
    )
}  # fmt: skip


def folder_of(data: Path | None, family: Family) -> Path:
    """Return the folder of a set: its own, or below the folder of all data."""
    if family.own is not None:
        return family.own
    if data is None:
        raise ValueError(f"expected the folder of all data for the set {family.id}; found none")
    return data / family.id


def chosen(family: Family, folder: Path, asked: Sequence[str]) -> list[str]:
    """Return the instances to run, each once: those asked for, or all that the folder holds."""
    return list(dict.fromkeys(asked)) if asked else family.names(folder)
