"""Who volunteers: what levers about consent share."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Literal

from turnus.dialogue.lever import Data
from turnus.dialogue.lever_people import by_size
from turnus.dialogue.variant import Variant

Consent = Literal["long_shifts", "extra_weekends"]


def accept(data: Data, consent: Consent, share_percent: float, names: Collection[str] | None = None) -> None:
    """Let a share of the named staff accept something, those with the largest posts first, and open posts.

    With `names`, those accept it, beside who does already. Who is exempt from weekends is not asked. Open
    posts accept it together or not at all, so that they do when everybody does.
    """
    if names is not None:
        for person in data.get("staff", ()):
            if person["name"] in names:
                _let_accept(person, consent)
        return
    asked = [person for person in data.get("staff", ()) if not _exempt(person)]
    wanted = math.ceil(len(asked) * share_percent / 100 - 1e-9)
    willing = [person for person in asked if person.get("accepts", {}).get(consent)]
    others = sorted((p for p in asked if p not in willing), key=lambda person: -person["size"])
    for person in others[: max(0, wanted - len(willing))]:
        _let_accept(person, consent)
    if share_percent >= 100 and "open_posts" in data:
        data["open_posts"]["accepts"] = {**data["open_posts"].get("accepts", {}), consent: True}


def _exempt(person: Data) -> bool:
    return bool((person.get("arrangement") or {}).get("weekend_exempt"))


def _let_accept(person: Data, consent: Consent) -> None:
    person["accepts"] = {**person.get("accepts", {}), consent: True}


def not_yet_willing(variant: Variant, consent: Consent) -> list[str]:
    """Return who of the staff can be asked and has not accepted, those with the largest posts first."""
    staff = {person["name"]: person for person in variant.data.get("staff", ())}
    return [
        name
        for name in by_size(variant)
        if not _exempt(staff[name]) and not staff[name].get("accepts", {}).get(consent)
    ]


def needs_everybody(variant: Variant, share_percent: float) -> bool:
    """Whether a share cannot be had: open posts alone accept together or not at all."""
    scenario = variant.loaded.scenario
    return share_percent < 100 and not scenario.staff
