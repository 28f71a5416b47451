"""Time `turnus price` and `turnus frontier` of the 24-bed ward, each in a process of its own, nothing kept.

`python -m benchmarks.dialogue` adds a line for each run to its file. The targets, on two cores: twelve rows
of prices within 2 minutes, a front of two goals and at least six points within 5.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.registry import EXAMPLE, RESULTS
from benchmarks.startup import timed
from turnus.bench.records import append

FILE = RESULTS / "dialogue.jsonl"
WARD = "scenarios/nursing-home-24/scenario.yaml"
RUNS = {
    "price, 12 rows": ["price", WARD, "--rows", "12", "--json"],
    "frontier, proven limits": [
        "frontier",
        WARD,
        "--goals",
        "full_time_posts,uncovered",
        "--bounds",
        "--json",
    ],
}


def main(
    out: Annotated[Path, typer.Option(help="File to add to.")] = FILE,
    run: Annotated[list[str] | None, typer.Option(help="Only these runs.")] = None,
) -> None:
    """Measure each run once, with code that has been compiled before."""
    with tempfile.TemporaryDirectory() as compiled:
        timed(["price", EXAMPLE, "--rows", "1", "--cache", compiled], Path(compiled))  # compiles
        for name, words in RUNS.items():
            if run and name not in run:
                continue
            with tempfile.TemporaryDirectory() as kept:
                record = timed([*words, "--cache", kept], Path(compiled))
            record["command"] = " ".join(["turnus", *words])
            append(out, {"run": name, **record})
            typer.echo(f"{name}: {record['seconds']} s, {record['processor_seconds']} processor seconds")


if __name__ == "__main__":
    typer.run(main)
