"""Passive duty, AML § 10-4 (2): by how much it lets ordinary hours be longer. One place for every limit."""

from __future__ import annotations

from turnus.problem import Problem
from turnus.rules.levels import Level, Limit
from turnus.texts import N_, _, hours_and_minutes

PARAMETER = "passive_extension"
PER_SHIFT, PER_WEEK = 2 * 60, 10 * 60  # minutes
#: No week is made longer than this; one that an agreement lets be longer already is not extended.
LONGEST_WEEK = 48 * 60
LONGEST_WITH_PERMIT = 13 * 60  # of a shift

_ONLY_PASSIVE = {Level.LAW: N_("Only where the work is wholly or mainly passive.")}
#: How far the law and agreements let it go in a shift; with a permit so far that the act's 9 h reach 13 h.
LIMIT_OF_A_SHIFT = Limit(
    PARAMETER,
    "most",
    PER_SHIFT,
    {Level.CENTRAL: None, Level.LABOUR_INSPECTION: LONGEST_WITH_PERMIT - 9 * 60},
    "AML § 10-4 (2)",
    {
        **_ONLY_PASSIVE,
        Level.LABOUR_INSPECTION: N_(
            "Where the work is particularly passive; a shift is then at most 13 h and a week 48 h."
        ),
    },
)
LIMIT_OF_A_WEEK = Limit(PARAMETER, "most", PER_WEEK, {Level.CENTRAL: None}, "AML § 10-4 (2)", _ONLY_PASSIVE)


def extension(problem: Problem, action: int, most: int, *, counted: bool) -> int:
    """Return by how many minutes a shift's passive duty lets hours be longer: half of it, at most `most`.

    Passive duty is working time whole, by the clock; half of it is rounded down. Where hours are those that
    are `counted`, the part of it that does not count is left out of them already, and is taken off: passive
    duty that counts half, or less, lets counted hours be no longer.
    """
    if not action:
        return 0
    shift = problem.shifts[action - 1]
    passive = shift.minutes_of("passive")
    within = min(passive // 2, most)
    if not counted:
        return within
    parts = (part for part in shift.parts if part.kind == "passive")
    left_out = passive - round(sum(part.counts * (part.end - part.start) for part in parts))
    return min(max(0, within - left_out), problem.minutes[action])


def told_with(amount: str, beyond: int, most: int, more: int) -> str:
    """Return a breach in words where passive duty adds to the limit; `amount` is the text for its minutes."""
    if not more:
        return ""
    limit = _("at most {most} allowed and {more} more for passive duty").format(
        most=hours_and_minutes(most), more=hours_and_minutes(more)
    )
    return f"{_(amount).format(amount=hours_and_minutes(beyond))}, {limit}"
