"""Every lever: the folder `levers` is walked, so that a file in it is a lever of turnus."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from turnus.dialogue import levers
from turnus.dialogue.lever import Lever
from turnus.dialogue.variant import Variant
from turnus.errors import Finding, InputError
from turnus.scenario.messages import found, suggestion
from turnus.texts import _


def _found() -> Iterator[type[Lever]]:
    for module in iter_modules(levers.__path__, f"{levers.__name__}."):
        for _name, member in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(member, Lever) and member.__module__ == module.name and "id" in vars(member):
                yield member


#: Every lever by its id, sorted.
LEVERS: dict[str, type[Lever]] = {lever.id: lever for lever in sorted(_found(), key=lambda lever: lever.id)}


def lever_named(word: str) -> type[Lever]:
    """Return the lever with an id; InputError with the closest one when there is none."""
    if word in LEVERS:
        return LEVERS[word]
    hint = suggestion(word, list(LEVERS)) or _("`turnus lever` lists them all.")
    raise InputError([Finding((_("LEVER"),), _("expected the id of a lever"), found(word), hint)])


def single_steps(variant: Variant) -> list[Lever]:
    """Return every lever with the meaningful single steps from where a unit is, each to be pulled alone."""
    return [step for lever in LEVERS.values() for step in lever.steps(variant)]
