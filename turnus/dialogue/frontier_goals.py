"""Which goals a front can have, and what they are called: what the posts decide, and what people carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from turnus.dialogue.frontier_loads import LOADS, LONG_SHIFTS, WEEKENDS, refuse_what_is_not_there
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.goals import DIRECTION, PLAN_GOALS, UNITS
from turnus.result.words import amount, goal_title
from turnus.scenario.messages import found as found_text
from turnus.texts import _, ngettext, number

FEWEST, MOST = 2, 3
#: Other words for goals, as people type them.
ALIASES = {
    "heads": "fewest_heads",
    "part_time_posts": "fewest_part_time",
    "weekends": WEEKENDS,
    "long_shifts": LONG_SHIFTS,
}
#: Goals that are set against each other: the first pair of the file's that has more than one point.
PAIRS = (
    ("full_time_posts", "fewest_heads"),
    ("full_time_posts", "largest_smallest_size"),
    ("full_time_posts", "uncovered"),
    ("full_time_share", "uncovered"),
    ("mean_size", "uncovered"),
)


def asked_goals(text: str) -> tuple[str, ...]:
    """Return the goals named in a text such as `full_time_posts,heads`.

    Raises
    ------
    InputError
        Naming the goals that can be asked for.
    """
    goals = tuple(ALIASES.get(word, word) for word in (part.strip() for part in text.split(",")) if word)
    known = (*PLAN_GOALS, *LOADS)
    wrong = [goal for goal in goals if goal not in known]
    expected = _("expected one of {known}").format(known=", ".join(known))
    hint = _("What a rule or a lever says is priced by `turnus price`.")
    if wrong:
        raise InputError([Finding(("--goals",), expected, found_text(goal), hint) for goal in wrong])
    if not FEWEST <= len(goals) <= MOST or len(set(goals)) < len(goals):
        expected = _("expected {fewest} or {most} different goals").format(fewest=FEWEST, most=MOST)
        hint = _("Such as --goals full_time_posts,fewest_heads.")
        raise InputError([Finding(("--goals",), expected, found_text(text), hint)])
    return goals


def refuse_missing(goals: tuple[str, ...], variant: Variant) -> None:
    """Refuse goals about what the unit has not got."""
    for goal in goals:
        if variant.case is not None:
            refuse_what_is_not_there(goal, variant.case.problem)


def pairs_of(variant: Variant) -> Iterator[tuple[str, str]]:
    """Yield the pairs of goals to try where none were asked for: those that are goals of the file."""
    mine = set(variant.loaded.scenario.goals)
    yield from (pair for pair in PAIRS if set(pair) <= mine)


def direction(goal: str) -> Literal["max", "min"]:
    """Return which way is better; of what people carry, less is."""
    return "min" if goal in LOADS else DIRECTION[goal]


def unit_of(goal: str) -> str:
    """Return a goal's unit as documents have it."""
    return LOADS[goal].unit if goal in LOADS else UNITS[goal]


def title_of(goal: str) -> str:
    """Return what a goal is called, translated."""
    return _(LOADS[goal].title) if goal in LOADS else goal_title(goal)


def value_of(goal: str, value: float) -> str:
    """Return a goal's value in words."""
    if goal == WEEKENDS:
        return ngettext("{n} weekend", "{n} weekends", value).format(n=number(value))
    if goal == LONG_SHIFTS:
        return ngettext("{n} long shift", "{n} long shifts", value).format(n=number(value))
    return amount(value, UNITS[goal])
