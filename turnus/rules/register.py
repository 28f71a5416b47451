"""The agreements that a scenario lists, and what is asked of them while its rules are built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from turnus.errors import Finding, Path
from turnus.problem import PostClass, Problem
from turnus.rules.agreements import (
    Reliance,
    covering,
    level_word,
    level_words,
    reliances,
    sentences,
    shown,
    uncovered,
)
from turnus.rules.base import Rule
from turnus.rules.levels import Level, Limit
from turnus.rules.profiles import Profile
from turnus.rules.schema import parameters
from turnus.scenario.messages import found
from turnus.scenario.models import Agreement, Scenario
from turnus.texts import _


@dataclass
class Register:
    """The agreements that a scenario lists, and what is asked of them while its rules are built.

    `to_check` lets a value through whose agreement has ended: the rota is there already, and its check says
    where it needs the agreement.
    """

    scenario: Scenario
    problem: Problem
    profile: Profile
    draft: bool = False
    to_check: bool = False
    unnamed: list[Reliance] = field(default_factory=list)
    drafts: list[Reliance] = field(default_factory=list)

    def rest(self, rule: Rule, path: Path) -> tuple[Rule, list[Finding]]:
        """Return a rule with the agreement that its values rest on, and what is missing."""
        if rule.standing == "hard" and not self.profile.holds(type(rule)):
            return rule, []  # nothing holds without it, so that any value only asks for more
        findings: list[Finding] = []
        chosen = rule.agreement
        for limit, need in reliances(rule, path):
            agreement, wrong = self._settle(need, rule, limit)
            findings += wrong
            chosen = chosen or agreement
        if chosen == rule.agreement:
            return rule, findings
        resting = rule.model_copy(update={"agreement": chosen})
        for told in (self.unnamed, self.drafts):
            told[:] = [replace(one, held=resting) if one.held is rule else one for one in told]
        return resting, findings

    def set_aside(
        self, need: Reliance, named: str | None, posts: Sequence[PostClass]
    ) -> tuple[str | None, list[Finding]]:
        """Return the agreement that lets a rule be set aside for posts, and what is missing."""
        if named is not None and need.levels:
            return named, self._named(need, named, posts)
        listed = self._covering(need.levels, posts)
        return (listed, []) if listed else (None, self._missing(need, _not_aside(need), posts))

    def _settle(self, need: Reliance, rule: Rule, limit: Limit) -> tuple[str | None, list[Finding]]:
        """Return the id of the agreement that a value rests on, and what is missing."""
        posts = [post for post in self.problem.classes if rule.applies_to(post)]
        if rule.agreement is not None and need.levels:
            return None, self._named(need, rule.agreement, posts)
        listed = self._covering(need.levels, posts)
        if listed is not None:
            return listed, []
        if self.profile.uses(limit, rule):
            self.unnamed += [] if self.profile.basis else [need]
            return None, []
        return None, self._missing(need, self._not_so_far(need, limit, rule, posts), posts)

    def _missing(self, need: Reliance, refusal: Finding, posts: Sequence[PostClass]) -> list[Finding]:
        """Return the refusal of a value without its agreement; one for others, or that ended, is to blame."""
        if need.levels and self.draft:
            self.drafts.append(need)
            return []
        fitting = [(at, one) for at, one in enumerate(self.scenario.agreements) if one.level in need.levels]
        lasting = [one for _at, one in fitting if self._lasts(one)]
        if lasting:
            return [self._for_others(need, need.parameter, lasting, posts)]
        if fitting and self.to_check:
            return []
        return [self._ended(fitting[0][0])] if fitting else [refusal]

    def _covering(self, levels: Sequence[Level], posts: Sequence[PostClass]) -> str | None:
        """Return the first listed agreement that goes far enough, where such ones are for all the posts."""
        found = covering(self._lasting(levels), posts)
        return found[0].id if found and not uncovered(found, posts) else None

    def _named(self, need: Reliance, named: str, posts: Sequence[PostClass]) -> list[Finding]:
        """Return what is wrong with the agreement that a setting names; an unknown id is told elsewhere."""
        agreement = next((one for one in self.scenario.agreements if one.id == named), None)
        if agreement is None or (agreement.level in need.levels and not uncovered((agreement,), posts)):
            return []
        if self.draft:
            self.drafts.append(need)
            return []
        if agreement.level in need.levels:
            return [self._for_others(need, "agreement", (agreement,), posts)]
        expected = _("expected an agreement of this level: {level} ({reference})").format(
            level=level_words(need.levels), reference=need.paragraph
        )
        told = _("found {id} ({level})").format(id=agreement.id, level=level_word(agreement.level))
        hint = _("Name an agreement of that level, or keep to what {id} may set.").format(id=agreement.id)
        return [Finding((*need.path, "agreement"), expected, told, hint)]

    def _for_others(
        self, need: Reliance, parameter: str, agreements: Sequence[Agreement], posts: Sequence[PostClass]
    ) -> Finding:
        """Return that agreements go far enough, but leave out some whom the value is for."""
        left_out = [
            post.person or _("open posts of {competence}").format(competence=self._competence(post))
            for post in uncovered(covering(agreements, posts), posts)
        ]
        return Finding(
            (*need.path, parameter),
            _("expected agreements for everybody the value is for: {level} ({reference})").format(
                level=level_words(need.levels), reference=need.paragraph
            ),
            _("found none for {names}").format(names=", ".join(left_out)),
            _("Name them under `for` of the agreement, or give them a setting of their own."),
        )

    def _competence(self, post: PostClass) -> str:
        return self.problem.competence_names[post.competence]

    def _listed_at(self, levels: Sequence[str]) -> list[int]:
        """Return the places of the listed agreements of some levels, those that have ended included."""
        return [at for at, one in enumerate(self.scenario.agreements) if one.level in levels]

    def _lasting(self, levels: Sequence[str]) -> list[Agreement]:
        """Return the listed agreements of some levels that last as long as the plan."""
        return [one for one in self.scenario.agreements if one.level in levels and self._lasts(one)]

    def _lasts(self, agreement: Agreement) -> bool:
        last = self._last_day()
        return agreement.valid_until is None or last is None or agreement.valid_until >= last

    def _last_day(self) -> dt.date | None:
        horizon = self.scenario.horizon
        return None if horizon.start is None else horizon.start + dt.timedelta(weeks=horizon.weeks, days=-1)

    def _ended(self, at: int) -> Finding:
        return Finding(
            ("agreements", at, "valid_until"),
            _("expected {date} or later, the last day of the plan").format(date=self._last_day()),
            _("found {date}").format(date=self.scenario.agreements[at].valid_until),
            _("Renew the agreement, end the plan earlier, or take out what rests on it."),
        )

    def _not_so_far(self, need: Reliance, limit: Limit, rule: Rule, posts: Sequence[PostClass]) -> Finding:
        name = parameters(type(rule))[limit.parameter]
        if not need.levels:
            furthest = _furthest(limit, [limit.reach(level) for level in Level])
            words = {
                "least": _("expected at least {limit} ({reference}), for no agreement reaches further"),
                "most": _("expected at most {limit} ({reference}), for no agreement reaches further"),
            }
            hint = _("Keep to the limit; it holds for everybody.")
        else:
            listed = self._lasting(list(Level))
            levels = [Level(one.level) for one in listed if not uncovered((one,), posts)]
            own = self.profile.own_value(limit, type(rule))
            reached = [limit.reach(level) for level in (Level.LAW, *levels)]
            furthest = _furthest(limit, [*reached, *([] if own is None else [own])])
            words = {
                "least": _(
                    "expected at least {limit}, or an agreement under `agreements`: {level} ({reference})"
                ),
                "most": _(
                    "expected at most {limit}, or an agreement under `agreements`: {level} ({reference})"
                ),
            }
            hint = _("List the agreement, keep to the limit, or mark what is missing with --draft.")
        expected = words[limit.bound].format(
            limit=shown(name, furthest), level=level_words(need.levels), reference=need.paragraph
        )
        return Finding(
            (*need.path, need.parameter), expected, _("found {value}").format(value=need.value), hint
        )

    def remarks(self) -> Iterator[Finding]:
        """Yield what a reader should know: what the file does not name, and ends that cannot be judged."""
        lacking = [one for one in self.unnamed if not self._listed_at(one.levels)]
        if lacking:
            yield Finding(
                ("rules", "profile"),
                _("expected under `agreements` what {profile} takes for granted").format(
                    profile=self.profile.id
                ),
                _("found no agreement for {values}").format(values="; ".join(sentences(lacking))),
                _("List the agreement, so that the rota says what it rests on."),
            )
        if self.profile.note:
            told = _("found {value}").format(value=self.profile.id)
            yield Finding(
                ("rules", "profile"), _("expected a source that was read"), told, _(self.profile.note)
            )
        ended = {at for one in self.unnamed for at in self._listed_at(one.levels)}
        yield from (self._ended(at) for at in sorted(ended) if not self._lasts(self.scenario.agreements[at]))
        for at, one in enumerate(self.scenario.agreements):
            if one.level == "individual" and one.people is None:
                yield Finding(
                    ("agreements", at, "for"),
                    _("expected the names of those who have signed an individual agreement"),
                    _("found none with {id}").format(id=one.id),
                    _("It holds only for those who have signed it: name them with `for`."),
                )
            if one.valid_until is not None and self.scenario.horizon.start is None:
                yield Finding(
                    ("agreements", at, "valid_until"),
                    _("expected the dates of the rota, to judge whether the agreement still holds"),
                    _("found {date} and a base rota without dates").format(date=one.valid_until),
                    _("See to it that the agreement holds as long as the rota is worked."),
                )


def _furthest(limit: Limit, reached: Iterable[int | None]) -> int:
    values = [value for value in reached if value is not None]
    return min(values) if limit.bound == "least" else max(values)


def _not_aside(need: Reliance) -> Finding:
    if need.levels:
        expected = _("expected the rule to hold, or an agreement under `agreements`: {level} ({reference})")
        hint = _("List the agreement, let the rule hold, or mark what is missing with --draft.")
    else:
        expected = _("expected the rule to hold ({reference}), for no agreement sets it aside")
        hint = _("Let the rule hold for everybody.")
    told = {"enabled": found(False), "strength": found("soft")}
    return Finding(
        (*need.path, need.parameter),
        expected.format(level=level_words(need.levels), reference=need.paragraph),
        told.get(need.parameter, _("found {value}").format(value=need.value)),
        hint,
    )
