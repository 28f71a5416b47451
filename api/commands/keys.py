"""`turnus keys create`, `list` and `revoke`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import select

from api.access.caller import ROLES, UNIT_PATTERN, Role, Scope
from api.access.keys import ensure_tenant, is_good, new_key
from api.access.keys import revoke as revoke_key
from api.commands.common import rows_of, settings_of
from api.settings import TENANT_PATTERN
from api.store import Key
from turnus import Finding, InputError
from turnus import translated as _

_LONGEST_NAME, _LONGEST_UNIT = 100, 100


def create(
    told: Mapping[str, Any],
    *,
    name: str,
    tenant: str,
    unit: str | None,
    role: str,
    scopes: Sequence[str] | None,
    days: int | None,
) -> int:
    """Create a key and write it to stdout; what it is for goes to stderr."""
    _check(name, tenant, unit, role)
    with rows_of(settings_of(told)) as database, database.writing() as session:
        ensure_tenant(session, tenant)
        key, text = new_key(
            session, tenant=tenant, unit=unit, name=name, days=days, role=cast("Role", role),
            scopes=cast("Sequence[Scope] | None", scopes),
        )  # fmt: skip
    _say(_("Key {id} for {name} ({role}, {tenant}).").format(id=key.id, name=name, role=role, tenant=tenant))
    _say(_("It is shown this once: put it where passwords are kept."))
    sys.stdout.write(text + "\n")
    return 0


def listed(told: Mapping[str, Any], *, tenant: str | None, as_json: bool) -> int:
    """List the keys, newest first."""
    query = select(Key).order_by(Key.id.desc())
    if tenant is not None:
        query = query.where(Key.tenant_id == tenant)
    with rows_of(settings_of(told)) as database, database.reading() as session:
        rows = [_row(key) for key in session.scalars(query)]
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    for row in rows:
        sys.stdout.write("  ".join(_line(row)) + "\n")
    if not rows:
        _say(_("There are no keys; `turnus keys create` makes one."))
    return 0


def revoke(told: Mapping[str, Any], *, key_id: str) -> int:
    """Revoke a key."""
    with rows_of(settings_of(told)) as database, database.writing() as session:
        key = session.get(Key, key_id)
        if key is None:
            raise InputError([Finding(
                (), _("expected the id of a key"), _("found {value}").format(value=repr(key_id)),
                _("`turnus keys list` shows them."),
            )])  # fmt: skip
        revoke_key(key)
    _say(_("Key {id} opens nothing any more.").format(id=key_id))
    return 0


def _check(name: str, tenant: str, unit: str | None, role: str) -> None:
    """Refuse what no row can hold, or what no role is called."""
    findings = [
        Finding(("tenant",), _("expected small letters, digits and dashes, such as 4601-bergen"),
                _("found {value}").format(value=repr(tenant)), _("It never changes; choose it well.")),
        Finding(("role",), _("expected one of {roles}").format(roles=", ".join(ROLES)),
                _("found {value}").format(value=repr(role)), _("A union representative has the role union.")),
        Finding(("name",), _("expected 1 to {most} signs").format(most=_LONGEST_NAME),
                _("found {n}").format(n=len(name)), _("Write who or what the key is for.")),
        Finding(("unit",), _("expected 1 to {most} signs").format(most=_LONGEST_UNIT),
                _("found {n}").format(n=len(unit or "")), _("Write the unit as its scenarios do.")),
    ]  # fmt: skip
    right = (
        re.fullmatch(TENANT_PATTERN, tenant) is not None,
        role in ROLES,
        0 < len(name.strip()) <= _LONGEST_NAME and name.isprintable(),
        unit is None or (re.fullmatch(UNIT_PATTERN, unit) is not None and unit.isprintable()),
    )
    wrong = [finding for finding, good in zip(findings, right, strict=True) if not good]
    if wrong:
        raise InputError(wrong)


def _row(key: Key) -> dict[str, Any]:
    times = {name: getattr(key, name) for name in ("created_at", "expires_at", "last_used_at", "revoked_at")}
    told = {name: None if at is None else at.isoformat(timespec="seconds") for name, at in times.items()}
    return {
        "id": key.id, "tenant": key.tenant_id, "unit": key.unit, "name": key.name, "role": key.role,
        "scopes": key.scopes, "good": is_good(key), **told,
    }  # fmt: skip


def _line(row: Mapping[str, Any]) -> list[str]:
    """Return what a person wants to see of a key, in one line."""
    state = _("revoked") if row["revoked_at"] else _("good") if row["good"] else _("expired")
    used = row["last_used_at"]
    seen = _("last used {date}").format(date=used[:10]) if used else _("never used")
    where = row["tenant"] if row["unit"] is None else f"{row['tenant']}/{row['unit']}"
    return [row["id"], row["role"].ljust(7), state.ljust(9), where, row["name"], f"({seen})"]


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
