"""The audit of a rota arranged for those who approve it: verdict, rule by rule, person by person."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from turnus.audit import Audit
from turnus.clock import WEEK_DAYS
from turnus.problem import FULL_TIME, Problem, Rota
from turnus.result import rulebook
from turnus.result.check_basis import Basis, advice, bases
from turnus.result.document import post_id
from turnus.result.sentences import breach_amount
from turnus.result.view import day_title, week_number
from turnus.rules import PROFILES, RULES, Breach, Rule
from turnus.rules.registry import group_of
from turnus.scenario import Scenario
from turnus.texts import N_, _, ngettext, percent, weekday

_MOST_NAMED = 3
#: The order in which a reader wants the rules, and what the groups are called.
GROUPS: dict[str, str] = {
    "law": N_("The law"),
    "agreed": N_("Agreement"),
    "structure": N_("Structure"),
    "health": N_("Health"),
}


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One breach in words: who, when, how much. `post` and `day` count from 0; None when it has none."""

    breach: Breach
    post: int | None
    who: str
    day: int | None
    when: str
    amount: str


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """One rule with its values, what they rest on, and every breach in order of person and day.

    `values` are as the file writes them, `told` as people say them. `people` is whom they are for, and
    `for_whom` says it where that is not everybody.
    """

    id: str
    title: str
    sentence: str
    group: str
    hard: bool
    source: str
    verified: bool
    url: str
    values: str
    told: tuple[str, ...]
    people: str
    for_whom: str
    agreement: str
    bases: tuple[Basis, ...]
    breaches: tuple[BreachLine, ...]
    advice: str

    @property
    def paragraph(self) -> str:
        """Return the source, marked where it is not verified."""
        return self.source if self.verified else f"{self.source} ({_('not verified')})"

    @property
    def kept_by_law(self) -> bool:
        """Whether its values take an agreement, and the rota keeps what the law asks for without one."""
        return bool(self.bases) and all(basis.kept_by_law for basis in self.bases)

    @property
    def law(self) -> str:
        """Return what the law itself asks for in place of its values."""
        return ", ".join(dict.fromkeys(basis.law for basis in self.bases))

    @property
    def rests_on(self) -> str:
        """Return what a rota that keeps the rule rests on: the law alone, or agreements."""
        if self.kept_by_law:
            return _("held, also without an agreement (the law: {value})").format(value=self.law)
        return "; ".join(dict.fromkeys(basis.sentence() for basis in self.bases)) or self.agreement

    @property
    def count(self) -> str:
        """Return how often the rule is broken, and by how many."""
        posts = len({line.post for line in self.breaches if line.post is not None})
        breaches = rulebook.breaches_word(len(self.breaches))
        if not posts:
            return breaches
        people = ngettext("{n} person", "{n} people", posts).format(n=posts)
        return f"{breaches}, {people}"


@dataclass(frozen=True, slots=True)
class PersonCheck:
    """One post: whose, how large, and how often each rule is broken there, hard rules first."""

    post: int
    who: str
    size: str
    hard: int
    soft: int
    rules: tuple[tuple[str, bool, int], ...]  # (title, hard, times)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule (None: several) that could not be judged, and what is missing."""

    rule: str | None
    title: str
    missing: str


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A rule that this check leaves out because the file or the profile does."""

    rule: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """A value whose agreement has ended, and where the rota goes beyond the law after that."""

    rule: RuleCheck
    basis: Basis
    lines: tuple[BreachLine, ...]


@dataclass(frozen=True)
class Check:
    """Everything a check has to say."""

    verdict: str
    hard: int
    soft: int
    profile: str
    rules: tuple[RuleCheck, ...]
    lapsed: tuple[Lapse, ...]
    people: tuple[PersonCheck, ...]
    unjudged: tuple[Unjudged, ...]
    not_used: tuple[NotUsed, ...]
    assumed: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether no judged hard rule is broken, and nothing rests on an agreement that has ended."""
        return not self.hard and not self.lapsed

    @property
    def lawful(self) -> bool:
        """Whether that is so of the law's own rules; what is only agreed, is not against the law."""
        broken = any(rule.hard and rule.group == "law" for rule in self.broken)
        return not broken and not self.lapsed

    @property
    def broken(self) -> list[RuleCheck]:
        """Return the rules with breaches, hard ones first."""
        return [rule for rule in self.rules if rule.breaches]

    @property
    def kept(self) -> list[RuleCheck]:
        """Return the rules that were judged and are kept, without agreements that have ended."""
        others = {one.rule for one in self.unjudged}
        return [
            rule
            for rule in self.rules
            if not rule.breaches and rule.id not in others and not any(one.lapsed for one in rule.bases)
        ]

    @property
    def resting(self) -> list[tuple[RuleCheck, Basis]]:
        """Return what is kept only if there is an agreement, which the file does not name."""
        return [
            (rule, basis)
            for rule in self.kept
            for basis in rule.bases
            if not (basis.named or basis.kept_by_law)
        ]

    @property
    def kept_by_law(self) -> list[RuleCheck]:
        """Return the rules whose values take an agreement, and which the rota keeps without one."""
        return [rule for rule in self.kept if rule.kept_by_law]


def arranged(
    scenario: Scenario,
    problem: Problem,
    rules: Sequence[Rule],
    rota: Rota,
    found: Audit,
    missing: Iterable[tuple[str | None, str]] = (),
    assumed: Iterable[str] = (),
) -> Check:
    """Return an audit arranged for people; `missing` names rules that were left out for want of facts."""
    ordered = sorted((rule for rule in rules if not rule.idle(problem)), key=_place)
    by_rule = _by_rule(problem, ordered, rota, found)
    checks = tuple(
        _rule_check(scenario, problem, rule, rota, breaches)
        for rule, breaches in zip(ordered, by_rule, strict=True)
    )
    lapsed = tuple(
        Lapse(check, basis, tuple(_breach_line(problem, basis.lawful, rota, one) for one in basis.lapsed))
        for check in checks
        for basis in check.bases
        if basis.lawful is not None and basis.lapsed
    )
    unjudged = tuple(_unjudged(problem, ordered, rota, missing))
    return Check(
        _verdict(found, checks, lapsed, unjudged),
        len(found.hard),
        len(found.soft),
        scenario.rules.profile,
        checks,
        lapsed,
        _people(problem, rota, found),
        unjudged,
        tuple(_not_used(ordered, unjudged)),
        (*assumed, *_assumed(ordered)),
    )


def _assumed(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield once what the rules take for granted because their sources leave it open."""
    yield from dict.fromkeys(f"{_(rule.title)}: {_(text)}" for rule in rules for text in rule.assumed())


def _place(rule: Rule) -> tuple[bool, int, str]:
    return not rule.hard, list(GROUPS).index(group_of(type(rule))), rule.id


def _by_rule(problem: Problem, rules: Sequence[Rule], rota: Rota, found: Audit) -> list[list[Breach]]:
    """Return the breaches of each rule; rules of one id, for different people, are asked one by one."""
    alike = Counter(rule.id for rule in rules)
    of_id: dict[str, list[Breach]] = defaultdict(list)
    for breach in found.breaches:
        of_id[breach.rule].append(breach)
    return [of_id[rule.id] if alike[rule.id] == 1 else list(rule.violations(problem, rota)) for rule in rules]


def _rule_check(
    scenario: Scenario, problem: Problem, rule: Rule, rota: Rota, breaches: list[Breach]
) -> RuleCheck:
    line = rulebook.rule_lines(problem, [rule], None)[0]
    return RuleCheck(
        id=rule.id,
        title=line.title,
        sentence=line.sentence,
        group=group_of(type(rule)),
        hard=rule.hard,
        source=_(rule.source.reference),
        verified=rule.source.verified,
        url=rule.source.url,
        values=line.values,
        told=tuple(rulebook.values_in_words(rule)),
        people=line.people,
        for_whom=_for_whom(rule, line.people),
        agreement=line.agreement,
        bases=tuple(bases(scenario, problem, rule, None if breaches else rota)),
        breaches=tuple(_breach_line(problem, rule, rota, breach) for breach in breaches),
        advice=advice(rule, breaches) if breaches else "",
    )


def _for_whom(rule: Rule, people: str) -> str:
    if rule.people is None and not rule.except_for:
        return ""
    return _("for {people}").format(people=people)


def _breach_line(problem: Problem, rule: Rule, rota: Rota, breach: Breach) -> BreachLine:
    told = rule.told(problem, rota, breach)
    amount = told or breach_amount(breach, rule)
    return BreachLine(
        breach,
        breach.post,
        _("the whole unit") if breach.post is None else who(problem, rota, breach.post),
        breach.day,
        "" if breach.day is None else day_title(problem, breach.day),
        f"{amount} ({_(breach.about)})" if breach.about and not told else amount,
    )


def who(problem: Problem, rota: Rota, post: int) -> str:
    """Return whose post it is: `01 Kari`, `02 open post`."""
    person = problem.classes[rota.posts[post].class_index].person
    return f"{post_id(post)} {person or _('open post')}"


def _people(problem: Problem, rota: Rota, found: Audit) -> tuple[PersonCheck, ...]:
    titles = {rule.id: rule.title for rule in RULES}
    counts: dict[int, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for hard, breaches in ((True, found.hard), (False, found.soft)):
        for breach in breaches:
            if breach.post is not None:
                counts[breach.post][hard, breach.rule] += 1
    return tuple(
        PersonCheck(
            post,
            who(problem, rota, post),
            percent(100 * rota.posts[post].size / FULL_TIME, 2),
            sum(times for (hard, _rule), times in counts[post].items() if hard),
            sum(times for (hard, _rule), times in counts[post].items() if not hard),
            tuple(
                (_(titles.get(rule, rule)), hard, times)
                for (hard, rule), times in sorted(
                    counts[post].items(), key=lambda one: (not one[0][0], one[0][1])
                )
            ),
        )
        for post in range(len(rota.posts))
    )


def _unjudged(
    problem: Problem, rules: Sequence[Rule], rota: Rota, missing: Iterable[tuple[str | None, str]]
) -> Iterable[Unjudged]:
    titles = {rule.id: rule.title for rule in RULES}
    said = set()
    text = _without_history(problem, rota)
    if text:
        yield Unjudged(None, _("Several rules"), text)
    for rule, text in missing:
        said.add(rule)
        yield Unjudged(rule, _("Several rules") if rule is None else _(titles.get(rule, rule)), text)
    for one in rules:
        text = "" if one.id in said else one.unjudged(problem)
        if text:
            yield Unjudged(one.id, _(one.title), text)


def _without_history(problem: Problem, rota: Rota) -> str:
    """Return that the first rests of a plan are not judged for people whose days before it are not known."""
    if problem.cyclic:
        return ""
    owners = [problem.classes[post.class_index] for post in rota.posts]
    names = [owner.person for owner in owners if owner.person is not None and not owner.history]
    if not names:
        return ""
    shown = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown = _("{names} and {n} more").format(names=shown, n=len(names) - _MOST_NAMED)
    text = _("The days before the plan are not known for {names}, so that their first rests are not judged.")
    return text.format(names=shown)


def _not_used(rules: Sequence[Rule], unjudged: Sequence[Unjudged]) -> Iterable[NotUsed]:
    known = {rule.id for rule in rules} | {one.rule for one in unjudged}
    for rule in sorted(RULES, key=lambda rule: (list(GROUPS).index(group_of(rule)), rule.id)):
        if rule.id not in known:
            yield NotUsed(rule.id, _(rule.title), group_of(rule))


def _verdict(
    found: Audit, checks: Sequence[RuleCheck], lapsed: Sequence[Lapse], unjudged: Sequence[Unjudged]
) -> str:
    """Return the outcome in one sentence; what was not judged is part of it."""
    open_rules = {one.rule for one in unjudged}
    judged = len({check.id for check in checks if check.id not in open_rules})
    left = ngettext(
        "{n} could not be judged in full", "{n} could not be judged in full", len(open_rules)
    ).format(n=len(open_rules))
    if found.hard:
        rules = len({breach.rule for breach in found.hard})
        broken = ngettext("{n} hard rule is broken", "{n} hard rules are broken", rules).format(n=rules)
        places = ngettext("in {n} place", "in {n} places", len(found.hard)).format(n=len(found.hard))
        text = f"{broken} {places}"
    else:
        text = ngettext(
            "No hard rule is broken; {n} rule was judged",
            "No hard rule is broken; {n} rules were judged",
            judged,
        ).format(n=judged)
    ended = len({one.rule.id for one in lapsed})
    parts = [text]
    if ended:
        told = ngettext(
            "{n} rests on an agreement that has expired", "{n} rest on agreements that have expired", ended
        )
        parts.append(told.format(n=ended))
    return "; ".join([*parts, left] if open_rules else parts) + "."


def frame_text(scenario: Scenario, rota: Rota) -> str:
    """Return what was checked: how many posts, under which profile."""
    people = ngettext("{n} post", "{n} posts", len(rota.posts)).format(n=len(rota.posts))
    profile = PROFILES[scenario.rules.profile]
    return f"{people} · {profile.id}: {_(profile.title)}"


def week_and_weekday(problem: Problem, day: int) -> tuple[int, str, dt.date | None]:
    """Return the week (the calendar's where there is one, else from 1), the weekday and the date of a day."""
    date = None if problem.start is None else problem.start + dt.timedelta(days=day)
    return week_number(problem, day), weekday(day % WEEK_DAYS), date
