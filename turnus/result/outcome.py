"""What a solve found, in memory: the rota, the value and bound of each goal, and what is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from turnus.errors import Finding
from turnus.goals import Condition
from turnus.problem import Post, Rota

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Phase = Literal["reading", "lines", "posts", "rota", "polish", "audit"]


@dataclass(frozen=True, slots=True)
class GoalValue:
    """One goal in order of priority: the value found, its bound given every higher goal, in `unit`.

    `proven` means that the value meets the bound and that every higher goal is proven. None is unknown.
    """

    id: str
    value: float | None
    bound: float | None
    proven: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Polish:
    """How often (in `unit`) a soft rule was broken before and after the polish."""

    rule: str
    before: int
    after: int
    unit: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a running solve is: its phase, the goal it works on, value and bound so far."""

    phase: Phase
    goal: str
    value: float | None
    bound: float | None
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """Everything a solve leaves behind; `rota` is None when none was found or none exists.

    `reasons` say why when the status is `infeasible`. `repeatable` is false as soon as the clock
    decided anything. `plan` is the best staffing plan that the lines alone allow, whether or not a rota of
    it was found. Everything holds under the `conditions`.
    `whole` is false when the clock or the user cut it short.
    """

    status: Status
    rota: Rota | None
    goals: tuple[GoalValue, ...]
    polish: tuple[Polish, ...]
    proof: tuple[dict[str, Any], ...]
    seconds: float
    seed: int
    workers: int
    effort: int | None
    repeatable: bool
    reasons: tuple[Finding, ...] = ()
    plan: tuple[Post, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    whole: bool = True
