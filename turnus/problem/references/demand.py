"""Demand: stated one way, by shifts and competences that exist, and never the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from turnus.clock import DAY_MINUTES, parse_clock, parse_duration
from turnus.errors import Finding, Path
from turnus.problem.calendar import Calendar
from turnus.problem.demand import block_spans
from turnus.problem.references.words import (
    day_outside,
    not_served,
    repeated,
    unknown,
    unknown_competence,
)
from turnus.problem.tasks import own_tasks
from turnus.scenario.messages import found
from turnus.scenario.models import Demand, Scenario
from turnus.texts import _

_HEADCOUNT = ""


def demand_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with the list of demand blocks."""
    if not scenario.demand and not own_tasks(scenario):
        yield Finding(
            ("demand",), _("expected demand, or tasks for own staff"), _("found nothing"),
            _("Say how many people are needed under demand, or what is to be done under tasks."),
        )  # fmt: skip
    names = [block.block for block in scenario.demand]
    yield from repeated(("demand",), names, "block", _("expected each block once"))
    calendar = Calendar.of(scenario.horizon)
    sound = True
    for at, block in enumerate(scenario.demand):
        for finding in _block(scenario, ("demand", at), block, calendar):
            sound = False
            yield finding
    if sound:
        yield from _said_both_ways(scenario, calendar)


def _block(scenario: Scenario, path: Path, block: Demand, calendar: Calendar) -> Iterator[Finding]:
    if block.exclusive:
        yield not_served(
            (*path, "exclusive"), "false", "true",
            _("Take it out: one person may then fill the headcount and a competence at once."),
        )  # fmt: skip
    yield from _when(scenario, path, block)
    for key in block.need if isinstance(block.need, dict) else ():
        yield from day_outside((*path, "need", key), key, calendar)
    for name, need in block.of_which.items():
        yield from unknown_competence((*path, "of_which", name), name, list(scenario.competences))
        for key in need if isinstance(need, dict) else ():
            yield from day_outside((*path, "of_which", name, key), key, calendar)
        yield from _more_than_all(path, block, name, calendar)


def _when(scenario: Scenario, path: Path, block: Demand) -> Iterator[Finding]:
    clock = [key for key, value in (("from", block.begins), ("to", block.ends)) if value is not None]
    if block.shifts is not None and clock:
        yield Finding(
            (*path, clock[0]), _("expected from and to, or shifts"), _("found both"),
            _("Take out one of them."),
        )  # fmt: skip
    elif block.shifts is not None:
        yield from _codes(scenario, path, block.shifts)
    elif len(clock) < 2:
        missing = "to" if clock == ["from"] else "from"
        yield Finding(
            (*path, missing), _("expected from and to, or shifts"), _("found no {key}").format(key=missing),
            _('Add {key}: "07:30", or name the shifts.').format(key=missing),
        )  # fmt: skip
    elif parse_clock(str(block.begins)) == parse_clock(str(block.ends)):
        yield Finding(
            (*path, "to"), _("expected an end that differs from the start"), found(block.ends),
            _('Write "00:00" to "24:00" for the whole day.'),
        )  # fmt: skip


def _codes(scenario: Scenario, path: Path, codes: tuple[str, ...]) -> Iterator[Finding]:
    shifts = {shift.code: shift for shift in scenario.shifts}
    if not codes:
        yield Finding(
            (*path, "shifts"), _("expected at least one shift"), _("found an empty list"),
            _("Name the shifts that cover the block, or give from and to."),
        )  # fmt: skip
    for at, code in enumerate(codes):
        if code not in shifts:
            yield unknown((*path, "shifts", at), code, list(shifts), _("Use a code from the list of shifts."))
        elif not shifts[code].covers:
            yield Finding(
                (*path, "shifts", at), _("expected a shift that covers demand"),
                _("found {code}, which says covers: false").format(code=code),
                _("Take it out here, or take covers: false out there."),
            )  # fmt: skip


def _more_than_all(path: Path, block: Demand, name: str, calendar: Calendar) -> Iterator[Finding]:
    """Yield the finding when a competence inside the headcount is asked for more often than the headcount."""
    need, least = calendar.per_day(block.need), calendar.per_day(block.of_which[name])
    for day in range(calendar.days):
        if (least[day] or 0) > (need[day] or 0):
            yield Finding(
                (*path, "of_which", name),
                _("expected at most the {need} that the block needs in all").format(need=need[day] or 0),
                _("found {n}").format(n=least[day]),
                _("People of a competence are part of the headcount; raise need or lower this."),
            )
            return


@dataclass(frozen=True)
class _Asked:
    """What one block asks for: on which days for which competence, and when, after each day's midnight."""

    at: int
    name: str
    by_shift: bool
    cells: frozenset[tuple[int, str]]
    spans: tuple[tuple[int, int], ...]


def _asked(scenario: Scenario, at: int, calendar: Calendar) -> _Asked:
    block = scenario.demand[at]
    cells = set()
    for name, need in ((_HEADCOUNT, block.need), *block.of_which.items()):
        cells |= {(day, name) for day, n in enumerate(calendar.per_day(need)) if n}
    spans = block_spans(block, scenario.shifts)
    return _Asked(at, block.block, block.shifts is not None, frozenset(cells), tuple(spans))


def _said_both_ways(scenario: Scenario, calendar: Calendar) -> Iterator[Finding]:
    if any(not (shift.parts or (shift.begins and shift.ends)) for shift in scenario.shifts):
        return
    for one, other in _overlapping(scenario, calendar):
        if one.by_shift != other.by_shift:
            yield Finding(
                ("demand", other.at), _("expected the same time and competence stated one way"),
                _("found it by clock and by shift, in {one} and {other}").format(
                    one=one.name, other=other.name
                ),
                _("Take one of the two out, or let them ask for different competences."),
            )  # fmt: skip


def overlapping_blocks(scenario: Scenario) -> Iterator[Finding]:
    """Yield a note for two blocks by clock that ask for the same competence at the same time.

    Each is read on its own: five in one and two in the other are five people, not seven.
    """
    for one, other in _overlapping(scenario, Calendar.of(scenario.horizon)):
        if not one.by_shift and not other.by_shift:
            yield Finding(
                ("demand", other.at),
                _("expected blocks that do not overlap"),
                _("found {other} inside the time of {one}").format(one=one.name, other=other.name),
                _("Each is read on its own and needs are not added; cut the blocks if you meant the sum."),
            )


def _overlapping(scenario: Scenario, calendar: Calendar) -> Iterator[tuple[_Asked, _Asked]]:
    limit = parse_duration(scenario.handover.at_most)
    asked = [_asked(scenario, at, calendar) for at in range(len(scenario.demand))]
    for one, other in combinations(asked, 2):
        if _same(one, other, limit, calendar):
            yield one, other


def _same(one: _Asked, other: _Asked, limit: int, calendar: Calendar) -> bool:
    """Whether two blocks share a competence on days on which their times overlap beyond a hand-over."""
    for offset in (-1, 0, 1):
        if _overlap(one, other, offset * DAY_MINUTES) <= limit:
            continue
        for day, name in one.cells:
            there = (day + offset) % calendar.days if calendar.start is None else day + offset
            if (there, name) in other.cells:
                return True
    return False


def _overlap(one: _Asked, other: _Asked, shifted: int) -> int:
    return max(
        min(last, end + shifted) - max(first, begin + shifted)
        for first, last in one.spans
        for begin, end in other.spans
    )
