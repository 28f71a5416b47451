"""The FTE budget and the open posts: what must be there, what must fit, and what a missing budget could be.

Without a budget full-time posts are bought by over-staffing, and without one per competence by making
everybody a nurse. So both must be in the file; turnus proposes figures but never assumes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from turnus.errors import Finding, Path
from turnus.problem.conversion import longest_week
from turnus.problem.model import Row, Shift
from turnus.problem.references.words import unknown_competence
from turnus.scenario.messages import found
from turnus.scenario.models import Budget, CompetenceBudget, OpenPosts, Scenario
from turnus.texts import _, percent, up_to

_SHARE_STEP = 5


def budget_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with budget and open posts where they stand in the file."""
    known = list(scenario.competences)
    if scenario.open_posts is not None:
        yield from _open_posts(scenario.open_posts, known)
    if scenario.budget is None:
        return
    for name, part in scenario.budget.by_competence.items():
        path: Path = ("budget", "by_competence", name)
        yield from unknown_competence(path, name, known)
        if part.fte is None and part.share_percent is None:
            yield Finding(
                path, _("expected fte or share_percent"), _("found neither"),
                _("Give one of them, or take the competence out."),
            )  # fmt: skip
    yield from _present_staff(scenario, scenario.budget)


def _open_posts(posts: OpenPosts, known: list[str]) -> Iterator[Finding]:
    path: Path = ("open_posts",)
    if not posts.sizes:
        yield Finding(
            (*path, "sizes"), _("expected at least one size"), _("found an empty list"),
            _("Name sizes in percent, such as [50, 75, 100]."),
        )  # fmt: skip
    elif max(posts.sizes) < posts.smallest_size:
        yield Finding(
            (*path, "smallest_size"),
            _("expected at most the largest size, {size}").format(size=percent(max(posts.sizes))),
            found(posts.smallest_size),
            _("Lower smallest_size, or add a size that is large enough."),
        )
    if posts.competences == ():
        yield Finding(
            (*path, "competences"), _("expected at least one competence"), _("found an empty list"),
            _("Leave competences out for posts of every competence."),
        )  # fmt: skip
    for at, name in enumerate(posts.competences or ()):
        yield from unknown_competence((*path, "competences", at), name, known)


def _present_staff(scenario: Scenario, budget: Budget) -> Iterator[Finding]:
    """Yield a finding where the staff already have more than the budget: nobody's post is reduced."""
    held = _held(scenario)
    total = sum(held.values())
    if total > budget.fte + 1e-9:
        yield _too_small(("budget", "fte"), total, budget.fte)
    for name, part in budget.by_competence.items():
        most = _most(part, budget.fte)
        if most is not None and held.get(name, 0.0) > most + 1e-9:
            key = "fte" if part.fte is not None and most == part.fte else "share_percent"
            yield _too_small(("budget", "by_competence", name, key), held[name], most)


def _held(scenario: Scenario) -> dict[str, float]:
    """Return the FTE of each competence that named staff keep whatever happens."""
    held: dict[str, float] = {}
    for person in scenario.staff:
        least = min(person.size, person.wished_size or person.size)
        held[person.competence] = held.get(person.competence, 0.0) + least / 100
    return held


def _most(part: CompetenceBudget, total: float) -> float | None:
    limits = [] if part.fte is None else [part.fte]
    if part.share_percent is not None:
        limits.append(total * part.share_percent / 100)
    return min(limits) if limits else None


def _too_small(path: Path, held: float, most: float) -> Finding:
    return Finding(
        path,
        _("expected at least the {fte} FTE that the staff have").format(fte=up_to(held)),
        _("found {fte} FTE").format(fte=up_to(most)),
        _("Nobody's post is reduced against their wish; raise the budget."),
    )


def missing_budget(scenario: Scenario, rows: Sequence[Row], shifts: Sequence[Shift]) -> list[Finding]:
    """Return a finding with a proposed figure for each budget that open posts need and the file lacks.

    `rows` and `shifts` are the indexed demand, from which the figures come: hours of the headcount in
    full weeks, and the share of those hours asked of a competence, rounded up to 5 %.
    """
    posts = scenario.open_posts
    if posts is None:
        return []
    hours = paid_minutes_by_competence(rows, shifts)
    weeks = scenario.horizon.weeks
    least = hours.get(None, 0.0) / (weeks * longest_week(scenario.hours))
    findings = []
    if scenario.budget is None:
        proposal = up_to(max(math.ceil(least * 10 - 1e-9) / 10, 0.1), 1)
        findings.append(
            Finding(
                ("budget", "fte"), _("expected an FTE budget, because there are open posts"),
                _("found nothing"),
                _("The demand alone takes {fte} FTE; write budget: {{fte: {fte}}} or more.").format(
                    fte=proposal
                ),
            )
        )  # fmt: skip
    names = posts.competences or tuple(scenario.competences)
    return [*findings, *_missing_shares(scenario, names, hours)]


def _missing_shares(
    scenario: Scenario, names: Sequence[str], hours: dict[int | None, float]
) -> Iterator[Finding]:
    given = scenario.budget.by_competence if scenario.budget else {}
    order = list(scenario.competences)
    missing = [name for name in names if name not in given]
    missing.sort(key=lambda name: hours.get(order.index(name), 0.0))
    for name in missing[1:]:  # the competence that is asked for least may be what remains
        share = 100 * hours.get(order.index(name), 0.0) / max(hours.get(None, 0.0), 1.0)
        proposal = min(100, max(_SHARE_STEP, _SHARE_STEP * math.ceil(share / _SHARE_STEP - 1e-9)))
        yield Finding(
            ("budget", "by_competence", name),
            _("expected a budget for {name}, fte or share_percent").format(name=name),
            _("found nothing"),
            _(
                "The demand asks for {share} of the hours; write {name}: {{share_percent: {proposal}}}."
            ).format(share=percent(share), name=name, proposal=proposal),
        )


def paid_minutes_by_competence(rows: Sequence[Row], shifts: Sequence[Shift]) -> dict[int | None, float]:
    """Return the least paid minutes over the horizon that the demand takes, per competence; None is all.

    A minute of a row costs what its cheapest shift pays for each minute of demand that it covers, so
    that hand-over overlaps are paid but counted once. No rota covers the demand with less.
    """
    price = _price_of_cells([row for row in rows if row.competence is None], shifts)
    minutes: dict[int | None, float] = {}
    for row in rows:
        prices = [price[cell] for cell in row.cells if cell in price]
        cost = row.need * row.minutes * (min(prices) if prices else 1.0)
        minutes[row.competence] = minutes.get(row.competence, 0.0) + cost
    return minutes


def _price_of_cells(rows: Sequence[Row], shifts: Sequence[Shift]) -> dict[tuple[int, int], float]:
    covered: dict[tuple[int, int], int] = {}
    for row in rows:
        for cell in row.cells:
            covered[cell] = covered.get(cell, 0) + row.minutes
    return {cell: shifts[cell[1] - 1].minutes / minutes for cell, minutes in covered.items() if minutes}
