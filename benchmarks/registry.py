"""What is measured: every benchmark as a frozen spec, in one explicit list for each subject."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
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
        What is timed: names of `benchmarks.parts.PARTS`, or phases of a whole solve.
    effort
        Search moves each worker makes at most in each phase.
    """

    name: str
    scenario: str
    overrides: tuple[str, ...]
    phases: tuple[str, ...]
    effort: int = 1_000

    @property
    def path(self) -> Path:
        """Return where the scenario file is."""
        return ROOT / self.scenario


WARD_FOLDER = "scenarios/reference-ward"
VARIANTS = (
    "base", "rest-11h", "long-full-edges", "long-4-3", "long-3-3", "every-2nd", "12-weeks", "twice-12-weeks",
)  # fmt: skip
SMALLEST_SIZES = (14, 50)  # percent
TOLERANCES = {"±4 h": "4 h", "−4/+0 h": "0 min"}  # how much planned hours may exceed the post
WHOLE = ("posts", "rota")
EXAMPLE = "scenarios/heltid/00-today/scenario.yaml"


def _ward(variant: str, smallest: int, tolerance: str) -> BenchSpec:
    overrides = (f"open_posts.smallest_size={smallest}", f'hours.over="{TOLERANCES[tolerance]}"')
    return BenchSpec(
        f"{variant}, {smallest} %, {tolerance}", f"{WARD_FOLDER}/{variant}.yaml", overrides, WHOLE, 40_000
    )


#: The reference ward in all its variants, smallest sizes and hours tolerances.
WARDS: tuple[BenchSpec, ...] = tuple(
    _ward(variant, smallest, tolerance)
    for variant, tolerance, smallest in product(VARIANTS, TOLERANCES, SMALLEST_SIZES)
)

#: Wards that are harder than the reference ward: named staff, pins, history, demand that changes by date.
HARSHER: tuple[BenchSpec, ...] = (
    BenchSpec("named and open", "scenarios/nursing-home-24/scenario.yaml", (), WHOLE, 2_000),
    BenchSpec("40 named", "scenarios/ward-40-named/scenario.yaml", (), WHOLE, 2_000),
    BenchSpec("40 named over Easter", "scenarios/ward-40-easter/scenario.yaml", (), WHOLE, 2_000),
)

_TIGHT = ("open_posts.smallest_size=14", 'hours.over="0 min"')
_ENGINE = ("line", "pricing", "master", "plan", "search")

#: Parts of the engine, one by one.
PARTS: tuple[BenchSpec, ...] = (
    BenchSpec("reference ward", f"{WARD_FOLDER}/base.yaml", _TIGHT, _ENGINE),
    BenchSpec("reference ward, 12 weeks", f"{WARD_FOLDER}/12-weeks.yaml", _TIGHT, _ENGINE),
    BenchSpec(
        "40 posts over 52 weeks",
        "scenarios/ward-40-named/scenario.yaml",
        ("horizon.weeks=52", 'hours.under="40 h"', 'hours.over="40 h"'),
        ("audit",),
    ),
    BenchSpec("24-bed ward", EXAMPLE, (), ("solve",)),
)
