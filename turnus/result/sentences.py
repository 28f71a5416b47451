"""Sentences and facts that the terminal and the report share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from turnus.case import Case
from turnus.errors import Finding
from turnus.goals import coverage
from turnus.problem import Problem, Rota
from turnus.result.document import post_id, versions
from turnus.result.outcome import Outcome, Status
from turnus.result.summary import lead_goal
from turnus.result.view import Fact, day_title, weeks_word
from turnus.result.words import STATUS_WORDS
from turnus.rules import Breach, Rule
from turnus.rules.schema import parameters
from turnus.texts import N_, _, date, hours, hours_and_minutes, ngettext, percent, up_to


def horizon_text(problem: Problem) -> str:
    """Return how long the rota is and whether it repeats."""
    if problem.start is None:
        return _("base rota over {weeks}, repeated").format(weeks=weeks_word(problem.weeks))
    return _("calendar plan over {weeks} from {date}").format(
        weeks=weeks_word(problem.weeks), date=date(problem.start)
    )


def coverage_sentence(problem: Problem, rota: Rota) -> str:
    """Return how much of the demand is covered."""
    found = coverage(problem, rota)
    over = hours(found.over_minutes)
    if not found.uncovered_minutes:
        return _("All demand is covered; {over} stand above the need.").format(over=over)
    text = ngettext(
        "{uncovered} of demand is uncovered, in {n} place; {over} stand above the need.",
        "{uncovered} of demand is uncovered, in {n} places; {over} stand above the need.",
        len(found.places),
    )
    return text.format(uncovered=hours(found.uncovered_minutes), n=len(found.places), over=over)


def audit_sentence(hard: int, soft: int) -> str:
    """Return what the audit found."""
    soft_part = ngettext("{n} breach of soft rules", "{n} breaches of soft rules", soft).format(n=soft)
    if not hard:
        return _("Audit: every hard rule is kept; {soft}.").format(soft=soft_part)
    hard_part = ngettext("{n} breach of hard rules", "{n} breaches of hard rules", hard).format(n=hard)
    return _("Audit: {hard}, {soft}.").format(hard=hard_part, soft=soft_part)


#: Units of breaches that are lengths of time, or shares, with the amount inside.
_AMOUNTS = {
    "minutes short": N_("{amount} too little"),
    "minutes too many": N_("{amount} too much"),
    "minutes too long": N_("{amount} too long"),
    "minutes outside": N_("{amount} outside"),
    "minutes outside the tolerance": N_("{amount} outside the tolerance"),
    "minutes of overlap": N_("{amount} of overlap"),
    "minutes too few counted": N_("{amount} too little counted"),
    "minutes short between 20:00 and 06:00": N_(
        "{amount} too little between 20:00 and 06:00, and fewer than every third Sunday"
    ),
    "minutes of the 24 hours never worked": N_("{amount} of the 24 hours never worked"),
    "minutes short by day and in the evening": N_("{amount} too little by day and in the evening"),
    "minutes short at night": N_("{amount} too little from 21:00 to 06:00"),
    "minutes short on Sundays": N_("{amount} too little from Saturday 22:00 to Sunday 22:00"),
    "hundredths of a percent too much": N_("{amount} too much"),
}
#: All other units, as one and as many are said.
_COUNTS: dict[str, Callable[[int], str]] = {
    "Sundays short": lambda n: ngettext("{n} Sunday too few", "{n} Sundays too few", n),
    "broken weekends": lambda n: ngettext("{n} broken weekend", "{n} broken weekends", n),
    "days": lambda n: ngettext("{n} day", "{n} days", n),
    "days beside the share": lambda n: ngettext("{n} day beside the share", "{n} days beside the share", n),
    "days missing": lambda n: ngettext("{n} day too few", "{n} days too few", n),
    "days outside the pattern": lambda n: ngettext(
        "{n} day outside the pattern", "{n} days outside the pattern", n
    ),
    "days short": lambda n: ngettext("{n} day too few", "{n} days too few", n),
    "days too many": lambda n: ngettext("{n} day too many", "{n} days too many", n),
    "long shifts too many": lambda n: ngettext("{n} long shift too many", "{n} long shifts too many", n),
    "nights missing": lambda n: ngettext("{n} night too few", "{n} nights too few", n),
    "nights too many": lambda n: ngettext("{n} night too many", "{n} nights too many", n),
    "people too many": lambda n: ngettext("{n} person too many", "{n} people too many", n),
    "posts": lambda n: ngettext("{n} post", "{n} posts", n),
    "quick returns too many": lambda n: ngettext(
        "{n} quick return too many", "{n} quick returns too many", n
    ),
    "red days too many": lambda n: ngettext("{n} red day too many", "{n} red days too many", n),
    "shifts": lambda n: ngettext("{n} shift", "{n} shifts", n),
    "shifts without a mentor": lambda n: ngettext(
        "{n} shift without a mentor", "{n} shifts without a mentor", n
    ),
    "shifts without the other": lambda n: ngettext(
        "{n} shift without the other", "{n} shifts without the other", n
    ),
    "steps away from the post's hours": lambda n: ngettext(
        "{n} step away from the post's hours", "{n} steps away from the post's hours", n
    ),
    "times": lambda n: ngettext("{n} time", "{n} times", n),
    "weekends": lambda n: ngettext("{n} weekend", "{n} weekends", n),
    "weekends too many": lambda n: ngettext("{n} weekend too many", "{n} weekends too many", n),
    "weeks too many": lambda n: ngettext("{n} week too many", "{n} weeks too many", n),
}
_AT_LEAST, _AT_MOST = N_("required {amount}"), N_("at most {amount} allowed")
#: What a rule demands, by the unit of its breaches: the first value it has of these, and the words for it.
_DEMANDS = {
    "minutes short": (("rest_minutes", "least_minutes"), _AT_LEAST),
    "minutes too long": (("longest_minutes",), _AT_MOST),
    "minutes too many": (("most_minutes",), _AT_MOST),
}


def breach_sentence(problem: Problem, rota: Rota, breach: Breach, rules: Sequence[Rule]) -> str:
    """Return one breach in words: rule and its paragraph, who, when, how much, and what the rule demands."""
    rule = _rule_of(problem, rota, breach, rules)
    where = [_post_name(problem, rota, breach.post)] if breach.post is not None else []
    where += [day_title(problem, breach.day)] if breach.day is not None else []
    where += [_(breach.about)] if breach.about else []
    place = f" – {', '.join(where)}" if where else ""
    return f"{_(rule.title)} ({_(rule.source.reference)}){place}: {breach_words(problem, rota, breach, rule)}"


def _rule_of(problem: Problem, rota: Rota, breach: Breach, rules: Sequence[Rule]) -> Rule:
    """Return the broken rule, with the values that are for this post where several people have their own."""
    same = [rule for rule in rules if rule.id == breach.rule]
    if breach.post is None:
        return same[0]
    owner = problem.classes[rota.posts[breach.post].class_index]
    return next(rule for rule in same if rule.applies_to(owner))


def breach_words(problem: Problem, rota: Rota, breach: Breach, rule: Rule) -> str:
    """Return what a breach is: the rule's own words, else its amount and what the rule demands."""
    return rule.told(problem, rota, breach) or breach_amount(breach, rule)


def breach_amount(breach: Breach, rule: Rule) -> str:
    """Return how much a breach is, and what the rule demands where that is a length of time."""
    words = _AMOUNTS.get(breach.unit)
    if words is None:
        counted = _COUNTS.get(breach.unit)
        if counted is None:
            return f"{breach.amount} {_(breach.unit)}"
        return counted(breach.amount).format(n=breach.amount)
    in_minutes = breach.unit.startswith("minutes")
    shown = hours_and_minutes(breach.amount) if in_minutes else percent(breach.amount / 100)
    told = _(words).format(amount=shown)
    demand = _demand(breach, rule)
    return f"{told}, {demand}" if demand else told


def _demand(breach: Breach, rule: Rule) -> str:
    """Return what the rule demands: the value that the breach names, else the one its unit is measured by."""
    names, text = _DEMANDS.get(breach.unit, ((), ""))
    if breach.parameter:
        names = (parameters(type(rule))[breach.parameter],)
        text = _AT_LEAST if _is_least(rule, breach.parameter) else _AT_MOST
        text = text if rule.measured else N_("at most {amount} a week as a mean")
    values = (getattr(rule, name) for name in names if getattr(rule, name, None) is not None)
    value = next(values, None)
    return "" if value is None else _(text).format(amount=hours_and_minutes(value))


def _is_least(rule: Rule, parameter: str) -> bool:
    """Whether a value is one that the rota has to reach."""
    bound = next((limit.bound for limit in rule.limits if limit.parameter == parameter), None)
    return bound == "least" if bound else parameter in ("rest", "weekly_rest", "least")


def _post_name(problem: Problem, rota: Rota, index: int) -> str:
    person = problem.classes[rota.posts[index].class_index].person
    return f"{post_id(index)} {person or _('open post')}"


def note_sentence(note: Finding) -> str:
    """Return what to look at in a rota's file, with its line where it has one."""
    text = f"{note.expected}; {note.found}. {note.hint}"
    return text if note.line is None else f"{_('line {n}').format(n=note.line)}: {text}"


def more_breaches(count: int) -> str:
    """Return `and 12 more`, with where to find them, or nothing when there are none."""
    return _("and {n} more; `--json` lists them all").format(n=count) if count > 0 else ""


def more_sentence(count: int) -> str:
    """Return `and 12 more`, or nothing when there are none."""
    return _("and {n} more").format(n=count) if count > 0 else ""


def run_facts(case: Case, outcome: Outcome) -> list[Fact]:
    """Return what is needed to run the same again."""
    effort = _("none") if outcome.effort is None else str(outcome.effort)
    repeatable = _("yes") if outcome.repeatable else _("no, the clock decided")
    return [
        Fact(_("Scenario"), case.source or case.scenario.name),
        Fact("SHA-256", case.sha256),
        Fact(_("Seed"), str(outcome.seed)),
        Fact(_("Workers"), str(outcome.workers)),
        Fact(_("Effort limit"), effort),
        Fact(_("Time used"), _("{n} s").format(n=up_to(outcome.seconds, 1))),
        Fact(_("Repeatable"), repeatable),
        Fact(_("Versions"), ", ".join(f"{name} {text}" for name, text in versions().items() if text)),
    ]


def proof_facts(entry: dict[str, Any], titles: dict[str, str]) -> list[Fact]:
    """Return what people need to know of a proof record: what it leaves out, its size, its re-check."""
    left_out = [
        f"{titles.get(part['rule'], part['rule'])} ({_(part['reason'])})"
        for part in entry.get("left_out", ())
    ]
    facts = [Fact(_("Left out of the bound"), "; ".join(left_out) or _("nothing, every rule counts"))]
    for key, name in (("kinds", _("Kinds of posts")), ("cuts", _("Cuts"))):
        if key in entry:
            facts.append(Fact(name, str(len(entry[key]))))
    if "checked" in entry:
        facts.append(Fact(_("Re-check"), _(entry["checked"])))
    return facts


#: Words that proof records hold.
PROOF_WORDS = (
    N_("bound, not re-checked"),
    N_("line program too large"),
    N_("cannot be read day by day"),
    N_("bounded by the shortest and the longest week of converted hours"),
)


def status_text(outcome: Outcome) -> str:
    """Return the status in words; a proven number of posts is said even when the rota could be nicer."""
    return _("posts proven best") if _posts_proven(outcome) else _(STATUS_WORDS[outcome.status])


def tone(outcome: Outcome) -> Status:
    """Return the status whose colour a result is shown in: the best one once the posts are proven."""
    return "optimal" if _posts_proven(outcome) else outcome.status


def _posts_proven(outcome: Outcome) -> bool:
    goal = lead_goal(outcome)
    return outcome.status == "feasible" and goal is not None and goal.proven
