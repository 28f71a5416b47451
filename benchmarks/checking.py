"""Time `turnus check --profile` of a rota for 60 people over 52 weeks, in a process of its own.

`python -m benchmarks.checking` adds a line to its file for a base rota, a calendar plan with the check as a
page beside it, and a plan that is empty but for its first day: long stretches of days off.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.registry import RESULTS
from benchmarks.startup import timed
from turnus.bench.records import append

FILE = RESULTS / "checking.jsonl"
PEOPLE, WEEKS = 60, 52
RUNS = ("base rota", "calendar plan, with the page", "calendar plan, nearly empty")
_START = dt.date(2027, 1, 4)
_CYCLE = "DDAD--- AA-DDAA -DD-NN- --DAA-- DADD--- NN--DDD"
_HEAD = """[oppsett]
full stilling;35,5
[vakter]
kode;fra;til;betalt pause
D;07.30;15.00;30
A;14.45;22.15;30
N;22.00;07.45;30
[turnus]
"""


def rota_text(run: str, people: int = PEOPLE, weeks: int = WEEKS) -> str:
    """Return the rota file of a run; one shift in forty is drawn anew, so that rules are broken."""
    draw = random.Random(1)
    dates = run != RUNS[0]
    days = [_heading(day, dates=dates) for day in range(7 * weeks)]
    lines = [";".join(("navn", "stilling %", *days))]
    for person in range(people):
        codes = list(_codes(person, 7 * weeks, draw)) if run != RUNS[2] else ["D", *[""] * (7 * weeks - 1)]
        lines.append(";".join((f"Person {person + 1}", str(draw.choice((50, 75, 100))), *codes)))
    return _HEAD + "\n".join(lines) + "\n"


def _heading(day: int, *, dates: bool) -> str:
    if dates:
        return (_START + dt.timedelta(days=day)).isoformat()
    return f"{day // 7 + 1} {('ma', 'ti', 'on', 'to', 'fr', 'lø', 'sø')[day % 7]}"


def _codes(person: int, days: int, draw: random.Random) -> Iterator[str]:
    cycle = _CYCLE.replace(" ", "")
    for day in range(days):
        changed = draw.random() < 1 / 40
        yield draw.choice("DAN-") if changed else cycle[(day + 7 * person) % len(cycle)]


def main(out: Annotated[Path, typer.Option(help="File to add to.")] = FILE) -> None:
    """Measure each run once."""
    with tempfile.TemporaryDirectory() as folder:
        for run in RUNS:
            path = Path(folder) / "rota.csv"
            path.write_text(rota_text(run), encoding="utf-8")
            page = ["--html", str(Path(folder) / "check.html")] if run == RUNS[1] else []
            record = timed(["check", "--profile", "ks-lokal", str(path), "--json", *page], Path(folder))
            record["command"] = record["command"].replace(f"{folder}/", "")
            append(out, {"run": run, **record})
            typer.echo(f"{run}: {record['processor_seconds']} s, {record['peak_mb']} MB")


if __name__ == "__main__":
    typer.run(main)
