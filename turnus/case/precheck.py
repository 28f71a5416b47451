"""What arithmetic alone can say before anything is solved: mistakes, impossibilities and things to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from turnus.case.pins import pin_conflicts, pin_errors
from turnus.case.reach import Totals, totals
from turnus.case.staffing import demand_findings
from turnus.case.usable import Usable, most_weekends
from turnus.case.weekends import short_weekend_days
from turnus.errors import Finding, Path
from turnus.problem import FULL_TIME, Problem
from turnus.problem.references import overlapping_blocks, paid_minutes_by_competence
from turnus.rules import Rule
from turnus.rules.kinds import WeekEvents
from turnus.scenario import Scenario
from turnus.texts import _, hours, percent, up_to


@dataclass(frozen=True)
class Precheck:
    """What was found: bad input, proven impossibilities, notes, and the sizes that can be reached.

    `reachable_sizes` has one entry for each class of posts, in hundredths of a percent.
    """

    errors: tuple[Finding, ...]
    impossible: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    reachable_sizes: tuple[tuple[int, ...], ...]

    def reduced(self, problem: Problem) -> Problem:
        """Return the problem with only the reachable sizes in its classes of posts."""
        pairs = zip(problem.classes, self.reachable_sizes, strict=True)
        return replace(problem, classes=tuple(replace(post, sizes=sizes) for post, sizes in pairs))


def precheck(scenario: Scenario, problem: Problem, rules: Sequence[Rule]) -> Precheck:
    """Return what the numbers of a case say by themselves; nothing is solved."""
    usable = [Usable.of(problem, rules, post) for post in problem.classes]
    errors: list[Finding] = []
    impossible: list[Finding] = []
    notes = [*overlapping_blocks(scenario), *_cycle(problem, usable), *_budget(scenario, problem)]
    sizes = []
    for at, one in enumerate(usable):
        if one.post.named:
            errors += pin_errors(scenario, one, at)
            impossible += pin_conflicts(scenario, one, at)
        errors += _no_shift(one, at)
        reachable, wrong, told = _reachable(one, at)
        sizes.append(reachable)
        errors += wrong
        notes += told
    notes += short_weekend_days(problem, usable)
    staffing = demand_findings(scenario, problem, usable)
    return Precheck(
        (*errors, *staffing.errors),
        (*impossible, *staffing.impossible),
        (*notes, *staffing.notes),
        tuple(sizes),
    )


def _place(one: Usable, at: int, key: str) -> Path:
    return ("staff", at, key) if one.post.named else ("open_posts", key)


def _no_shift(one: Usable, at: int) -> Iterator[Finding]:
    """Yield the finding for people, or open posts, without a single shift that they may work."""
    if one.left or one.away_throughout:
        return
    competence = one.problem.competences[one.post.competence]
    if not one.open:
        found = _("found none open to {competence}").format(competence=competence)
        hint = _("Open a shift to the competence, or let the person accept long shifts.")
    elif not one.free:
        found = _("found none that leave, fixed days off and forbidden shifts leave over")
        hint = _("Shorten what is forbidden, or register the absence as leave.")
    else:
        found = _("found none that the rules leave over")
        hint = _("Change a rule's value; turnus rules explains each.")
    key = "forbidden" if one.open else "competence"
    yield Finding(
        _place(one, at, key if one.post.named else "competences"),
        _("expected at least one shift for {who}").format(who=one.post.person or competence),
        found,
        hint,
    )


def _reachable(one: Usable, at: int) -> tuple[tuple[int, ...], list[Finding], list[Finding]]:
    """Return the reachable sizes of a class, the error when there is none, and a note on those left out."""
    if not one.left and not one.away_throughout:
        return one.post.sizes, [], []  # told by `_no_shift`
    sums, days = totals(one), one.problem.days
    sizes = tuple(size for size in one.post.sizes if sums.between(*one.post.window(size, days)))
    dropped = [size for size in one.post.sizes if size not in sizes]
    if not dropped:
        return sizes, [], []
    finding = Finding(
        _place(one, at, "size" if one.post.named else "sizes"),
        _("expected shifts that add up to the hours of the post, at most {under} less or {over} more").format(
            under=hours(one.post.under_minutes, 2), over=hours(one.post.over_minutes, 2)
        ),
        _("found no such sum for {who}: {sizes}").format(
            who=one.post.person or one.problem.competence_names[one.post.competence],
            sizes="; ".join(_nearest(one, sums, size) for size in dropped),
        ),
        _("Widen hours.under or hours.over, or choose other sizes.")
        if not sizes
        else _("These sizes are left out; a wider hours.under or hours.over would keep them."),
    )
    return (sizes, [], [finding]) if sizes else (one.post.sizes, [finding], [])


def _nearest(one: Usable, sums: Totals, size: int) -> str:
    """Return `14 % is 29,82 t, nearest 29,25 t and 30 t`."""
    known = [total for total in sums.nearest(*one.post.window(size, one.problem.days)) if total is not None]
    return _("{size} is {exact}, nearest {totals}").format(
        size=percent(size / 100),
        exact=_hours_of(one, size),
        totals=_(" and ").join(hours(total, 2) for total in known) or _("none"),
    )


def _hours_of(one: Usable, size: int) -> str:
    """Return the hours of a post of a size; from the fewest to the most where the line converts them."""
    weeks = one.post.weeks(size, one.problem.days)
    fewest, most = (hours(float(week * weeks), 2) for week in one.post.full_weeks)
    return fewest if fewest == most else f"{fewest}–{most}"


def _cycle(problem: Problem, usable: Sequence[Usable]) -> Iterator[Finding]:
    """Yield a note for each weekend frequency that a whole cycle cannot follow exactly."""
    kinds = {kind for one in usable for kind in _limiting(problem, one)}
    for kind in sorted(kinds, key=lambda kind: (kind.of_weeks, kind.most)):
        if not problem.cyclic or (problem.weeks * kind.most) % kind.of_weeks == 0:
            continue
        yield Finding(
            ("horizon", "weeks"),
            _("expected a number of weeks that {most} of {weeks} weekends divides evenly").format(
                most=kind.most, weeks=kind.of_weeks
            ),
            _("found {weeks} weeks, so that at most {n} weekends of {weeks} are worked").format(
                weeks=problem.weeks, n=most_weekends(problem, kind)
            ),
            _("A multiple of {weeks} weeks uses the rule to the full.").format(weeks=kind.of_weeks),
        )


def _limiting(problem: Problem, one: Usable) -> Iterator[WeekEvents]:
    """Yield the limits on weekends of a class that no narrower one of them outdoes."""
    kinds = list(dict.fromkeys(kind for _rule, kind in one.kinds if isinstance(kind, WeekEvents)))
    for at, kind in enumerate(kinds):
        most = most_weekends(problem, kind)
        others = (
            (most_weekends(problem, other), place)
            for place, other in enumerate(kinds)
            if place != at and other.cells >= kind.cells
        )
        if not any(narrower < (most, at) for narrower in others):
            yield kind


def _budget(scenario: Scenario, problem: Problem) -> Iterator[Finding]:
    """Yield notes on a budget that cannot pay the demand, and on wishes that no budget is there for."""
    full_week = max(post.full_week_minutes for post in problem.classes)
    needed = paid_minutes_by_competence(problem.rows, problem.shifts).get(None, 0.0)
    fte = problem.budget.total / FULL_TIME
    over = max(post.over_minutes for post in problem.classes)
    if needed > fte * full_week * problem.weeks and not over:
        yield Finding(
            ("budget", "fte") if scenario.budget else ("staff",),
            _("expected at least {fte} FTE to pay the whole demand").format(
                fte=up_to(needed / (full_week * problem.weeks))
            ),
            _("found {fte} FTE").format(fte=up_to(fte)),
            _("Some demand will stay uncovered; the result says where."),
        )
    if scenario.budget is None and any(post.wished > post.size for post in problem.classes):
        yield Finding(
            ("staff",),
            _("expected a budget, because somebody wishes a larger post"),
            _("found none, so that the staff's present sum counts"),
            _("Give budget.fte to let posts grow."),
        )
