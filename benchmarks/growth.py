"""The growth curve: the ward at 20 to 100 people and 4 to 52 weeks.

`python -m benchmarks.growth` runs the sizes that `results/growth.jsonl` does not hold yet.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.registry import GROWTH, RESULTS
from benchmarks.svg import Axis, Line, chart
from turnus.bench.records import Record, read
from turnus.bench.run import Terms
from turnus.bench.session import records, session

FILE = RESULTS / "growth.jsonl"
Row = tuple[str, ...]
HEAD: Row = (
    "people × weeks", "heads", "full-time posts", "bound", "bound, s", "full cover, s", "uncovered, h",
    "all, s", "MB", "limit, s", "load",
)  # fmt: skip


def load(path: Path = FILE) -> dict[str, Record]:
    """Return the latest record of each size."""
    return {record["instance"]: record for record in read(path)}


def rows(found: dict[str, Record]) -> list[Row]:
    """Return the table of all sizes, measured or not."""
    return [HEAD, *(_row(name, found.get(name)) for name in GROWTH)]


def _row(name: str, record: Record | None) -> Row:
    shown = name.replace("x", " × ")
    if record is None:
        return (shown, "not measured", *("–",) * (len(HEAD) - 2))
    posts: Record = next((goal for goal in record["goals"] if goal["id"] == "full_time_posts"), {})
    uncovered = None if record["best"] is None else round(record["best"] / 60, 1)
    figures = (
        record["heads"], posts.get("value"), posts.get("bound"), record["seconds_to_bound"],
        record["seconds_to_cover"], uncovered, record["seconds"], record["peak_mb"],
        record["time_limit_seconds"], record["load"],
    )  # fmt: skip
    return (shown, *("–" if value is None else f"{value:g}" for value in figures))


def _size(record: Record) -> float:
    """Return heads times weeks; where no rota was found, the people that were asked for."""
    people, weeks = (int(part) for part in record["instance"].split("x"))
    return (record["heads"] or people) * weeks


def _points(records: list[Record], figure: str) -> list[tuple[float, float]]:
    return sorted((_size(record), record[figure]) for record in records if record[figure] is not None)


def drawings(found: dict[str, Record]) -> dict[str, str]:
    """Return the figures by file name; none without measurements."""
    records = [found[name] for name in GROWTH if name in found]
    bound, cover = _points(records, "seconds_to_bound"), _points(records, "seconds_to_cover")
    without = [record for record in records if record["seconds_to_cover"] is None]
    never = _points(without, "time_limit_seconds")
    if not records:
        return {}
    x = Axis("heads × weeks", 50, 10_000, log=True)
    seconds = [value for _, value in (*bound, *cover, *never)]
    y = Axis("seconds", min(0.1, *seconds), max(100.0, *seconds), log=True)
    linear = [(size, size * y.least * 3 / x.least) for size in (x.least, x.most)]
    linear = [(size, value) for size, value in linear if value <= y.most] or linear
    return {
        "growth-time.svg": chart(
            "Time by size of the ward",
            x,
            y,
            [
                Line("bound known", bound, joined=False),
                Line("full cover", cover, joined=False),
                Line("not covered in time", never, joined=False),
                Line("linear growth", linear, marks=False, dashed=True),
            ],
        ),
        "growth-bound.svg": _by_weeks(
            records, "Seconds until the posts and their bound are known", "seconds_to_bound"
        ),
        "growth-memory.svg": _by_weeks(records, "Peak memory, MB", "peak_mb"),
    }


def _by_weeks(records: list[Record], title: str, figure: str) -> str:
    """Return a chart of a figure by weeks, a line for each number of people."""
    found: dict[str, list[tuple[float, float]]] = {}
    for record in records:
        people, weeks = record["instance"].split("x")
        if record[figure] is not None:
            found.setdefault(people, []).append((float(weeks), record[figure]))
    lines = [
        Line(f"{people} people", sorted(found[people]))
        for people in sorted(found, key=int)
        if len(found[people]) > 1
    ]
    most = max((value for points in found.values() for _, value in points), default=1.0)
    return chart(title, Axis("weeks", 0, 52), Axis("", 0, _next_round(most)), lines)


def _next_round(most: float) -> float:
    """Return a number no smaller of which a fourth is round."""
    step = 10.0 ** math.floor(math.log10(most))
    return next(4 * step * part for part in (0.25, 0.5, 1.0, 2.0, 2.5) if 4 * step * part >= most)


def main(
    filter_text: Annotated[str, typer.Argument(metavar="FILTER")] = "",
    seconds: Annotated[float, typer.Option("--time", help="Seconds for each run.")] = 60.0,
    out: Annotated[Path, typer.Option(help="File to add to.")] = FILE,
    again: Annotated[bool, typer.Option("--again", help="Also run what the file already holds.")] = False,
) -> None:
    """Measure the sizes whose name holds FILTER, such as x52, one after another."""
    names = [name for name in GROWTH if filter_text in name]
    of = session("wards", None, names, Terms(seconds, 1, 2), 1, out, again=again)
    for record, _ in records(of):
        shown = zip(HEAD, _row(record["instance"], record), strict=True)
        typer.echo(" · ".join(f"{name} {value}" for name, value in shown))


if __name__ == "__main__":
    typer.run(main)
