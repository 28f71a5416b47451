"""Conditions on goals: "at least 12 full-time posts", "uncovered at most 600 person-minutes".

A plan under conditions answers what is given up for what; that no plan keeps them is then proven like a
bound, from the same cuts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from turnus.errors import Finding, InputError
from turnus.goals.values import PLAN_GOALS
from turnus.texts import _

NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Condition:
    """A goal decided by the posts is at `least`, or at `most`, a value in the goal's unit."""

    goal: str
    bound: Literal["least", "most"]
    value: float

    def holds(self, value: float) -> bool:
        """Whether a value of the goal keeps the condition."""
        return value >= self.value - NEAR if self.bound == "least" else value <= self.value + NEAR


def conditions_of(at_least: Mapping[str, float], at_most: Mapping[str, float]) -> tuple[Condition, ...]:
    """Return conditions by goal id, in a fixed order.

    Raises
    ------
    InputError
        Naming goals that the posts do not decide: those of a rota's quality cannot be asked for beforehand.
    """
    found = [*_each(at_least, "least"), *_each(at_most, "most")]
    wrong = [finding for one in found for finding in _wrong(one)]
    if wrong:
        raise InputError(wrong)
    return tuple(sorted(found, key=lambda one: (PLAN_GOALS.index(one.goal), one.bound)))


def _each(values: Mapping[str, float], bound: Literal["least", "most"]) -> Iterator[Condition]:
    for goal, value in values.items():
        yield Condition(goal, bound, float(value))


def _wrong(one: Condition) -> Iterator[Finding]:
    path = (f"at_{one.bound}", one.goal)
    found = _("found {value}").format(value=one.goal)
    if one.goal not in PLAN_GOALS:
        expected = _("expected one of {known}").format(known=", ".join(PLAN_GOALS))
        hint = _("Only goals that the posts decide can be set as a condition.")
        yield Finding(path, expected, found, hint)
    elif one.goal == "uncovered" and one.bound == "least":
        expected = _("expected a limit on what is uncovered")
        yield Finding(path, expected, found, _("Say how much may be uncovered at most."))
    elif one.value < 0:
        expected = _("expected a number from 0")
        yield Finding(path, expected, _("found {value}").format(value=one.value), _("Write 0 or more."))
