"""A deck as one HTML page to print: a card on each sheet, with this unit's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from turnus.dialogue.alternatives import Alternative, named_apart
from turnus.dialogue.cards import Figures, figures, not_computed
from turnus.dialogue.compare_page import source_text
from turnus.dialogue.decks import Card, Deck, said
from turnus.dialogue.rule_tables import draft_lines
from turnus.formats.json import write_whole
from turnus.formats.pages import style, template
from turnus.result import rulebook
from turnus.result.document import versions
from turnus.texts import _, language

Paper = Literal["a5", "a4"]
PAPERS: tuple[Paper, ...] = ("a5", "a4")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One card in the language in use, with its place in the deck."""

    id: str
    number: int
    of: int
    title: str
    about: str
    lever: str
    question: str
    ask: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class ShownDeck:
    """A deck in the language in use, with this unit's figures."""

    id: str
    title: str
    intro: str
    sheets: tuple[Sheet, ...]


def write_cards(path: Path, decks: Sequence[Deck], runs: Sequence[Alternative], paper: Paper = "a5") -> None:
    """Write the page, whole or not at all."""
    write_whole(path, cards_html(decks, runs, paper).encode("utf-8"))


def cards_html(decks: Sequence[Deck], runs: Sequence[Alternative], paper: Paper = "a5") -> str:
    """Return the cards of some decks in the language in use; the first run is how it is today."""
    runs, strangers = _of_one_unit(runs)
    text: str = template("cards.html").render(
        _=_,
        language=language(),
        version=versions()["turnus"],
        style=style("report.css", "cards.css"),
        name=_("Discussion cards"),
        subtitle=_unit(runs[0]) if runs else "",
        draft=draft_lines(runs),
        draft_title=rulebook.draft_title(),
        paper=paper,
        unknown=not_computed(),
        decks=[shown_deck(deck, runs) for deck in decks],
        sources=[(one.name, source_text(one)) for one in runs],
        strangers=[one.name for one in strangers],
    )
    return text


def _of_one_unit(runs: Sequence[Alternative]) -> tuple[list[Alternative], list[Alternative]]:
    """Return the runs of the first run's unit, and those of other units, whose figures say nothing here."""
    ours = [one for one in runs if one.loaded is None or _unit(one) in ("", _unit(runs[0]))]
    return named_apart(ours), [one for one in runs if one not in ours]


def _unit(one: Alternative) -> str:
    return one.loaded.scenario.unit if one.loaded is not None else ""


def shown_deck(deck: Deck, runs: Sequence[Alternative]) -> ShownDeck:
    """Return a deck with figures; the first run is how it is today."""
    sheets = (_sheet(card, index, len(deck.cards), runs) for index, card in enumerate(deck.cards, start=1))
    return ShownDeck(deck.id, said(deck.title), said(deck.intro), tuple(sheets))


def _sheet(card: Card, number: int, of: int, runs: Sequence[Alternative]) -> Sheet:
    return Sheet(
        id=card.id,
        number=number,
        of=of,
        title=said(card.title),
        about=said(card.about),
        lever=f"`turnus lever {card.lever}`" if card.lever else "",
        question=said(card.question),
        ask=tuple(said(text) for text in card.ask),
        figures=figures(card, runs),
    )
