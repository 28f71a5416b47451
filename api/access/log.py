"""The access log: who read or changed what."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy.orm import Session

from api.access.caller import Caller
from api.store import AccessRecord


def record(session: Session, request: Request, caller: Caller, action: str, subject: str) -> None:
    """Write down that a caller did something (`scenario.read`) to something (its id)."""
    request_id = getattr(request.state, "request_id", "")
    session.add(
        AccessRecord(
            tenant_id=caller.tenant, who=caller.who, action=action, subject=subject, request_id=request_id
        )
    )
