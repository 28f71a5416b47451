"""Why no staffing plan exists at all."""

from __future__ import annotations

from collections.abc import Sequence

from turnus.errors import Finding
from turnus.goals import Condition
from turnus.lines.pricing import Pricer
from turnus.problem import Problem
from turnus.texts import _


def reasons(problem: Problem, pricer: Pricer, conditions: Sequence[Condition]) -> tuple[Finding, ...]:
    """Return who has no lawful line; else that staff and budget, or the conditions, do not fit together."""
    possible = {kind.class_index for kind in pricer.kinds}
    people = [(i, post) for i, post in enumerate(problem.classes) if post.named and i not in possible]
    if people:
        return tuple(_no_line(i, post.id) for i, post in people)
    return (_no_posts_under_conditions(conditions) if conditions else _no_posts(),)


def _no_posts() -> Finding:
    """Return why a case without any staffing plan is impossible."""
    return Finding(
        ("budget",),
        _("expected posts for all the staff within the budget"),
        _("found no sizes that fit it"),
        _("Raise the budget, or look at the sizes and the smallest size."),
    )


def _no_posts_under_conditions(conditions: Sequence[Condition]) -> Finding:
    signs = {"least": "≥", "most": "≤"}
    named = ", ".join(f"{one.goal} {signs[one.bound]} {one.value:g}" for one in conditions)
    return Finding(
        ("conditions",),
        _("expected posts that keep the conditions {conditions}").format(conditions=named),
        _("found proof that there are none within demand, budget and rules"),
        _("Ask for less, or change the scenario."),
    )


def _no_line(index: int, name: str) -> Finding:
    """Return that one named person has no line that keeps the rules with any size on offer."""
    return Finding(
        ("staff", index),
        _("expected at least one lawful line for {name}").format(name=name),
        _("found none with the hours of any permitted size"),
        _("Look at this person's fixed and forbidden shifts, leave, history and hours."),
    )
