"""One run of one instance: how it is limited, and what it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from turnus.bench.rotas import Coded

Watch = Callable[[str, float | None, float | None], None]


@dataclass(frozen=True)
class Terms:
    """How one run is limited: by the clock, by search steps (`effort`), or both; and what it begins with."""

    seconds: float | None
    seed: int
    threads: int
    effort: int | None = None
    start: Coded | None = None


@dataclass
class Run:
    """What one run found; costs are the set's own, None when not known.

    `status` is `optimal`, `feasible`, `broken` (hard rules), `infeasible` (proven) or `unknown`. `trail` has
    (seconds, cost) of each better rota, `broken` what the set's scorer says is wrong with the best. `goals`
    and `measured` are what a set's runs have beside their cost; `rota` is the best one, where the set has
    people of its own.
    """

    status: str = "unknown"
    best: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    seconds_to_proof: float | None = None
    trail: list[tuple[float, float]] = field(default_factory=list)
    broken: tuple[str, ...] = ()
    goals: list[dict[str, Any]] = field(default_factory=list)
    measured: dict[str, Any] = field(default_factory=dict)
    rota: dict[str, str] | None = None

    def tell(self, cost: float | None, bound: float | None, seconds: float, constant: float = 0.0) -> None:
        """Note what is known after some seconds."""
        if cost is not None and (not self.trail or cost + constant < self.trail[-1][1] - 1e-9):
            self.trail.append((round(seconds, 3), cost + constant))
        if bound is not None:
            self.bound = bound + constant
