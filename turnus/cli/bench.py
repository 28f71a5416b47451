"""The verb `bench`: run instances of a set and write a line of figures for each."""

from __future__ import annotations

import json
import time
from pathlib import Path

from turnus.bench.families import DEFAULT_SECONDS, FAMILIES
from turnus.bench.records import Record
from turnus.bench.run import Terms
from turnus.bench.session import DATA_VARIABLE, data_folder, records, session
from turnus.cli.exits import DONE, put, say
from turnus.errors import Finding, InputError
from turnus.goals import UNITS
from turnus.result.words import GOAL_TITLES, amount_or_unknown, goal_title
from turnus.texts import N_, _, up_to

PHASES = {
    "start": N_("the rota given"), "first": N_("line by line"), "bound": N_("bound"),
    "dive": N_("first rota"), "neighbourhoods": N_("better rotas"), "proof": N_("proof"), "line": N_("line"),
    "lines": N_("lines"), "posts": N_("posts"), "rota": N_("rota"), "polish": N_("polish"),
    "audit": N_("audit"),
}  # fmt: skip

QUIET_SECONDS = 10.0  # after which the same line is said again, as a sign of life


class News:
    """What was said of each instance, and when, so that a line is said again only after a while."""

    def __init__(self) -> None:
        self.said: dict[str, tuple[str, float]] = {}

    def worth_saying(self, name: str, line: str, seconds: float) -> bool:
        """Whether a line about an instance is worth saying at a time; it then counts as said."""
        latest, at = self.said.get(name, ("", 0.0))
        worth = line != latest or seconds - at >= QUIET_SECONDS
        if worth:
            self.said[name] = (line, seconds)
        return worth


def bench(
    family_id: str,
    instances: str | None,
    seconds: float | None,
    effort: int | None,
    seed: int,
    threads: int,
    jobs: int,
    out: Path | None,
    *,
    again: bool,
    as_json: bool,
    rotas: Path | None = None,
    start: Path | None = None,
) -> int:
    """Run the instances of a set and tell the figures; skipped, with the reason, without data."""
    if family_id not in FAMILIES:
        raise InputError([_unknown_set(family_id)])
    data = data_folder()
    if data is None and FAMILIES[family_id].own is None:
        text = _(
            "Skipped: {variable} is not set. The set is published at {where}; put it into a folder `{name}`."
        )
        say(text.format(variable=DATA_VARIABLE, where=FAMILIES[family_id].published, name=family_id))
        return DONE
    asked = [name.strip() for name in (instances or "").split(",") if name.strip()]
    if seconds is None and effort is None:
        seconds = DEFAULT_SECONDS
    terms = Terms(seconds, seed, threads, effort)
    of = session(family_id, data, asked, terms, jobs, out, again=again, rotas=rotas, start=start)

    news = News()

    def told(name: str, phase: str, best: float | None, bound: float | None) -> None:
        if phase in GOAL_TITLES:
            line = _goal(phase, best, bound)
        else:
            line = f"{_(PHASES.get(phase, phase))}  {_shown(best)}  ≥ {_shown(bound)}"
        if news.worth_saying(name, line, time.monotonic()):
            say(f"{name}  {line}")

    for record, fresh in records(of, told):
        if as_json:
            put(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            put(_line(record, fresh) + "\n")
    return DONE


def _unknown_set(name: str) -> Finding:
    return Finding(
        (_("SET"),),
        _("expected one of {known}").format(known=", ".join(FAMILIES)),
        _("found {value}").format(value=repr(name)),
        _("Choose one of the list."),
    )


def _line(record: Record, fresh: bool) -> str:
    """Return a run's figures as one line of text."""
    parts = [f"{record['instance']}:", *(_of_goals(record) if record["goals"] else _of_cost(record))]
    if record["status"] == "optimal":
        parts.append(_("proven after {seconds} s").format(seconds=_shown(record["seconds_to_proof"])))
    if record["status"] == "infeasible":
        parts.append(_("proven impossible"))
    verdict = record["verdict"]
    if verdict not in (None, "kept"):
        parts.append(_("broken: {what}").format(what=verdict))
    return "  ".join(parts) + ("" if fresh else "  " + _("(run before)"))


def _of_cost(record: Record) -> list[str]:
    return [
        _("cost {cost}").format(cost=_shown(record["best"])),
        _("bound {bound}").format(bound=_shown(record["bound"])),
        _("gap {gap} %").format(gap=_shown(record["gap_percent"])),
        _("best after {seconds} s").format(seconds=_shown(record["seconds_to_best"])),
    ]


def _of_goals(record: Record) -> list[str]:
    goals = [_goal(one["id"], one["value"], one["bound"]) for one in record["goals"]]
    cover = _shown(record["seconds_to_cover"])
    return [*goals, _("full cover after {seconds} s").format(seconds=cover)]


def _goal(goal: str, value: float | None, bound: float | None) -> str:
    found, limit = (amount_or_unknown(one, UNITS[goal]) for one in (value, bound))
    return f"{goal_title(goal)} {found} ({_('bound {bound}').format(bound=limit)})"


def _shown(value: float | None) -> str:
    return "–" if value is None else up_to(value)
