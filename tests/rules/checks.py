"""What a checker says about written lines."""

from __future__ import annotations

from collections.abc import Sequence

from tests.builders import rota
from turnus.problem import Post, Problem
from turnus.rules import Rule

#: (post, day, amount) of a breach.
Found = list[tuple[int | None, int | None, int]]


def found(rule: Rule, unit: Problem, *lines: str, posts: Sequence[Post] | None = None) -> Found:
    """Return (post, day, amount) of every breach, each of which bears the rule's name and unit."""
    breaches = list(rule.violations(unit, rota(unit, *lines, posts=posts)))
    assert all((breach.rule, breach.unit) == (rule.id, rule.unit) for breach in breaches)
    places = [(breach.post, breach.day, breach.amount) for breach in breaches]
    return sorted(places, key=lambda place: tuple(-1 if part is None else part for part in place))


def times(rule: Rule, unit: Problem, *lines: str) -> int:
    """Return how often the rule is counted as broken in all."""
    return sum(breach.times for breach in rule.violations(unit, rota(unit, *lines)))
