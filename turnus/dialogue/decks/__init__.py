"""Decks of discussion cards: questions in our own words, one file for each deck, in three languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from turnus.dialogue.lever_registry import LEVERS
from turnus.errors import Finding, InputError
from turnus.scenario.document import read_document
from turnus.scenario.messages import findings_of, suggestion
from turnus.texts import LANGUAGES, _, language, os_reason

#: The decks that come with turnus, in the order in which they are offered.
DECKS = ("competence", "organisation", "together", "values", "absence")
#: What a card may show: goals and the heltid vector by their ids, and what each post carries.
Measure = Literal[
    "uncovered", "full_time_posts", "full_time_share", "fewest_heads", "mean_size", "largest_smallest_size",
    "fewest_part_time", "below_20", "below_50", "below_80", "fte", "planned_fte", "wish_more",
    "wish_more_granted", "wish_more_unmet", "changed_days", "wishes", "health", "fairness", "weekends_worked",
    "nights_worked", "evenings_worked", "long_shifts_worked", "quick_returns", "longest_run",
]  # fmt: skip

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]


def _group_or_single(value: object) -> str:
    return "group of keys" if isinstance(value, Mapping) else "single value"


#: A text for every language, or one for each.
Text = Annotated[
    Annotated[Sentence, Tag("single value")]
    | Annotated[
        Annotated[dict[Literal["nb", "nn", "en"], Sentence], Field(min_length=1)], Tag("group of keys")
    ],
    Discriminator(_group_or_single),
]


class Model(BaseModel):
    """Base of every part of a deck: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Card(Model):
    """One card: a question, what it is about, and the figures that belong beside it.

    A run belongs on the card when its scenario differs from the first run's at one of the paths in
    `touches` (`*` stands for anything); `along` may differ with them. Without `touches` the card is about
    an indicator, and every run belongs on it.
    """

    id: Id
    title: Text = Field(description="What the card is called.")
    lever: str | None = Field(None, description="Id of the lever that the card is about.")
    about: Text = Field(description="The lever or indicator that the card is about.")
    question: Text = Field(description="The question that the meeting talks about.")
    ask: Annotated[tuple[Text, ...], Field(max_length=4)] = Field((), description="Questions to go on with.")
    show: Annotated[tuple[Measure, ...], Field(max_length=6)] = Field((), description="Measures to show.")
    touches: tuple[str, ...] = Field((), description="Paths of the scenario that the lever changes.")
    along: tuple[str, ...] = Field((), description="Paths that may change together with them.")
    per: Literal["adapted_lines", "absence"] | None = Field(
        None, description="Tell full-time posts gained for each adapted line, or against absence."
    )


class Deck(Model):
    """A deck of cards for one discussion."""

    deck: Literal[1] = Field(description="Version of this file format.")
    id: Id
    title: Text
    intro: Text
    cards: Annotated[tuple[Card, ...], Field(min_length=1, max_length=60)]


def said(text: Text) -> str:
    """Return a text in the language in use; in the next best that it has when it has not that one."""
    if isinstance(text, str):
        return text
    by_code = {str(code): told for code, told in text.items()}
    return next(told for code in (language(), *LANGUAGES) if (told := by_code.get(code)))


def load_deck(name: str) -> Deck:
    """Return a deck that comes with turnus, by its name, or one of your own, by its file.

    Raises
    ------
    InputError
        When there is none, with every mistake in the file and its line and column.
    """
    if name in DECKS:
        return _deck((files(__name__) / f"{name}.yaml").read_bytes(), name)
    path = Path(name)
    try:
        return _deck(path.read_bytes(), name)
    except OSError as error:
        finding = Finding(
            (),
            _("expected a deck ({decks}) or the file of one").format(decks=", ".join(DECKS)),
            _("found {value}").format(value=os_reason(error)),
            suggestion(name, DECKS) or _("Check the name of the file."),
        )
        raise InputError([finding], name) from None


def _deck(raw: bytes, source: str) -> Deck:
    try:
        root = read_document(raw)
    except InputError as error:
        raise InputError(error.findings, source) from None
    try:
        deck = Deck.model_validate(root.plain())
    except ValidationError as error:
        raise InputError(findings_of(error.errors(), root, Deck), source) from None
    wrong = [finding.at(*root.place(finding.path)) for finding in (*_twice(deck), *_no_lever(deck))]
    if wrong:
        raise InputError(wrong, source)
    return deck


def _twice(deck: Deck) -> Iterator[Finding]:
    """Yield each card whose id another card has already."""
    seen: set[str] = set()
    for index, card in enumerate(deck.cards):
        if card.id in seen:
            found = _("found {value}").format(value=card.id)
            yield Finding(
                ("cards", index, "id"), _("expected each card once"), found, _("Choose another name.")
            )
        seen.add(card.id)


def _no_lever(deck: Deck) -> Iterator[Finding]:
    """Yield each card about a lever that there is not."""
    for index, card in enumerate(deck.cards):
        if card.lever is not None and card.lever not in LEVERS:
            found = _("found {value}").format(value=card.lever)
            hint = suggestion(card.lever, list(LEVERS)) or _("`turnus lever` lists them all.")
            yield Finding(("cards", index, "lever"), _("expected the id of a lever"), found, hint)
