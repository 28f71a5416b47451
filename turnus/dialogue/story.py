"""A unit's whole story in the order in which people ask: how many, why, what would change it, what now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from turnus.dialogue.alternatives import relettered
from turnus.dialogue.arithmetic import Arithmetic, arithmetic
from turnus.dialogue.cards_page import Sheet, shown_deck
from turnus.dialogue.compare import compare
from turnus.dialogue.compare_tables import tables
from turnus.dialogue.decks import load_deck
from turnus.dialogue.explain import Explanation
from turnus.dialogue.explain_words import explanation_tables, question, reply
from turnus.dialogue.explain_words import lines as sentences_of
from turnus.dialogue.frontier import Frontier
from turnus.dialogue.frontier_tables import frontier_lead, frontier_picture, frontier_table
from turnus.dialogue.papers import Basis, paper
from turnus.dialogue.papers_facts import Claim
from turnus.dialogue.price import Prices
from turnus.dialogue.price_tables import price_lead, price_tables
from turnus.dialogue.tables import Table
from turnus.goals import PLAN_GOALS
from turnus.result import GoalValue
from turnus.result.summary import conditions
from turnus.result.task_words import TaskFacts, elsewhere_lines, task_facts
from turnus.result.words import amount, goal_title
from turnus.texts import _, hours, ngettext, percent, up_to

#: Tables of the comparison that name nobody, in reading order.
_COMPARED = ("measures", "scenarios", "coverage", "spread", "exceptions", "rules")
_DECKS = ("organisation", "competence", "together")
_MOST_CARDS = 6


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number of the start of the page, with what is known of it."""

    title: str
    value: str
    note: str
    proven: bool = False


@dataclass(frozen=True)
class Story:
    """Everything on the page, in words, with nobody named."""

    name: str
    lead: str
    figures: tuple[KeyFigure, ...]
    arithmetic: Arithmetic
    alternatives: tuple[tuple[str, str], ...]
    compared: tuple[Table, ...]
    price_lead: tuple[str, ...]
    prices: tuple[Table, ...]
    front_lead: tuple[str, ...]
    front: tuple[Table, ...]
    picture: str
    cards: tuple[Sheet, ...]
    statement: str
    why: tuple[str, ...] = ()
    why_tables: tuple[Table, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    tasks_elsewhere: tuple[str, ...] = ()
    open_goals: tuple[str, ...] = ()


def story(
    basis: Basis,
    prices: Prices | None = None,
    front: Frontier | None = None,
    explanation: Explanation | None = None,
    attempt: Explanation | None = None,
) -> Story:
    """Return the story of a unit; what nobody asked for, or was not reached, is None.

    `explanation` is why demand is not covered, `attempt` the first goal asked for at its unrefuted bound.
    """
    hidden = basis.anonymous
    found = relettered(basis.stored)
    goals = basis.result.result.goal_values if basis.result else ()
    shown = tables(compare(found)) if len(found) > 1 else []
    by_id = {table.id: table for table in shown}
    priced = [] if prices is None else price_tables(prices)[:1]
    return Story(
        name=hidden.text(basis.case.scenario.name),
        lead=_lead(basis),
        figures=tuple(_figures(basis.claim)),
        arithmetic=arithmetic(basis.case, goals),
        alternatives=tuple((one.letter, hidden.text(one.name)) for one in found),
        compared=tuple(hidden.all(_nameless(by_id[key])) for key in _COMPARED if key in by_id),
        price_lead=() if prices is None else _price_lead(prices),
        prices=tuple(hidden.all(table) for table in priced),
        front_lead=() if front is None else tuple(frontier_lead(front)),
        front=() if front is None else (hidden.all(frontier_table(front)),),
        picture="" if front is None or len(front.points) < 2 else frontier_picture(front),
        cards=tuple(hidden.all(one) for one in _cards(basis)),
        statement=paper("need", basis),
        why=() if explanation is None else tuple(hidden.text(one) for one in _why(explanation)),
        tasks=tuple(hidden.all(one) for one in task_facts(basis.case)),
        tasks_elsewhere=tuple(hidden.text(one) for one in elsewhere_lines(basis.case)),
        open_goals=() if attempt is None else tuple(hidden.text(one) for one in open_goals(goals, attempt)),
        why_tables=() if explanation is None else tuple(map(hidden.all, explanation_tables(explanation)[:2])),
    )


def unreached(goals: Sequence[GoalValue]) -> Iterator[GoalValue]:
    """Yield the goals that the posts decide whose value lies short of a bound that nothing refutes."""
    for goal in goals:
        if goal.id in PLAN_GOALS and None not in (goal.value, goal.bound) and goal.value != goal.bound:
            yield goal


def open_goals(goals: Sequence[GoalValue], attempt: Explanation) -> Iterator[str]:
    """Yield each goal that may be better than found, and what asking for the first one's bound gave."""
    for goal in unreached(goals):
        assert goal.value is not None
        assert goal.bound is not None
        told = _("{goal}: {value} found; that {bound} cannot be had is not proven.")
        yield told.format(
            goal=goal_title(goal.id), value=amount(goal.value, goal.unit), bound=amount(goal.bound, goal.unit)
        )
    yield f"{question(attempt)} {reply(attempt)}"


def _why(found: Explanation) -> list[str]:
    return [question(found), reply(found), *sentences_of(found)]


def _price_lead(prices: Prices) -> tuple[str, ...]:
    """Return what was tried; that more could be asked for is said below the table."""
    return tuple(price_lead(replace(prices, not_asked=())))


def _lead(basis: Basis) -> str:
    """Return how many full-time posts there can be and under which conditions, or that it is not proven."""
    claim, given = basis.claim, conditions(basis.case.problem)
    if claim.at_most is None:
        return _("How many full-time posts there can be with {conditions} is not proven.").format(
            conditions=given
        )
    most = _posts(claim.at_most)
    text = _("At most {bound} with {conditions}").format(bound=most, conditions=given)
    if claim.given:
        text += f" ({', '.join(claim.given)})"
    told = [f"{text}."]
    if claim.before_full_time:
        before = _("In the file this goes before full-time posts: {goals}. Without it there may be more.")
        told.append(before.format(goals=", ".join(claim.before_full_time)))
    return " ".join([*told, _reached(claim)])


def _reached(claim: Claim) -> str:
    if claim.full_time is None:
        return _("No rota was found.")
    if claim.reached:
        return _("The rota found has as many: there can be no more without changing a condition.")
    return _("The rota found has {n}: whether it can have more is not proven.").format(n=claim.full_time)


def _posts(count: int) -> str:
    return ngettext("{n} full-time post", "{n} full-time posts", count).format(n=up_to(count))


def _figures(claim: Claim) -> list[KeyFigure]:
    unknown, open_end = _("not computed"), _("not proven")
    most = open_end if claim.at_most is None else _("at most {n}").format(n=up_to(claim.at_most))
    least = claim.part_time_at_least
    part_time = open_end if least is None else _("at least {n}").format(n=up_to(least))

    def said(value: float | None) -> str:
        return unknown if value is None else up_to(value)

    mean = unknown if claim.mean_size is None else percent(claim.mean_size)
    missing = unknown if claim.uncovered_minutes is None else hours(claim.uncovered_minutes)
    return [
        KeyFigure(_("Full-time posts"), said(claim.full_time), most, claim.reached),
        KeyFigure(_("Part-time posts"), said(claim.part_time), part_time, least == claim.part_time),
        KeyFigure(_("Heads"), said(claim.heads), ""),
        KeyFigure(_("Mean size"), mean, ""),
        KeyFigure(_("Uncovered demand"), missing, ""),
    ]


def _nameless(table: Table) -> Table:
    """Return a table without the lines that are lists of people."""
    return replace(table, lines=tuple(line for line in table.lines if line.title != _("worst off")))


def _cards(basis: Basis) -> list[Sheet]:
    """Return the cards that stored runs say most about, a few of each deck at most."""
    found = relettered(basis.stored)
    sheets = [sheet for name in _DECKS for sheet in shown_deck(load_deck(name), found).sheets]
    sheets.sort(key=lambda one: -_told(one))
    return [_with_figures(one) for one in sheets[:_MOST_CARDS]]


def _with_figures(sheet: Sheet) -> Sheet:
    """Return a card without the columns in which nothing is computed."""
    unknown, shown = _("not computed"), sheet.figures
    known = [
        at == 0 or any(line.cells[at].text != unknown for line in shown.lines)
        for at in range(len(shown.columns))
    ]
    lines = (replace(line, cells=tuple(compress(line.cells, known))) for line in shown.lines)
    columns = tuple(compress(shown.columns, known))
    return replace(sheet, figures=replace(shown, columns=columns, lines=tuple(lines)))


def _told(sheet: Sheet) -> int:
    """Return how many figures on a card are computed, those of alternatives above all."""
    unknown = _("not computed")
    cells = [line.cells for line in sheet.figures.lines]
    others = sum(cell.text != unknown for line in cells for cell in line[1:])
    return 10 * others + sum(cell.text != unknown for line in cells for cell in line[:1])
