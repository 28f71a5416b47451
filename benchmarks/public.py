"""The public sets in the report: what others published, and what `turnus bench` found beside it.

Best known values and the results of others are those of the sets' own pages and papers: Curtois & Qu,
schedulingbenchmarks.org; Rahimian, Akartunalı & Levine 2017 (IP+VNS); static INRC-II by branch and price.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.registry import RESULTS
from turnus.bench.records import Record, read

FILE = RESULTS / "public.jsonl"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """The best known cost of an instance, what others found in 10 minutes (None: unpublished), our target.

    The target is a cost at most so many percent above the best known, within so many seconds.
    """

    best: int
    ejection_chain: int | None = None
    gurobi: int | None = None
    ip_vns: int | None = None
    target_percent: float = 2.0
    target_seconds: float = 60.0

    def above(self, found: float) -> float:
        """Return by how many percent a cost is above the best known."""
        return 100 * (found - self.best) / self.best

    def verdict(self, found: float | None, seconds: float) -> str:
        """Return whether what was found within some seconds meets the target; open when it had less time."""
        if found is not None and self.above(found) <= self.target_percent and seconds <= self.target_seconds:
            return "met"
        return "open" if seconds < self.target_seconds else "**not met**"


CURTOIS: dict[str, Published] = {
    "Instance1": Published(607, 607, 607, 607),
    "Instance2": Published(828, 923, 828, 828),
    "Instance4": Published(1716, 1719, 1716, 1716),
    "Instance6": Published(1950, 2344, 1950, 1950),
    "Instance9": Published(439, 474, 439, 439),
    "Instance10": Published(4631, 4999, 4631, 4631),
    "Instance12": Published(4040, 5611, 4045, 4042),
    "Instance13": Published(1348, 8707, 500410, 3109, 1.0, 600.0),
    "Instance15": Published(3828, 6049, 78144, 4144, 1.0, 600.0),
    "Instance18": Published(4459, 6404, 7950, 5049, 1.0, 600.0),
    "Instance20": Published(4769, 23531, target_percent=5.0, target_seconds=1800.0),
    "Instance22": Published(30241, target_percent=20.0, target_seconds=1800.0),
}
INRC2: dict[str, Published] = {
    "n030w4_1_6-2-9-1": Published(1670, target_seconds=600.0),
    "n030w4_1_6-7-5-3": Published(1815, target_seconds=600.0),
    "n040w4_0_2-0-6-1": Published(1565, target_seconds=600.0),
    "n040w4_2_6-1-0-6": Published(1750, target_seconds=600.0),
    "n050w4_0_0-4-8-7": Published(1315, target_seconds=600.0),
    "n050w4_0_7-2-7-2": Published(1315, target_seconds=600.0),
    "n080w4_2_4-3-3-3": Published(3295, target_seconds=600.0),
    "n080w4_2_6-0-4-8": Published(3180, target_seconds=600.0),
}


def latest(records: Iterable[Record]) -> dict[tuple[str, str], Record]:
    """Return the latest record of each (set, instance)."""
    return {(record["set"], record["instance"]): record for record in records}


def public_rows(
    records: dict[tuple[str, str], Record], family: str, known: dict[str, Published]
) -> list[Row]:
    """Return the table of one set of named people: every published instance, measured or not."""
    head = (
        "instance", "best known", "found", "above, %", "proven bound", "to best, s", "to proof, s",
        "limit, s", "target", "", "load", "others in 10 min: ejection chain, Gurobi, IP+VNS",
    )  # fmt: skip
    rows = [_row(name, one, records.get((family, name))) for name, one in known.items()]
    return [head, *rows]


def _row(name: str, known: Published, record: Record | None) -> Row:
    others = ", ".join(_number(value) for value in (known.ejection_chain, known.gurobi, known.ip_vns))
    target = f"≤ {known.target_percent:g} % in {known.target_seconds:g} s"
    if record is None:
        return (name, str(known.best), "not measured", *("–",) * 5, target, "open", "–", others)
    found, seconds = record["best"] if record["verdict"] == "kept" else None, record["time_limit_seconds"]
    above = None if found is None else round(known.above(found), 2)
    figures = (found, above, record["bound"], record["seconds_to_best"], record["seconds_to_proof"], seconds)
    verdict = known.verdict(found, seconds)
    return (
        name, str(known.best), *map(_number, figures), target, verdict, _number(record["load"]), others
    )  # fmt: skip


def rws_rows(records: dict[tuple[str, str], Record]) -> list[Row]:
    """Return the table of rotating workforce scheduling: seconds to a lawful line."""
    mine = [record for (family, _), record in records.items() if family == "rws"]
    rows = [
        (
            record["instance"],
            record["verdict"] or "–",
            _number(record["seconds_to_best"]),
            _number(record["load"]),
        )
        for record in mine
    ]
    return [("instance", "verdict", "seconds", "load"), *rows]


def sections() -> dict[str, list[Row]]:
    """Return the tables of all public sets by their title."""
    records = latest(read(FILE))
    return {
        f"Public: Curtois and Qu{terms(records, 'curtois')}": public_rows(records, "curtois", CURTOIS),
        f"Public: INRC-II, static, four weeks{terms(records, 'inrc2')}": public_rows(records, "inrc2", INRC2),
        f"Public: rotating workforce{terms(records, 'rws')}": rws_rows(records),
    }


def terms(records: dict[tuple[str, str], Record], family: str) -> str:
    """Return on which dates, with which seeds and threads, a set was measured."""
    mine = [record for (of, _), record in records.items() if of == family]
    if not mine:
        return ""
    parts = [
        "/".join(sorted({str(record[name]) for record in mine}))
        for name in ("date", "seed", "threads", "host")
    ]
    return " – {}, seed {}, {} threads, {}".format(*parts)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
