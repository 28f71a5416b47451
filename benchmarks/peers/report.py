"""Turnus and its peers in the report: the table side by side, the performance profile, the target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.cases import CASES, PeerCase
from benchmarks.peers.measure import CPSAT, PEERS, PYWORKFORCE, TURNUS, cannot
from benchmarks.registry import RESULTS
from benchmarks.svg import Axis, Line, chart
from turnus.bench.records import Record, read

FILE = RESULTS / "peers.jsonl"
Row = tuple[str, ...]
Found = dict[tuple[PeerCase, str], Record]
HEAD: Row = (
    "case", "", "status", "uncovered, h, or cost", "hard breaches", "full-time posts", "bound on posts",
    "to best, s", "to the best of all, s", "limit, s", "MB", "load",
)  # fmt: skip
WITHIN = 1.01  # of the best cost of all, which counts as the same quality
FACTOR = 10.0
LONG_SECONDS = 600.0
LARGEST_RATIO = 1000.0
ONE_MISSING = 450.0  # person-minutes


def load(path: Path = FILE) -> Found:
    """Return the latest record of each case and peer."""
    return {
        (PeerCase(record["set"], record["instance"], record["question"]), record["peer"]): record
        for record in read(path)
    }


def rows(found: Found) -> list[Row]:
    """Return the table side by side; a peer that cannot express a case is left out of it."""
    lines = [HEAD]
    for case in CASES:
        for peer in PEERS:
            record = found.get((case, peer))
            if record is not None:
                lines.append(_row(case, record, seconds_to_same(found, case, peer)))
            elif peer != PYWORKFORCE or cannot(case, peer) is None:
                lines.append((case.name, peer, "not measured", *("–",) * (len(HEAD) - 3)))
    return lines


def _row(case: PeerCase, record: Record, same: float | None) -> Row:
    best = record["best"]
    if case.family == "wards" and best is not None:
        best = round(best / 60, 1)
    figures = (
        best, record["hard_breaches"], record["full_time_posts"], record["full_time_posts_bound"],
        record["seconds_to_best"], same, record["time_limit_seconds"], record["peak_mb"], record["load"],
    )  # fmt: skip
    return (case.name, record["peer"], record["status"], *map(_number, figures))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 3):g}"


def _lawful(record: Record) -> bool:
    return record["best"] is not None and record["hard_breaches"] == 0


def seconds_to_same(found: Found, case: PeerCase, peer: str) -> float | None:
    """Return when a peer had what the best of all found, within 1 %; None if never or not lawfully."""
    lawful = [one for (of, _), one in found.items() if of == case and _lawful(one)]
    record = found.get((case, peer))
    if record is None or not _lawful(record):
        return None
    if case.question == "posts":
        best = min((one["best"], -one["full_time_posts"]) for one in lawful)
        mine = (record["best"], -record["full_time_posts"])
        return record["seconds_to_best"] if mine == best else None
    target = min(one["best"] for one in lawful) * WITHIN
    return next((seconds for seconds, cost in record["trail"] if cost <= target), None)


def measured_cases(found: Found) -> list[PeerCase]:
    """Return the cases of which turnus and plain CP-SAT were both measured."""
    return [case for case in CASES if (case, TURNUS) in found and (case, CPSAT) in found]


def ratios(found: Found, peer: str) -> list[float | None]:
    """Return for each case how many times longer than the fastest a peer took to the same quality."""
    result: list[float | None] = []
    for case in measured_cases(found):
        times = [seconds_to_same(found, case, one) for one in PEERS]
        mine = seconds_to_same(found, case, peer)
        fastest = min((one for one in times if one is not None), default=None)
        result.append(None if mine is None or fastest is None else max(mine, 1e-3) / max(fastest, 1e-3))
    return result


def profile(values: Sequence[float | None]) -> list[tuple[float, float]]:
    """Return the Dolan–Moré profile: (ratio, percent of the cases solved within it), as steps."""
    solved = sorted(value for value in values if value is not None and value < LARGEST_RATIO)
    points = [(1.0, 100.0 * sum(value <= 1 for value in solved) / len(values))]
    points += [(value, 100.0 * (at + 1) / len(values)) for at, value in enumerate(solved) if value > 1]
    return [*points, (LARGEST_RATIO, points[-1][1])]


def cost_ratios(found: Found, peer: str) -> list[float | None]:
    """Return for each case a peer's cost in its limit over the best of all, both with one shift added.

    The shift is what one missing person costs, so that a best cost of 0 has ratios too.
    """
    result: list[float | None] = []
    for case in measured_cases(found):
        one_missing = ONE_MISSING if case.family == "wards" else 1.0
        costs = [one["best"] for (of, _), one in found.items() if of == case and _lawful(one)]
        mine = found.get((case, peer))
        if mine is None or not _lawful(mine):
            result.append(None)
        else:
            result.append((mine["best"] + one_missing) / (min(costs) + one_missing))
    return result


def drawings(found: Found) -> dict[str, str]:
    """Return the performance profiles, by time and by cost; nothing without measurements."""
    cases = measured_cases(found)
    if not cases:
        return {}
    drawn = {
        "profile-time.svg": (ratios, "Time", "times as long as the fastest, to the same quality"),
        "profile-cost.svg": (cost_ratios, "Cost", "times the cost of the best, at the end of the limit"),
    }
    return {name: _profile(found, len(cases), *about) for name, about in drawn.items()}


def _profile(
    found: Found, cases: int, ratios_of: Callable[[Found, str], list[float | None]], what: str, across: str
) -> str:
    shown = [peer for peer in PEERS if peer != PYWORKFORCE]
    lines = [Line(peer, profile(ratios_of(found, peer)), steps=True, marks=False) for peer in shown]
    title = f"{what}: share of {cases} cases within a ratio of the best"
    x = Axis(across, 1, LARGEST_RATIO, log=True)
    return chart(title, x, Axis("percent of the cases", 0, 100), lines)


@dataclass(frozen=True)
class Faster:
    """How many times faster than plain CP-SAT turnus had the same quality on one case.

    Where CP-SAT never got there, `factor` is the least it can be, and `never` says within how many seconds.
    """

    factor: float
    never: float | None

    @property
    def verdict(self) -> str:
        """Return met, not met or open."""
        if self.factor >= FACTOR or (self.never is not None and self.never >= LONG_SECONDS):
            return "met"
        return "open" if self.never is not None else "**not met**"


def faster(found: Found) -> list[Faster]:
    """Return the comparison with plain CP-SAT on each own ward of which both were measured."""
    result = []
    for case in (one for one in measured_cases(found) if one.family == "wards"):
        mine = seconds_to_same(found, case, TURNUS)
        theirs = seconds_to_same(found, case, CPSAT)
        limit = None if theirs is not None else float(found[case, CPSAT]["time_limit_seconds"])
        if mine is None:
            result.append(Faster(0.0, None))
        else:
            result.append(Faster((limit or theirs or 0.0) / max(mine, 1e-3), limit))
    return result


def target_rows(found: Found) -> list[Row]:
    """Return the row of the target against plain CP-SAT."""
    text = "own wards, to the same quality: times as fast as plain CP-SAT, or that never gets there in 10 min"
    known = faster(found)
    if not known:
        return [(text, f"≥ {FACTOR:g}", "–", "not measured")]
    shown = "; ".join(
        f"{one.factor:.3g}" if one.never is None else f"> {one.factor:.3g}, never in {one.never:g} s"
        for one in known
    )
    verdict = max((one.verdict for one in known), key=["met", "open", "**not met**"].index)
    return [(text, f"≥ {FACTOR:g}", shown, verdict)]
