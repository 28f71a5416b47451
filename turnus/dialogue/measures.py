"""What measures are called: goals, the rest of the heltid vector, and what each post carries."""

from __future__ import annotations

from turnus.result.words import GOAL_TITLES, goal_title
from turnus.texts import N_, _

VECTOR_TITLES = {
    "below_20": N_("Posts below 20 %"),
    "below_50": N_("Posts below 50 %"),
    "below_80": N_("Posts below 80 %"),
    "fte": N_("FTE in posts"),
    "planned_fte": N_("FTE planned"),
    "wish_more": N_("People who wish a larger post"),
    "wish_more_granted": N_("… and got all of it"),
    "wish_more_unmet": N_("FTE still wished"),
}
LOAD_TITLES = {
    "weekends_worked": N_("Weekends worked"),
    "nights_worked": N_("Nights"),
    "evenings_worked": N_("Evenings"),
    "long_shifts_worked": N_("Long shifts"),
    "quick_returns": N_("Quick returns (less than 11 hours between shifts)"),
    "longest_run": N_("Days in a row at most"),
    "planned_minus_position_minutes": N_("Planned hours less the post's"),
}
#: Goals and the heltid vector in the order in which they are shown.
ORDER = (
    "uncovered", "full_time_posts", "full_time_share", "fewest_heads", "mean_size", "largest_smallest_size",
    "fewest_part_time", *VECTOR_TITLES, "changed_days", "wishes", "health", "fairness",
)  # fmt: skip


def measure_title(name: str) -> str:
    """Return what a measure is called."""
    if name in GOAL_TITLES:
        return goal_title(name)
    return _(VECTOR_TITLES.get(name) or LOAD_TITLES[name])
