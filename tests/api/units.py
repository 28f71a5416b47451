"""Units as JSON: one that is solved in no time, and one whose polish goes on as long as it may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.files import open_unit
from turnus.scenario import load_scenario

LIBRARY = Path(__file__).resolve().parents[2] / "scenarios"


def small_unit(**changes: Any) -> dict[str, Any]:
    """Return a unit of open posts that is solved in no time."""
    demand = [{"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 2, "weekend": 1}}]
    content: dict[str, Any] = open_unit(
        **({"demand": demand, "horizon": {"weeks": 3}, "competences": {"nurse": {}}} | changes)
    )
    content["budget"] = {"fte": 3.0, "by_competence": {"nurse": {"share_percent": 100}}}
    return content


def long_unit() -> dict[str, Any]:
    """Return a ward whose rota is found soon and polished until its time is over."""
    content: dict[str, Any] = load_scenario(LIBRARY / "nursing-home-24" / "scenario.yaml").root.plain()
    return content
