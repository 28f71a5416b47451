"""From the scenario's profile and its own values to the rules that hold in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from turnus.clock import show_duration
from turnus.errors import Finding, InputError, Path
from turnus.problem import Problem
from turnus.rules.base import Rule
from turnus.rules.profiles import PROFILES, Profile
from turnus.rules.registry import RULES
from turnus.rules.schema import GENERAL, parameters
from turnus.scenario.messages import found, refusal, suggestion
from turnus.scenario.models import Scenario
from turnus.texts import _


def build_rules(scenario: Scenario, problem: Problem) -> tuple[Rule, ...]:
    """Return the rules that hold in a scenario: its profile's values, replaced by its own.

    A setting with `for` replaces the general one for those people; of several that fit a person, the
    first in the list counts. `enabled: false` leaves a rule out, for everybody or for those people.

    Raises
    ------
    InputError
        With every unknown profile, rule, parameter, person or agreement, every value that does not
        fit, and every value beyond what the profile's agreement may reach.
    """
    profile = PROFILES.get(scenario.rules.profile)
    if profile is None:
        raise InputError([_unknown(("rules", "profile"), scenario.rules.profile, list(PROFILES))])
    known = [rule.id for rule in RULES]
    findings = [_unknown(("rules", "set", id), id, known) for id in scenario.rules.set if id not in known]
    rules: list[Rule] = []
    for rule_type in RULES:
        built, wrong = _Settings(scenario, problem, profile, rule_type).rules()
        rules += built
        findings += wrong
    if findings:
        raise InputError(findings)
    return tuple(rules)


@dataclass(frozen=True)
class _Setting:
    path: Path
    values: dict[str, Any]

    @property
    def people(self) -> tuple[str, ...] | None:
        words = self.values.get("for")
        return None if words is None else (words,) if isinstance(words, str) else tuple(words)


@dataclass(frozen=True)
class _Settings:
    """One rule's settings in one scenario."""

    scenario: Scenario
    problem: Problem
    profile: Profile
    rule: type[Rule]

    def rules(self) -> tuple[list[Rule], list[Finding]]:
        settings = self._settings()
        findings = [*self._generals(settings), *(wrong for one in settings for wrong in self._shape(one))]
        if findings:
            return [], findings
        general = [one for one in settings if one.people is None]
        default = _Setting(("rules", "set", self.rule.id), {})
        rules: list[Rule] = []
        taken: tuple[str, ...] = ()
        for setting in (*(one for one in settings if one.people is not None), *(general or [default])):
            rule, wrong = self._rule(setting, taken)
            findings += wrong
            if rule is not None:
                rules.insert(0 if setting.people is None else len(rules), rule)
            taken += setting.people or ()
        return rules, findings

    def _generals(self, settings: list[_Setting]) -> Iterator[Finding]:
        general = [one for one in settings if one.people is None]
        if len(general) > 1:
            yield Finding(
                general[1].path,
                _("expected one setting without `for`"),
                found(len(general)),
                _("Say with `for` whom the others are for, or remove them."),
            )

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
        values = {**self.profile.values[self.rule.id], **setting.values}
        if values.pop("enabled", True) is False:
            return None, []
        values["except"] = (*values.get("except", ()), *taken)
        try:
            rule = self.rule.model_validate(values)
        except ValidationError as error:
            return None, [Finding((*setting.path, *one["loc"]), *refusal(one)) for one in error.errors()]
        findings = [*self._beyond_agreement(setting, rule)]
        for finding in rule.findings(self.problem):
            findings.append(replace(finding, path=(*setting.path, *finding.path)))
        return rule, findings

    def _beyond_agreement(self, setting: _Setting, rule: Rule) -> Iterator[Finding]:
        for limit in self.profile.limits:
            if limit.rule != rule.id or not rule.hard:
                continue
            value: int = getattr(rule, parameters(self.rule)[limit.parameter])
            if limit.bound == "least" and value < limit.minutes:
                expected = _("expected at least {limit} under the profile {profile}")
            elif limit.bound == "most" and value > limit.minutes:
                expected = _("expected at most {limit} under the profile {profile}")
            else:
                continue
            yield Finding(
                (*setting.path, limit.parameter),
                expected.format(limit=show_duration(limit.minutes), profile=self.profile.id),
                found(show_duration(value)),
                _("Keep to the limit, or choose a profile whose agreements reach further."),
            )


def _unknown(path: Path, word: object, known: list[str]) -> Finding:
    return Finding(
        path,
        _("expected one of {words}").format(words=", ".join(known) or "–"),
        found(word),
        suggestion(str(word), known) or _("Use one of these, or leave it out."),
    )
