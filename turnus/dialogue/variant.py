"""A scenario or a change of one, checked like the file itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnus.case import Case, case_of
from turnus.errors import Finding, ImpossibleError
from turnus.rules import Reliance
from turnus.scenario import Loaded, load_scenario, overridden, scenario_of


@dataclass(frozen=True)
class Variant:
    """A named scenario with everything checked; make one with `of_file`, `with_sets` or `with_data`.

    `case` is None when arithmetic alone proves that no rota exists; `impossible` then says why. What is
    wrong with the scenario raises `InputError` while it is made. With `draft`, values that need an
    agreement which the file does not list are let through, and `needs` names them.
    """

    name: str
    loaded: Loaded
    case: Case | None
    impossible: tuple[Finding, ...] = ()
    draft: bool = False

    @classmethod
    def of_file(
        cls, path: Path, overrides: Sequence[str] = (), *, name: str = "", draft: bool = False
    ) -> Variant:
        """Return the scenario in a file, by its own name unless another is given."""
        return _variant(load_scenario(path, overrides), name, draft=draft)

    @property
    def sha256(self) -> str:
        """Return the hash of what the scenario says."""
        return self.loaded.sha256

    @property
    def data(self) -> dict[str, Any]:
        """Return the scenario as plain data, as the file has it; a copy to change freely."""
        data: dict[str, Any] = self.loaded.root.plain()
        return data

    @property
    def needs(self) -> tuple[Reliance, ...]:
        """Return the values whose agreement is missing: until it is there, this is a draft."""
        return () if self.case is None else self.case.drafts

    def with_sets(self, name: str, *overrides: str) -> Variant:
        """Return this scenario with `--set` overrides (`horizon.weeks=12`), as a draft."""
        return _variant(overridden(self.loaded, overrides), name, draft=True)

    def with_data(self, name: str, data: Mapping[str, Any]) -> Variant:
        """Return another scenario in this one's place, given as plain data, as a draft."""
        return _variant(scenario_of(data, self.loaded.source), name, draft=True)


def _variant(loaded: Loaded, name: str, *, draft: bool) -> Variant:
    name = name or loaded.scenario.name
    try:
        return Variant(name, loaded, case_of(loaded, draft=draft), draft=draft)
    except ImpossibleError as error:
        return Variant(name, loaded, None, error.findings, draft)
