"""What is measured: timed parts as frozen specs, sizes of the growth curve; `turnus bench` has the sets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"


@dataclass(frozen=True, slots=True)
class BenchSpec:
    """One scenario to measure on, as it is or changed, and what to measure there.

    Parameters
    ----------
    name
        How reports call it; unique within its list.
    scenario
        The scenario file, relative to the repository.
    overrides
        Values set on top of the file, as `turnus solve --set` reads them.
    phases
        What is timed: names of `benchmarks.parts.PARTS`.
    effort
        Search moves each worker makes at most in each phase.
    instance
        Of a set whose folder `scenario` is.
    """

    name: str
    scenario: str
    overrides: tuple[str, ...]
    phases: tuple[str, ...]
    effort: int = 1_000
    instance: str = ""

    @property
    def path(self) -> Path:
        """Return where the scenario file is."""
        return ROOT / self.scenario


WARD_FOLDER = "scenarios/reference-ward"
EXAMPLE = "scenarios/heltid/00-today/scenario.yaml"


_TIGHT = ("open_posts.smallest_size=14", 'hours.over="0 min"')
_ENGINE = ("line", "pricing", "master", "plan", "search")
_SMALL = "tests/bench/data"

#: Parts of the engine, one by one.
PARTS: tuple[BenchSpec, ...] = (
    BenchSpec("reference ward", f"{WARD_FOLDER}/base.yaml", _TIGHT, (*_ENGINE, "neighbourhood")),
    BenchSpec("reference ward, 12 weeks", f"{WARD_FOLDER}/12-weeks.yaml", _TIGHT, _ENGINE),
    BenchSpec(
        "40 posts over 52 weeks",
        "scenarios/ward-40-named/scenario.yaml",
        ("horizon.weeks=52", 'hours.under="40 h"', 'hours.over="40 h"'),
        ("audit",),
    ),
    BenchSpec("24-bed ward", EXAMPLE, (), ("solve",)),
    BenchSpec("small Curtois and Qu", f"{_SMALL}/curtois", (), ("public",), instance="Tiny1"),
    BenchSpec("small INRC-II", f"{_SMALL}/inrc2", (), ("public",), instance="n003w1_0_0"),
    BenchSpec("small rotating workforce", f"{_SMALL}/rws", (), ("public",), instance="Tiny1"),
)

#: Wards by people and weeks, for the growth curve.
GROWTH: tuple[str, ...] = tuple(
    f"{people}x{weeks}"
    for weeks, sizes in ((4, (20, 60, 100)), (12, (20, 40, 60, 80, 100)), (26, (20, 60, 100)), (52, (20, 60)))
    for people in sizes
)
