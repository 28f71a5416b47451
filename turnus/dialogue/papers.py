"""Papers for the talks: the statement of need, agreements, soundness, protocol and comparison, as drafts.

Each is a template in `paper_texts/`, one for each language, filled with what the scenario says and stored
answers hold. Nobody is named, nothing is signed, and what is not known is `not computed`.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from turnus.case import Case
from turnus.clock import WEEK_DAYS
from turnus.dialogue.alternatives import Alternative, named_apart, relettered
from turnus.dialogue.anonymous import Anonymous
from turnus.dialogue.cards import not_computed
from turnus.dialogue.compare import LOADS, compare, loads_frame, spread_frame
from turnus.dialogue.compare_tables import tables
from turnus.dialogue.differences import needed_in_words
from turnus.dialogue.measures import measure_title
from turnus.dialogue.papers_facts import Claim, PartTime, claim_of, lever_lines, not_computed_levers
from turnus.dialogue.papers_rules import agreements, unverified_rules, value_lines
from turnus.dialogue.runs import Runs
from turnus.dialogue.tables import entries
from turnus.dialogue.variant import Variant
from turnus.result.document import versions
from turnus.result.rulebook import draft_lines
from turnus.result.sentences import horizon_text
from turnus.result.summary import conditions, weekend_sentence
from turnus.result.weekend import weekend_arithmetic
from turnus.texts import date, hours, language, ngettext, percent, up_to

Kind = Literal["need", "agreements", "soundness", "protocol", "comparison"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Tables of a comparison that stand in the paper; who carries what is for the page of the comparison.
COMPARED = ("measures", "arithmetic", "scenarios", "coverage", "exceptions", "rules")
#: What a proof record says of a bound that nobody has derived anew.
NOT_RECHECKED = "bound, not re-checked"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


class Code(str):
    """A command line, shown as code."""

    __slots__ = ()


@dataclass(frozen=True)
class Basis:
    """What papers are made from: the unit today, stored alternatives, and answers kept on disk.

    `result` is None when no stored result is of this very scenario.
    """

    variant: Variant
    case: Case
    result: Alternative | None
    others: tuple[Alternative, ...] = ()
    runs: Runs = field(default_factory=Runs)
    day: dt.date = field(default_factory=dt.date.today)

    @property
    def claim(self) -> Claim:
        """Return what is known of full-time posts today."""
        return claim_of(self.result.result if self.result else None)

    @property
    def stored(self) -> tuple[Alternative, ...]:
        """Return today's result, if there is one, and the alternatives."""
        return (*([self.result] if self.result else []), *self.others)

    @property
    def anonymous(self) -> Anonymous:
        """Return what hides everybody who is named in any of the scenarios."""
        loaded = [one.loaded.scenario for one in self.stored if one.loaded is not None]
        return Anonymous.of([self.case.scenario, *loaded])


def basis_of(
    variant: Variant, case: Case, stored: Sequence[Alternative], runs: Runs, day: dt.date | None = None
) -> Basis:
    """Return the basis: among stored results, the one of this scenario is today's."""
    today = next((one for one in stored if one.result.scenario.sha256 == variant.sha256), None)
    others = [one for one in stored if one is not today and _of_the_unit(one, case)]
    named = named_apart([*([today] if today else []), *others])
    first, rest = (named[0], named[1:]) if today else (None, named)
    return Basis(variant, case, first, tuple(rest), runs, day or dt.date.today())


def _of_the_unit(one: Alternative, case: Case) -> bool:
    return one.loaded is None or one.loaded.scenario.unit in ("", case.scenario.unit)


def paper(kind: Kind, basis: Basis) -> str:
    """Return a paper in Markdown, in the language in use."""
    facts = _FACTS[kind](basis) | _common(basis)
    text: str = _template(f"{kind}.{language()}.md", basis.anonymous).render(facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _template(name: str, anonymous: Anonymous) -> Any:
    environment = _environment().overlay(finalize=lambda value: _in_markdown(value, anonymous))
    return environment.get_template(name)


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("turnus.dialogue", "paper_texts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,  # a template is bound to the names that it hides
    )


def _in_markdown(value: object, anonymous: Anonymous) -> str:
    """Return a value as it stands in a paper: unknown in words, names hidden, Markdown's signs escaped."""
    if value is None:
        return not_computed()
    if isinstance(value, int | float):
        return up_to(value)
    told = " ".join(anonymous.text(str(value)).split())
    if isinstance(value, Code):
        return f"`{told.replace('`', '')}`"
    parts = told.split("`")  # every second one is code, as in our own texts
    return "".join(
        f"`{part}`" if at % 2 and at < len(parts) - 1 else _MARKDOWN.sub(r"\\\1", part)
        for at, part in enumerate(parts)
    )


def _common(basis: Basis) -> dict[str, Any]:
    case, problem = basis.case, basis.case.problem
    stored = basis.result
    run = stored.result.run if stored else None
    used = run.versions if run else versions()
    file = Path(case.source or "scenario.yaml").name
    result = Path(stored.source).name if stored else "result.json"
    return {
        "name": case.scenario.name,
        "date": date(basis.day),
        "draft": draft_lines(case.drafts),
        "sha256": basis.variant.sha256,
        "versions": ", ".join(f"{name} {text}" for name, text in used.items() if text),
        "horizon": horizon_text(problem),
        "conditions": conditions(problem),
        "check_line": Code(f"turnus check {shlex.quote(file)} --proof {shlex.quote(result)}"),
        "solve_line": Code(_solve_line(file, basis)),
        "has_result": stored is not None,
        "claim": basis.claim,
        "most": ngettext("{n} full-time post", "{n} full-time posts", basis.claim.at_most or 0).format(
            n=up_to(basis.claim.at_most or 0)
        ),
        "rechecked": run is not None and all(one.checked != NOT_RECHECKED for one in run.proof),
        "unverified": unverified_rules(case),
    }


def _solve_line(file: str, basis: Basis) -> str:
    run = basis.result.result.run if basis.result else None
    parts = ["turnus", "solve", shlex.quote(file)]
    if run is not None:
        limit = ["--effort", str(run.effort)] if run.effort is not None else []
        parts += ["--seed", str(run.seed), "--workers", str(run.workers), *limit]
    return " ".join((*parts, "--out", "result"))


def _need(basis: Basis) -> dict[str, Any]:
    case, claim = basis.case, basis.claim
    arithmetic = weekend_arithmetic(case.problem, case.rules)
    levers = lever_lines(basis.variant, basis.stored, basis.runs, claim)
    posts = case.scenario.open_posts
    budget = case.scenario.budget
    return {
        "demand": [_demand_line(one, case) for one in case.scenario.demand],
        "budget": None if budget is None else budget.fte,
        "smallest": percent(posts.smallest_size, 2) if posts else None,
        "mean_size": None if claim.mean_size is None else percent(claim.mean_size),
        "uncovered": None if claim.uncovered_minutes is None else hours(claim.uncovered_minutes),
        "weekend": None if arithmetic is None else weekend_sentence(arithmetic),
        "part_time": PartTime.of(case.scenario),
        "computed": [line for line in levers if line.known],
        "not_computed": not_computed_levers(levers),
        "alternatives": [(one.name, claim_of(one.result)) for one in basis.others],
    }


def _demand_line(one: Any, case: Case) -> tuple[str, str, str, str]:
    when = f"{one.begins}–{one.ends}" if one.begins else ", ".join(one.shifts or ())
    names = {key: part.name or key for key, part in case.scenario.competences.items()}
    inside = "; ".join(f"{names[key]}: {needed_in_words(need)}" for key, need in one.of_which.items())
    return one.block, when, needed_in_words(one.need), inside or "–"


def _agreements(basis: Basis) -> dict[str, Any]:
    return {"values": value_lines(basis.case), "agreements": agreements(basis.case)}


@dataclass(frozen=True)
class LoadLine:
    """What the posts carry of one thing: from least to most, and how many posts have the most."""

    title: str
    least: str | None = None
    mean: str | None = None
    most: str | None = None
    posts: str | None = None


def _soundness(basis: Basis) -> dict[str, Any]:
    today = [basis.result] if basis.result else []
    spread = {line["load"]: line for line in entries(spread_frame(loads_frame(today)))} if today else {}
    loads = [_load_line(name, spread.get(name)) for name in LOADS]
    days = basis.case.problem.days
    audited = basis.result.result.audit if basis.result else None
    return {
        "weeks": days // WEEK_DAYS,
        "loads": loads,
        "posts": None if not today else len(today[0].result.posts),
        "audit": audited,
        "values": value_lines(basis.case),
    }


def _load_line(name: str, line: Any) -> LoadLine:
    title = measure_title(name)
    if line is None:
        return LoadLine(title)
    posts = up_to(line["distribution"][int(line["most"])]) if line["most"] else "–"
    return LoadLine(title, up_to(line["least"]), up_to(line["mean"], 1), up_to(line["most"]), posts)


def _protocol(basis: Basis) -> dict[str, Any]:
    missing = [line for line in value_lines(basis.case) if line.listed is None]
    return {"missing": missing, "alternatives": [(one.letter, one.name) for one in relettered(basis.stored)]}


def _comparison(basis: Basis) -> dict[str, Any]:
    found = relettered(basis.stored)
    shown = tables(compare(found)) if len(found) > 1 else []
    return {
        "alternatives": [(one.letter, one.name, one.result.scenario.sha256[:12]) for one in found],
        "tables": [table for table in shown if table.id in COMPARED],
    }


_FACTS: dict[Kind, Callable[[Basis], dict[str, Any]]] = {
    "need": _need,
    "agreements": _agreements,
    "soundness": _soundness,
    "protocol": _protocol,
    "comparison": _comparison,
}
