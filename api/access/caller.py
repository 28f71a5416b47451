"""A caller: whose rows they see, in which role, and what the role may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select

Role = Literal["planner", "union", "admin"]
Scope = Literal["read", "audit", "write", "run", "names", "admin"]

#: What each role may do: `run` is submitting what-if runs, `names` is reading personal arrangements.
ROLES: dict[Role, frozenset[Scope]] = {
    "planner": frozenset({"read", "audit", "write", "run", "names"}),
    "union": frozenset({"read", "audit", "run"}),
    "admin": frozenset({"read", "audit", "write", "run", "names", "admin"}),
}
#: What a unit can be called in keys and tokens.
UNIT_PATTERN = r"^\S.{0,99}$"
#: The tenant of the one user of a laptop.
LOCAL_TENANT = "local"


@dataclass(frozen=True)
class Caller:
    """Who asks.

    Parameters
    ----------
    tenant
        The municipality whose rows they see; never another's.
    unit
        The one unit whose rows they see; None for all of the tenant.
    who
        What the access log calls them.
    expires_at
        When their key or token ends; None for never.
    """

    tenant: str
    role: Role
    who: str
    unit: str | None = None
    scopes: frozenset[Scope] = frozenset()
    expires_at: dt.datetime | None = None

    def may(self, scope: Scope) -> bool:
        """Whether they may do something."""
        return scope in self.scopes

    def sees(self, query: Select[Any], table: Any) -> Select[Any]:
        """Return the query with nobody else's rows in it."""
        query = query.where(table.tenant_id == self.tenant)
        return query if self.unit is None else query.where(table.unit == self.unit)
