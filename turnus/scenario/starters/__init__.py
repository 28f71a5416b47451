"""Commented scenarios to start from, one for each kind of unit; `turnus new KIND` writes one out."""

from __future__ import annotations

from importlib.resources import files

#: The kinds of unit, in the order in which they are offered.
STARTERS = ("nursing-home-ward", "home-care-zone", "shared-housing", "dementia-unit", "short-term-ward")


def starter(kind: str) -> str:
    """Return the commented starter scenario for a kind of unit, as YAML.

    Raises
    ------
    KeyError
        When the kind is none of `STARTERS`.
    """
    if kind not in STARTERS:
        raise KeyError(kind)
    return (files(__name__) / f"{kind}.yaml").read_text(encoding="utf-8")
