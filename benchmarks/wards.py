"""Run every variant of the reference ward, and the harsher wards, end to end.

`python -m benchmarks.wards --out FILE.jsonl [FILTER]` adds one line for each run and leaves out
what FILE already holds for the same file, values, seed, workers and effort.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.measure import key, measured
from benchmarks.registry import HARSHER, RESULTS, WARDS, BenchSpec
from turnus.bench.records import Record, append, read
from turnus.scenario import load_scenario

FILE = RESULTS / "wards.jsonl"


def wanted(filter_text: str) -> list[BenchSpec]:
    """Return the specs whose name holds the text; all of them for an empty one."""
    return [spec for spec in (*WARDS, *HARSHER) if filter_text in spec.name]


def done(records: list[Record], spec: BenchSpec, seed: int, workers: int) -> bool:
    """Whether a run of just this kind, on what the file says now, is among the records."""
    asked = {**key(spec, seed, workers), "sha256": load_scenario(spec.path, spec.overrides).sha256}
    return any(all(record.get(name) == value for name, value in asked.items()) for record in records)


def main(
    filter_text: Annotated[str, typer.Argument(metavar="FILTER")] = "",
    out: Annotated[Path, typer.Option(help="File to add to.")] = FILE,
    seed: int = 1,
    workers: int = 2,
    again: Annotated[bool, typer.Option(help="Also run what the file already holds.")] = False,
) -> None:
    """Measure the wards whose name holds FILTER, one after another."""
    for spec in wanted(filter_text):
        if not again and done(read(out), spec, seed, workers):
            typer.echo(f"{spec.name}: already there")
            continue
        record = measured(spec, seed, workers)
        append(out, record)
        typer.echo(_sentence(record))


def _sentence(record: Record) -> str:
    goals = ", ".join(f"{goal['id']} {goal['value']} (bound {goal['bound']})" for goal in record["goals"][:3])
    return (
        f"{record['name']}: bound {record['seconds_to_bound']} s, cover {record['seconds_to_cover']} s, "
        f"all {record['seconds']} s, {record['peak_mb']} MB; {record['status']}; {goals}"
    )


if __name__ == "__main__":
    typer.run(main)
