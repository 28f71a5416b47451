"""Run turnus and its peers on the same cases, one after another: `python -m benchmarks.peers [FILTER]`.

Each run is a process of its own and one line in `results/peers.jsonl`. What is there already for the same
case, peer, limit and seed is left out. Curtois & Qu cases need `TURNUS_BENCH_DATA`.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.peers.cases import CASES, PeerCase
from benchmarks.peers.measure import PEERS, cannot, run
from benchmarks.registry import RESULTS
from turnus.bench.families import FAMILIES, folder_of
from turnus.bench.records import Record, append, read
from turnus.bench.session import data_folder

FILE = RESULTS / "peers.jsonl"


def done(records: list[Record], case: PeerCase, peer: str, seconds: float, seed: int) -> bool:
    """Whether just this run is among the records."""
    asked = (case.family, case.instance, case.question, peer, seconds, seed)
    names = ("set", "instance", "question", "peer", "time_limit_seconds", "seed")
    return any(tuple(record.get(name) for name in names) == asked for record in records)


def main(
    filter_text: Annotated[str, typer.Argument(metavar="FILTER")] = "",
    peer: Annotated[str, typer.Option(help="Only this one.")] = "",
    seconds: Annotated[float, typer.Option("--time", help="Seconds for each run.")] = 60.0,
    seed: int = 1,
    out: Annotated[Path, typer.Option(help="File to add to.")] = FILE,
    again: Annotated[bool, typer.Option("--again", help="Also run what the file already holds.")] = False,
) -> None:
    """Measure the cases whose name holds FILTER, each peer after the other."""
    data = data_folder()
    for case in (one for one in CASES if filter_text in one.name):
        if data is None and FAMILIES[case.family].own is None:
            typer.echo(f"{case.name}: skipped, TURNUS_BENCH_DATA is not set")
            continue
        folder = folder_of(data, FAMILIES[case.family])
        for name in (one for one in PEERS if peer in ("", one)):
            if reason := cannot(case, name):
                typer.echo(f"{case.name}, {name}: not run, {reason}")
            elif not again and done(read(out), case, name, seconds, seed):
                typer.echo(f"{case.name}, {name}: already there")
            else:
                with ProcessPoolExecutor(1, get_context("spawn")) as process:
                    record = process.submit(run, case, name, folder, seconds, seed).result()
                append(out, record)
                typer.echo(_sentence(case, record))


def _sentence(case: PeerCase, record: Record) -> str:
    return (
        f"{case.name}, {record['peer']}: {record['status']}, cost {record['best']} "
        f"(bound {record['bound']}), full-time posts {record['full_time_posts']}, "
        f"best after {record['seconds_to_best']} s of {record['seconds']} s, "
        f"breaches {record['hard_breaches']}, load {record['load']}"
    )


if __name__ == "__main__":
    typer.run(main)
