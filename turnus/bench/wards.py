"""The own set: the reference ward in its variants, harsher wards, and the ward for any people and weeks.

`base-14+4h` is a variant with smallest size 14 % whose planned hours may exceed the post by 4 h;
`60x52` is the ward for about 60 people over 52 weeks, every second weekend.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path

#: The scenario library; it is part of the repository, not of an installed package.
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
VARIANTS = (
    "base", "rest-11h", "long-full-edges", "long-4-3", "long-3-3", "every-2nd", "12-weeks", "twice-12-weeks",
)  # fmt: skip
SMALLEST_SIZES = (14, 50)  # percent
OVER = {"4h": "4 h", "0h": "0 min"}  # how much planned hours may exceed the post, by word in the name
REFERENCE = {
    f"{variant}-{size}+{over}": (variant, size, OVER[over])
    for variant, over, size in product(VARIANTS, OVER, SMALLEST_SIZES)
}
#: Wards with named staff, pins, history and demand that changes by date.
HARSHER = ("nursing-home-24", "ward-40-named", "ward-40-easter")

SCALED = re.compile(r"([1-9]\d{1,2})x([1-9]\d?)")
SCALED_FROM, SCALED_PEOPLE = "every-2nd", 26
#: Block, needed on (weekdays, weekend days), nurses among them, minutes of the block's shift.
SCALED_NEED = (
    ("Dag", (8, 6), (3, 2), 450),
    ("Aften", (6, 5), (2, 1), 450),
    ("Natt", (2, 2), (1, 1), 585),
)
FULL_WEEK_MINUTES = 2130
BEYOND_NEED = 1.03  # budget as a multiple of what the needs take, as in the reference ward
NURSES_BEYOND = 3  # percent of the budget


@dataclass(frozen=True)
class Ward:
    """A scenario file of the library and the values set on top of it, as `turnus solve --set` reads them."""

    file: str
    overrides: tuple[str, ...] = ()

    def path(self, folder: Path = SCENARIOS) -> Path:
        """Return where the scenario file is."""
        return folder / self.file


def ward_of(name: str) -> Ward:
    """Return the ward of a name; ValueError when the set has none of that name."""
    if name in REFERENCE:
        variant, size, over = REFERENCE[name]
        return Ward(_reference(variant), (f"open_posts.smallest_size={size}", f'hours.over="{over}"'))
    if name in HARSHER:
        return Ward(f"{name}/scenario.yaml")
    scaled = SCALED.fullmatch(name)
    if scaled is None:
        raise ValueError(name)
    return _scaled(int(scaled[1]), int(scaled[2]))


def names(folder: Path) -> list[str]:
    """Return the wards that are there, those for any people and weeks left out."""
    return [name for name in (*REFERENCE, *HARSHER) if ward_of(name).path(folder).is_file()]


def _reference(variant: str) -> str:
    return f"reference-ward/{variant}.yaml"


def _scaled(people: int, weeks: int) -> Ward:
    """Return the ward with its needs times people / 26, and a budget and nurses' share that go with them."""
    overrides = [f"horizon.weeks={weeks}", "open_posts.smallest_size=50"]
    minutes, nurse_minutes = 0, 0
    for block, need, nurses, shift_minutes in SCALED_NEED:
        week, weekend = (_times(number, people) for number in need)
        nurse_week, nurse_weekend = (_times(number, people) for number in nurses)
        overrides.append(f"demand[{block}].need={{weekdays: {week}, weekend: {weekend}}}")
        overrides.append(
            f"demand[{block}].of_which={{nurse: {{weekdays: {nurse_week}, weekend: {nurse_weekend}}}}}"
        )
        minutes += shift_minutes * (5 * week + 2 * weekend)
        nurse_minutes += shift_minutes * (5 * nurse_week + 2 * nurse_weekend)
    share = math.ceil(100 * nurse_minutes / minutes) + NURSES_BEYOND
    budget = math.ceil(10 * BEYOND_NEED * minutes / FULL_WEEK_MINUTES) / 10
    overrides += [f"budget.fte={budget}", f"budget.by_competence.nurse.share_percent={share}"]
    return Ward(_reference(SCALED_FROM), tuple(overrides))


def _times(number: int, people: int) -> int:
    return max(1, math.floor(number * people / SCALED_PEOPLE + 0.5))
