"""API keys: shown once when they are made, kept as a hash, and no longer good once expired or revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from api.access.caller import ROLES, Caller, Role, Scope
from api.store import Key, Tenant, new_id, now
from turnus import Finding, InputError
from turnus import translated as _

PREFIX = "trn_"
MOST_DAYS = 3650
#: So many keys that are good at the same time are more than any municipality needs.
MOST_KEYS = 500
KEY_PATTERN = r"^key_[0-9a-f]+$"
_KEY = re.compile(r"trn_[A-Za-z0-9_-]{43}")
_USED_EVERY = dt.timedelta(minutes=1)


def hashed(text: str) -> str:
    """Return what is kept of a key. It has 256 random bits, so that one round of SHA-256 is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_key(
    session: Session,
    *,
    tenant: str,
    name: str,
    role: Role,
    unit: str | None = None,
    scopes: Sequence[Scope] | None = None,
    days: int | None = None,
) -> tuple[Key, str]:
    """Return a key as it is kept, and the text that opens: nobody can show it a second time.

    Parameters
    ----------
    scopes
        Only these of the role's rights; all of them when left out.
    days
        Until it expires; None for never.

    Raises
    ------
    InputError
        When a right is asked for that the role does not have, or the tenant has very many keys.
    """
    _check_scopes(role, scopes)
    _check_number(session, tenant)
    text = PREFIX + secrets.token_urlsafe(32)
    key = Key(
        id=new_id("key"), tenant_id=tenant, unit=unit or None, role=role, scopes=list(scopes or ()),
        name=name, hash=hashed(text), created_at=now(),
        expires_at=None if days is None else now() + dt.timedelta(days=days),
    )  # fmt: skip
    session.add(key)
    session.flush()
    return key, text


def ensure_tenant(session: Session, tenant: str, name: str = "") -> None:
    """Make a tenant's row when it is new."""
    if session.get(Tenant, tenant) is None:
        session.add(Tenant(id=tenant, name=name or tenant))
        session.flush()


def revoke(key: Key) -> None:
    """Let a key open nothing from now on."""
    key.revoked_at = key.revoked_at or now()


def key_of(session: Session, text: str) -> Key | None:
    """Return the row of a key, good or not; None when it is not known.

    It is found by its hash: how long that takes says nothing about the key.
    """
    if not _KEY.fullmatch(text):
        return None
    return session.scalars(select(Key).where(Key.hash == hashed(text))).first()


def is_good(key: Key) -> bool:
    """Whether a key opens."""
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > now())


def caller_with(key: Key) -> Caller:
    """Return the caller that a key stands for."""
    role = cast("Role", key.role)
    all_of_role = ROLES[role]
    scopes = all_of_role & frozenset(key.scopes) if key.scopes else all_of_role
    return Caller(key.tenant_id, role, who_of(key), key.unit, scopes, key.expires_at)


def who_of(key: Key) -> str:
    """Return what the access log calls the holder of a key: its name, and which key of that name."""
    return f"{key.name} #{key.id[-8:]}"


def seen_lately(key: Key) -> bool:
    """Whether the key's last use is written down closely enough, so that not each request writes."""
    return key.last_used_at is not None and now() - key.last_used_at < _USED_EVERY


def _check_scopes(role: Role, scopes: Sequence[str] | None) -> None:
    more = sorted(set(scopes or ()) - ROLES[role])
    if more:
        raise InputError([Finding(
            ("scopes",), _("expected rights of the role “{role}”").format(role=role),
            _("found {value}").format(value=", ".join(more)),
            _("Choose among {rights}, or another role.").format(rights=", ".join(sorted(ROLES[role]))),
        )])  # fmt: skip


def _check_number(session: Session, tenant: str) -> None:
    lasting = or_(Key.expires_at.is_(None), Key.expires_at > now())
    good = select(func.count()).where(Key.tenant_id == tenant, Key.revoked_at.is_(None), lasting)
    found = session.scalar(good) or 0
    if found >= MOST_KEYS:
        raise InputError([Finding(
            (), _("expected at most {most} keys that are good").format(most=MOST_KEYS),
            _("found {n}").format(n=found), _("Revoke those that nobody uses."),
        )])  # fmt: skip
