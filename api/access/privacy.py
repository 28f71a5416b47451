"""What is between an employee and their manager, and not for everybody who may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.access.caller import Caller
from api.problems import Problem
from api.store import Revision
from turnus import InputError, discreet
from turnus import translated as _

_OF_STAFF = re.compile(r"\s*staff\b")
#: What may be seen of an override of somebody: the rest is between them and their manager.
_SEEN = re.compile(r"\s*staff(\.\d+|\[[^]]*\])\.(size|wished_size|competence|accepts|tags)\b[^=]*=")


def shown_text(caller: Caller, revision: Revision) -> str:
    """Return the text of a revision as the caller may read it.

    Without the right `names`, personal arrangements and leave read “individually agreed”, and comments,
    which may say why, are left out.

    Raises
    ------
    Problem
        409 when the text can no longer be read, and so not be told apart.
    """
    if caller.may("names"):
        return revision.content
    try:
        return discreet(revision.content, is_json=revision.is_json)
    except InputError:  # written for another version of turnus: nobody knows what in it is personal
        text = _("This revision is written for another version of turnus.")
        hint = _("Ask a planner to save the scenario again.")
        raise Problem(409, "revision-unreadable", text, hint) from None


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
