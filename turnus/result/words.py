"""Goals, units and statuses in words, with numbers the way the language in use writes them."""

from __future__ import annotations

from turnus.goals import UNITS
from turnus.result.outcome import GoalValue, Progress
from turnus.texts import N_, _, hours, ngettext, number, percent, up_to

GOAL_TITLES = {
    "uncovered": N_("Uncovered demand"),
    "full_time_posts": N_("Full-time posts"),
    "full_time_share": N_("Full-time share"),
    "mean_size": N_("Mean size"),
    "fewest_part_time": N_("Part-time posts"),
    "largest_smallest_size": N_("Smallest size"),
    "fewest_heads": N_("Heads"),
    "changed_days": N_("Changed days"),
    "wishes": N_("Wishes not met"),
    "health": N_("Health points"),
    "fairness": N_("Spread of nights and evenings"),
}
STATUS_WORDS = {
    "optimal": N_("proven best"),
    "feasible": N_("found, not proven best"),
    "infeasible": N_("proven impossible"),
    "unknown": N_("nothing found"),
}

PHASES = {
    "reading": N_("Reading the scenario"),
    "lines": N_("Finding the legal lines"),
    "posts": N_("Deciding posts and sizes"),
    "rota": N_("Building the rota"),
    "polish": N_("Polishing the rota"),
    "audit": N_("Checking every rule"),
}


def goal_title(goal: str) -> str:
    """Return the name of a goal."""
    return _(GOAL_TITLES[goal])


def phase_title(phase: str) -> str:
    """Return what a solve is doing in a phase."""
    return _(PHASES[phase])


def progress_line(progress: Progress) -> str:
    """Return where a solve is as one line: `Building the rota: Uncovered demand 9.5 h, bound 0 h`."""
    doing = phase_title(progress.phase)
    if progress.value is None and progress.bound is None:
        return doing
    unit = UNITS[progress.goal]
    value, bound = amount_or_unknown(progress.value, unit), amount_or_unknown(progress.bound, unit)
    text = _("{doing}: {goal} {value}, bound {bound}")
    return text.format(doing=doing, goal=goal_title(progress.goal), value=value, bound=bound)


def amount(value: float, unit: str) -> str:
    """Return a goal's value with its unit: minutes as hours, shares in percent, the rest as whole numbers."""
    if unit in ("person-minutes", "minutes"):
        return hours(value)
    if unit == "percent":
        return percent(value)
    if unit == "points":
        return ngettext("{n} point", "{n} points", value).format(n=up_to(value))
    if unit == "days":
        return ngettext("{n} day", "{n} days", value).format(n=number(value))
    if unit in ("posts", "heads"):
        return number(value)
    return f"{up_to(value)} {_(unit)}"


def amount_or_unknown(value: float | None, unit: str) -> str:
    """Return the amount, or the word for what is not known."""
    return _("unknown") if value is None else amount(value, unit)


def condition_phrase(goal: str, bound: str, value: float) -> str:
    """Return a condition on a goal: `Full-time posts ≥ 12`, with `bound` being `least` or `most`."""
    return f"{goal_title(goal)} {'≥' if bound == 'least' else '≤'} {amount(value, UNITS[goal])}"


def noun_phrase(goal: GoalValue, value: float) -> str:
    """Return a goal's value inside a sentence: `21 full-time posts`, `a mean size of 61.5 %`."""
    shown = amount(value, goal.unit)
    if goal.id == "full_time_posts":
        return ngettext("{n} full-time post", "{n} full-time posts", value).format(n=shown)
    if goal.id == "full_time_share":
        return _("{share} full-time posts").format(share=shown)
    if goal.id == "mean_size":
        return _("a mean size of {size}").format(size=shown)
    if goal.id == "fewest_part_time":
        return ngettext("{n} part-time post", "{n} part-time posts", value).format(n=shown)
    if goal.id == "largest_smallest_size":
        return _("a smallest size of {size}").format(size=shown)
    if goal.id == "fewest_heads":
        return ngettext("{n} post in all", "{n} posts in all", value).format(n=shown)
    return f"{goal_title(goal.id)} {shown}"


def proven_word(goal: GoalValue) -> str:
    """Return whether a goal's value is proven best."""
    return _("proven") if goal.proven else _("not proven")
