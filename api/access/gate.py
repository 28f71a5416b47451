"""The gate: every request has a caller, and every route says what the caller must be allowed to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from api.access.caller import LOCAL_TENANT, ROLES, Caller, Scope
from api.problems import not_allowed

_BEARER = HTTPBearer(auto_error=False, description="An API key (`trn_…`) or a token of OpenID Connect.")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key (`trn_…`).")
Told = Annotated[object, Security(_BEARER)]
Header = Annotated[object, Security(_HEADER)]


class Gate(Protocol):
    """What tells who a request is from."""

    def caller(self, request: Request) -> Caller:
        """Return the caller; raise `Problem` (401) when nobody known asks."""
        ...


class LocalGate:
    """One user, on this machine, who may do everything."""

    def caller(self, request: Request) -> Caller:
        """Return the one user; `LocalOnly` keeps other machines and pages of other sites out."""
        del request
        return Caller(LOCAL_TENANT, "admin", "local", None, ROLES["admin"])


def caller_of(request: Request) -> Caller:
    """Return who a request is from; the gate is asked once."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        gate: Gate = request.app.state.gate
        known = request.state.caller = gate.caller(request)
    return known


def needs(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    """Return what lets only those through who have a scope."""

    async def allowed(caller: Annotated[Caller, Depends(caller_of)], told: Told, header: Header) -> Caller:
        del told, header  # they are read by the gate, and stand here for the OpenAPI document
        if not caller.may(scope):
            raise not_allowed(scope)
        return caller

    return allowed


Reader = Annotated[Caller, Depends(needs("read"))]
Auditor = Annotated[Caller, Depends(needs("audit"))]
Runner = Annotated[Caller, Depends(needs("run"))]
Writer = Annotated[Caller, Depends(needs("write"))]
Admin = Annotated[Caller, Depends(needs("admin"))]
