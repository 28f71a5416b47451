"""The gate of a service for many: API keys, and tokens of the issuers that the operator has named."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy import update
from sqlalchemy.orm import Session

from api.access.caller import Caller
from api.access.gate import Gate, LocalGate
from api.access.keys import PREFIX, caller_with, is_good, key_of, seen_lately
from api.access.oidc import Tokens, refused
from api.problems import Problem
from api.settings import Settings
from api.store import Database, Key, Tenant, now
from turnus import translated as _


def gate_for(settings: Settings, database: Database) -> Gate:
    """Return the gate that the settings ask for."""
    return KeyGate(database, Tokens(settings)) if settings.access == "keys" else LocalGate()


class KeyGate:
    """Lets those through who have a key or a token."""

    def __init__(self, database: Database, tokens: Tokens) -> None:
        self.database, self.tokens = database, tokens

    def caller(self, request: Request) -> Caller:
        """Return the caller; raise `Problem` (401) when nobody known asks."""
        text = sent(request)
        if text.startswith(PREFIX):
            return self._of_key(text)
        caller = self.tokens.caller(text)
        with self.database.reading() as session:
            _check_tenant(session, caller.tenant)
        return caller

    def _of_key(self, text: str) -> Caller:
        with self.database.reading() as session:
            key = key_of(session, text)
        if key is None:
            raise refused(_("This key is not known here."))
        if not is_good(key):
            raise refused(_("This key has been revoked.") if key.revoked_at else _("This key has expired."))
        if not seen_lately(key):
            with self.database.writing() as session:
                session.execute(update(Key).where(Key.id == key.id).values(last_used_at=now()))
        return caller_with(key)


def sent(request: Request) -> str:
    """Return the key or token of a request; raise `Problem` (401) when there is none."""
    scheme, _space, text = request.headers.get("authorization", "").partition(" ")
    text = text.strip() if scheme.lower() == "bearer" else ""
    text = text or request.headers.get("x-api-key", "").strip()
    if not text:
        raise refused(_("This service answers only those who have a key."), given=False)
    return text


def _check_tenant(session: Session, tenant: str) -> None:
    if session.get(Tenant, tenant) is None:
        raise Problem(403, "tenant-unknown", _("The municipality is not known here."),
                      _("The operator makes it with `turnus keys create`."))  # fmt: skip
