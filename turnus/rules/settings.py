"""From the scenario's profile and its own values to the rules that hold in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from turnus.clock import show_duration
from turnus.errors import Finding, InputError, Path
from turnus.problem import PostClass, Problem
from turnus.rules.agreements import Agreed, level_to_set_aside, setting_aside
from turnus.rules.base import Rule, is_named
from turnus.rules.levels import Level
from turnus.rules.profiles import PROFILES, Profile
from turnus.rules.register import Register
from turnus.rules.registry import RULES
from turnus.rules.schema import GENERAL, parameters
from turnus.scenario.messages import found, refusal, suggestion
from turnus.scenario.models import Scenario
from turnus.texts import _


def build_rules(scenario: Scenario, problem: Problem) -> tuple[Rule, ...]:
    """Return the rules that hold in a scenario: its profile's values, replaced by its own.

    What they rest on, and what it takes for them to hold, says `settle`.
    """
    return settle(scenario, problem).rules


def settle(scenario: Scenario, problem: Problem, *, draft: bool = False, to_check: bool = False) -> Agreed:
    """Return the rules that hold in a scenario, with the agreements that their values rest on.

    A setting with `for` replaces the general one for those people, and nobody has two of them. `enabled:
    false` leaves a rule out, for everybody or for those people; a setting without values switches it on.
    A value beyond the law rests on the agreement that its setting names, else on the first listed one
    that goes far enough; values no further than the profile's own are taken for granted. With `to_check`
    a value whose agreement has ended is let through, for a rota that exists already.

    Raises
    ------
    InputError
        With every unknown profile, rule, parameter, person or agreement, every value that does not
        fit, every value beyond what any agreement may reach and, unless a `draft` marks it, every value
        whose agreement is not listed.
    """
    profile = PROFILES.get(scenario.rules.profile)
    if profile is None:
        raise InputError([_unknown(("rules", "profile"), scenario.rules.profile, list(PROFILES))])
    known = [rule.id for rule in RULES]
    findings = [_unknown(("rules", "set", id), id, known) for id in scenario.rules.set if id not in known]
    register = Register(scenario, problem, profile, draft, to_check)
    rules: list[Rule] = []
    notes: list[Finding] = []
    for rule_type in RULES:
        settings = _Settings(scenario, problem, profile, rule_type, register)
        built, wrong = settings.rules()
        rules += built
        findings += wrong
        notes += settings.notes
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    return Agreed(
        tuple(rules),
        tuple(register.unnamed),
        tuple(register.drafts),
        tuple(register.remarks()),
        tuple(notes),
    )


@dataclass(frozen=True)
class _Setting:
    path: Path
    values: dict[str, Any]
    #: whether the file has it; the profile's own values stand in for one that it lacks
    written: bool = True

    @property
    def people(self) -> tuple[str, ...] | None:
        words = self.values.get("for")
        return None if words is None else (words,) if isinstance(words, str) else tuple(words)

    def is_for(self, post: PostClass) -> bool:
        """Whether it is for a class of posts; one without `for` is for all that no other names."""
        named = self.people is None or is_named(post, self.people)
        return named and not is_named(post, tuple(self.values.get("except", ())))


@dataclass(frozen=True)
class _Settings:
    """One rule's settings in one scenario."""

    scenario: Scenario
    problem: Problem
    profile: Profile
    rule: type[Rule]
    register: Register
    #: what the rules built here say of their values
    notes: list[Finding] = field(default_factory=list)

    def rules(self) -> tuple[list[Rule], list[Finding]]:
        settings = self._settings()
        findings = [*self._generals(settings), *(wrong for one in settings for wrong in self._shape(one))]
        findings = findings or list(self._overlaps(settings))
        if findings:
            return [], findings
        general = [one for one in settings if one.people is None]
        default = _Setting(("rules", "set", self.rule.id), {}, written=False)
        rules: list[Rule] = []
        taken: tuple[str, ...] = ()
        for setting in (*(one for one in settings if one.people is not None), *(general or [default])):
            rule, wrong = self._rule(setting, taken)
            findings += wrong
            if rule is not None:
                rules.insert(0 if setting.people is None else len(rules), rule)
            taken += () if self.rule.many else setting.people or ()
        if not findings:
            findings += self._gaps(settings, rules)
        return rules, findings

    def _gaps(self, settings: list[_Setting], rules: list[Rule]) -> Iterator[Finding]:
        """Yield each `except` that leaves somebody without a rule of the law."""
        levels = self._levels_to_set_aside()
        if levels is None:
            return
        for setting in settings:
            excepted = set(setting.values.get("except", ()))
            left = [
                post
                for post in self.problem.classes
                if excepted & {post.person, *post.tags} and not any(rule.applies_to(post) for rule in rules)
            ]
            if left and setting.values.get("enabled", True):
                names = ", ".join(post.person or self.problem.competences[post.competence] for post in left)
                need = setting_aside(levels, self.rule, setting.path, None, "except", names)
                yield from self.register.set_aside(need, setting.values.get("agreement"), left)[1]

    def _generals(self, settings: list[_Setting]) -> Iterator[Finding]:
        if self.scenario.rules.set.get(self.rule.id) == ():
            yield Finding(
                ("rules", "set", self.rule.id),
                _("expected at least one setting"),
                _("found an empty list"),
                _("Write the rule's values, or take the rule out."),
            )
        general = [one for one in settings if one.people is None]
        if len(general) > 1 and not self.rule.many:
            yield Finding(
                general[1].path,
                _("expected one setting without `for`"),
                found(len(general)),
                _("Say with `for` whom the others are for, or remove them."),
            )

    def _overlaps(self, settings: list[_Setting]) -> Iterator[Finding]:
        """Yield each setting that names somebody who has one already."""
        named = [] if self.rule.many else [one for one in settings if one.people is not None]
        for at, setting in enumerate(named):
            for post in self.problem.classes:
                earlier = [one for one in named[:at] if one.is_for(post) and setting.is_for(post)]
                if earlier:
                    place = ".".join(map(str, earlier[0].path))
                    yield Finding(
                        (*setting.path, "for"),
                        _("expected everybody in one setting of the rule"),
                        _("found {name} here and in `{place}`").format(name=post.person, place=place),
                        _("Take the name out of one of them, or write it under `except` there."),
                    )
                    break

    def _settings(self) -> list[_Setting]:
        path: Path = ("rules", "set", self.rule.id)
        given = self.scenario.rules.set.get(self.rule.id, ())
        if isinstance(given, dict):
            return [_Setting(path, given)]
        return [_Setting((*path, at), values) for at, values in enumerate(given)]

    def _shape(self, setting: _Setting) -> Iterator[Finding]:
        """Yield unknown parameters, durations without a unit, unknown people and agreements."""
        fields = parameters(self.rule)
        extra = [] if self.rule.always else ["enabled"]
        for name, value in setting.values.items():
            path = (*setting.path, name)
            if self.rule.always and name in (*GENERAL, "enabled") and name not in fields:
                yield Finding(
                    path,
                    _("expected no `{key}`, for this rule always holds").format(key=name),
                    found(value),
                    _("Take it out."),
                )
            elif name not in fields and name not in extra:
                yield _unknown(path, name, [*fields, *extra])
            elif fields.get(name, "").endswith("_minutes") and not isinstance(value, str):
                yield Finding(
                    path,
                    _('expected a duration with its unit such as "9 h" or "45 min"'),
                    found(value),
                    _("Write the hours with their unit, in quotes."),
                )
            elif name == "enabled" and not isinstance(value, bool):
                yield Finding(
                    path,
                    _("expected true or false"),
                    found(value),
                    _("Write `enabled: false` to leave the rule out."),
                )
            elif name in ("for", "except"):
                yield from self._people(path, value)
            elif name == "agreement":
                yield from self._agreement(path, value)

    def _people(self, path: Path, value: object) -> Iterator[Finding]:
        staff = self.scenario.staff
        known = sorted({person.name for person in staff}.union(*(person.tags for person in staff)))
        if not isinstance(value, list | tuple) or not value:
            yield Finding(
                path,
                _("expected a list of names or tags"),
                found(value),
                _("Write for example `[Kari, night]`."),
            )
            return
        for at, name in enumerate(value):
            if name not in known:
                yield _unknown((*path, at), name, known)

    def _agreement(self, path: Path, value: object) -> Iterator[Finding]:
        known = [agreement.id for agreement in self.scenario.agreements]
        if value not in known:
            yield Finding(
                path,
                _("expected the id of an agreement listed under `agreements`"),
                found(value),
                suggestion(str(value), known) or _("Add the agreement there, with its parties."),
            )

    def _rule(self, setting: _Setting, taken: tuple[str, ...]) -> tuple[Rule | None, list[Finding]]:
        """Return the rule with the profile's values and these; `taken` have a setting of their own."""
        values = {**self.profile.values_of(self.rule), **self._switched_on(setting), **setting.values}
        posts = [post for post in self.problem.classes if setting.is_for(post) and not is_named(post, taken)]
        if values.pop("enabled", True) is False:
            return None, self._set_aside(setting, None, posts)[1]
        values["except"] = (*values.get("except", ()), *taken)
        try:
            rule = self.rule.model_validate(values)
        except ValidationError as error:
            return None, [self._refused(setting, one) for one in error.errors()]
        rule, findings = self.register.rest(rule, setting.path)
        if not rule.hard:
            agreement, findings = self._set_aside(setting, rule, posts)
            rule = rule.model_copy(update={"agreement": agreement})
        for finding in rule.findings(self.problem):
            findings.append(_below(setting, finding))
        if not findings:
            notes = (*_idle(setting, rule), *rule.notes(self.problem))
            self.notes.extend(_below(setting, note) for note in notes)
        return rule, findings

    def _refused(self, setting: _Setting, error: ErrorDetails) -> Finding:
        """Return what is wrong with a value; the bound of a duration is shown as one."""
        name = parameters(self.rule).get(str(error["loc"][0]), "") if error["loc"] else ""
        if name.endswith("_minutes"):
            bounds = error.get("ctx", {}).items()
            shown = {key: show_duration(bound) if isinstance(bound, int) else bound for key, bound in bounds}
            error = {**error, "ctx": shown}
        return Finding((*setting.path, *error["loc"]), *refusal(error, self.rule.model_fields.get(name)))

    def _set_aside(
        self, setting: _Setting, rule: Rule | None, posts: list[PostClass]
    ) -> tuple[str | None, list[Finding]]:
        """Return what a setting rests on that leaves a rule of the law out or makes it soft."""
        named: str | None = setting.values.get("agreement")
        parameter, value = ("enabled", "false") if rule is None else ("strength", "soft")
        levels = self._levels_to_set_aside()
        if levels is None or parameter not in setting.values:
            return named, []
        need = setting_aside(levels, self.rule, setting.path, rule, parameter, value)
        return self.register.set_aside(need, named, posts)

    def _levels_to_set_aside(self) -> tuple[Level, ...] | None:
        """Return whose agreement may set the rule aside; None when it is free or not in the profile."""
        return level_to_set_aside(self.rule, self.profile) if self.profile.holds(self.rule) else None

    def _switched_on(self, setting: _Setting) -> dict[str, Any]:
        """Return that a rule which the profile leaves out holds as soon as a scenario sets it."""
        return {"enabled": True} if setting.written and not self.profile.holds(self.rule) else {}


def _idle(setting: _Setting, rule: Rule) -> Iterator[Finding]:
    """Yield a weight that changes nothing."""
    if rule.hard and "weight" in setting.values:
        yield Finding(
            ("weight",),
            _("expected a soft rule, for only soft rules have a weight"),
            found(setting.values["weight"]),
            _("Take the weight out, or write `strength: soft`."),
        )


def _below(setting: _Setting, finding: Finding) -> Finding:
    """Return a rule's finding with the place of its setting in the file."""
    return replace(finding, path=(*setting.path, *finding.path))


def _unknown(path: Path, word: object, known: list[str]) -> Finding:
    return Finding(
        path,
        _("expected one of {words}").format(words=", ".join(known) or "–"),
        found(word),
        suggestion(str(word), known) or _("Use one of these, or leave it out."),
    )
