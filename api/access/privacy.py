"""What is between an employee and their manager, and not for everybody who may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.access.caller import Caller
from turnus import discreet
from turnus import translated as _

_OF_STAFF = re.compile(r"\s*staff\b")
#: What may be seen of an override of somebody: the rest is between them and their manager.
_SEEN = re.compile(r"\s*staff(\.\d+|\[[^]]*\])\.(size|wished_size|competence|accepts|tags)\b[^=]*=")


def shown_text(caller: Caller, content: str, media_type: str) -> str:
    """Return a scenario's text as the caller may read it.

    Without the right `names`, personal arrangements and leave read “individually agreed”, and comments,
    which may say why, are left out.
    """
    if caller.may("names"):
        return content
    return discreet(content, is_json=media_type == "application/json")


def shown_options(caller: Caller, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a run's options as the caller may read them; see `shown_text`."""
    told = dict(options)
    if not caller.may("names") and "set" in told:
        told["set"] = [_discreet_override(one) for one in told["set"]]
    return told


def _discreet_override(override: str) -> str:
    if not _OF_STAFF.match(override) or _SEEN.match(override):
        return override
    return f"{override.partition('=')[0]}={_('individually agreed')}"
