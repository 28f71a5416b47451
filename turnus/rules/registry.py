"""Every rule: the packages of rules are walked, so that a file in one of them is a rule of turnus."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from turnus.rules import agreed, health, law, structure
from turnus.rules.base import Rule

#: The packages, in the order in which a reader wants them: what the law says comes first.
PACKAGES: tuple[ModuleType, ...] = (law, agreed, health, structure)


def _rules_in(package: ModuleType) -> Iterator[type[Rule]]:
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        module = import_module(found.name)
        for _name, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, Rule) and member.__module__ == module.__name__ and "id" in vars(member):
                yield member


def group_of(rule: type[Rule]) -> str:
    """Return the name of the package that a rule stands in: `law`, `agreed`, `health` or `structure`."""
    return rule.__module__.split(".")[-2]


#: Every rule, sorted by its id.
RULES: tuple[type[Rule], ...] = tuple(
    sorted((rule for package in PACKAGES for rule in _rules_in(package)), key=lambda rule: rule.id)
)
