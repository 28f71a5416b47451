"""The proof record: the cuts that a bound rests on, in whole numbers, for somebody else to check.

Each cut says: whatever lines are legal, `scale · θ ≥ constant − Σ profit_k n_k`, because at the given
row prices no legal line of kind k earns more than `profit_k`. Anyone with the scenario can check
that for one kind of post at a time, and then solve the small integer program over the n_k.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from turnus.lines.master import Cut
from turnus.lines.model import LineModel
from turnus.lines.pricing import SCALE
from turnus.posts.plan import Planner

_MOST_TRIES = 24


def proof_record(
    planner: Planner, model: LineModel, bounds: Mapping[str, float | None], found: Mapping[str, float]
) -> dict[str, Any]:
    """Return the record of all bounds of a solve, as plain JSON data.

    Parameters
    ----------
    bounds
        The bound of each plan goal, in the goal's unit.
    found
        The value of each goal; a bound holds given every higher goal at its value here.
    """
    master, problem = planner.master, planner.problem
    cuts = _needed(planner, dict(bounds), found) if found else list(master.cuts)
    return {
        "statement": "bounds on posts from exact line programs and an integer program over numbers of posts",
        "relaxation": "lines of one kind may be mixed in fractions",
        "left_out": [{"rule": left.rule, "reason": left.reason} for left in model.left_out],
        "bounds": {goal: bound for goal, bound in bounds.items() if bound is not None},
        "conditions": [asdict(one) for one in planner.conditions],
        "given": {goal: found[goal] for goal in bounds if goal in found},
        "scale": SCALE,
        "kinds": [
            {
                "class": problem.classes[kind.class_index].id,
                "size_percent": kind.size / 100,
                "least_minutes": kind.lo * model.unit_minutes,
                "most_minutes": kind.hi * model.unit_minutes,
            }
            for kind in master.pricer.kinds
        ],
        "cuts": [_cut(cut, master.cover.group_of) for cut in cuts],
        "checked": "bound, not re-checked",
    }


def _cut(cut: Cut, group_of: np.ndarray[Any, Any]) -> dict[str, Any]:
    return {
        "row_prices": [int(price) for price in cut.prices[group_of]],
        "constant": int(cut.constant),
        "profits": [int(profit) if np.isfinite(profit) else None for profit in cut.profits],
    }


def _needed(planner: Planner, bounds: dict[str, float | None], found: Mapping[str, float]) -> list[Cut]:
    """Return a small set of cuts that proves the same bounds: parts are left out while nothing is lost."""
    cuts = list(planner.master.cuts)
    part, tries = max(1, len(cuts) // 2), 0
    while part >= 1 and tries < _MOST_TRIES:
        start = 0
        while start < len(cuts) and tries < _MOST_TRIES:
            fewer = cuts[:start] + cuts[start + part :]
            tries += 1
            if planner.bounds(found, fewer) == bounds:
                cuts = fewer
            else:
                start += part
        part //= 2
    return cuts
