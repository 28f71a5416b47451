"""Keys and the access log, for the admin of a municipality."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import select

from api.access import Admin, Caller, Role, Scope
from api.access.caller import ROLES, UNIT_PATTERN
from api.access.keys import KEY_PATTERN, MOST_DAYS, is_good, new_key, revoke
from api.access.log import record
from api.problems import Problem, input_problem, not_found
from api.resources.common import Page, Paged, Served, page_of
from api.resources.strict import StrictRoute
from api.store import AccessRecord, Key, now
from turnus import InputError
from turnus import translated as _

router = APIRouter(prefix="/v1", tags=["access"], route_class=StrictRoute)
KeyId = Annotated[str, Path(max_length=64, pattern=KEY_PATTERN, examples=["key_0664c9d1f0a2b3"])]


def _printable(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise ValueError("expected text that can be read")
    return text


Readable = AfterValidator(_printable)


class KeyWanted(BaseModel):
    """What a new key is for."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100), Readable] = Field(
        description="Who the key is for, as the access log will call them.", examples=["Kari, tillitsvalgt"]
    )
    role: Role = Field(examples=["union"])
    unit: Annotated[str, Field(max_length=100, pattern=UNIT_PATTERN), Readable] | None = Field(
        None,
        description="The one unit that it sees; all of the municipality when left out.",
        examples=["nord-1"],
    )
    scopes: list[Scope] | None = Field(
        None, min_length=1, max_length=10, description="Only these of the role's rights; all when left out."
    )
    days: int | None = Field(
        None, ge=1, le=MOST_DAYS, description="Until it expires; never when left out.", examples=[365]
    )


class KeyDocument(BaseModel):
    """A key as listed: nobody can see the key itself again."""

    id: str = Field(examples=["key_0664c9d1f0a2b3"])
    name: str
    role: str
    unit: str | None
    scopes: list[str] = Field(description="The rights that it is limited to; empty for all of its role.")
    good: bool = Field(description="Whether it opens: neither revoked nor expired.")
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    revoked_at: AwareDatetime | None
    last_used_at: AwareDatetime | None = Field(description="To the minute; null when it never was.")


class KeyMade(KeyDocument):
    """A key just made, with the key itself: keep it, it is shown this once."""

    key: str = Field(examples=["trn_…"])


class AccessDocument(BaseModel):
    """Who read or changed what, and when."""

    id: str = Field(examples=["4711"])
    at: AwareDatetime
    who: str = Field(examples=["Kari, tillitsvalgt #1a2b3c4d"])
    action: str = Field(examples=["scenario.read"])
    subject: str = Field(description="The id of what was read or changed.", examples=["scn_0664c9d1f0a2b3"])
    request_id: str


@router.post("/keys", status_code=201, operation_id="createKey")
def create_key(
    wanted: KeyWanted, served: Served, request: Request, response: Response, caller: Admin
) -> KeyMade:
    """Make a key for the caller's municipality; it opens no more than the caller's own."""
    _check_own(caller, wanted)
    with served.database.writing() as session:
        try:
            row, text = new_key(
                session, tenant=caller.tenant, unit=wanted.unit or caller.unit, name=wanted.name,
                role=wanted.role, scopes=wanted.scopes, days=wanted.days,
            )  # fmt: skip
        except InputError as error:
            raise input_problem(error, "key-refused") from None
        record(session, request, caller, "key.create", row.id)
    response.headers["Location"] = f"/v1/keys/{row.id}"
    return KeyMade(key=text, **_document(row).model_dump())


@router.get("/keys", operation_id="listKeys")
def list_keys(served: Served, paging: Paged, caller: Admin) -> Page[KeyDocument]:
    """List the keys of the municipality, newest first."""
    with served.database.reading() as session:
        rows, following = page_of(session, caller.sees(select(Key), Key), Key.id, paging)
        return Page(items=[_document(row) for row in rows], next=following)


@router.get("/keys/{key_id}", operation_id="getKey")
def get_key(key_id: KeyId, served: Served, caller: Admin) -> KeyDocument:
    """Return what is known of a key."""
    with served.database.reading() as session:
        row = session.scalars(caller.sees(select(Key).where(Key.id == key_id), Key)).first()
        if row is None:
            raise not_found()
        return _document(row)


@router.delete("/keys/{key_id}", status_code=204, operation_id="revokeKey")
def revoke_key(key_id: KeyId, served: Served, request: Request, caller: Admin) -> None:
    """Revoke a key; it opens nothing from now on, and stays in the list."""
    with served.database.writing() as session:
        row = session.scalars(caller.sees(select(Key).where(Key.id == key_id), Key)).first()
        if row is None:
            raise not_found()
        revoke(row)
        record(session, request, caller, "key.revoke", key_id)


@router.get("/access-log", operation_id="readAccessLog")
def read_access_log(
    served: Served,
    request: Request,
    caller: Admin,
    after: Annotated[int | None, Query(ge=1, lt=2**63, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="Most items on the page.")] = 50,
    subject: Annotated[
        str | None, Query(max_length=200, description="Only what was done to this id.")
    ] = None,
    who: Annotated[str | None, Query(max_length=200, description="Only what they did.")] = None,
) -> Page[AccessDocument]:
    """Read who read or changed what, newest first; for an admin of the whole municipality."""
    if caller.unit is not None:
        raise Problem(403, "not-allowed", _("The access log is of the whole municipality."),
                      _("Ask for a key that is not for one unit."))  # fmt: skip
    query = select(AccessRecord).where(AccessRecord.tenant_id == caller.tenant)
    for column, value in ((AccessRecord.subject, subject), (AccessRecord.who, who)):
        query = query if value is None else query.where(column == value)
    if after is not None:
        query = query.where(AccessRecord.id < after)
    with served.database.reading() as session:
        rows = session.scalars(query.order_by(AccessRecord.id.desc()).limit(limit + 1)).all()
    with served.database.writing() as session:
        record(session, request, caller, "access-log.read", "")
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=[_told(row) for row in rows[:limit]], next=following)


def _check_own(caller: Caller, wanted: KeyWanted) -> None:
    """Refuse a key that opens more, or for longer, than the one that asks for it."""
    ends = None if wanted.days is None else now() + dt.timedelta(days=wanted.days)
    if caller.expires_at is not None and (ends is None or ends > caller.expires_at):
        text = _("Your own key is good until {time}.").format(time=caller.expires_at.isoformat()[:16])
        raise Problem(403, "beyond-own-rights", text, _("Ask for fewer days, or use another key."))
    if caller.unit is not None and wanted.unit not in (None, caller.unit):
        raise not_found()
    more = frozenset(wanted.scopes or ROLES[wanted.role]) & ROLES[wanted.role] - caller.scopes
    if more:
        text = _("Your own key lacks these rights: {rights}.").format(rights=", ".join(sorted(more)))
        raise Problem(403, "beyond-own-rights", text, _("Ask for fewer rights, or use another key."))


def _document(row: Key) -> KeyDocument:
    return KeyDocument(
        id=row.id, name=row.name, role=row.role, unit=row.unit, scopes=row.scopes, good=is_good(row),
        created_at=row.created_at, expires_at=row.expires_at, revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )  # fmt: skip


def _told(row: AccessRecord) -> AccessDocument:
    return AccessDocument(
        id=str(row.id), at=row.at, who=row.who, action=row.action, subject=row.subject,
        request_id=row.request_id,
    )  # fmt: skip
