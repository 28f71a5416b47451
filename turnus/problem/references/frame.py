"""The frame of a scenario: horizon, weekend, competences, goals, hours and agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from turnus.clock import parse_week_moment
from turnus.errors import Finding, Path
from turnus.problem.references.words import not_served, repeated, unknown, unknown_competence
from turnus.scenario.messages import found
from turnus.scenario.models import Scenario
from turnus.texts import _, weekday


def frame_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with everything that is neither shift, demand, person nor budget."""
    yield from _horizon(scenario)
    for name, competence in scenario.competences.items():
        for at, other in enumerate(competence.covers):
            yield from unknown_competence(
                ("competences", name, "covers", at), other, list(scenario.competences)
            )
    yield from repeated(
        ("goals",), scenario.goals, "", _("expected each goal once"), _("Take one of them out.")
    )
    if not scenario.goals:
        yield Finding(
            ("goals",), _("expected at least one goal"), _("found an empty list"),
            _("Leave goals out to get the usual order."),
        )  # fmt: skip
    ids = [agreement.id for agreement in scenario.agreements]
    yield from repeated(("agreements",), ids, "id", _("expected each agreement once"))
    yield from _agreements(scenario)
    yield from _signed_by(scenario)


def _horizon(scenario: Scenario) -> Iterator[Finding]:
    start = scenario.horizon.start
    if start is not None and start.weekday() != 0:
        yield Finding(
            ("horizon", "start"), _("expected a Monday"),
            _("found {date}, a {weekday}").format(date=start, weekday=weekday(start.weekday())),
            _("Start on a Monday; earlier shifts go under history."),
        )  # fmt: skip
    if scenario.horizon.lines == "shared":
        yield not_served(
            ("horizon", "lines"), "own", "shared", _("Write own: each post then has its own line.")
        )
    begins, ends = parse_week_moment(scenario.weekend.begins), parse_week_moment(scenario.weekend.ends)
    if ends and ends <= begins:
        yield Finding(
            ("weekend", "to"), _("expected an end after {start}").format(start=scenario.weekend.begins),
            found(scenario.weekend.ends), _('Use "monday 00:00" for the end of Sunday.'),
        )  # fmt: skip


def _agreements(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each agreement that a rule rests on and that ends before a calendar plan does."""
    used = {setting.get("agreement") for _path, setting in _settings(scenario)}
    start = scenario.horizon.start
    if start is None:
        return
    last = start + dt.timedelta(weeks=scenario.horizon.weeks, days=-1)
    for at, agreement in enumerate(scenario.agreements):
        until = agreement.valid_until
        if agreement.id in used and until is not None and until < last:
            yield Finding(
                ("agreements", at, "valid_until"),
                _("expected {date} or later, the last day of the plan").format(date=last),
                _("found {date}").format(date=until),
                _("Renew the agreement, end the plan earlier, or take out what rests on it."),
            )


def _signed_by(scenario: Scenario) -> Iterator[Finding]:
    """Yield each name or tag of nobody that an agreement is for."""
    known = sorted({person.name for person in scenario.staff}.union(*(one.tags for one in scenario.staff)))
    for at, agreement in enumerate(scenario.agreements):
        for place, name in enumerate(agreement.people or ()):
            if name not in known:
                hint = _("Write for example `[Kari, night]`.")
                yield unknown(("agreements", at, "for", place), name, known, hint)


def _settings(scenario: Scenario) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every setting of a rule with its path in the file."""
    for rule, values in scenario.rules.set.items():
        if isinstance(values, dict):
            yield ("rules", "set", rule), values
        else:
            yield from ((("rules", "set", rule, at), setting) for at, setting in enumerate(values))
