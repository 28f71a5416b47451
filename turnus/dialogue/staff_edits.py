"""Who volunteers: what levers about consent share."""

from __future__ import annotations

import math
from typing import Literal

from turnus.dialogue.lever import Data
from turnus.dialogue.variant import Variant

Consent = Literal["long_shifts", "extra_weekends"]


def accept(data: Data, consent: Consent, share_percent: float) -> None:
    """Let a share of the named staff accept something, those with the largest posts first, and open posts.

    Who is exempt from weekends is not asked. Open posts accept it together or not at all, so that they do
    when everybody does.
    """
    asked = [
        person for person in data.get("staff", ()) if not person.get("arrangement", {}).get("weekend_exempt")
    ]
    wanted = math.ceil(len(asked) * share_percent / 100 - 1e-9)
    willing = [person for person in asked if person.get("accepts", {}).get(consent)]
    others = sorted((p for p in asked if p not in willing), key=lambda person: -person["size"])
    for person in others[: max(0, wanted - len(willing))]:
        person["accepts"] = {**person.get("accepts", {}), consent: True}
    if share_percent >= 100 and "open_posts" in data:
        data["open_posts"]["accepts"] = {**data["open_posts"].get("accepts", {}), consent: True}


def needs_everybody(variant: Variant, share_percent: float) -> bool:
    """Whether a share cannot be had: open posts alone accept together or not at all."""
    scenario = variant.loaded.scenario
    return share_percent < 100 and not scenario.staff
