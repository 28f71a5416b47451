"""Levers that may be for some of the staff alone: whom they are for, and what they say of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, WithJsonSchema

from turnus.dialogue.lever import Lever
from turnus.dialogue.variant import Variant
from turnus.texts import N_, _, ngettext, number

Names = tuple[str, ...]
People = Annotated[
    Annotated[Names, Field(min_length=1)] | None,
    WithJsonSchema({"type": "string", "examples": ["[Ada, Bo]"], "default": None}),
]


class ForSome(Lever):
    """A lever that is for everybody, or for some of the staff by name."""

    people: People = Field(
        None, description=N_("Names of those of the staff it is for; everybody when left out.")
    )

    def asked(self, variant: Variant) -> list[str]:
        """Return whom of the staff it could be for, those with the largest posts first."""
        return by_size(variant)

    def only_for(self, names: Names) -> ForSome:
        """Return the same lever for some of the staff alone."""
        return self.model_copy(update={"people": names})

    def nobody(self, variant: Variant) -> str:
        """Return that somebody it is for is not of the staff; empty where all are."""
        known = {person.name for person in variant.loaded.scenario.staff}
        unknown = [name for name in self.people or () if name not in known]
        return _("found nobody of the staff called {name}").format(name=unknown[0]) if unknown else ""

    def for_whom(self) -> str:
        """Return for how many people it is; empty where it is for everybody."""
        if self.people is None:
            return ""
        n = len(self.people)
        return ngettext("for {n} person", "for {n} people", n).format(n=number(n))


def by_size(variant: Variant) -> list[str]:
    """Return everybody of the staff, those with the largest posts first."""
    return [one.name for one in sorted(variant.loaded.scenario.staff, key=lambda one: -one.size)]
