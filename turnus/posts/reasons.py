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
    without = [i for i, post in enumerate(problem.classes) if i not in possible]
    people = [i for i in without if problem.classes[i].named]
    if people or not possible:
        return tuple(_no_line(problem, pricer, i) for i in people or without)
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


def _no_line(problem: Problem, pricer: Pricer, index: int) -> Finding:
    """Return that one person, or open posts, have no line that keeps the rules with any size on offer."""
    post, model = problem.classes[index], pricer.model
    expected = _("expected at least one lawful line for {name}").format(
        name=post.person or _("open posts: {what}").format(what=problem.competence_names[post.competence])
    )
    path = ("staff", index) if post.named else ("open_posts",)
    if not len(model.passes[model.classes[index].program].source):
        return Finding(
            path,
            expected,
            _("found none, whatever the hours: the rules for them cannot all be kept together"),
            _("Change a rule's value or put a rule out; turnus explain names those that clash."),
        )
    return Finding(
        path,
        expected,
        _("found none with the hours of any permitted size"),
        _("Look at this person's fixed and forbidden shifts, leave, history and hours.")
        if post.named
        else _("Look at the sizes, the rules and the hours that a post may be under or over."),
    )
