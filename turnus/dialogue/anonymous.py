"""Texts for others to read, in which nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from turnus.scenario import Scenario
from turnus.texts import _


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
        return told
