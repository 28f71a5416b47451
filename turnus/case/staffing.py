"""Demand that nobody can meet: no shift there, nobody competent, or a rule that leaves nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from turnus.case.usable import Cell, Usable
from turnus.clock import show_clock, show_end
from turnus.errors import Finding, Path
from turnus.problem import Problem, Row
from turnus.scenario import Scenario
from turnus.texts import _, ngettext


@dataclass(frozen=True)
class Staffing:
    """Demand without a shift, demand that is proven unmet, and demand that this staff cannot meet."""

    errors: list[Finding] = field(default_factory=list)
    impossible: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def demand_findings(scenario: Scenario, problem: Problem, usable: Sequence[Usable]) -> Staffing:
    """Return what is wrong with demand, one finding for each block, competence and cause."""
    found = Staffing()
    blocks = [block.block for block in scenario.demand]
    causes: dict[tuple[str, str, int | None], list[Row]] = {}
    for row in problem.rows:
        cause = _cause(problem, row, usable) if row.need else None
        if cause is not None:
            causes.setdefault((cause, row.block, row.competence), []).append(row)
    for (cause, block, competence), rows in causes.items():
        if competence is not None and (cause, block, None) in causes:
            continue  # said for everybody already
        name = None if competence is None else problem.competences[competence]
        path: Path = ("demand", blocks.index(block), *(("of_which", name) if name else ("need",)))
        finding = _FINDINGS[cause](path, problem, rows, name)
        places = {"shift": found.errors, "people": found.notes, "history": found.notes}
        places.get(cause, found.impossible).append(finding)
    return found


def _cause(problem: Problem, row: Row, usable: Sequence[Usable]) -> str | None:
    """Return why nobody can be there, as a key of `_FINDINGS`; None when somebody can."""
    if not row.cells:
        return "history" if row.day == 0 and not problem.cyclic else "shift"
    able = [one for one in usable if one.post.competence in row.workers and one.post.at_most]
    if _anybody(row.cells, [one.left for one in able]):
        return None
    if _anybody(row.cells, [one.without_weekend_rule for one in able]):
        return "weekend"
    return "people" if _anybody(row.cells, [one.open for one in able]) else "competence"


def _anybody(cells: frozenset[Cell], usable: Sequence[frozenset[Cell]]) -> bool:
    return any(not cells.isdisjoint(some) for some in usable)


def _when(problem: Problem, rows: Sequence[Row]) -> str:
    days = sorted({row.day for row in rows})
    first = _("{day} {begins}–{ends}").format(
        day=problem.day_name(days[0]), begins=show_clock(rows[0].begins), ends=show_end(rows[0].ends)
    )
    more = len(days) - 1
    if not more:
        return first
    others = ngettext("and {n} other day", "and {n} other days", more).format(n=more)
    return f"{first} {others}"


def _no_shift(path: Path, problem: Problem, rows: Sequence[Row], name: str | None) -> Finding:
    del name
    return Finding(
        path[:2],
        _("expected a shift that lasts throughout the time of the block"),
        _("found none on {when}").format(when=_when(problem, rows)),
        _("Add a shift for that time, cut the block where shifts change, or raise handover.at_most."),
    )


def _no_competence(path: Path, problem: Problem, rows: Sequence[Row], name: str | None) -> Finding:
    return Finding(
        path,
        _("expected somebody of {name} for {when}").format(
            name=name or _("any competence"), when=_when(problem, rows)
        ),
        _("found nobody who may work the shifts there"),
        _("Add staff or open posts of the competence, let another cover it, or open the shift to it."),
    )


def _weekend(path: Path, problem: Problem, rows: Sequence[Row], name: str | None) -> Finding:
    return Finding(
        path,
        _("expected somebody{of} on {when}").format(
            of=_(" of {name}").format(name=name) if name else "", when=_when(problem, rows)
        ),
        ngettext(
            "found that the weekend rule leaves nobody in {n} week",
            "found that the weekend rule leaves nobody in {n} weeks",
            problem.weeks,
        ).format(n=problem.weeks),
        _("Choose a horizon of at least as many weeks as the rule looks at, or change the frequency."),
    )


def _nobody_there(path: Path, problem: Problem, rows: Sequence[Row], name: str | None) -> Finding:
    del name
    return Finding(
        path,
        _("expected somebody for {when}").format(when=_when(problem, rows)),
        _("found that leave, forbidden shifts, fixed days off and rules leave nobody"),
        _("That time will stay uncovered; open posts or other staff could fill it."),
    )


def _not_known(path: Path, problem: Problem, rows: Sequence[Row], name: str | None) -> Finding:
    del name
    return Finding(
        path,
        _("expected history that says who works on {when}").format(when=_when(problem, rows)),
        _("found too few who started the day before"),
        _("Add the last shift of those who work into the plan; until then that time counts as uncovered."),
    )


_FINDINGS: dict[str, Callable[[Path, Problem, Sequence[Row], str | None], Finding]] = {
    "shift": _no_shift,
    "history": _not_known,
    "competence": _no_competence,
    "weekend": _weekend,
    "people": _nobody_there,
}
