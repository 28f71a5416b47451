"""Write the measured tables into `benchmarks/README.md`, between its markers, and draw the figures.

`python -m benchmarks.report` reads the files in `benchmarks/results/`. Of several measurements of
the same thing the latest counts. A target that was not measured is neither met nor missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import checking, dialogue, figures, growth, public, service, startup
from benchmarks.expected import content
from benchmarks.peers import report as peers
from benchmarks.registry import RESULTS, ROOT, WARD_FOLDER
from turnus.bench.records import Record, read
from turnus.bench.wards import HARSHER, REFERENCE, ward_of

README = Path(__file__).resolve().parent / "README.md"
PARTS_FILE = RESULTS / "parts.json"
WARDS_FILE = RESULTS / "wards.jsonl"
WARDS = tuple(REFERENCE)
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LARGE = "twice-12-weeks"
TIGHT = ("base-14+0h", "12-weeks-14+0h")


@dataclass(frozen=True)
class Measured:
    """The latest record of each ward by name, of the commands by run, and the timed parts."""

    wards: dict[str, Record]
    startup: dict[str, Record]
    parts: list[Record]
    checking: dict[str, Record] = field(default_factory=dict)
    dialogue: dict[str, Record] = field(default_factory=dict)

    def of(self, names: Iterable[str]) -> list[Record]:
        """Return the records of the wards that were measured."""
        return [self.wards[name] for name in names if name in self.wards]


def load(folder: Path = RESULTS) -> Measured:
    """Return everything measured that the files in a folder hold."""
    parts = folder / PARTS_FILE.name
    found = json.loads(parts.read_text(encoding="utf-8"))["benchmarks"] if parts.is_file() else []
    return Measured(
        {record["instance"]: record for record in read(folder / WARDS_FILE.name)},
        {record["run"]: record for record in read(folder / startup.FILE.name)},
        found,
        {record["run"]: record for record in read(folder / checking.FILE.name)},
        {record["run"]: record for record in read(folder / dialogue.FILE.name)},
    )


@dataclass(frozen=True)
class Target:
    """A limit on the worst of some measurements.

    `worst` is None when something it needs was not measured or never came, such as full cover.
    """

    text: str
    limit: float
    unit: str
    worst: float | None
    measured: int
    of: int

    @property
    def verdict(self) -> str:
        """Return met, not met or not measured."""
        if self.measured == 0:
            return "not measured"
        if self.worst is None or self.worst >= self.limit:
            return "**not met**"
        return "met" if self.measured == self.of else "met so far"


def targets(found: Measured) -> list[Target]:
    """Return every target with what was measured for it."""
    normal = [name for name in WARDS if not name.startswith(LARGE)]
    large = [name for name in WARDS if name.startswith(LARGE)]
    first, second = startup.RUNS
    return [
        _target(found, "posts proven, all up to 80 heads × 12 weeks", WARDS, "seconds_to_bound", 1),
        _target(found, "rota with full cover, all up to 80 heads × 12 weeks", WARDS, "seconds_to_cover", 5),
        _target(found, "bound, every variant but twice the ward", normal, "seconds_to_bound", 2),
        _target(found, "full-cover rota, every variant but twice the ward", normal, "seconds_to_cover", 15),
        _target(found, "of these: −4/+0 h at 14 %, 6 and 12 weeks", TIGHT, "seconds_to_cover", 15),
        _target(found, "full-cover rota, twice the ward over 12 weeks", large, "seconds_to_cover", 60),
        _target(found, "harsher wards, everything", HARSHER, "seconds", 60),
        _command(found, "`turnus solve` of the 24-bed example, first run with compiling", first, 20),
        _command(found, "the same, second run", second, 10),
        _checks(found),
        _memory(found),
    ]  # fmt: skip


def _target(found: Measured, text: str, specs: Sequence[str], name: str, limit: float) -> Target:
    values = [record[name] for record in found.of(specs)]
    return Target(text, limit, "s", _worst(values), len(values), len(specs))


def _command(found: Measured, text: str, run: str, limit: float) -> Target:
    values = [found.startup[run]["seconds"]] if run in found.startup else []
    return Target(text, limit, "s", _worst(values), len(values), 1)


def _checks(found: Measured) -> Target:
    values = [record["processor_seconds"] for record in found.checking.values()]
    text = "`turnus check --profile` of 60 people × 52 weeks, processor time of the whole command"
    return Target(text, 2, "s", _worst(values), len(values), len(checking.RUNS))


def _memory(found: Measured) -> Target:
    records = [*found.wards.values(), *found.startup.values()]
    values = [record["peak_mb"] for record in records]
    of = len(WARDS) + len(HARSHER) + len(startup.RUNS)
    return Target("peak memory of any run here", 1000, "MB", _worst(values), len(values), of)


def _worst(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known) if known and len(known) == len(values) else None


def target_rows(found: Measured) -> list[tuple[str, ...]]:
    """Return the table of targets: target, limit, worst measured, verdict."""
    rows = [
        (target.text, f"< {target.limit:g} {target.unit}", _shown(target), target.verdict)
        for target in targets(found)
    ]
    return [("target", "limit", "worst measured", ""), _values_row(found), *rows]


def _shown(target: Target) -> str:
    runs = f" ({target.measured} of {target.of} runs)" if target.of > 1 else ""
    return f"{'–' if target.worst is None else f'{target.worst:g} {target.unit}'}{runs}"


def _values_row(found: Measured) -> tuple[str, ...]:
    records = found.of(WARDS)
    kept = sum(as_stated(record) for record in records)
    verdict = "not measured" if not records else "met" if kept == len(WARDS) else "**not met**"
    text = "full-time posts found = bound, and as stated where stated"
    return (text, f"{len(WARDS)} runs", f"{kept} of {len(records)}", verdict)


def as_stated(record: Record) -> bool:
    """Whether a run of the reference ward found what it proved, and what was stated by hand."""
    goals = {goal["id"]: goal for goal in record["goals"]}
    posts, uncovered = goals["full_time_posts"], goals["uncovered"]
    met = posts["value"] is not None and posts["value"] == posts["bound"] and uncovered["value"] == 0
    return met and stated(record) in (None, posts["value"]) and record["verdict"] == "kept"


def stated(record: Record) -> int | None:
    """Return the full-time posts stated by hand for a run of the reference ward, None where none were."""
    ward = ward_of(record["instance"])
    for entry in content(ROOT / WARD_FOLDER)["runs"]:
        if ward.file.endswith("/" + entry["file"]) and tuple(entry["set"]) == ward.overrides:
            number: int | None = entry["stated_full_time_posts"]
            return number
    return None


WARD_HEAD = tuple(
    "run|full-time posts|bound|stated|heads|bound, s|full cover, s|all, s|processor, s|MB|load".split("|")
)


def ward_rows(found: Measured, specs: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the table of the wards that were measured."""
    return [WARD_HEAD, *(_ward_row(record) for record in found.of(specs))]


def _ward_row(record: Record) -> tuple[str, ...]:
    posts: Record = next((goal for goal in record["goals"] if goal["id"] == "full_time_posts"), {})
    timed = ("seconds_to_bound", "seconds_to_cover", "seconds", "processor_seconds")
    return (
        record["instance"],
        *map(_number, (posts.get("value"), posts.get("bound"), stated(record), record["heads"])),
        *(_number(record[name]) for name in timed),
        _number(record["peak_mb"]),
        _number(record["load"]),
    )


def part_rows(found: Measured) -> list[tuple[str, ...]]:
    """Return the table of the timed parts: median and spread in milliseconds."""
    rows = []
    for part in found.parts:
        about, stats = part["extra_info"], part["stats"]
        moves = f", {about['effort']} moves" if about["phase"] in ("search", "solve") else ""
        times = (f"{float(f'{1000 * stats[name]:.3g}'):g}" for name in ("median", "iqr"))
        rows.append((about["phase"] + moves, about["spec"], *times, str(stats["rounds"])))
    return [("part", "on", "median, ms", "spread (iqr), ms", "rounds"), *rows]


def startup_rows(found: Measured) -> list[tuple[str, ...]]:
    """Return the table of the command as a user meets it."""
    names = ("command", "seconds", "processor_seconds", "peak_mb", "load")
    rows = [
        (run, *(_number(record[name]) if name != "command" else f"`{record[name]}`" for name in names))
        for run, record in (*found.startup.items(), *found.checking.items(), *found.dialogue.items())
    ]
    return [("run", "command", "seconds", "processor seconds", "MB", "load"), *rows]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows as a Markdown table, the first one its head."""
    head, *body = rows
    lines = [head, ("---",) * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(found: Measured) -> str:
    """Return everything that stands between the markers."""
    compared, grown = peers.load(), growth.load()
    sections = {
        "Targets": [*target_rows(found), *peers.target_rows(compared)],
        "Side by side": peers.rows(compared),
        "Growth with people and weeks": growth.rows(grown),
        "Reference ward": ward_rows(found, WARDS),
        "Harsher wards": ward_rows(found, HARSHER),
        "The command": startup_rows(found),
        "Parts": part_rows(found),
        "The service": service.rows(service.load()),
        **public.sections(),
    }
    body = "\n\n".join(f"### {title}\n\n{table(rows)}" for title, rows in sections.items())
    return f"{machines(found)}\n\n{body}"


def machines(found: Measured) -> str:
    """Return the sentence that says where, when and with what the figures were measured."""
    records = [*found.wards.values(), *found.startup.values()]
    where = sorted({f"{record['host']}, {record['cpus']} processors" for record in records})
    days = sorted({record["date"] for record in records})
    used = {json.dumps(record["versions"], sort_keys=True) for record in found.wards.values()}
    versions = "; ".join(
        ", ".join(f"{name} {number}" for name, number in json.loads(text).items()) for text in sorted(used)
    )
    if not records:
        return "Nothing has been measured yet."
    return f"Measured on {' and on '.join(where)}; {' to '.join({days[0]: 0, days[-1]: 0})}; {versions}."


def replaced(text: str, between: str) -> str:
    """Return a text with what stands between the markers replaced."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"expected the markers {BEGIN} and {END}; found no such pair")
    return f"{before}{BEGIN}\n{between}\n{END}{after}"


def main(readme: Annotated[Path, typer.Option(help="File with the markers.")] = README) -> None:
    """Write the tables and draw the figures."""
    text = replaced(readme.read_text(encoding="utf-8"), report(load()))
    readme.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {readme}")
    for path, drawing in figures.drawings().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawing, encoding="utf-8")
        typer.echo(f"Wrote {path}")


if __name__ == "__main__":
    typer.run(main)
