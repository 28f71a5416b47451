"""A rota without a scenario: shifts, staff and codes in one CSV file, as a representative has it in hand.

The file becomes a case without demand, so that the rules of a profile can be checked over it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from turnus.case import Case
from turnus.errors import Finding, InputError
from turnus.formats.rota_file_days import not_whole
from turnus.formats.rota_file_parts import Parts, read_parts
from turnus.formats.rota_file_people import Line, People, lines_of
from turnus.formats.rota_file_settings import Settings, settings_of
from turnus.formats.rota_file_shifts import ShiftList, shifts_of
from turnus.formats.rota_text import bytes_of
from turnus.formats.rota_written import WrittenRota
from turnus.problem import OFF, Post, Problem, Rota, build_problem
from turnus.rules import PROFILES, Agreed, Rule, settle
from turnus.rules.way_of_working import WeekByWay
from turnus.scenario import Scenario
from turnus.scenario.messages import refusal
from turnus.texts import N_, _, hours

MOST_MEGABYTES = 5
#: Rules that need what a rota alone does not say, and what that is.
_NEED_A_SCENARIO = {
    "competence": N_("who may work which shift, and on which days a shift exists"),
    "fixed_shifts": N_("fixed shifts and bans"),
    "fte_budget": N_("the FTE budget"),
    "live_in_scheme": N_("which part of a shift is rest (passive duty)"),
    "personal_limits": N_("what was individually agreed"),
    "post_sizes": N_("wished sizes, and the allowed sizes of open posts"),
    "surplus_limit": N_("the demand, and how many above it are allowed"),
    "volunteers": N_("who has volunteered for long shifts"),
}
_IN_THIS_FILE = {
    "`unpaid_break`": "`ubetalt pause`",
    "`paid_break`": "`betalt pause`",
    "`horizon.discussed`": "`drøftet`",
    "`for`": "`avtale;L-1;KS;individuell;31.12.2027;Kari, Ola`",
}
_NEED_FULL_WEEK = ("hours_of_post", "even_hours", "hour_bank", "hours_regime")


@dataclass(frozen=True)
class Missing:
    """What a file lacks to judge something: a rule by its id, or None for what concerns several."""

    rule: str | None
    text: str


@dataclass(frozen=True)
class RotaAlone:
    """A rota without a scenario, ready for the audit.

    `missing` says what could not be judged and why, `assumed` what was derived or taken for granted.
    `unsized` and `untimed` are the posts whose size, and whose hours, the file does not state.
    """

    case: Case
    written: WrittenRota
    missing: tuple[Missing, ...]
    unsized: frozenset[int]
    untimed: frozenset[int]

    @property
    def assumed(self) -> tuple[str, ...]:
        """Return what was derived or taken for granted."""
        return self.written.assumed

    @property
    def sizes_known(self) -> bool:
        """Whether the file states everybody's size."""
        return not self.unsized

    @property
    def hours_known(self) -> bool:
        """Whether the hours of every post are known: its size, and the hours of a full position."""
        return not self.untimed


def read_rota_file(path: Path, profile: str) -> RotaAlone:
    """Return the rota in a file together with its shifts and staff, under the rules of a profile.

    Raises
    ------
    InputError
        With everything that is wrong: line and field, what was expected, what was found, what to do.
    """
    return rota_alone(bytes_of(path, MOST_MEGABYTES), profile, str(path))


def rota_alone(raw: bytes, profile: str, source: str = "") -> RotaAlone:
    """Return the rota in the bytes of such a file; raises as `read_rota_file` does."""
    try:
        return _read(raw, source, profile)
    except InputError as error:
        raise InputError(error.findings, source) from None


def _read(raw: bytes, source: str, profile: str) -> RotaAlone:
    parts = read_parts(raw, ("shifts", "rota"))
    settings = settings_of(parts)
    shifts = shifts_of(parts)
    lines = lines_of(parts, shifts, settings)
    try:
        scenario = _scenario(Path(source).stem, profile, settings, shifts, lines)
        problem = replace(build_problem(scenario), rows=())
        agreed = settle(scenario, problem)
    except InputError as error:
        raise InputError([_located(one, parts, settings, shifts, lines) for one in error.findings]) from None
    people = lines.people
    unsized = [line for line in people if line.size is None]
    untimed = [line for line in people if line.size is None or _full_week(line, settings) is None]
    kept, missing = _judged(agreed.rules, shifts, lines, untimed)
    missing += _about_weeks(kept, [line for line in people if _full_week(line, settings) is None])
    remarks = [_located(one, parts, settings, shifts, lines) for one in _remarks(agreed, profile)]
    undated = [one for one in remarks if one.path[-1] == "valid_until" and lines.start is None]
    missing += [Missing(None, _told(one)) for one in undated]
    missing += _said_by_rules(kept, problem)
    assumed = (
        *settings.assumed,
        *shifts.assumed,
        *not_whole(lines.days),
        *lines.assumed,
        *_unread(parts),
        *(_told(one) for one in remarks if one not in undated),
    )
    case = Case(scenario, problem, kept, hashlib.sha256(raw).hexdigest(), source)
    return RotaAlone(
        case,
        _written(problem, lines, assumed),
        tuple(missing),
        frozenset(at for at, line in enumerate(people) if line in unsized),
        frozenset(at for at, line in enumerate(people) if line in untimed),
    )


def _written(problem: Problem, lines: People, assumed: tuple[str, ...]) -> WrittenRota:
    people = lines.people
    actions = [[_action(code, problem.codes) for code in line.codes] for line in people]
    return WrittenRota(
        Rota(
            tuple(Post(at, owner.size) for at, owner in enumerate(problem.classes)),
            np.array(actions, dtype=np.int16).reshape(len(actions), problem.days),
        ),
        tuple(line.off_codes for line in people),
        tuple(line.line for line in people),
        tuple(frozenset(line.leave) for line in people),
        lines.notes,
        assumed,
    )


def _full_week(line: Line, settings: Settings) -> str | None:
    return line.full_week or settings.full_week


def _remarks(agreed: Agreed, profile: str) -> Iterator[Finding]:
    """Yield what rules and agreements say; of values without an agreement the check speaks rule by rule."""
    note = _(PROFILES[profile].note)
    for one in (*agreed.notes, *agreed.remarks):
        if one.path != ("rules", "profile") or (note and one.hint == note):
            yield one


def _told(finding: Finding) -> str:
    """Return a finding as a sentence, with its line where the file has one."""
    text = _in_this_file(f"{finding.expected}; {finding.found}. {finding.hint}")
    return text if finding.line is None else f"{_('line {n}').format(n=finding.line)}: {text}"


def _located(finding: Finding, parts: Parts, settings: Settings, shifts: ShiftList, lines: People) -> Finding:
    """Return a finding about the scenario made of the file with its place in the file."""
    part, at = (*finding.path, None, None)[:2]
    if part == "horizon":
        cell = settings.start_cell or parts.tables["rota"].headings.cell(lines.days.fields[0])
        return finding.at(cell.line, cell.column)
    if not isinstance(at, int):
        return finding
    if part == "agreements":
        return finding.at(settings.agreement_cells[at].line, settings.agreement_cells[at].column)
    if part == "staff":
        return finding.at(lines.people[at].line, None)
    code = shifts.worked[at].cell if part == "shifts" else None
    return finding if code is None else finding.at(code.line, code.column)


def _scenario(
    name: str,
    profile: str,
    settings: Settings,
    shifts: ShiftList,
    lines: People,
) -> Scenario:
    """Return the scenario that says what the file says; its demand is nobody, and is taken out again."""
    worked = shifts.worked
    document = {
        "turnus": 1,
        "name": (settings.unit or name or "rota")[:80],
        "horizon": {"weeks": lines.weeks, "start": lines.start, "discussed": settings.discussed},
        "weekend": settings.weekend,
        "competences": {
            key: {"name": key} for key in dict.fromkeys(line.competence for line in lines.people)
        },
        "shifts": [shift.document() for shift in worked],
        "demand": [{"block": "-", "shifts": [worked[0].code], "need": 0}],
        "staff": [line.document(settings, lines.start) for line in lines.people],
        # Where the file does not say how people work, only the longest week is asked of them.
        "hours": {"full_week": "37.5 h"} | settings.hours(),
        "agreements": settings.agreements,
        "rules": {"profile": profile, "set": {rule: {} for rule in PROFILES[profile].checked}},
    }
    try:
        return Scenario.model_validate(document)
    except ValidationError as error:
        raise InputError([Finding(one["loc"], *refusal(one)) for one in error.errors()]) from None


def _judged(
    rules: Iterable[Rule], shifts: ShiftList, lines: People, untimed: list[Line]
) -> tuple[tuple[Rule, ...], list[Missing]]:
    """Return the rules that the file is enough for, and what is missing for the others.

    A rule about the hours of a post is judged for those whose size and full position are known.
    """
    lacking = {rule: _(text) for rule, text in _NEED_A_SCENARIO.items()}
    if not any(line.leave for line in lines.people):
        lacking["leave"] = _("leave")
    not_in_file = {rule: _("not in the file: {what}").format(what=text) for rule, text in lacking.items()}
    if lines.start is None and any(line.leave for line in lines.people):
        text = _("a base rota has no dates: the days of leave ({codes}) are read as days off")
        not_in_file["leave"] = text.format(codes=", ".join(sorted(shifts.leave)))
    names = {line.name for line in untimed}
    kept, missing = [], []
    for rule in rules:
        if rule.id in not_in_file:
            missing.append(Missing(rule.id, not_in_file[rule.id]))
        elif rule.id in _NEED_FULL_WEEK and names:
            missing += [Missing(rule.id, text) for text in _untold(untimed, lines)]
            if len(names) < len(lines.people):
                kept.append(rule.model_copy(update={"except_for": (*rule.except_for, *sorted(names))}))
        else:
            kept.append(rule)
    return tuple(kept), missing


def _about_weeks(rules: Iterable[Rule], untold: list[Line]) -> Iterator[Missing]:
    """Yield which rules about weeks are judged in part only, because nobody knows how people work."""
    for rule in rules:
        if isinstance(rule, WeekByWay) and rule.follows_the_way and untold:
            text = _(
                "not in the file: the hours of a full position for {names} (`full stilling;35,5 t`); for "
                "them only what is above {most} a week is judged"
            )
            names = _names([line.name for line in untold])
            yield Missing(rule.id, text.format(names=names, most=hours(rule.day_minutes, 2)))


def _untold(untimed: list[Line], lines: People) -> Iterator[str]:
    """Yield what is not known of the hours of posts."""
    unsized = [line.name for line in untimed if line.size is None]
    others = [line.name for line in untimed if line.size is not None]
    if unsized:
        what = _("the size of the post of {names}").format(names=_names(unsized))
        yield _("not in the file: {what}").format(what=what)
    if len(others) == len(lines.people):
        what = _("the hours of a full position (`full stilling;35,5 t`)")
        yield _("not in the file: {what}").format(what=what)
    elif others:
        what = _("the hours of a full position for {names} (`full stilling;35,5 t`)")
        yield _("not in the file: {what}").format(what=what.format(names=_names(others)))


def _said_by_rules(rules: tuple[Rule, ...], problem: Problem) -> list[Missing]:
    """Return what rules say themselves, with the words of a scenario put into those of this file."""
    found = []
    for rule in rules:
        text = rule.unjudged(problem)
        if text:
            found.append(Missing(rule.id, _in_this_file(text)))
    return found


def _in_this_file(text: str) -> str:
    """Return a text with the words of a scenario put into those of this file."""
    for key, heading in _IN_THIS_FILE.items():
        text = text.replace(key, heading)
    return text


def _names(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else _("{names} and {n} more").format(names=shown, n=len(names) - 3)


def _action(code: str | None, codes: tuple[str, ...]) -> int:
    return OFF if code is None else codes.index(code, 1)


def _unread(parts: Parts) -> list[str]:
    if not parts.unread:
        return []
    lines = ", ".join(str(row.line) for row in parts.unread[:10])
    return [_("Not read, because they stand in no part of the file: lines {lines}.").format(lines=lines)]
