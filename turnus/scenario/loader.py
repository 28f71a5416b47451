"""A scenario file read, overridden, checked and hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from turnus.errors import Finding, InputError, Path
from turnus.scenario.document import MOST_BYTES, read_document
from turnus.scenario.messages import findings_of, named_after_override
from turnus.scenario.models import MOST_STAFF, Scenario
from turnus.scenario.nodes import Node, Place, nodes_of
from turnus.scenario.overrides import apply_overrides
from turnus.texts import _, os_reason


@dataclass(frozen=True)
class Loaded:
    """A scenario, the hash of its content, the file's name as given, and where each value stands."""

    scenario: Scenario
    sha256: str
    source: str
    root: Node

    def place(self, path: Path) -> Place:
        """Return line and column of a path, counted from 1; of its parent where the key is missing."""
        return self.root.place(path)

    def located(self, finding: Finding, *, key: bool = False) -> Finding:
        """Return the finding with its place in the file, and with the override named that caused it.

        With `key` it is about the key at the end of its path, and not about the key's value.
        """
        place = self.root.key_place if key else self.root.place
        return named_after_override(finding.at(*place(finding.path)), self.root)


def load_scenario(path: FilePath, overrides: Sequence[str] = ()) -> Loaded:
    """Return a scenario file (.yaml, .yml or .json), with `--set` overrides applied before it is checked.

    Raises
    ------
    InputError
        With every mistake, each with line and column: unreadable, broken, or refused by the models.
    """
    source = str(path)
    try:
        root = read_document(_bytes_of(path), is_json=path.suffix.lower() == ".json")
        root = apply_overrides(root, overrides)
    except InputError as error:
        raise InputError(error.findings, source) from None
    return _checked(root, source)


def read_scenario(
    text: str | bytes, overrides: Sequence[str] = (), source: str = "", *, is_json: bool = False
) -> Loaded:
    """Return the scenario in a YAML or JSON text, or in its bytes as they came; see `load_scenario`."""
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        root = apply_overrides(read_document(raw, is_json=is_json), overrides)
    except InputError as error:
        raise InputError(error.findings, source) from None
    return _checked(root, source)


def scenario_of(data: Mapping[str, Any], source: str = "") -> Loaded:
    """Return the scenario in plain data, such as `Loaded.root.plain()` gives; nothing in it has a place.

    Raises
    ------
    InputError
        With every mistake, as `load_scenario`.
    """
    return _checked(nodes_of(data), source)


def overridden(loaded: Loaded, overrides: Sequence[str]) -> Loaded:
    """Return a scenario with more `--set` overrides, checked again; raises as `load_scenario` does."""
    try:
        root = apply_overrides(loaded.root, overrides)
    except InputError as error:
        raise InputError(error.findings, loaded.source) from None
    return _checked(root, loaded.source)


def content_sha256(scenario: Scenario) -> str:
    """Return the SHA-256 of what a scenario says, in hex.

    Comments, layout, quotes and the order of keys do not change it, nor does 24 for 24.0. The order of
    competences and of lists does, because it decides in which order turnus looks at them.
    """
    content = scenario.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if "competences" in content:
        content["competences"] = list(content["competences"].items())
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> Any:
    return str(value)


def _checked(root: Node, source: str) -> Loaded:
    _refuse_long_staff(root, source)
    try:
        scenario = Scenario.model_validate(root.plain())
    except ValidationError as error:
        raise InputError(findings_of(error.errors(), root, Scenario), source) from None
    return Loaded(scenario, content_sha256(scenario), source, root)


def _refuse_long_staff(root: Node, source: str) -> None:
    """Refuse a staff list that is too long before any person in it is looked at."""
    staff = root.child("staff")
    people = staff.value if staff is not None else None
    if not isinstance(people, list) or len(people) <= MOST_STAFF:
        return
    finding = Finding(
        ("staff",),
        _("expected at most {most} people in one unit").format(most=MOST_STAFF),
        _("found {n}").format(n=len(people)),
        _("Split the staff into units, one file for each."),
        *root.key_place(("staff",)),
    )
    raise InputError([named_after_override(finding, root)], source)


def _bytes_of(path: FilePath) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            [
                Finding(
                    (),
                    _("expected a scenario file"),
                    _("found {value}").format(value=os_reason(error)),
                    _("Check the name, or start with turnus new nursing-home-ward."),
                )
            ]
        ) from None
