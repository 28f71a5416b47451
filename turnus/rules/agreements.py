"""What a rule's values rest on: the law, an agreement that the file lists, or one that is still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from turnus.clock import parse_duration, show_duration
from turnus.errors import Finding, Path
from turnus.problem import PostClass, Problem
from turnus.rules.base import Rule, is_named
from turnus.rules.levels import Level, Limit
from turnus.rules.profiles import Profile
from turnus.rules.registry import group_of
from turnus.rules.schema import parameters
from turnus.scenario.models import Agreement, Scenario
from turnus.texts import _, hours_and_minutes


@dataclass(frozen=True, slots=True)
class Reliance:
    """A value that takes an agreement, at one of `levels` (lowest first); none of them when no level may.

    `held` is the rule with its values, None where the file leaves it out. `parameter` is as written in the
    file: a value of the rule's own, or `enabled`, `strength` or `except` where the rule is set aside.
    """

    path: Path
    rule: type[Rule]
    held: Rule | None
    parameter: str
    value: str
    levels: tuple[Level, ...]
    reference: str  # what opens for the lowest of the levels, English msgid
    verified: bool  # whether that was read
    note: str = ""  # on what condition, or what is disputed or not verified, English msgid

    @property
    def paragraph(self) -> str:
        """Return what opens for the value, translated, and marked where it was not read."""
        return cited(self.reference, verified=self.verified)

    def sentence(self, *, alone: bool = True) -> str:
        """Return the value with the lowest level it takes: `Daily rest: 8 h (local, AML § 10-8 (3))`.

        The parameter is named too where the rule says more than one thing of its values, or is set aside.
        """
        text = _("{rule}: {parameter} {value} ({level}, {reference})").format(
            rule=_(self.rule.title),
            parameter="" if alone and self._is_length else self.parameter,
            value=in_words(self.value),
            level=level_words(self.levels[:1]),
            reference=self.paragraph,
        )
        text = " ".join(text.split())
        return f"{text} – {_(self.note).rstrip('.')}" if self.note else text

    @property
    def _is_length(self) -> bool:
        return self.value[:1].isdigit() and not self.value.isdigit()

    def finding(self) -> Finding:
        """Return what is missing, with its place, for a draft."""
        return Finding(
            (*self.path, self.parameter),
            _("expected an agreement under `agreements`: {level} ({reference})").format(
                level=level_words(self.levels), reference=self.paragraph
            ),
            _("found {value} without one").format(value=self.value),
            _("DRAFT until it is listed."),
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """The rules that hold, and what their values rest on.

    `unnamed` are values that a profile takes for granted and no listed agreement covers, `drafts` those that
    were let through although their agreement is missing; `remarks` say what a reader should know of both.
    `notes` are what rules say of their own values.
    """

    rules: tuple[Rule, ...]
    unnamed: tuple[Reliance, ...] = ()
    drafts: tuple[Reliance, ...] = ()
    remarks: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


def level_word(level: str) -> str:
    """Return the level of an agreement in words."""
    words = {
        "law": _("the law"),
        "individual": _("individual"),
        "local": _("local"),
        "central": _("central"),
        "labour_inspection": _("Labour Inspection Authority"),
    }
    return words[level]


def level_words(levels: Sequence[str]) -> str:
    """Return the levels at which an agreement would do: `local or central`."""
    words = [level_word(level) for level in levels]
    if len(words) < 2:
        return "".join(words)
    return _("{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])


def cited(reference: str, *, verified: bool) -> str:
    """Return a paragraph, translated, as it stands inside brackets: `AML § 10-12 (4), not verified`."""
    return _(reference) if verified else f"{_(reference)}, {_('not verified')}"


def in_words(value: object) -> str:
    """Return a value as people write it: what the file has as `8 h` is `8 t` in Norwegian."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    try:
        return hours_and_minutes(parse_duration(text)) if text[:1].isdigit() and not text.isdigit() else text
    except ValueError:
        return text


def sentences(found: Iterable[Reliance]) -> list[str]:
    """Return each value once in words; what a rule says alike of several parameters stands together."""
    alike: dict[tuple[object, ...], Reliance] = {}
    for one in found:
        alike.setdefault((one.rule.id, one.value, one.levels, one.reference, one.note), one)
    said = Counter(one.rule.id for one in alike.values())
    return [one.sentence(alone=said[one.rule.id] == 1) for one in alike.values()]


def covering(agreements: Iterable[Agreement], posts: Sequence[PostClass]) -> tuple[Agreement, ...]:
    """Return the first agreement that is for all the posts, else those that are for some of them.

    An agreement with `for` is for those it names; several may together be for everybody.
    """
    found = [one for one in agreements if not posts or len(uncovered((one,), posts)) < len(posts)]
    whole = [one for one in found if not uncovered((one,), posts)]
    return tuple(whole[:1] or found)


def resting_on(agreements: Sequence[Agreement], problem: Problem, rule: Rule) -> frozenset[str]:
    """Return the ids of what a rule rests on: the agreement it names, others for those it leaves out."""
    if rule.agreement is None:
        return frozenset()
    ids = {rule.agreement}
    posts = [post for post in problem.classes if rule.applies_to(post)]
    for _limit, need in reliances(rule, ()):
        fitting = [one for one in agreements if one.level in need.levels]
        named = [one for one in fitting if one.id == rule.agreement]
        if named and uncovered(named, posts):
            ids |= {one.id for one in covering(fitting, posts)}
    return frozenset(ids)


def uncovered(agreements: Sequence[Agreement], posts: Sequence[PostClass]) -> list[PostClass]:
    """Return the posts that none of some agreements is for; an open post is nobody's name."""
    return [
        post
        for post in posts
        if not any(one.people is None or is_named(post, one.people) for one in agreements)
    ]


def level_to_set_aside(rule: type[Rule], profile: Profile | None = None) -> tuple[Level, ...] | None:
    """Return the levels whose agreement may set a rule aside; None when a file may do so as it likes.

    A rule of the law holds for everybody as a hard rule unless an agreement may give it any value. Rules
    that hold only when a file sets them, soft ones, and duties that only the audit looks at are free; but
    a rule that a profile switches on takes the place of the act's own, and stays.
    """
    law = bool(rule.limits) or (group_of(rule) == "law" and rule.lowering != "audit_only")
    switched_on = profile is not None and profile.values.get(rule.id, {}).get("enabled") is True
    if not (rule.standing == "hard" or switched_on) or rule.always or not law:
        return None
    return tuple(
        level for level in Level if rule.limits and all(one.reach(level) is None for one in rule.limits)
    )


def setting_aside(
    levels: tuple[Level, ...], rule: type[Rule], path: Path, held: Rule | None, parameter: str, value: str
) -> Reliance:
    """Return what it takes to leave a rule of the law out, make it soft, or except somebody from it."""
    return _reliance(path, rule, held, parameter, value, levels, next(iter(rule.limits), None))


def reliances(rule: Rule, path: Path) -> Iterator[tuple[Limit, Reliance]]:
    """Yield each value of a hard rule that goes beyond the law, with what it takes."""
    names = parameters(type(rule))
    for limit in rule.limits if rule.hard else ():
        name = names[limit.parameter]
        levels = limit.needed(getattr(rule, name))
        if levels != (Level.LAW,):
            value = shown(name, getattr(rule, name))
            yield limit, _reliance(path, type(rule), rule, limit.parameter, value, levels, limit)


def _reliance(
    path: Path,
    rule: type[Rule],
    held: Rule | None,
    parameter: str,
    value: str,
    levels: tuple[Level, ...],
    limit: Limit | None,
) -> Reliance:
    """Return a value with the paragraph of the lowest level it takes; the rule's own when no level may."""
    if not levels or limit is None:
        reference = (limit and limit.reference) or rule.source.reference
        return Reliance(path, rule, held, parameter, value, levels, reference, rule.source.verified)
    opening = limit.opening(levels[0], rule.source)
    return Reliance(
        path, rule, held, parameter, value, levels, opening.reference, opening.verified, opening.note
    )


def shown(field_name: str, value: int) -> str:
    """Return a value as the file writes it."""
    return show_duration(value) if field_name.endswith("_minutes") else str(value)


def ended_before(scenario: Scenario) -> list[Finding]:
    """Return a finding for each listed agreement that ended before a calendar plan begins."""
    start = scenario.horizon.start
    return [
        Finding(
            ("agreements", at, "valid_until"),
            _("expected {date} or later, the first day of the plan").format(date=start),
            _("found {date}").format(date=agreement.valid_until),
            _("Renew the agreement, or take it out of the list together with what rests on it."),
        )
        for at, agreement in enumerate(scenario.agreements)
        if start is not None and agreement.valid_until is not None and agreement.valid_until < start
    ]
