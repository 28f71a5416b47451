"""Texts for others to read, in which nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from turnus.scenario import Scenario
from turnus.texts import _, ngettext

T = TypeVar("T")


@dataclass(frozen=True)
class Anonymous:
    """Says `an employee` for each of some names, wherever a text of the scenario holds one."""

    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, scenarios: Iterable[Scenario]) -> Anonymous:
        """Return what hides the staff of some scenarios."""
        names = {person.name for scenario in scenarios for person in scenario.staff}
        return cls(tuple(sorted(names, key=lambda name: (-len(name), name))))

    def text(self, told: str) -> str:
        """Return a text without the names."""
        for name in self.names:  # longer ones first: `Kari N.` before `Kari`
            if name in told:
                told = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _found: _("an employee"), told)
        return _counted(told)

    def all(self, told: T) -> T:
        """Return the same, a table for instance, with every text in it without the names."""
        return cast("T", self._all(told))

    def _all(self, told: Any) -> Any:
        if isinstance(told, str):
            return self.text(told)
        if isinstance(told, tuple | list):
            return type(told)(self._all(one) for one in told)
        if is_dataclass(told) and not isinstance(told, type):
            return replace(told, **{one.name: self._all(getattr(told, one.name)) for one in fields(told)})
        return told


def _counted(told: str) -> str:
    """Return a text in which a list of nameless people and how many more is one number: `6 employees`."""
    one = re.escape(_("an employee"))
    more = re.escape(_("and {n} more")).replace(re.escape("{n}"), r"(\d+)")

    def number_of(found: re.Match[str]) -> str:
        count = found[1].count(_("an employee")) + int(found[2])
        return ngettext("{n} employee", "{n} employees", count).format(n=count)

    return re.sub(rf"({one}(?:, {one})*) {more}", number_of, told)
