"""Shifts that no plan made here holds, although a rota from elsewhere may: overtime, for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from turnus.errors import Finding
from turnus.problem import Problem
from turnus.rules import Rule
from turnus.texts import _


def only_planned(problem: Problem, rules: Sequence[Rule]) -> Problem:
    """Return the problem with what a plan never holds forbidden to those whose rule says so."""
    classes = []
    for post in problem.classes:
        banned = {
            (day, action)
            for rule in rules
            if rule.applies_to(post)
            for action in rule.unplanned(problem)
            for day in range(problem.days)
        }
        classes.append(replace(post, bans=post.bans | banned) if banned else post)
    return replace(problem, classes=tuple(classes))


def unplanned_notes(problem: Problem, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield for each rule which shifts of the file no plan made here uses."""
    for rule in rules:
        actions = sorted(rule.unplanned(problem))
        if actions:
            yield Finding(
                ("shifts", actions[0] - 1, "tags"),
                _("expected shifts that a plan may hold"),
                _("found {codes}, which the rule “{rule}” keeps out of every plan").format(
                    codes=", ".join(problem.codes[action] for action in actions), rule=_(rule.title)
                ),
                _("Leave it there for rotas to check; no plan made here uses it."),
            )
