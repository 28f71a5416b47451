"""One person's name taken out of everything that is kept.

What is to be written is worked out while others read and write, and then written scenario by scenario, in an
instant each, if nothing has come meanwhile; otherwise it is worked out again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.access.caller import Caller
from api.access.log import record
from api.access.naming import (
    OF_RUN,
    Read,
    Who,
    everywhere,
    files_of,
    readings,
    runs_of,
    says_any,
    scenarios_of,
    text_of,
    who_is,
)
from api.problems import Problem
from api.store import UNFINISHED, Artifact, Database, Event, KeptAnswer, Revision, Run, Scenario
from turnus import InputError, Loaded, read_scenario, renamed, reworded
from turnus import translated as _

_MOST_TRIES = 5
#: What a scenario says of itself, which its runs repeat.
_OWN = ("name", "unit", "description")
Exchange = Callable[[str], str]


@dataclass
class _OfRun:
    """What is written of one run: columns, events by id, files by name; None for a file that goes."""

    columns: dict[str, Any] = field(default_factory=dict)
    events: dict[int, Any] = field(default_factory=dict)
    files: dict[str, bytes | None] = field(default_factory=dict)

    @property
    def names_them(self) -> bool:
        """Whether the run names the person."""
        return bool(self.columns or self.events or self.files)


@dataclass
class _Plan:
    """What is written of one scenario, worked out while it had one newest revision and certain runs.

    `texts` are the new text and hash of each revision that is written, by its number.
    """

    scenario_id: str
    newest: int
    states: dict[str, str]
    name: str
    texts: dict[int, tuple[str, str]] = field(default_factory=dict)
    runs: dict[str, _OfRun] = field(default_factory=dict)


def erase(database: Database, request: Request, caller: Caller, name: str) -> tuple[str, list[str]]:
    """Put a pseudonym in a person's place in every revision and every run; return it, and which scenarios.

    Texts are written again; files that cannot be, such as spreadsheets, are deleted, and so is what sweeps
    keep for their parts. A word that no revision calls anybody is left alone everywhere.

    Raises
    ------
    Problem
        409 while a run of theirs is not finished: it would write the name again. Nothing is written then,
        unless the run was submitted meanwhile.
    """
    pseudonym = f"Person {secrets.token_hex(4)}"
    with database.reading() as session:
        found = {one: who_is(session, one, name) for one in scenarios_of(session, caller)}
        if not any(who.is_staff for who in found.values()):
            return pseudonym, []
        for scenario_id, who in found.items():
            _refuse_unfinished(session, scenario_id, who, pseudonym)
    changed = [one for one in found if _erased_in(database, request, caller, one, name, pseudonym)]
    return pseudonym, changed


def _refuse_unfinished(session: Session, scenario_id: str, who: Who, pseudonym: str) -> None:
    unfinished = [run for run in runs_of(session, scenario_id) if run.state in UNFINISHED]
    if not unfinished:
        return
    named = [read.row.number for read in readings(session, scenario_id, who.name)
             if says_any(who, read.texts)]  # fmt: skip
    exchange = everywhere(_names(who, pseudonym))
    for run in unfinished:
        if run.revision in named or _of_run(session, run, exchange).names_them:
            raise _unfinished()


def _unfinished() -> Problem:
    return Problem(409, "run-unfinished", _("A run of a scenario with this person is not finished."),
                   _("Cancel it, or wait for it, and erase then."))  # fmt: skip


def _erased_in(
    database: Database, request: Request, caller: Caller, scenario_id: str, name: str, pseudonym: str
) -> bool:
    """Take a person out of one scenario and its runs; say whether they were in it."""
    for _time in range(_MOST_TRIES):
        with database.reading() as session:
            plan = planned(session, scenario_id, name, pseudonym)
        if plan is None:
            return False
        with database.writing() as session:
            if is_still_so(session, caller, plan):
                _write(session, plan)
                record(session, request, caller, "person.erase", scenario_id)
                return True
    raise Problem(409, "changed-meanwhile", _("Somebody goes on changing a scenario with this person."),
                  _("Erase again in a while; what is done already stays done."))  # fmt: skip


def planned(session: Session, scenario_id: str, name: str, pseudonym: str) -> _Plan | None:
    """Return what is to be written; None where the person is not named, or the scenario is gone."""
    scenario = session.get(Scenario, scenario_id)
    if scenario is None:
        return None
    runs = runs_of(session, scenario_id)
    who = who_is(session, scenario_id, name)
    names = _names(who, pseudonym)
    plan = _Plan(scenario_id, scenario.revision, {run.id: run.state for run in runs},
                 everywhere(names)(scenario.name))  # fmt: skip
    for read in readings(session, scenario_id, name):
        if says_any(who, read.texts):
            plan.texts[read.row.number] = new = _renamed(read, names)
            if read.row.number == scenario.revision and read.loaded is not None:
                plan.name = read_scenario(new[0], is_json=read.row.is_json).scenario.name[:200]
    told: dict[tuple[Any, ...], dict[str, str]] = {}  # many runs are of one revision, with the same overrides
    for run in runs:
        certain = run.revision in plan.texts
        overrides = tuple(run.options.get("set", ()))
        of = (run.revision, *overrides)
        if certain and of not in told:
            row = session.get_one(Revision, (scenario_id, run.revision))
            told[of] = _told_of_scenario(row, plan.texts[run.revision][0], overrides, names)
        about = _of_run(session, run, everywhere(names | told.get(of, {})), certain=certain)
        if about.names_them or certain:
            if run.state in UNFINISHED:
                raise _unfinished()
            plan.runs[run.id] = about
    return plan if plan.texts or plan.runs or plan.name != scenario.name else None


def is_still_so(session: Session, caller: Caller, plan: _Plan) -> bool:
    """Whether nothing has come since the plan was made; the scenario is locked from here."""
    query = caller.sees(select(Scenario).where(Scenario.id == plan.scenario_id), Scenario)
    scenario = session.scalars(query.with_for_update()).first()
    states = select(Run.id, Run.state).where(Run.scenario_id == plan.scenario_id)
    found = {row.id: row.state for row in session.execute(states)}
    return scenario is not None and (scenario.revision, found) == (plan.newest, plan.states)


def _write(session: Session, plan: _Plan) -> None:
    scenario_id = plan.scenario_id
    session.execute(update(Scenario).where(Scenario.id == scenario_id).values(name=plan.name))
    for number, (content, sha256) in plan.texts.items():
        row = update(Revision).where(Revision.scenario_id == scenario_id, Revision.number == number)
        session.execute(row.values(content=content, sha256=sha256))
    for run_id, about in plan.runs.items():
        if about.columns:
            session.execute(update(Run).where(Run.id == run_id).values(**about.columns))
        for event_id, data in about.events.items():
            session.execute(update(Event).where(Event.id == event_id).values(data=data))
        for name, file in about.files.items():
            which = (Artifact.run_id == run_id, Artifact.name == name)
            written = update(Artifact).where(*which).values(content=file)
            session.execute(written if file is not None else delete(Artifact).where(*which))
        session.execute(delete(KeptAnswer).where(KeptAnswer.run_id == run_id))


def _names(who: Who, pseudonym: str) -> dict[str, str]:
    """Return the names to exchange: every spelling of the person's, and those of others, which stay."""
    return {**dict.fromkeys(who.spellings, pseudonym), **{other: other for other in who.others}}


def _renamed(read: Read, names: Mapping[str, str]) -> tuple[str, str]:
    """Return a revision's text with other names, and its hash.

    A text that no version of turnus reads any more is exchanged word by word; its hash stays.
    """
    row = read.row
    with suppress(InputError):
        new = renamed(row.content, names, is_json=row.is_json)
        return new, read_scenario(new, is_json=row.is_json).sha256
    return _anyhow(row.content, everywhere(names)), row.sha256


def _anyhow(text: str, exchange: Exchange) -> str:
    """Return a text of YAML or JSON with each word exchanged however it is written, or as it stands."""
    with suppress(InputError):
        return reworded(text, exchange)
    return exchange(text)


def _told_of_scenario(
    row: Revision, new: str, overrides: Sequence[str], names: Mapping[str, str]
) -> dict[str, str]:
    """Return what a run's files repeat of its scenario, such as hash and name, and what they are to say."""
    exchange = everywhere(names)
    with suppress(InputError):
        before = row.loaded(overrides)
        after = read_scenario(new, [_override(one, exchange) for one in overrides], is_json=row.is_json)
        return {old: now for old, now in zip(_own(before), _own(after), strict=True) if old != now}
    return {}


def _own(loaded: Loaded) -> list[str]:
    return [loaded.sha256, *(getattr(loaded.scenario, name) for name in _OWN)]


def _of_run(session: Session, run: Run, exchange: Exchange, *, certain: bool = False) -> _OfRun:
    """Return what is written of a run; files that are no text go where it names the person for certain."""
    found = _OfRun()
    for column in OF_RUN:
        old = getattr(run, column)
        new = _options(old, exchange) if column == "options" else _exchanged(old, exchange)
        if new != old:
            found.columns[column] = new
    for event in session.scalars(select(Event).where(Event.run_id == run.id)):
        if (data := _exchanged(event.data, exchange)) != event.data:
            found.events[event.id] = data
    others = []
    for file in files_of(session, run):
        text = text_of(file)
        if text is None:
            others.append(file.name)
        elif (new_text := exchange(text)) != text:
            found.files[file.name] = new_text.encode()
    if certain or found.names_them:
        found.files |= dict.fromkeys(others)
    return found


def _options(options: Mapping[str, Any], exchange: Exchange) -> dict[str, Any]:
    found: dict[str, Any] = _exchanged(options, exchange)
    return found | ({"set": [_override(one, exchange) for one in options["set"]]} if "set" in options else {})


def _override(override: str, exchange: Exchange) -> str:
    """Return `PATH=VALUE` with every word exchanged; the value is YAML."""
    path, sign, value = override.partition("=")
    return exchange(path) + sign + _anyhow(value, exchange)


def _exchanged(value: Any, exchange: Exchange) -> Any:
    """Return a value with every key and text in it exchanged."""
    if isinstance(value, str):
        return exchange(value)
    if isinstance(value, Mapping):
        return {exchange(key): _exchanged(below, exchange) for key, below in value.items()}
    if isinstance(value, list):
        return [_exchanged(below, exchange) for below in value]
    return value
