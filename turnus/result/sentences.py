"""Sentences and facts that the terminal and the report share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from turnus.case import Case
from turnus.goals import coverage
from turnus.problem import Problem, Rota
from turnus.result.document import post_id, versions
from turnus.result.outcome import Outcome, Status
from turnus.result.summary import lead_goal
from turnus.result.view import Fact, day_title, weeks_word
from turnus.result.words import STATUS_WORDS
from turnus.rules import Breach, Rule
from turnus.texts import N_, _, date, hours, ngettext, percent, up_to


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


#: Units of breaches that are read better with the amount inside.
_AMOUNTS = {
    "minutes short": N_("{amount} too little"),
    "minutes too many": N_("{amount} too much"),
    "minutes too long": N_("{amount} too long"),
    "minutes outside the tolerance": N_("{amount} outside the tolerance"),
    "minutes of overlap": N_("{amount} of overlap"),
    "hundredths of a percent too much": N_("{amount} too much"),
}
#: What a rule demands, by the name of its value.
_DEMANDS = {
    "rest_minutes": N_("required {amount}"),
    "longest_minutes": N_("at most {amount} allowed"),
    "most_minutes": N_("at most {amount} allowed"),
}


def breach_sentence(problem: Problem, rota: Rota, breach: Breach, rules: Sequence[Rule]) -> str:
    """Return one breach in words: rule and its paragraph, who, when, how much, and what the rule demands."""
    rule = _rule_of(problem, rota, breach, rules)
    where = [_post_name(problem, rota, breach.post)] if breach.post is not None else []
    where += [day_title(problem, breach.day)] if breach.day is not None else []
    where += [breach.about] if breach.about else []
    place = f" – {', '.join(where)}" if where else ""
    return f"{_(rule.title)} ({_(rule.source.reference)}){place}: {_breach_amount(breach, rule)}"


def _rule_of(problem: Problem, rota: Rota, breach: Breach, rules: Sequence[Rule]) -> Rule:
    """Return the broken rule, with the values that are for this post where several people have their own."""
    same = [rule for rule in rules if rule.id == breach.rule]
    if breach.post is None:
        return same[0]
    owner = problem.classes[rota.posts[breach.post].class_index]
    return next(rule for rule in same if rule.applies_to(owner))


def _breach_amount(breach: Breach, rule: Rule) -> str:
    words = _AMOUNTS.get(breach.unit)
    if words is None:
        return f"{_(breach.unit)} {breach.amount}"
    in_minutes = breach.unit.startswith("minutes")
    shown = hours_and_minutes(breach.amount) if in_minutes else percent(breach.amount / 100)
    demands = [
        _(text).format(amount=hours_and_minutes(getattr(rule, name)))
        for name, text in _DEMANDS.items()
        if hasattr(rule, name)
    ]
    return ", ".join([_(words).format(amount=shown), *demands])


def hours_and_minutes(minutes: int) -> str:
    """Return whole hours as `9 h`, anything else as `0 h 15 min`."""
    whole, rest = divmod(minutes, 60)
    return _("{hours} h {minutes} min").format(hours=whole, minutes=rest) if rest else hours(minutes)


def _post_name(problem: Problem, rota: Rota, index: int) -> str:
    person = problem.classes[rota.posts[index].class_index].person
    return f"{post_id(index)} {person or _('open post')}"


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
PROOF_WORDS = (N_("bound, not re-checked"), N_("line program too large"))


def status_text(outcome: Outcome) -> str:
    """Return the status in words; a proven number of posts is said even when the rota could be nicer."""
    return _("posts proven best") if _posts_proven(outcome) else _(STATUS_WORDS[outcome.status])


def tone(outcome: Outcome) -> Status:
    """Return the status whose colour a result is shown in: the best one once the posts are proven."""
    return "optimal" if _posts_proven(outcome) else outcome.status


def _posts_proven(outcome: Outcome) -> bool:
    goal = lead_goal(outcome)
    return outcome.status == "feasible" and goal is not None and goal.proven
